"""The command line without a terminal: what it prints, what it refuses, and its exit codes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store.articles.kinds import NAMED
from store.header import SCHEMA
from store.library import Library
from tests.conftest import SAMPLES
from tests.tui.conftest import Run


def write(name: str, data: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_add_says_of_each_file_what_came_of_it(run: Run) -> None:
    write("one.txt", "One.")
    write("same.md", "One.")
    write("empty.txt", "")
    code, out, err = run("add", "one.txt", "empty.txt", "same.md", "missing.txt")
    assert out.splitlines() == [
        "added: one.txt",
        "not added: empty.txt is empty: there is nothing to read.",
        "known: same.md (the same text as one.txt)",
        "not added: missing.txt does not exist: check the path.",
    ]
    assert (code, err) == (1, "")


def test_add_of_good_files_exits_with_0(run: Run) -> None:
    code, out, _ = run("add", SAMPLES)
    assert code == 0
    assert len(out.splitlines()) == 12
    assert all(line.startswith("added: ") for line in out.splitlines())


BAD = {
    "a binary file": ("bad.txt", bytes(range(256)), "NUL byte in line 1"),
    "a file that is not UTF-8": ("bad.txt", b"one\ncaf\xe9\n", "line 2 has the byte 0xE9"),
    "UTF-16 without a mark": ("bad.txt", "text".encode("utf-16-le"), "is UTF-16 without a byte order mark"),
    "a NUL byte": ("bad.txt", b"one\ntwo\0\n", "NUL byte in line 2"),
    "an empty file": ("bad.txt", b"", "is empty"),
    "only white space": ("bad.txt", b" \n\t\n", "is empty"),
    "another kind of file": ("bad.png", b"\x89PNG\r\n\x1a\n\0", "is a picture"),
    "bad front matter": ("bad.md", b"---\ntitle: [x\n---\ntext", "line 3 of bad.md is not YAML"),
    "front matter and nothing else": ("bad.md", b"---\ntitle: x\n---\n", "no text after it"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize("command", ["add", "read"])
def test_bad_input_is_a_sentence_and_the_rest_is_done(run: Run, case: str, command: str) -> None:
    name, data, said = BAD[case]
    write(name, data)
    write("good.txt", "Good.")
    code, out, err = run(command, name, "good.txt")
    assert code == 1
    assert said in (out if command == "add" else err)
    assert Path(name).read_bytes() == data
    assert "added: good.txt" in out or "Good." in out
    assert "Traceback" not in out + err


def test_a_file_of_200_megabytes_is_refused_without_being_read(run: Run) -> None:
    with Path("large.txt").open("wb") as file:
        file.truncate(200_000_000)
    code, out, _ = run("add", "large.txt")
    assert code == 1
    assert "large.txt is too large (200 MB)" in out


def test_a_folder_without_articles_is_a_sentence(run: Run) -> None:
    Path("folder").mkdir()
    code, out, _ = run("add", "folder")
    assert (code, out) == (1, f"not added: The folder folder has no articles: postil reads {NAMED} files.\n")


def other_sqlite(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()


def newer(path: Path) -> None:
    Library(path, annotator="ada").close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    connection.close()


def not_sqlite(path: Path) -> None:
    path.write_text("my shopping list, which is rather long and not a database at all" * 10)


def damaged(path: Path) -> None:
    with Library(path, annotator="ada"):
        pass
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)


LIBRARIES: dict[Callable[[Path], None], str] = {
    not_sqlite: "own.db is not a postil library",
    other_sqlite: "own.db is another program's SQLite file",
    newer: "own.db was made by a later postil",
    damaged: "own.db is damaged",
}


@pytest.mark.parametrize("make", LIBRARIES)
@pytest.mark.parametrize("command", ["add", "articles", "export", "read"])
def test_a_library_that_cannot_be_used_is_a_sentence_and_stays_as_it_was(
    run: Run, make: Callable[[Path], None], command: str
) -> None:
    make(Path("own.db"))
    before = Path("own.db").read_bytes()
    write("good.txt", "Good.")
    code, out, err = run(command, *(["good.txt"] if command in {"add", "read"} else []))
    assert code == 1
    assert LIBRARIES[make] in err
    assert len(err.splitlines()) == 1
    assert out == ""
    assert Path("own.db").read_bytes() == before


def test_a_library_in_a_folder_that_is_not_there_is_a_sentence(run: Run) -> None:
    code, _, err = run("articles", "--library", "no/such/own.db")
    assert code == 1
    assert "The folder no/such does not exist" in err


def test_the_default_library_is_made_with_its_folder(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POSTIL_LIBRARY")
    write("one.txt", "One.")
    assert run("add", "one.txt")[0] == 0
    _, out, _ = run("locate")
    assert Path(out.splitlines()[0].split(maxsplit=1)[1]).exists()


def test_articles_lists_and_json_has_the_same(run: Run) -> None:
    write("one.md", "---\ntitle: The first\nsource: A paper\n---\nSome words here.")
    run("add", "one.md")
    _, out, _ = run("articles")
    assert "3 words" in out
    assert "The first (A paper)" in out
    _, out, _ = run("articles", "--json")
    assert json.loads(out)["title"] == "The first"


def test_export_writes_a_file_whole(run: Run) -> None:
    write("one.txt", "One.")
    run("add", "one.txt")
    code, out, err = run("export", "--output", "out.jsonl")
    assert (code, out, err) == (0, "", "")
    assert json.loads(Path("out.jsonl").read_text("utf-8"))["text"] == "One."
    assert sorted(path.name for path in Path().iterdir()) == ["one.txt", "out.jsonl", "own.db"]


def test_an_unknown_format_and_a_bad_output_are_sentences(run: Run) -> None:
    code, _, err = run("export", "--format", "latin")
    assert code == 1
    assert "There is no format latin: postil exports brat, " in err
    code, _, err = run("export", "--output", "no/such/file")
    assert code == 1
    assert "no/such/file cannot be written" in err


def test_read_without_a_terminal_prints_the_marks_and_says_why_there_are_no_names(run: Run) -> None:
    write("one.txt", "A title\n\nA claim is here. And more.")
    run("add", "one.txt")
    with Library(Path("own.db"), annotator="ada") as library:
        (row,) = library.articles.page()
        found = library.articles.get(row.id)
        assert found is not None
        library.annotations.tag(found, 9, 25)
        library.annotations.note(found, (9, 16), "what [claim]?")
    code, out, err = run("read", "one.txt")
    assert code == 0
    assert "{CLAIM: {NOTE: A claim}[1] is here.} And more." in out
    assert "[1] ada: what [claim]?" in out
    assert "no_such_pipeline is not installed" in err


def test_the_library_needs_a_terminal(run: Run) -> None:
    code, _, err = run()
    assert code == 1
    assert "needs a terminal" in err


def test_version_and_help(run: Run) -> None:
    assert run("--version")[1].startswith("postil 0.")
    for command in ([], ["read"], ["add"], ["articles"], ["export"], ["locate"]):
        code, out, _ = run(*command, "--help")
        assert code == 0
        assert "Usage: postil" in out


def test_flags_before_and_after_the_command_mean_the_same(run: Run) -> None:
    write("one.txt", "One.")
    run("--library", "a.db", "add", "one.txt")
    run("add", "--library", "b.db", "one.txt")
    assert Path("a.db").exists()
    assert Path("b.db").exists()
    assert not Path("own.db").exists()
