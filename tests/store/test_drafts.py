"""Drafts of notes: kept apart, offered at their place, gone when the note is saved and not before."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from store import drafts, writers
from store.clock import new_key
from store.errors import AnnotationError, LibraryError
from store.kinds import Subject
from store.library import Library
from store.records import Draft, Settled, Standing
from tests.conftest import ROOT, article
from tests.store.helpers import files_no_longer_than, query

WORDS = article("One two three.")
SPAN = Standing(Subject.SPAN, WORDS.id, WORDS.id, ((0, 3),), "One")
WHOLE = Standing(Subject.ARTICLE, WORDS.id, WORDS.id)

Typed = Callable[..., str]


@pytest.fixture
def typed(library: Library) -> Typed:
    """Type something into an editor of its own; the draft's id."""
    library.articles.add([WORDS])

    def type_(text: str, standing: Standing = SPAN, **options: object) -> str:
        key = new_key()
        library.drafts.keep(key, standing, text, "", **options)  # type: ignore[arg-type]
        return key

    return type_


def texts(library: Library, standing: Standing = SPAN) -> list[str]:
    return [one.text for one in library.drafts.at(standing)]


def test_what_is_typed_is_kept_at_its_place_and_for_its_annotator(library: Library, typed: Typed) -> None:
    key = typed("wh")
    library.drafts.keep(key, SPAN, "who \0 says \ud83d so", "")
    typed("on the whole", WHOLE)
    typed("on the next words", Standing(Subject.SPAN, WORDS.id, WORDS.id, ((4, 7),), "two"))
    (draft,) = library.drafts.at(SPAN)
    assert (draft.id, draft.text, draft.writes, draft.standing) == (key, "who \ufffd says ? so", 2, SPAN)
    assert (draft.article_title, draft.is_open, draft.discarded) == (WORDS.title, True, None)
    assert texts(library, WHOLE) == ["on the whole"]
    with Library(library.path, annotator="bea") as beas:
        assert beas.drafts.at(SPAN) == beas.drafts.all() == []


def test_saving_takes_the_draft_away_in_the_same_act(library: Library, typed: Typed) -> None:
    key = typed("who says so?")
    with pytest.raises(AnnotationError, match="empty note"):
        library.annotations.note(WORDS, (0, 3), " ", settled=Settled(key))
    with pytest.raises(AnnotationError, match="no span"):
        library.annotations.note(WORDS, (0, 99), "who", settled=Settled(key))
    with pytest.raises(AnnotationError, match=r"1,000,001 signs"):
        library.annotations.note(WORDS, (0, 3), "w" * 1_000_001, settled=Settled(key))
    assert texts(library) == ["who says so?"]
    note = library.annotations.note(WORDS, (0, 3), "who says so?", settled=Settled(key))
    assert texts(library) == []
    again = typed("who says so, and when?", Standing.on(note))
    library.annotations.edit_note(note.id, "and when?", settled=Settled(again))
    assert library.drafts.all() == []
    claims = [library.annotations.tag(WORDS, *span) for span in ((0, 3), (4, 7))]
    relation = library.relations.get(library.relations.relate(claims[0].id, claims[1].id, "supports"))
    assert relation is not None
    last = typed("because", Standing.on_relation(relation, claims[0]))
    library.relations.edit_note(relation.id, "because", settled=Settled(last))
    assert library.drafts.all() == []


def test_two_editors_on_one_place_never_write_over_each_other(library: Library, typed: Typed) -> None:
    one = typed("of the one")
    (seen,) = library.drafts.at(SPAN)
    other = typed("of the one and the other", instead_of=[seen])
    assert texts(library) == ["of the one and the other", "of the one"]  # its editor still runs
    library.drafts.keep(one, SPAN, "of the one, still typing", "")
    library.annotations.note(WORDS, (0, 3), "saved", settled=Settled(other, used=(seen,)))
    assert texts(library) == ["of the one, still typing"]  # it is not what the other one has seen


