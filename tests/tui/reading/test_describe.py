"""The words of the title line and the status line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.kinds import Kind, State
from store.records import Annotation, ArticleRow, Course
from tests.conftest import article
from tui.reading import describe
from tui.reading.marks import Layer, Mark

TEXT = "Ada Lovelace wrote the first program, they say."
ADA = Mark(0, 12, Layer.ENTITY, "person", label="PERSON")
CLAIM = Annotation(
    id="key",
    article_id="article",
    kind=Kind.CLAIM,
    label="CLAIM",
    start=0,
    end=len(TEXT),
    quote=TEXT,
    note="",
    annotator="bob",
    annotator_id="bob's",
    created="2026-01-01T00:00:00Z",
    updated="2026-01-01T00:00:00Z",
)
NOTE = replace(CLAIM, kind=Kind.NOTE, label=None, note="who says\nso?")


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(1, "1 min"), (460, "2 min"), (2300, "10 min"), (276_000, "1,200 min")],
)
def test_an_article_takes_a_minute_for_230_words(words: int, minutes: str) -> None:
    text = "word " * words
    assert describe.article(article(text), describe.minutes(text)) == [minutes]


def test_source_and_date_are_told_where_they_are_known() -> None:
    report = replace(article(TEXT), source="The Mill", published="2026-01-31")
    assert describe.article(report, 0.2) == ["The Mill", "2026-01-31", "1 min"]


@pytest.mark.parametrize(
    ("claims", "notes", "words"),
    [(0, 0, "0 claims  0 notes"), (1, 1, "1 claim  1 note"), (2000, 3, "2,000 claims  3 notes")],
)
def test_claims_and_notes_are_counted_in_words(claims: int, notes: int, words: str) -> None:
    assert describe.counts(claims, notes) == words


@pytest.mark.parametrize(
    ("row", "rows", "caret", "length", "words"),
    [
        (0, 96, 0, 1000, "line 1 of 96 · 0% · 10 min left"),
        (11, 96, 140, 1000, "line 12 of 96 · 14% · 9 min left"),
        (1999, 2000, 999, 1000, "line 2,000 of 2,000 · 100%"),
        (0, 1, 0, 1, "line 1 of 1 · 0% · 10 min left"),
        (0, 1, 0, 0, "line 1 of 1 · 0% · 10 min left"),
    ],
)
def test_the_place_is_a_row_and_a_part_of_the_text(row: int, rows: int, caret: int, length: int, words: str) -> None:
    assert describe.place(row, rows, caret, length, minutes=10) == words


def test_nothing_under_the_caret_is_no_words() -> None:
    assert describe.under_caret(TEXT, (), [], None) == ""


@pytest.mark.parametrize(("end", "words"), [(3, "selecting 1 word"), (12, "selecting 2 words")])
def test_a_selection_is_told_in_words(end: int, words: str) -> None:
    assert describe.under_caret(TEXT, [(0, end)], [], None) == words


def test_an_entity_is_told_with_its_type_and_what_that_means() -> None:
    assert describe.under_caret(TEXT, (), [], ADA) == "PERSON Ada Lovelace (person)"


def test_an_entity_of_an_unknown_type_is_told_without_a_meaning() -> None:
    assert describe.under_caret(TEXT, (), [], replace(ADA, label="GENE")) == "GENE Ada Lovelace"


def test_an_annotation_is_told_with_its_label_and_whose_it_is() -> None:
    assert describe.under_caret(TEXT, (), [CLAIM], None) == "CLAIM by bob"
    assert describe.under_caret(TEXT, (), [replace(CLAIM, note="hm")], None) == "CLAIM by bob: hm"


def test_an_annotation_without_a_label_is_told_by_its_kind() -> None:
    highlight = replace(CLAIM, kind=Kind.HIGHLIGHT, label=None)
    assert describe.under_caret(TEXT, (), [highlight], None) == "HIGHLIGHT by bob"


def test_a_note_is_told_on_one_line() -> None:
    assert describe.under_caret(TEXT, (), [NOTE], None) == "NOTE by bob: who says so?"


def test_a_long_note_is_cut() -> None:
    told = describe.under_caret(TEXT, (), [replace(NOTE, note="very " * 1000)], None)
    assert told.endswith("…")
    assert len(told) == len("NOTE by bob: ") + 60


def test_everything_under_the_caret_is_told_at_once() -> None:
    told = describe.under_caret(TEXT, [(0, 12)], [NOTE, CLAIM], ADA)
    assert told == "selecting 2 words · PERSON Ada Lovelace (person) · NOTE by bob: who says so? · CLAIM by bob"


def test_a_note_that_is_cut_in_white_space_says_that_there_is_more() -> None:
    told = describe.under_caret(TEXT, (), [replace(NOTE, note="short" + " " * 200 + "and the rest")], None)
    assert told.endswith(("and the rest", "…"))


def test_of_a_very_long_selection_the_words_are_estimated() -> None:
    text = "four words stand here " * 100_000
    assert describe.under_caret(text, [(0, len(text))], [], None) == "selecting about 400,000 words"


@pytest.mark.parametrize(
    ("state", "queue", "progress", "read", "said"),
    [
        (State.UNREAD, None, 0.0, "·", ""),
        (State.READING, None, 0.454, "45%", ""),
        (State.READING, 3, 1.0, "Q3 100%", "queued 3"),
        (State.UNREAD, 1_200, 0.0, "Q… ·", "queued 1,200"),
        (State.DONE, None, 0.2, "done", "done"),
        (State.SKIPPED, None, 0.2, "skipped", "skipped"),
    ],
)
def test_how_far_somebody_is_with_an_article(
    state: State, queue: int | None, progress: float, read: str, said: str
) -> None:
    row = ArticleRow("id", "Title", None, None, 9, 50, 0, 0, state, progress, queue)
    assert describe.read(row) == read
    assert len(read) <= 8
    assert describe.course(Course(state, queue)) == said
