"""`postil export`, `postil import` and `postil formats` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.exchange import FORMATS
from store.library import Library
from tests.conftest import article
from tests.store.helpers import found
from tests.tui.conftest import Run

WORDS = article("One two three. And four.")


@pytest.fixture
def own(tmp_path: Path) -> Library:
    """The library that the command sees, with a claim, a source and a note on the article."""
    library = Library(tmp_path / "own.db", annotator="ada")
    library.articles.add([WORDS, article("Another article.")])
    library.annotations.tag(WORDS, 0, 13)
    library.annotations.tag(WORDS, 15, 18, "SOURCE")
    library.annotations.note(WORDS, None, "On all of it.")
    return library


def objects(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_filters_say_what_is_exported(run: Run, own: Library) -> None:
    del own
    assert len(objects(run("export")[1])) == 2
    for options in (["--label", "CLAIM"], ["--by", "ada", "--article", WORDS.title], ["--since", "2020-01-01"]):
        (line,) = objects(run("export", *options)[1])
        assert line["text"] == WORDS.text
    assert run("export", "--by", "nobody") == (0, "", "")
    assert run("export", "--state", "done") == (0, "", "")
    assert len(objects(run("export", "--unit", "sentence", "--article", WORDS.id)[1])) == 2


def test_what_a_format_cannot_carry_is_said_on_standard_error(run: Run, own: Library) -> None:
    del own
    code, out, err = run("export", "--format", "csv", "--output", "table.csv")
    assert (code, out, err) == (0, "", "")
    code, out, err = run("export", "--format", "conll", "--article", WORDS.id)
    assert code == 0
    assert out.startswith("-DOCSTART-")
    assert err == (
        "postil: conll could not carry all of it: notes on whole articles (1),"
        " annotations, which are not names (--label tags them instead) (2).\n"
    )


def test_names_that_nobody_decided_on_come_if_they_are_asked_for(run: Run, own: Library) -> None:
    own.predictions.keep(WORDS.id, "p 1", [found(WORDS.text, ("One", "CARDINAL"))])
    own.rules.add("four", "CARDINAL")
    _, out, err = run("export", "--format", "doccano", "--article", WORDS.id, "--names")
    assert [mark["label"] for mark in json.loads(out)["entities"]] == ["CLAIM", "SOURCE", "CARDINAL"]
    assert "names that nobody decided on (--predictions gives them) (1)" in err
    _, out, err = run("export", "--format", "doccano", "--article", WORDS.id, "--predictions")
    assert [mark["label"] for mark in json.loads(out)["entities"]] == ["CLAIM", "SOURCE", "CARDINAL", "CARDINAL"]
    assert "nobody" not in err
    assert run("export")[2] == (
        "postil: jsonl could not carry all of it: rules about names (postil rules --export writes them) (1).\n"
    )


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.shape == "folder"])
def test_a_folder_is_written_whole_or_not_at_all(run: Run, own: Library, name: str) -> None:
    del own
    code, _, err = run("export", "--format", name)
    assert (code, err) == (1, f"postil: An export as {name} is a folder: name it with --output.\n")
    code, out, _ = run("export", "--format", name, "--output", "made")
    assert (code, out) == (0, "")
    assert any(path.is_file() for path in Path("made").rglob("*"))
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []
    code, _, err = run("export", "--format", name, "--output", "made")
    assert code == 1
    assert "made is there already, and is no empty folder: name another with --output." in err
    if name == "markdown":
        code, _, err = run("export", "--format", name, "--output", "other", "--template", "none.toml")
        assert (code, Path("other").exists()) == (1, False)
        assert "none.toml cannot be read" in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--since", "noon"], "noon is not a time: write it as 2026-11-24 or 2026-11-24T18:30."),
        (["--unit", "page"], "jsonl has no record of one page: its unit is article or annotation or sentence."),
        (["--format", "csv", "--unit", "article"], "csv has no record of one article: its unit is annotation."),
        (["--format", "csv", "--withdrawn"], "csv cannot tell what was withdrawn from the rest: jsonl can."),
        (["--article", "nothing"], "The library has no article nothing: postil articles lists what there is."),
        (["--format", "slate"], "There is no format slate: postil exports brat, "),
    ],
)
def test_what_cannot_be_exported_is_a_sentence(run: Run, own: Library, options: list[str], said: str) -> None:
    del own
    code, out, err = run("export", *options)
    assert (code, out) == (1, "")
    assert err.startswith(f"postil: {said}")


def test_an_import_says_what_came_in(run: Run, own: Library) -> None:
    one, two = own.annotations.of(WORDS.id)[1:]
    own.relations.relate(one.id, two.id, "supports")
    run("export", "--output", "out.jsonl")
    assert run("import", "out.jsonl", "--library", "new.db", "--dry-run") == (
        0,
        "2 new articles and 3 annotations would come in from out.jsonl (jsonl).\n1 relation would come in.\n",
        "",
    )
    assert run("import", "out.jsonl", "--library", "new.db") == (
        0,
        "2 new articles and 3 annotations came in from out.jsonl (jsonl).\n1 relation came in.\n",
        "",
    )
    assert run("import", "out.jsonl", "--library", "new.db") == (
        0,
        "0 new articles and 0 annotations came in from out.jsonl (jsonl); 3 were there already.\n"
        "0 relations came in; 1 was there already.\n",
        "",
    )
    assert run("export", "--library", "new.db")[1] == Path("out.jsonl").read_text("utf-8")
    _, out, _ = run("history", "--library", "new.db")
    assert "import" in out
    assert "4 changes" in out


def test_a_label_that_the_scheme_does_not_have_is_named(run: Run) -> None:
    Path("a.jsonl").write_text('{"text": "Spam and ham", "label": [[0, 4, "spam"]]}\n', "utf-8")
    code, out, _ = run("import", "a.jsonl")
    assert (code, out) == (
        0,
        "1 new article and 1 annotation came in from a.jsonl (doccano).\n"
        "The scheme of this library does not have these labels: spam.\n",
    )


def test_bad_records_are_named_and_strict_takes_nothing(run: Run) -> None:
    good = '{"text": "Spam and ham", "label": []}\n'
    Path("a.jsonl").write_text(good + '{"text": 5, "label": []}\n{"label": []}\n', "utf-8")
    code, out, err = run("import", "--strict", "--format", "doccano", "a.jsonl")
    assert (code, out) == (1, "")
    assert err == ("postil: a.jsonl, line 2: its field text is not a text, and 1 more like it: nothing was imported.\n")
    assert run("articles")[1] == ""
    code, out, err = run("import", "a.jsonl")
    assert (code, out) == (1, "1 new article and 0 annotations came in from a.jsonl (doccano).\n")
    assert err.splitlines() == [
        "postil: a.jsonl, line 2: its field text is not a text",
        "postil: a.jsonl, line 3: its field text is missing",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "a does not exist: check the path."),
        (b"", "What a holds is of no format that postil reads, or is empty: name the format with --format."),
        (b"\xff\xfe\x00", "What a holds is of no format that postil reads"),
        (b'{"what": 1}', "What a holds is of no format that postil reads"),
        (b"Just a text.\nOf two lines.\n", "What a holds is of no format that postil reads"),
    ],
)
def test_what_cannot_be_imported_is_a_sentence(run: Run, data: bytes | None, said: str) -> None:
    if data is not None:
        Path("a").write_bytes(data)
    code, out, err = run("import", "a")
    assert (code, out) == (1, "")
    assert err.startswith(f"postil: {said}")


def test_an_unknown_format_names_those_there_are(run: Run) -> None:
    Path("a").write_text("x", "utf-8")
    code, _, err = run("import", "a", "--format", "csv")
    assert (code, err.partition(": postil reads")[0]) == (1, "postil: There is no format csv to import")


def test_the_formats_are_listed(run: Run) -> None:
    code, out, _ = run("formats")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(FORMATS)
    assert "doccano      out and in  UTF-16 units" in out
