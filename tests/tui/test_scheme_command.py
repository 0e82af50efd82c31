"""`postil scheme`: shown, exported, edited, and put in the place of the library's, with a question where it orphans."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Library
from tests.tui.conftest import Run

COMMON = ("--library", "own.db")


def with_a_verdict() -> None:
    """A library with a claim that has a verdict."""
    with Library(Path("own.db"), annotator="ada") as library:
        (one,) = library.articles.rows()
        article = library.articles.get(one.id)
        assert article is not None
        library.annotations.tag(article, 0, 3, attributes={"verdict": "refuted"})


def test_the_scheme_is_shown(run: Run) -> None:
    code, out, _ = run("scheme", "show", *COMMON)
    assert code == 0
    assert "     priority: a whole number from 0 to 3" in out.splitlines()
    assert "t  attributed_to, from CLAIM to SOURCE: The source makes the claim." in out.splitlines()


def test_what_is_exported_is_imported_again(run: Run) -> None:
    assert run("scheme", "export", "scheme.toml", *COMMON)[0] == 0
    text = Path("scheme.toml").read_text("utf-8")
    assert text == run("scheme", "export", *COMMON)[1]
    Path("scheme.toml").write_text(text.replace("Who makes", "Whoever makes"), "utf-8")
    code, out, err = run("scheme", "import", "scheme.toml", *COMMON)
    assert (code, out, err) == (0, "The scheme has 4 labels, 14 attributes, 5 relations now.\n", "")
    assert "Whoever makes the claim" in run("scheme", "export", *COMMON)[1]


def test_a_mistake_is_told_by_its_line_and_changes_nothing(run: Run) -> None:
    Path("bad.toml").write_text('[[label]]\nname = "CLAIM"\n', "utf-8")
    before = run("scheme", "export", *COMMON)[1]
    code, out, err = run("scheme", "import", "bad.toml", *COMMON)
    assert (code, out, err) == (1, "", "postil: bad.toml, line 1: this label has no key.\n")
    Path("bad.toml").write_bytes(b"caf\xe9")
    assert "is not UTF-8 text" in run("scheme", "import", "bad.toml", *COMMON)[2]
    assert "cannot be read" in run("scheme", "import", "none.toml", *COMMON)[2]
    assert run("scheme", "export", *COMMON)[1] == before


def test_what_is_in_use_is_counted_and_goes_only_with_yes(run: Run) -> None:
    Path("one.txt").write_text("One two three.", "utf-8")
    run("add", "one.txt", *COMMON)
    with_a_verdict()
    run("scheme", "export", "scheme.toml", *COMMON)
    text = Path("scheme.toml").read_text("utf-8").replace('"supported", "refuted"', '"supported"')
    Path("scheme.toml").write_text(text, "utf-8")
    code, out, err = run("scheme", "import", "scheme.toml", *COMMON)
    assert (code, out) == (1, "")
    assert err.splitlines()[0] == "in use, and not in the new scheme: verdict = refuted (1 time)"
    assert "--yes changes it" in err.splitlines()[1]
    assert run("scheme", "import", "scheme.toml", "--yes", *COMMON)[0] == 0
    with Library(Path("own.db"), annotator="ada") as library:
        (row,) = library.articles.rows()
        assert library.annotations.of(row.id)[0].attributes == {"verdict": "refuted"}


def test_it_is_edited_with_the_readers_editor(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i s/Who.makes/Whoever.makes/")
    assert run("scheme", "edit", *COMMON)[0] == 0
    assert "Whoever.makes the claim" in run("scheme", "export", *COMMON)[1]
    monkeypatch.setenv("EDITOR", "true")
    assert run("scheme", "edit", *COMMON)[1] == "The scheme is as it was.\n"
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "The editor no-such-editor cannot be run" in run("scheme", "edit", *COMMON)[2]


def test_what_was_written_with_a_mistake_is_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i s/choices/chioces/")
    code, _, err = run("scheme", "edit", *COMMON)
    assert code == 1
    assert "chioces is none of choice, choices" in err
    kept = Path(err.partition("What you wrote is in ")[2].partition(": mend it")[0])
    assert "chioces" in kept.read_text("utf-8")
    kept.unlink()
