"""Undo and redo: one line of acts, of one annotator, across articles and restarts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import history, models
from store.clock import new_key, now
from store.errors import AnnotationError, LibraryWriteError
from store.kinds import Kind
from store.library import Library
from store.records import Annotation, Article
from tests.conftest import article
from tests.store.helpers import copied, execute, plans, query, quotes, statements

WORDS = article("One two three four five.")
MORE = article("More words are here.", "more.txt")


@pytest.fixture(autouse=True)
def _articles(request: pytest.FixtureRequest) -> None:
    """Both articles are in the library of every test that has one."""
    if "library" in request.fixturenames:
        request.getfixturevalue("library").articles.add([WORDS, MORE])


def notes(library: Library) -> list[str]:
    return [annotation.note for annotation in library.annotations.of(WORDS.id)]


# What is undone


def test_at_first_there_is_nothing_to_undo_or_to_redo(library: Library) -> None:
    assert library.history.undo() is None
    assert library.history.redo() is None


def test_a_tag_is_undone_and_redone(library: Library) -> None:
    claim = library.annotations.tag(WORDS, 0, 3)
    library.history.undo()
    assert quotes(library, WORDS) == []
    library.history.redo()
    assert [annotation.id for annotation in library.annotations.of(WORDS.id)] == [claim.id]


def test_a_note_is_undone_and_redone(library: Library) -> None:
    library.annotations.note(WORDS, None, "A note.")
    library.history.undo()
    assert notes(library) == []
    library.history.redo()
    assert notes(library) == ["A note."]


def test_a_change_is_undone_and_redone(library: Library) -> None:
    made = library.annotations.note(WORDS, None, "First.")
    library.annotations.edit_note(made.id, "Second.")
    library.history.undo()
    assert notes(library) == ["First."]
    library.history.redo()
    assert notes(library) == ["Second."]


def test_a_withdrawal_is_undone_and_redone(library: Library) -> None:
    claim = library.annotations.tag(WORDS, 0, 3)
    library.annotations.withdraw(claim.id)
    library.history.undo()
    assert quotes(library, WORDS) == ["One"]
    library.history.redo()
    assert quotes(library, WORDS) == []


def test_everything_can_be_undone_and_redone(library: Library) -> None:
    claim = library.annotations.tag(WORDS, 0, 3)
    library.annotations.edit_note(claim.id, "Why?")
    library.annotations.withdraw(claim.id)
    library.annotations.note(MORE, None, "A note.")
    undone = [library.history.undo() for _ in range(5)]
    assert [one and one.action for one in undone] == ["note", "withdraw", "edit", "tag", None]
    redone = [library.history.redo() for _ in range(5)]
    assert [one and one.action for one in redone] == ["tag", "edit", "withdraw", "note", None]
    assert (notes(library), quotes(library, MORE)) == ([], [""])


def test_after_another_act_what_was_undone_cannot_be_redone(library: Library) -> None:
    library.annotations.tag(WORDS, 0, 3)
    library.history.undo()
    library.annotations.tag(WORDS, 4, 7)
    assert library.history.redo() is None
    assert quotes(library, WORDS) == ["two"]


def test_what_cannot_be_redone_is_not_undone_a_second_time(library: Library) -> None:
    library.annotations.tag(WORDS, 0, 3)
    library.history.undo()
    library.annotations.tag(WORDS, 4, 7)
    library.history.undo()
    assert library.history.undo() is None
    assert quotes(library, WORDS) == []


def test_undo_says_what_it_changed_and_where(library: Library) -> None:
    claim = library.annotations.tag(MORE, 0, 4)
    undone = library.history.undo()
    assert undone is not None
    assert (undone.action, undone.article_id, undone.article_title) == ("tag", MORE.id, "More words are here.")
    assert undone.changed == {claim.id: None}
    redone = library.history.redo()
    assert redone is not None
    assert redone.changed == {claim.id: library.annotations.of(MORE.id)[0]}


def test_undo_across_articles_goes_back_in_time(library: Library) -> None:
    library.annotations.tag(WORDS, 0, 3)
    library.annotations.tag(MORE, 0, 4)
    library.annotations.tag(WORDS, 4, 7)
    library.history.undo()
    library.history.undo()
    assert (quotes(library, WORDS), quotes(library, MORE)) == (["One"], [])


def test_the_changes_of_one_act_are_undone_and_redone_together(library: Library) -> None:
    step = new_key()
    with library.database.writing() as session:
        for start, end in [(0, 3), (4, 7)]:
            row = models.Annotation(
                id=new_key(),
                article_id=WORDS.id,
                annotator_id=library.annotator_id,
                kind=Kind.CLAIM,
                start=start,
                end=end,
                quote=WORDS.text[start:end],
                created=now(),
                updated=now(),
            )
            session.add(row)
            history.record(session, "tag", None, row, step)
    library.history.undo()
    assert quotes(library, WORDS) == []
    library.history.redo()
    assert quotes(library, WORDS) == ["One", "two"]
    library.history.undo()
    assert (quotes(library, WORDS), library.history.undo()) == ([], None)


# Restarts and other people


def test_undo_and_redo_outlive_the_program(library: Library, library_path: Path) -> None:
    library.annotations.tag(WORDS, 0, 3)
    library.annotations.tag(WORDS, 4, 7)
    library.close()
    with Library(library_path, annotator="ada") as second:
        second.history.undo()
        assert quotes(second, WORDS) == ["One"]
    with Library(library_path, annotator="ada") as third:
        third.history.redo()
        assert quotes(third, WORDS) == ["One", "two"]


def test_undo_never_touches_another_annotators_work(library: Library, library_path: Path) -> None:
    library.annotations.tag(WORDS, 0, 3)
    with Library(library_path, annotator="bob") as bobs:
        assert bobs.history.undo() is None
        bobs.annotations.tag(WORDS, 4, 7)
        library.history.undo()
        assert quotes(library, WORDS) == ["two"]
        assert library.history.undo() is None
        assert bobs.history.redo() is None
        bobs.history.undo()
        assert quotes(library, WORDS) == []


def test_another_annotators_act_keeps_nobody_from_redoing(library: Library, library_path: Path) -> None:
    library.annotations.tag(WORDS, 0, 3)
    library.history.undo()
    with Library(library_path, annotator="bob") as bobs:
        bobs.annotations.tag(WORDS, 4, 7)
    library.history.redo()
    assert quotes(library, WORDS) == ["One", "two"]


def test_two_windows_of_one_annotator_share_one_line_of_acts(library: Library, library_path: Path) -> None:
    with Library(library_path, annotator="ada") as window:
        library.annotations.tag(WORDS, 0, 3)
        window.history.undo()
        assert quotes(library, WORDS) == []
        library.history.redo()
        assert quotes(window, WORDS) == ["One"]


# The journal


def test_undo_and_redo_are_changes_themselves(library: Library, library_path: Path) -> None:
    library.annotations.tag(WORDS, 0, 3)
    library.history.undo()
    library.history.redo()
    entries = query(library_path, "SELECT action, step, reverses FROM change ORDER BY seq")
    assert [action for action, _, _ in entries] == ["tag", "undo", "redo"]
    assert [reverses for _, _, reverses in entries] == [None, entries[0][1], entries[0][1]]


def test_an_undo_counts_as_a_change_of_the_annotation(library: Library) -> None:
    made = library.annotations.note(WORDS, None, "First.")
    edited = library.annotations.edit_note(made.id, "Second.")
    library.history.undo()
    assert library.annotations.of(WORDS.id)[0].updated > edited.updated


@pytest.mark.parametrize("action", ["undo", "redo"])
def test_an_undo_and_its_entry_are_written_together_or_not_at_all(
    library: Library, library_path: Path, action: str
) -> None:
    library.annotations.tag(WORDS, 0, 3)
    if action == "redo":
        library.history.undo()
    before = quotes(library, WORDS), query(library_path, "SELECT * FROM change")
    execute(library_path, "CREATE TRIGGER fail AFTER INSERT ON change BEGIN SELECT RAISE(ABORT, 'failed'); END")
    with pytest.raises(LibraryWriteError):
        library.history.undo() if action == "undo" else library.history.redo()
    assert (quotes(library, WORDS), query(library_path, "SELECT * FROM change")) == before


def test_what_an_entry_says_stood_there_before_is_what_the_last_entry_left(
    library: Library, library_path: Path
) -> None:
    library.annotations.tag(WORDS, 0, 3)
    library.history.undo()
    library.history.redo()
    library.history.undo()
    entries = query(library_path, "SELECT before, after FROM change ORDER BY seq")
    left = [None, *(orjson.loads(after) for _, after in entries)]
    assert [before and orjson.loads(before) for before, _ in entries] == left[:-1]


def test_undo_and_redo_find_their_act_by_an_index(library: Library, library_path: Path) -> None:
    for start in range(10):
        library.annotations.tag(WORDS, start, start + 1)
    with statements() as seen:
        library.history.undo()
        library.history.redo()
    steps = plans(library_path, seen)
    assert not any(step.startswith("SCAN") and "CONSTANT ROW" not in step for step in steps)
    assert not any("TEMP B-TREE" in step for step in steps)


# The law: a line of states, and a place on it

Standing: TypeAlias = dict[str, tuple[int | None, str]]
"""What stands on both articles: by the annotation's key, where it starts and what its note says."""


