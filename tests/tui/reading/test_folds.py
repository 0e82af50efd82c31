"""Folds: each is one row, everything else is where it would be, and no offset gets lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text.folding import Folded
from tests.tui.reading.test_layout import WIDTHS, any_text, short_page, spans
from tui.reading.cells import width_of
from tui.reading.folds import Folds, Spans, words
from tui.reading.layout import Layout
from tui.reading.page import Page

TEXT = "Title\n\nHome\nNews\nSport\n\nThe article begins here."
MENU = (7, 23)
"""Three lines with the line end after them."""


def folded_layout(text: str, folded: Spans, width: int) -> Layout:
    layout = Layout(short_page(text), width)
    layout.fold(folded)
    return layout


def line_spans(text: str, picks: list[tuple[int, int]]) -> Spans:
    """Runs of whole lines of a text, apart from each other: so many passed over, then so many taken."""
    starts = [0, *(position + 1 for position, sign in enumerate(text) if sign == "\n")]
    starts = [start for start in starts if start < len(text)] + [len(text)]
    found, line = [], 0
    for passed, taken in picks:
        first, line = line + passed, line + passed + taken
        if line >= len(starts):
            break
        found.append((starts[first], starts[line]))
        line += 1
    return Spans(found)


def test_a_fold_is_one_row() -> None:
    layout = folded_layout(TEXT, Spans([MENU]), 80)
    assert layout.settle(10)
    assert [TEXT[slice(*layout.span(row))] for row in range(layout.total)] == [
        "Title", "", "Home\nNews\nSport", "", "The article begins here.",
    ]  # fmt: skip
    assert {layout.row_of(offset) for offset in range(*MENU)} == {2}
    assert layout.offset_at(2, 60) == MENU[0]
    assert layout.column_of(TEXT.index("Sport")) == 0


def test_a_motion_into_a_fold_stops_before_it_and_from_it_leaves_it() -> None:
    layout = folded_layout(TEXT, Spans([MENU]), 80)
    news, after = TEXT.index("News"), TEXT.index("The article")
    assert layout.outside(0, news) == MENU[0]
    assert layout.outside(MENU[0], news) == after
    assert layout.outside(after, news) == MENU[0]
    assert layout.outside(0, news, extending=True) == MENU[1] - 2, "a selection takes in all of it"


def test_at_the_end_of_the_text_a_motion_stays_on_the_fold() -> None:
    layout = folded_layout("One.\nHome\nNews", Spans([(5, 14)]), 80)
    assert layout.outside(5, 10) == 5


def test_an_opened_fold_has_its_rows_again() -> None:
    layout, plain = folded_layout(TEXT, Spans([MENU]), 80), Layout(Page(TEXT), 80)
    layout.fold(Spans())
    assert layout.settle(10)
    assert plain.settle(10)
    assert spans(layout) == spans(plain)


def test_only_the_stretches_of_a_fold_are_broken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"Line {number} has some words." for number in range(400))
    layout = Layout(short_page(text), 40)
    layout.settle(10)
    broken: list[int] = []

    def count(_layout: Layout, index: int) -> list[int]:
        broken.append(index)
        return [layout.page.bounds(index)[0]]

    monkeypatch.setattr(Layout, "_break", count)
    start = text.index("Line 200")
    layout.fold(Spans([(start, text.index("Line 203"))]))
    layout.settle(10)
    assert 1 <= len(broken) <= 3


@settings(max_examples=80, deadline=None)
@given(any_text, WIDTHS, st.lists(st.tuples(st.integers(0, 4), st.integers(1, 6)), max_size=5))
def test_rows_outside_of_folds_are_those_of_the_plain_text(text: str, width: int, picks: list[tuple[int, int]]) -> None:
    folded = line_spans(text, picks)
    plain, layout = Layout(short_page(text), width), folded_layout(text, folded, width)
    assert plain.settle(10)
    looked = [layout.span(layout.row_of(offset)) for offset in range(0, len(text) + 1, 7)]
    assert layout.settle(10)
    assert [span for span in spans(layout) if folded.at(span[0]) is None] == [
        span for span in spans(plain) if folded.at(span[0]) is None
    ]
    assert len([span for span in spans(layout) if folded.at(span[0])]) == len(folded.other_than(Spans()))
    assert looked == [layout.span(layout.row_of(offset)) for offset in range(0, len(text) + 1, 7)]


@settings(max_examples=60, deadline=None)
@given(any_text, WIDTHS, st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 6)), max_size=4), max_size=4))
def test_folding_again_is_as_good_as_folding_anew(text: str, width: int, changes: list[list[tuple[int, int]]]) -> None:
    layout = Layout(short_page(text), width)
    for number, picks in enumerate(changes):
        layout.span(3 * number)
        layout.fold(line_spans(text, picks))
    fresh = folded_layout(text, layout.folded, width)
    assert layout.settle(10)
    assert fresh.settle(10)
    assert spans(layout) == spans(fresh)


RUN = Folded(7, 22, ("menu", "cookie notice", "share buttons"), 3)


def test_the_line_says_how_much_and_what() -> None:
    assert words(RUN, 80) == "··· 3 lines folded: menu, cookie notice, share buttons · z shows ···"
    assert words(RUN, 60) == "··· 3 lines folded: menu, cookie notice, … · z shows ···"
    assert words(RUN, 30) == "··· 3 lines folded · z shows"


@given(st.integers(1, 90))
def test_the_line_is_never_too_long(width: int) -> None:
    assert width_of(words(RUN, width)) <= width


def test_what_is_the_articles_own_is_counted_up_to_an_offset() -> None:
    folds = Folds("x" * 40, [Folded(10, 20, ("menu",), 2), Folded(30, 40, ("menu",), 2)])
    assert [folds.own_before(offset) for offset in (0, 10, 15, 20, 25, 30, 40)] == [0, 10, 10, 10, 15, 20, 20]