def test_going_on_from_a_draft_that_was_left_takes_its_place(library: Library, typed: Typed) -> None:
    library.drafts.close([typed("left")])
    (seen,) = library.drafts.at(SPAN)
    assert (seen.is_open, library.drafts.left()) == (False, 1)
    typed("left, and gone on", instead_of=[seen])
    assert texts(library) == ["left, and gone on"]
    assert library.drafts.left() == 0  # an editor holds it


def test_a_discarded_draft_comes_last_can_be_taken_back_and_is_kept_for_a_while(
    library: Library, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = typed("first")
    library.drafts.discard(first)
    library.drafts.close([typed("second")])
    library.drafts.discard(typed("third"))
    assert texts(library) == ["second", "third", "first"]
    assert library.drafts.left() == 1
    library.drafts.take_back(first)
    assert texts(library) == ["second", "first", "third"]
    monkeypatch.setattr(drafts, "KEPT", 1)
    library.drafts.discard(first)
    assert texts(library) == ["second", "first"]


def test_what_was_typed_for_a_new_note_is_found_on_what_stands_there_since(library: Library, typed: Typed) -> None:
    typed("for a new note")
    claim = library.annotations.tag(WORDS, 0, 3)
    assert texts(library, Standing.on(claim)) == ["for a new note"]
    typed("for the claim", Standing.on(claim))
    assert texts(library, Standing.on(claim)) == ["for the claim", "for a new note"]
    assert texts(library) == ["for a new note"]
    library.annotations.withdraw(claim.id)
    assert len(library.drafts.all()) == 2  # what was typed outlives what it stands on


CRASH = """
import os, sys
from pathlib import Path
from store.library import Library
from tests.store.test_drafts import SPAN
library = Library(Path(sys.argv[1]), annotator="ada")
library.drafts.keep("0" * 36, SPAN, "typed", "")
print("kept", flush=True)
sys.stdin.read()
"""


def test_a_draft_is_left_when_its_process_is_gone_and_not_before(library: Library) -> None:
    library.articles.add([WORDS])
    with subprocess.Popen(
        [sys.executable, "-c", CRASH, str(library.path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"kept\n"
        assert (library.drafts.left(), library.drafts.at(SPAN)[0].is_open) == (0, True)
        process.kill()
        process.wait()
    assert (library.drafts.left(), library.drafts.at(SPAN)[0].is_open) == (1, False)
    assert texts(library) == ["typed"]


def test_a_process_is_known_by_its_host_number_and_start() -> None:
    mine = writers.this_process()
    host, number, started = mine.rsplit(" ", 2)
    assert writers.runs(mine)
    assert not writers.runs("")
    assert not writers.runs(f"{host} {number} {started}1")  # a number that was given again
    assert writers.runs(f"elsewhere {number} 1")  # nobody here can know


def test_without_room_the_draft_before_stays(library: Library, typed: Typed) -> None:
    key = typed("as far as there was room")
    with files_no_longer_than(1000), pytest.raises(LibraryError, match=r"no room|could not be used"):
        library.drafts.keep(key, SPAN, "more " * 100_000, "")
    assert texts(library) == ["as far as there was room"]
    library.drafts.keep(key, SPAN, "more", "")
    assert texts(library) == ["more"]


def test_drafts_are_no_part_of_the_journal(library: Library, typed: Typed) -> None:
    typed("typed")
    assert library.history.undo() is None
    assert query(library.path, "SELECT count(*) FROM change") == [0]


def test_a_draft_on_an_article_that_is_gone_is_still_there(library: Library, typed: Typed) -> None:
    typed("typed", Standing(Subject.ARTICLE, "f" * 64, "f" * 64))
    (draft,) = library.drafts.all()
    assert isinstance(draft, Draft)
    assert (draft.text, draft.article_title) == ("typed", None)