class Line:
    """Linear undo in plain Python: an act drops what lies ahead and adds a state, undo and redo step along."""

    def __init__(self) -> None:
        self.states: list[Standing] = [{}]
        self.at = 0

    @property
    def now(self) -> Standing:
        return self.states[self.at]

    def act(self, made: Annotation) -> None:
        self.reach(self.now | {made.id: (made.start, made.note)})

    def reach(self, state: Standing) -> None:
        self.states[self.at + 1 :] = [state]
        self.at += 1

    def undo(self) -> bool:
        can = self.at > 0
        self.at -= can
        return can

    def redo(self) -> bool:
        can = self.at < len(self.states) - 1
        self.at += can
        return can


def standing(library: Library) -> Standing:
    own = [a for one in (WORDS, MORE) for a in library.annotations.of(one.id) if a.annotator == library.annotator]
    return {annotation.id: (annotation.start, annotation.note) for annotation in own}


def do(library: Library, line: Line, command: str, number: int) -> None:
    """Do the same to the library and to the line; `number` chooses a span or an annotation."""
    here: Article = (WORDS, MORE)[number % 2]
    chosen = sorted(line.now)[number % len(line.now)] if line.now else None
    match command:
        case "tag":
            try:
                line.act(library.annotations.tag(here, number, number + 1))
            except AnnotationError:  # tagged already: no act
                assert number in [start for start, _ in line.now.values()]
        case "note":
            line.act(library.annotations.note(here, None, f"note {number}"))
        case "edit" if chosen:
            line.act(library.annotations.edit_note(chosen, f"edited {number}"))
        case "withdraw" if chosen:
            library.annotations.withdraw(chosen)
            line.reach({key: value for key, value in line.now.items() if key != chosen})
        case "undo":
            assert (library.history.undo() is not None) == line.undo()
        case "redo":
            assert (library.history.redo() is not None) == line.redo()


