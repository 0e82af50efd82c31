"""`postil add` and `postil read` of everything that is not a text file, as whole runs."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.articles import making
from tests.store.articles.test_feed import RSS
from tests.store.articles.test_html import page
from tests.store.articles.test_web import HTML, server
from tests.store.helpers import query
from tests.tui.conftest import Run
from tests.tui.terminal import POSTIL


def write(name: str, data: str | bytes) -> None:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def test_a_folder_of_everything_is_added(run: Run) -> None:
    write("in/a.txt", "Words.")
    write("in/b.html", page())
    write("in/c.epub", making.epub({"One": "<p>Chapter.</p>"}))
    write("in/d.pdf", making.pdf([[(72, 700, 11, "A sentence on paper.")]]))
    write("in/e.xml", RSS.replace("<item><title>No text</title></item>", ""))
    write("in/f.jsonl", '{"text": "A row."}\n')
    write("in/g.csv", "text\nA cell.\n")
    write("in/h.zip", making.zipped({"i.md": "# In a zip"}))
    write("in/j.tar.gz", making.tarred({"k.txt": "In a tar."}))
    write("in/pom.xml", "<project/>")  # XML that is no feed is passed over in a folder
    code, out, err = run("add", "in")
    assert out.splitlines() == [
        "added: in/a.txt",
        "added: in/b.html",
        "added: in/c.epub, chapter 1",
        "added: in/d.pdf",
        "added: in/e.xml, item 1",
        "added: in/e.xml, item 2",
        "added: in/f.jsonl, line 1",
        "added: in/g.csv, line 2",
        "added: in/h.zip/i.md",
        "added: in/j.tar.gz/k.txt",
    ]
    assert (code, err) == (0, "")


def test_what_was_there_in_nearly_the_same_words_is_told(run: Run) -> None:
    text = "\n\n".join(
        f"Paragraph {number} tells of the year {1900 + number}, in which a bridge was built and another one fell."
        for number in range(40)
    )
    write("a.txt", f"The bridges\n\n{text}")
    write("b.txt", f"The bridges\n\n{text.replace('Paragraph 7 tells', 'The seventh paragraph told')}")
    write("c.txt", "The bridges\n\nHere is nothing of what the others say, and no other year.")
    _, out, _ = run("add", "a.txt", "b.txt", "c.txt")
    assert out.splitlines() == [
        "added: a.txt",
        "added: b.txt (seen before: 96% the same as “The bridges”)",
        "added: c.txt",
    ]
    _, out, _ = run("add", "b.txt")
    assert out.splitlines() == ["known: b.txt"]


def test_adding_it_again_adds_nothing(run: Run) -> None:
    write("a.html", page())
    write("b.jsonl", '{"text": "A row."}\n{"text": "A row."}\n')
    assert run("add", "a.html", "b.jsonl")[1].splitlines() == [
        "added: a.html",
        "added: b.jsonl, line 1",
        "known: b.jsonl, line 2",
    ]
    assert run("add", "a.html")[1] == "known: a.html\n"
    assert query(Path("own.db"), "SELECT count(*) FROM article") == [2]
    extractors = query(Path("own.db"), "SELECT extractor FROM provenance ORDER BY extractor")
    assert [one.split()[0] for one in extractors] == ["postil", "trafilatura"]


def test_one_bad_file_among_a_thousand_is_a_sentence_and_the_rest_is_added(run: Run) -> None:
    for number in range(1_000):
        write(f"in/{number:04}.txt", f"Words of number {number}.")
    write("in/0500.txt", b"\xff\xfe\xff")
    code, out, _ = run("add", "in")
    lines = out.splitlines()
    assert code == 1
    assert sum(line.startswith("added: ") for line in lines) == 999
    (bad,) = (line for line in lines if not line.startswith("added: "))
    assert bad.startswith("not added: in/0500.txt begins as UTF-16-LE and is not")


HOSTILE: dict[str, tuple[str, str | bytes, str]] = {
    "a zip bomb": ("x.zip", making.zipped({"a.txt": b"0" * 60_000_000}), "unpacks to more than 100 times its size"),
    "path traversal": ("x.zip", making.zipped({"../a.txt": "Words."}), "would lie outside of it, ../a.txt"),
    "entities": ("x.xml", "<!DOCTYPE rss [<!ENTITY a SYSTEM 'x'>]><rss>&a;</rss>", "has entities made of entities"),
    "a locked PDF": ("x.pdf", making.pdf([[(9, 9, 9, "a")]], trailer=making.LOCKED), "is locked with a password"),
    "a scanned PDF": ("x.pdf", making.pdf([[]]), "it was scanned"),
    "a damaged book": ("x.epub", making.epub({"One": "x"})[:200], "is damaged and cannot be unpacked"),
    "another encoding": ("x.txt", "caf\xe9".encode("latin-1"), "Say what it is with --encoding"),
    "a table without text": ("x.csv", "a,b\n1,2\n", "name it with --text-field. It has a, b."),
    "packed, but no tar": ("x.tar.gz", gzip.compress(b"words " * 100), "is damaged, or no tar"),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("command", ["add", "read"])
def test_what_is_hostile_or_broken_is_a_sentence_and_the_rest_is_done(run: Run, case: str, command: str) -> None:
    name, data, said = HOSTILE[case]
    write(name, data)
    write("good.html", page())
    code, out, err = run(command, name, "good.html")
    assert code == 1
    assert said in (out if command == "add" else err)
    assert ("added: good.html" if command == "add" else "council of Leeds") in out
    assert "Traceback" not in out + err
    assert sorted(path.name for path in Path().iterdir()) == sorted([name, "good.html", "own.db"])


def test_the_column_of_the_text_is_named(run: Run) -> None:
    write("data.csv", "id,story\n1,It is closed.\n")
    assert run("add", "--text-field", "story", "data.csv") == (0, "added: data.csv, line 2\n", "")


def test_an_encoding_is_named(run: Run) -> None:
    write("a.txt", "Ein Café.\n".encode("cp1252"))
    assert run("add", "--encoding", "windows-1252", "a.txt")[:2] == (0, "added: a.txt\n")
    assert query(Path("own.db"), "SELECT text FROM article") == ["Ein Café.\n"]


def test_a_book_is_added_whole(run: Run) -> None:
    write("a.epub", making.epub({"One": "<p>a</p>", "Two": "<p>b</p>"}))
    assert run("add", "--whole-books", "a.epub")[1] == "added: a.epub\n"


def test_standard_input_is_an_article(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(page().encode())))
    assert run("add", "-")[:2] == (0, "added: standard input\n")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Some words.")))
    assert "Some words." in run("read", "-")[1]


def test_a_page_is_added_from_its_address(run: Run) -> None:
    with server({"/a": (200, HTML, page().encode())}) as url:
        assert run("add", "--allow-private", f"{url}/a") == (0, f"added: {url}/a\n", "")
        code, out, _ = run("add", f"{url}/a")
        assert code == 1
        assert "leads to 127.0.0.1, which is this machine or its own network: --allow-private reads it" in out
    code, out, _ = run("add", "--allow-private", f"{url}/a")
    assert code == 1
    assert "cannot be reached" in out


def test_a_feed_is_printed_item_by_item(run: Run) -> None:
    write("feed.xml", RSS)
    code, out, err = run("read", "feed.xml")
    assert code == 1
    assert out.index("One bold word.") < out.index("Just words.")
    assert "feed.xml, item 2 has no text (No text)." in err


def test_a_folder_is_watched_until_ctrl_c(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "first.txt").write_text("The first.")
    watching = subprocess.Popen(
        [POSTIL, "add", "--watch", folder, "--library", tmp_path / "own.db"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    try:
        assert watching.stdout is not None
        assert watching.stdout.readline() == f"added: {folder}/first.txt\n"
        (folder / "second.jsonl").write_text('{"text": "The second."}\nbad\n')
        assert watching.stdout.readline() == f"added: {folder}/second.jsonl, line 1\n"
        assert watching.stdout.readline().startswith(f"not added: {folder}/second.jsonl, line 2 is no JSON")
        watching.send_signal(signal.SIGINT)
        _, err = watching.communicate(timeout=30)
    finally:
        watching.kill()
        watching.wait()
    assert err == f"watching {folder}: ctrl+c ends it\n"
    assert watching.returncode == 1  # something was not added
    assert query(tmp_path / "own.db", "SELECT text FROM article ORDER BY number") == ["The first.", "The second."]


def test_a_file_is_not_watched(run: Run) -> None:
    write("a.txt", "Words.")
    assert run("add", "--watch", "a.txt")[2] == "postil: a.txt is no folder: --watch waits for files in folders.\n"


def test_an_article_knows_what_it_was_made_of_when_it_is_listed(run: Run) -> None:
    write("data.jsonl", json.dumps({"text": "A row.", "score": 3, "lang": "en"}) + "\n")
    run("add", "data.jsonl")
    (row,) = query(Path("own.db"), "SELECT extractor, part, language, meta, length(original) FROM provenance")
    assert row == ("postil table 1", "line 1", "en", '{"score":3}', 64)
