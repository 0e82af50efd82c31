"""What `postil history` says of the journal."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library
from store.records import Change
from tests.conftest import article
from tests.tui.conftest import Run
from tui import journal

WORDS = article("One two three. And four.")
MORE = article("More words are here.")


@pytest.fixture
def lived_in(tmp_path: Path) -> Iterator[Library]:
    """The library that `run` uses, with a few acts of two people in it."""
    with Library(tmp_path / "own.db", annotator="ada") as library:
        library.articles.add([WORDS, MORE])
        claim = library.annotations.tag(WORDS, 0, 3)
        library.annotations.edit_note(claim.id, "Says who?")
        library.history.undo()
        with Library(tmp_path / "own.db", annotator="bea") as beas:
            note = beas.annotations.note(MORE, None, "Not [red]new[/red].")
            beas.annotations.withdraw(note.id)
        yield library


def without_times(lines: Iterator[str]) -> list[str]:
    return [line.split("  ", 1)[1] for line in lines]


def test_an_act_a_line_the_latest_first(lived_in: Library) -> None:
    assert without_times(journal.lines(lived_in.history.changes())) == [
        "bea  withdraw  in More words are here.",
        "bea  note  note: Not [red]new[/red].  in More words are here.",
        "ada  undo  CLAIM  “One”  note: (taken away)  in One two three. And four.",
        "ada  edit  CLAIM  “One”  note: Says who?  in One two three. And four.  (undone)",
        "ada  tag  CLAIM  “One”  in One two three. And four.",
    ]


def test_the_changes_of_one_article(lived_in: Library) -> None:
    assert [change.action for change in lived_in.history.changes(MORE.id)] == ["withdraw", "note"]


def test_a_long_journal_is_read_in_batches_and_none_is_left_out(lived_in: Library) -> None:
    whole = list(lived_in.history.changes())
    assert list(lived_in.history.changes(batch=2)) == whole
    assert [change.seq for change in whole] == [5, 4, 3, 2, 1]


def test_an_act_of_many_changes_is_one_line(lived_in: Library) -> None:
    latest: Change = next(lived_in.history.changes())
    ((_, line),) = enumerate(journal.lines([latest, latest]))
    assert line.endswith("bea  withdraw  2 changes  in More words are here.")


@pytest.mark.usefixtures("lived_in")
def test_history_names_an_article_by_its_id_its_file_or_its_title(run: Run) -> None:
    Path("more.txt").write_text(MORE.text)
    for name in (MORE.id, MORE.id[:12], "more.txt", "More words are here."):
        code, out, err = run("history", name)
        assert (code, err, len(out.splitlines())) == (0, "", 2)


@pytest.mark.usefixtures("lived_in")
def test_history_as_json_has_the_rows_before_and_after(run: Run) -> None:
    code, out, _ = run("history", "--json", "--limit", "4")
    changes = [json.loads(line) for line in out.splitlines()]
    assert (code, len(changes)) == (0, 4)
    assert (changes[3]["before"]["note"], changes[3]["after"]["note"]) == ("", "Says who?")


@pytest.mark.usefixtures("lived_in")
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nothing", "postil: The library has no article nothing: postil articles lists what there is.\n"),
        ("other.txt", "postil: other.txt is not in the library: postil add adds it.\n"),
        ("", "postil: 2 articles of the library could be meant: use more of the id that postil articles shows.\n"),
    ],
)
def test_an_article_that_is_not_there_or_not_the_only_one(run: Run, name: str, sentence: str) -> None:
    Path("other.txt").write_text("Another.")
    assert run("history", name) == (1, "", sentence)


def test_a_change_of_the_scheme_says_what_came_and_what_went(lived_in: Library) -> None:
    scheme = lived_in.scheme.definition()
    rumour = dataclasses.replace(scheme.labels[3], name="RUMOUR", key="R")
    lived_in.scheme.replace(dataclasses.replace(scheme, labels=[*scheme.labels[:3], rumour]))
    (line, *_) = without_times(journal.lines(lived_in.history.changes()))
    assert line == "ada  change scheme  +RUMOUR -EVIDENCE"