commands: st.SearchStrategy[list[tuple[str, int]]] = st.lists(
    st.tuples(
        st.sampled_from(["tag", "note", "edit", "withdraw", "undo", "undo", "redo", "redo", "reopen", "bob"]),
        st.integers(0, 9),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None)
@given(commands)
def test_any_sequence_of_acts_is_undone_and_redone_as_a_line_of_states(
    blank_library: Path, sequence: list[tuple[str, int]]
) -> None:
    line = Line()
    with copied(blank_library) as first:
        library = first
        library.articles.add([WORDS, MORE])
        bobs = Library(library.path, annotator="bob")
        for command, number in sequence:
            if command == "reopen":
                library.close()
                library = Library(first.path, annotator="ada")
            elif command == "bob":
                bobs.annotations.note(WORDS, None, "bob was here")
            else:
                do(library, line, command, number)
            assert standing(library) == line.now
        assert len(bobs.annotations.of(WORDS.id)) >= [command for command, _ in sequence].count("bob")
        bobs.close()
        library.close()


@settings(max_examples=30, deadline=None)
@given(commands)
def test_undoing_everything_leaves_nothing_and_redoing_everything_brings_it_all_back(
    blank_library: Path, sequence: list[tuple[str, int]]
) -> None:
    with copied(blank_library) as library:
        library.articles.add([WORDS, MORE])
        line = Line()
        for command, number in sequence:
            do(library, line, command, number)
        repeat(library.history.redo)
        reached = standing(library)
        repeat(library.history.undo)
        assert standing(library) == {}
        repeat(library.history.redo)
        assert standing(library) == reached


def repeat(step: Callable[[], object]) -> None:
    while step() is not None:
        pass
