"""`postil search` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from store.library import Library
from tests.tui.conftest import Run


def test_hits_in_context_as_text_and_as_json(run: Run) -> None:
    Path("a.txt").write_text("A title\n\nThe mill \x1b[31mburned.")
    run("add", "a.txt")
    code, out, err = run("search", "mill")
    title, hit = out.splitlines()
    assert (code, err) == (0, "")
    assert title.endswith(" A title")
    assert hit == "  article, at 13: A title The mill ␛[31mburned."
    (line,) = run("search", "--json", "mill")[1].splitlines()
    assert json.loads(line)["start"] == 13


def test_nothing_found_and_nothing_understood_exit_with_1_and_a_sentence(run: Run) -> None:
    Path("a.txt").write_text("One.")
    run("add", "a.txt")
    assert run("search", "two") == (1, "", "postil: Nothing was found.\n")
    code, out, err = run("search", "lable:CLAIM")
    assert (code, out) == (1, "")
    assert err.startswith("postil: There is no filter lable: did you mean label:?")


def test_tags_are_listed_and_found(run: Run) -> None:
    Path("a.txt").write_text("One two three.")
    run("add", "a.txt")
    assert run("search", "#") == (1, "", "postil: No note has a tag yet: write #word in a note.\n")
    with Library(Path("own.db"), annotator="ada") as library:
        text = library.articles.get(next(library.articles.rows()).id)
        assert text is not None
        library.annotations.note(text, (0, 3), "Who says so? #ask/them")
        one, two = library.annotations.tag(text, 0, 3), library.annotations.tag(text, 4, 7)
        library.relations.relate(one.id, two.id, "supports", note="#ask")
    assert run("search", "#")[1].splitlines() == ["      1  #ask", "      1  #ask/them"]
    assert json.loads(run("search", "--json", "#")[1].splitlines()[0]) == {"name": "ask", "notes": 1}
    hits = run("search", "#ask")[1].splitlines()[1::2]
    assert hits == ["  note by ada, at 0: Who says so? #ask/them", "  note on supports by ada, at 0: #ask"]
