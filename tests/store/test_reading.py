"""Reading as work: states that are decided and taken back, the queue, and what is next to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.care.copies import copy_to
from store.errors import ArticleError
from store.kinds import State
from store.library import Library
from store.records import Article, Course
from tests.conftest import article
from tests.store.helpers import query, statements

A, B, C, D = (article(f"{title}\n\nText.\n", f"{title}.txt") for title in "ABCD")


@pytest.fixture
def four(library: Library) -> Library:
    """Four articles that nobody has opened."""
    library.articles.add([A, B, C, D])
    return library


def state(library: Library, one: Article) -> State:
    return library.reading.course(one.id).state


def read(library: Library, *articles: Article) -> None:
    """Open articles and leave them."""
    for one in articles:
        library.articles.leave(one.id, caret=0, furthest=4)


def following(library: Library, here: Article | None = None, passed: tuple[Article, ...] = ()) -> str | None:
    """The title of what is next to do, and why."""
    found = library.reading.next(here=None if here is None else here.id, passed=[one.id for one in passed])
    return None if found is None else f"{found.title} {found.why}"


def queue(library: Library) -> str:
    return "".join(row.title for row in library.reading.queued())


# States


def test_an_article_is_unread_until_it_is_opened_and_reading_from_then_on(four: Library) -> None:
    assert state(four, A) is State.UNREAD
    read(four, A)
    assert state(four, A) is State.READING
    four.articles.leave(A.id, caret=7, furthest=len(A.text))
    assert state(four, A) is State.READING  # at its end, and yet nobody said that it is done


@pytest.mark.parametrize("settled", [State.DONE, State.SKIPPED])
def test_what_is_done_or_skipped_stays_so_however_much_is_read(four: Library, settled: State) -> None:
    assert four.reading.toggle([A.id], settled)
    read(four, A)
    assert state(four, A) is settled
    assert [row.state for row in four.articles.page()] == [settled, *3 * [State.UNREAD]]


def test_the_same_again_takes_it_back_to_what_it_was(four: Library) -> None:
    read(four, A)
    for one, before in ((A, State.READING), (B, State.UNREAD)):
        four.reading.toggle([one.id], State.DONE)
        assert not four.reading.toggle([one.id], State.DONE)
        assert state(four, one) is before


def test_what_is_done_can_be_skipped_instead(four: Library) -> None:
    four.reading.toggle([A.id], State.DONE)
    assert four.reading.toggle([A.id], State.SKIPPED)
    assert state(four, A) is State.SKIPPED


def test_several_are_decided_as_one_act(four: Library) -> None:
    four.reading.toggle([A.id], State.DONE)
    assert four.reading.toggle([A.id, B.id, C.id], State.DONE)  # some are not done yet: all are then
    assert [state(four, one) for one in (A, B, C)] == 3 * [State.DONE]
    four.history.undo()
    assert [state(four, one) for one in (A, B, C)] == [State.DONE, State.UNREAD, State.UNREAD]


def test_what_is_marked_unread_is_read_again_from_the_next_opening_on(four: Library) -> None:
    read(four, A)
    assert four.reading.mark([A.id, B.id], State.UNREAD) == [A.id]
    assert state(four, A) is State.UNREAD
    place = four.articles.place(A.id)
    assert place is not None  # where it was left is kept
    assert place.furthest == 4
    read(four, A)
    assert state(four, A) is State.READING


def test_every_annotator_decides_alone(four: Library, library_path: Path) -> None:
    four.reading.mark([A.id], State.DONE)
    four.reading.toggle_queued([B.id])
    with Library(library_path, annotator="bob") as bobs:
        assert (state(bobs, A), queue(bobs), following(bobs)) == (State.UNREAD, "", "A unread")


def test_an_article_that_is_not_there_changes_nothing(four: Library, library_path: Path) -> None:
    with pytest.raises(ArticleError, match="nothing was changed"):
        four.reading.mark([A.id, "0" * 64], State.DONE)
    assert query(library_path, "SELECT * FROM reading_choice") == []


# Undo


def test_a_decision_is_undone_and_redone_and_the_caret_stays(four: Library) -> None:
    read(four, A)
    four.reading.toggle_queued([A.id])
    four.reading.toggle([A.id], State.DONE)
    four.articles.leave(A.id, caret=5, furthest=6)
    assert four.reading.course(A.id) == Course(State.DONE, None)
    undone = four.history.undo()
    assert undone is not None
    assert (undone.action, undone.article_title) == ("mark done", "A")
    assert four.reading.course(A.id) == Course(State.READING, 1)
    four.history.undo()
    assert four.reading.course(A.id) == Course(State.READING, None)
    four.history.redo()
    four.history.redo()
    assert four.reading.course(A.id) == Course(State.DONE, None)
    place = four.articles.place(A.id)
    assert place is not None
    assert place.caret == 5


def test_the_journal_tells_of_it(four: Library) -> None:
    four.reading.toggle([A.id], State.DONE)
    four.reading.toggle([A.id], State.DONE)
    four.reading.toggle_queued([B.id])
    four.reading.toggle_queued([B.id])
    told = [(change.action, change.article_title) for change in four.history.changes()]
    assert told == [("unqueue", "B"), ("queue", "B"), ("not done", "A"), ("mark done", "A")]


# The queue


def test_the_queue_is_in_the_order_of_queueing(four: Library) -> None:
    for one in (C, A, D):
        assert four.reading.toggle_queued([one.id])
    assert queue(four) == "CAD"
    assert [row.queue for row in four.articles.page()] == [2, None, 1, 3]
    assert not four.reading.toggle_queued([A.id])
    assert queue(four) == "CD"
    four.reading.toggle_queued([A.id])
    assert queue(four) == "CDA"


def test_several_are_queued_in_their_order_and_what_is_queued_keeps_its_place(four: Library) -> None:
    four.reading.toggle_queued([C.id])
    assert four.reading.toggle_queued([D.id, C.id, A.id])
    assert queue(four) == "CDA"
    assert not four.reading.toggle_queued([A.id, C.id, D.id])
    assert queue(four) == ""


def test_what_is_done_leaves_the_queue_and_what_is_queued_is_to_do_again(four: Library) -> None:
    four.reading.toggle_queued([A.id, B.id])
    four.reading.mark([A.id], State.SKIPPED)
    assert queue(four) == "B"
    four.reading.toggle_queued([A.id])
    assert (queue(four), state(four, A)) == ("BA", State.UNREAD)


# What is next to do


def test_first_the_queue_then_what_is_being_read_then_what_is_unread(four: Library) -> None:
    assert following(four) == "A unread"
    read(four, B, C)
    assert following(four) == "C reading"  # the latest left
    four.reading.toggle_queued([D.id])
    four.reading.toggle_queued([B.id])
    assert following(four) == "D queued"
    four.reading.mark([D.id], State.DONE)
    assert following(four) == "B queued"
    four.reading.mark([B.id], State.SKIPPED)
    assert following(four) == "C reading"
    four.reading.mark([C.id], State.DONE)
    assert following(four) == "A unread"
    four.reading.mark([A.id], State.DONE)
    assert following(four) is None


def test_what_is_open_does_not_follow_itself(four: Library) -> None:
    read(four, A)
    assert following(four, here=A) == "B unread"
    four.reading.mark([B.id, C.id, D.id], State.DONE)
    assert following(four, here=A) is None


def test_what_was_passed_over_comes_after_all_others(four: Library) -> None:
    read(four, A, B)
    assert following(four, here=B, passed=(B,)) == "A reading"
    assert following(four, here=A, passed=(B, A)) == "C unread"
    four.reading.mark([C.id, D.id], State.DONE)
    assert following(four, here=A, passed=(B, A)) == "B reading"
    four.reading.mark([B.id], State.SKIPPED)
    assert following(four, here=A, passed=(B, A)) is None
    assert following(four, here=None, passed=(B, A)) == "A reading"


def test_what_is_next_is_found_without_reading_the_library(four: Library) -> None:
    with statements() as seen:
        four.reading.next()
    assert len(seen) == 3
    assert not any("text" in statement.split("FROM")[0] for statement, _ in seen)


# With others


def test_a_page_that_is_turned_elsewhere_takes_back_no_decision(four: Library, tmp_path: Path) -> None:
    laptop = tmp_path / "laptop.db"
    copy_to(four.path, laptop)
    four.reading.mark([A.id], State.DONE)
    four.reading.toggle_queued([B.id])
    with Library(laptop, annotator="ada") as other:
        read(other, A, B)  # later, and nothing is decided
        other.reading.mark([C.id], State.SKIPPED)
    four.sharing.merge([laptop])
    assert [four.reading.course(one.id) for one in (A, B, C)] == [
        Course(State.DONE), Course(State.READING, 1), Course(State.SKIPPED),
    ]  # fmt: skip
    four.history.undo()
    assert [state(four, one) for one in (A, B, C)] == [State.DONE, State.UNREAD, State.UNREAD]
