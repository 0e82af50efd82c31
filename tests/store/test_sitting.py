"""What was done in a sitting: told from the journal, by the steps of this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.kinds import State
from store.library import Library
from store.metadata.fields import Field
from store.sitting import Sitting
from tests.conftest import article

WORDS = article("One two three four five.")
MORE = article("More words are here.", "more.txt")


@pytest.fixture
def begun(library_path: Path) -> Path:
    """A library in which something was done in an earlier sitting."""
    with Library(library_path, annotator="ada") as library:
        library.articles.add([WORDS, MORE])
        library.annotations.tag(WORDS, 0, 3)
        library.annotations.note(MORE, None, "An old note.")
    return library_path


def test_nothing_was_done(begun: Path) -> None:
    with Library(begun, annotator="ada") as library:
        library.articles.leave(WORDS.id, caret=3, furthest=9)
        assert library.sitting() == Sitting()
        assert not library.sitting()


def test_what_was_made_is_counted(begun: Path) -> None:
    with Library(begun, annotator="ada") as library:
        one = library.annotations.tag(WORDS, 4, 7)
        other = library.annotations.tag(MORE, 0, 4, attributes={"claimant": "ada"})
        library.annotations.edit_note(one.id, "Why?")
        library.annotations.note(WORDS, (4, 7), "Here.")
        library.relations.relate(one.id, other.id, "supports")
        library.rules.add("More", "ORG")
        library.reading.mark([WORDS.id], State.DONE)
        library.reading.mark([MORE.id], State.SKIPPED)
        library.metadata.correct([WORDS.id, MORE.id], {Field.SOURCE: "The Herald"})
        library.metadata.correct([WORDS.id], {Field.AUTHOR: "Ada"})
        library.history.undo()
        assert library.sitting() == Sitting(claims=2, notes=2, decisions=1, relations=1, done=1, skipped=1, corrected=2)


def test_what_was_undone_again_was_not_done(begun: Path) -> None:
    with Library(begun, annotator="ada") as library:
        library.annotations.tag(WORDS, 4, 7)
        library.history.undo()
        library.reading.toggle([WORDS.id], State.DONE)
        library.reading.toggle([WORDS.id], State.DONE)
        assert library.sitting() == Sitting()
        library.reading.toggle_queued([MORE.id])
        assert library.sitting() == Sitting(queued=1)


def test_what_was_there_before_may_be_withdrawn_or_undone(begun: Path) -> None:
    with Library(begun, annotator="ada") as library:
        library.history.undo()  # the note of the earlier sitting
        (claim,) = library.annotations.of(WORDS.id)
        library.annotations.set_attribute(claim.id, "claimant", "ada")
        assert library.sitting() == Sitting(withdrawn=1, other=1)
        library.annotations.withdraw(claim.id)
        assert library.sitting() == Sitting(withdrawn=2)


def test_what_another_process_does_meanwhile_is_not_of_this_sitting(begun: Path) -> None:
    with Library(begun, annotator="ada") as library, Library(begun, annotator="ada") as other:
        library.annotations.tag(WORDS, 4, 7)
        other.annotations.tag(WORDS, 8, 13)
        other.annotations.note(WORDS, None, "Elsewhere.")
        assert library.sitting() == Sitting(claims=1)
        assert other.sitting() == Sitting(claims=1, notes=1)


def test_an_act_that_was_refused_is_none(begun: Path) -> None:
    with Library(begun, annotator="ada") as library:
        with pytest.raises(Exception, match="already"):
            library.annotations.tag(WORDS, 0, 3)
        assert library.database.steps == []
