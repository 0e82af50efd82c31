"""Claims and notes: made, changed and withdrawn by their owner, each act with its entry in the journal."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from uuid import UUID

import orjson
import pytest

from store.errors import AnnotationError, LibraryWriteError
from store.kinds import Kind
from store.library import Library
from store.records import Annotation, Article
from tests.conftest import article
from tests.store.helpers import execute, plans, query, quotes, statements

TEXT = "The mayor said that the bridge is safe. It was closed on Monday."


@pytest.fixture
def bridge(library: Library) -> Article:
    """An article in the library."""
    added = article(TEXT)
    library.articles.add([added])
    return added


def standing(library: Library, bridge: Article) -> list[Annotation]:
    return library.annotations.of(bridge.id)


# Tagging


def test_a_tag_is_a_claim_with_its_words(library: Library, bridge: Article) -> None:
    made = library.annotations.tag(bridge, 20, 38)
    assert (made.kind, made.label, made.quote, made.note) == (Kind.CLAIM, "CLAIM", "the bridge is safe", "")
    assert (made.start, made.end) == (20, 38)
    assert (made.annotator, made.annotator_id) == ("ada", library.annotator_id)
    assert made.created == made.updated
    assert UUID(made.id).version == 7
    assert not made.whole_article
    assert standing(library, bridge) == [made]


def test_a_tag_keeps_what_stands_around_it(library: Library, library_path: Path, bridge: Article) -> None:
    library.annotations.tag(bridge, 20, 38)
    assert query(library_path, "SELECT prefix, suffix FROM annotation") == [
        ("The mayor said that ", ". It was closed on Monday.")
    ]


def test_offsets_are_code_points(library: Library) -> None:
    firemen = article("👨🏻‍🚒 firemen drive firetrucks")
    library.articles.add([firemen])
    assert library.annotations.tag(firemen, 19, 29).quote == "firetrucks"


def test_a_tag_can_have_any_label(library: Library, bridge: Article) -> None:
    assert library.annotations.tag(bridge, 0, 9, "SOURCE").label == "SOURCE"


def test_the_same_span_is_tagged_once_with_a_label(library: Library, bridge: Article) -> None:
    library.annotations.tag(bridge, 0, 9)
    with pytest.raises(AnnotationError, match="This is tagged CLAIM already"):
        library.annotations.tag(bridge, 0, 9)
    assert len(standing(library, bridge)) == 1


def test_the_same_span_can_have_several_labels_and_several_annotators(
    library: Library, library_path: Path, bridge: Article
) -> None:
    library.annotations.tag(bridge, 0, 9)
    library.annotations.tag(bridge, 0, 9, "SOURCE")
    with Library(library_path, annotator="bob") as bobs:
        bobs.annotations.tag(bridge, 0, 9)
    assert [(a.annotator, a.label) for a in standing(library, bridge)] == [
        ("ada", "CLAIM"),
        ("ada", "SOURCE"),
        ("bob", "CLAIM"),
    ]


def test_a_span_can_be_tagged_again_after_its_tag_was_withdrawn(library: Library, bridge: Article) -> None:
    library.annotations.withdraw(library.annotations.tag(bridge, 0, 9).id)
    library.annotations.tag(bridge, 0, 9)
    assert quotes(library, bridge) == ["The mayor"]


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 5), (-1, 5), (0, len(TEXT) + 1)])
def test_a_span_that_is_not_in_the_text_is_not_tagged(library: Library, bridge: Article, start: int, end: int) -> None:
    with pytest.raises(AnnotationError, match=f"Nothing was tagged: there is no span {start}..{end}"):
        library.annotations.tag(bridge, start, end)
    assert standing(library, bridge) == []


def test_tags_may_overlap_and_come_in_the_order_of_the_text_the_longer_first(library: Library, bridge: Article) -> None:
    for start, end in [(20, 38), (4, 9), (0, 9), (0, 38)]:
        library.annotations.tag(bridge, start, end)
    library.annotations.note(bridge, None, "A note on all of it.")
    assert [(a.start, a.end) for a in standing(library, bridge)] == [
        (None, None),
        (0, 38),
        (0, 9),
        (4, 9),
        (20, 38),
    ]


# Notes


def test_a_note_on_a_span_quotes_it(library: Library, bridge: Article) -> None:
    made = library.annotations.note(bridge, (0, 9), "Which one?")
    assert (made.kind, made.label, made.quote, made.note) == (Kind.NOTE, None, "The mayor", "Which one?")


def test_a_note_on_the_whole_article_quotes_nothing(library: Library, bridge: Article) -> None:
    made = library.annotations.note(bridge, None, "Who wrote this?")
    assert made.whole_article
    assert (made.start, made.end, made.quote) == (None, None, "")


@pytest.mark.parametrize(
    "text", ["Line one.\nLine two.", "👨🏻‍🚒 e\u0301 שלום", "[b]not markup[/b]", " \t kept \n", "\x1b[31m"]
)
def test_a_note_is_kept_to_the_letter(library: Library, bridge: Article, text: str) -> None:
    library.annotations.note(bridge, None, text)
    assert standing(library, bridge)[0].note == text


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_note_is_not_saved(library: Library, bridge: Article, text: str) -> None:
    with pytest.raises(AnnotationError, match="An empty note was not saved"):
        library.annotations.note(bridge, None, text)
    assert standing(library, bridge) == []


def test_half_a_surrogate_pair_in_a_note_is_refused_or_replaced(library: Library, bridge: Article) -> None:
    with contextlib.suppress(AnnotationError):
        library.annotations.note(bridge, None, "Half: \ud83d")


def test_several_notes_can_stand_on_one_span(library: Library, bridge: Article) -> None:
    library.annotations.note(bridge, (0, 9), "One.")
    library.annotations.note(bridge, (0, 9), "Two.")
    assert [a.note for a in standing(library, bridge)] == ["One.", "Two."]


# Changing


def test_a_note_can_be_changed(library: Library, bridge: Article) -> None:
    made = library.annotations.note(bridge, (0, 9), "Which one?")
    changed = library.annotations.edit_note(made.id, "Which mayor?")
    assert (changed.id, changed.note, changed.created) == (made.id, "Which mayor?", made.created)
    assert changed.updated > made.updated
    assert standing(library, bridge) == [changed]


def test_a_claim_can_be_given_a_note_and_lose_it_again(library: Library, bridge: Article) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    assert library.annotations.edit_note(claim.id, "Says who?").note == "Says who?"
    assert library.annotations.edit_note(claim.id, "").note == ""


def test_white_space_takes_the_note_from_a_claim_too(library: Library, bridge: Article) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    library.annotations.edit_note(claim.id, " \n")
    assert library.articles.page()[0].notes == 0


def test_a_note_cannot_be_emptied(library: Library, bridge: Article) -> None:
    made = library.annotations.note(bridge, (0, 9), "Which one?")
    with pytest.raises(AnnotationError, match="d withdraws a note"):
        library.annotations.edit_note(made.id, "  ")
    assert standing(library, bridge) == [made]


# Withdrawing


def test_what_is_withdrawn_stands_no_more_and_is_kept(library: Library, library_path: Path, bridge: Article) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    library.annotations.withdraw(claim.id)
    assert standing(library, bridge) == []
    assert query(library_path, "SELECT id, withdrawn IS NOT NULL FROM annotation") == [(claim.id, 1)]


@pytest.mark.parametrize("gone", ["withdrawn", "never made"])
def test_what_is_not_there_cannot_be_changed_or_withdrawn(library: Library, bridge: Article, gone: str) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    key = library.annotations.withdraw(claim.id).id if gone == "withdrawn" else "no-such-key"
    with pytest.raises(AnnotationError, match="not there any more"):
        library.annotations.edit_note(key, "A note.")
    with pytest.raises(AnnotationError, match="not there any more"):
        library.annotations.withdraw(key)


def test_somebody_elses_annotation_cannot_be_changed_or_withdrawn(
    library: Library, library_path: Path, bridge: Article
) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    with Library(library_path, annotator="bob") as bobs:
        with pytest.raises(AnnotationError, match="belongs to ada: only its owner changes it"):
            bobs.annotations.edit_note(claim.id, "Nonsense.")
        with pytest.raises(AnnotationError, match="belongs to ada: only its owner changes it"):
            bobs.annotations.withdraw(claim.id)
    assert standing(library, bridge) == [claim]
    assert query(library_path, "SELECT action FROM change") == ["tag"]


# The journal


def test_every_act_is_written_into_the_journal(library: Library, library_path: Path, bridge: Article) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    library.annotations.edit_note(claim.id, "Says who?")
    library.annotations.withdraw(claim.id)
    library.annotations.note(bridge, None, "A note.")
    assert query(library_path, "SELECT action FROM change ORDER BY seq") == ["tag", "edit", "withdraw", "note"]
    assert query(library_path, "SELECT DISTINCT annotator_id FROM change") == [library.annotator_id]
    assert query(library_path, "SELECT count(DISTINCT step) FROM change") == [4]


def test_an_entry_says_what_stood_there_before_and_after(library: Library, library_path: Path, bridge: Article) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    library.annotations.edit_note(claim.id, "Says who?")
    entries = query(library_path, "SELECT before, after FROM change ORDER BY seq")
    (nothing, made), (before, after) = ([state and orjson.loads(state) for state in entry] for entry in entries)
    assert nothing is None
    assert before == made
    assert (before["note"], after["note"]) == ("", "Says who?")
    columns = set(query(library_path, "SELECT name FROM pragma_table_info('annotation')"))
    assert set(made) == columns - {"number"}  # which means nothing in another file


def test_an_act_that_is_refused_leaves_no_entry(library: Library, library_path: Path, bridge: Article) -> None:
    with pytest.raises(AnnotationError):
        library.annotations.tag(bridge, 5, 5)
    with pytest.raises(AnnotationError):
        library.annotations.withdraw("no-such-key")
    assert query(library_path, "SELECT count(*) FROM change") == [0]


@pytest.mark.parametrize("table", ["annotation", "change"])
def test_an_annotation_and_its_entry_are_written_together_or_not_at_all(
    library: Library, library_path: Path, bridge: Article, table: str
) -> None:
    execute(library_path, f"CREATE TRIGGER fail AFTER INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'failed'); END")
    with pytest.raises(LibraryWriteError, match="nothing was changed"):
        library.annotations.tag(bridge, 20, 38)
    assert query(library_path, "SELECT (SELECT count(*) FROM annotation), (SELECT count(*) FROM change)") == [(0, 0)]


@pytest.mark.parametrize("act", ["edit", "withdraw"])
def test_a_change_and_its_entry_are_written_together_or_not_at_all(
    library: Library, library_path: Path, bridge: Article, act: str
) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    execute(library_path, "CREATE TRIGGER fail AFTER INSERT ON change BEGIN SELECT RAISE(ABORT, 'failed'); END")
    acts = {
        "edit": lambda: library.annotations.edit_note(claim.id, "Says who?"),
        "withdraw": lambda: library.annotations.withdraw(claim.id),
    }
    with pytest.raises(LibraryWriteError, match="nothing was changed"):
        acts[act]()
    assert standing(library, bridge) == [claim]


def test_an_annotation_that_is_returned_is_on_the_disk(library: Library, library_path: Path, bridge: Article) -> None:
    claim = library.annotations.tag(bridge, 20, 38)
    another = sqlite3.connect(f"file:{library_path}?mode=ro", uri=True)
    assert another.execute("SELECT id FROM annotation").fetchone() == (claim.id,)
    another.close()


# Speed, counted


def test_reading_the_annotations_of_an_article_is_one_statement_by_its_index(
    library: Library, library_path: Path, bridge: Article
) -> None:
    for start in range(20):
        library.annotations.tag(bridge, start, start + 1)
    with statements() as seen:
        assert len(standing(library, bridge)) == 20
    assert len(seen) == 1
    assert any("SEARCH annotation USING INDEX annotation_by_article" in step for step in plans(library_path, seen))


def test_a_tag_costs_the_same_whatever_stands_already(library: Library, library_path: Path, bridge: Article) -> None:
    def cost(start: int) -> list[str]:
        with statements() as seen:
            library.annotations.tag(bridge, start, start + 1)
        return plans(library_path, seen)

    first = cost(0)
    # What is searched for one article is found by the article: there may be a million claims elsewhere.
    places = [step for step in first if "annotation USING" in step]
    assert {step.split("USING ")[1].split(" (")[0] for step in places} <= {
        "INDEX annotation_by_article",
        "INDEX sqlite_autoindex_annotation_1",
        "INTEGER PRIMARY KEY",
    }
    for start in range(1, 20):
        library.annotations.tag(bridge, start, start + 1)
    assert cost(20) == first
    assert not any(step.startswith("SCAN") and "CONSTANT ROW" not in step for step in first)
