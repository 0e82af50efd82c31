"""The gutter: a letter where an annotation begins, a bracket as far as it goes, nested ones a column in."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.reading.lanes import gutter, lanes
from tui.reading.marks import Layer, Mark
from tui.reading.page import Span

ROWS = range(0, 44, 11)
"""Where four rows of ten signs start, each with its line end after it."""


def claim(start: int, end: int, letter: str = "C") -> Mark:
    return Mark(start, end, Layer.CLAIM, "claim", f"{letter}{start}-{end}", letter)


def beside(marks: Iterable[Mark], columns: int = 3) -> list[str]:
    """What stands beside the four rows."""
    placed = lanes(list(marks), lambda offset: offset // 11)
    return ["".join(gutter((start, start + 10), start + 11, placed, columns)).rstrip() for start in ROWS]


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ({}, ["", "", "", ""]),
        ({"A": (3, 7)}, ["A", "", "", ""]),
        ({"A": (3, 15)}, ["A", "└", "", ""]),
        ({"A": (3, 25)}, ["A", "│", "└", ""]),
        ({"A": (11, 43)}, ["", "A", "│", "└"]),
        ({"A": (3, 11)}, ["A", "", "", ""]),
    ],
)
def test_a_letter_where_it_begins_and_a_bracket_as_far_as_it_goes(marked: dict[str, Span], shown: list[str]) -> None:
    assert beside(claim(*span, letter) for letter, span in marked.items()) == shown


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ({"A": (0, 40), "B": (12, 15)}, ["A", "│B", "│", "└"]),
        ({"A": (0, 40), "B": (0, 5)}, ["AB", "│", "│", "└"]),
        ({"A": (0, 15), "B": (12, 30)}, ["A", "└B", " └", ""]),
        ({"A": (0, 5), "B": (6, 10)}, ["AB", "", "", ""]),
        ({"A": (0, 40), "B": (0, 30), "C": (12, 20)}, ["AB", "││C", "│└", "└"]),
        ({"A": (0, 5), "B": (12, 15)}, ["A", "B", "", ""]),
    ],
)
def test_what_shares_a_row_stands_side_by_side_the_outer_one_first(marked: dict[str, Span], shown: list[str]) -> None:
    marks = [claim(*span, letter) for letter, span in marked.items()]
    assert beside(marks) == shown
    assert beside(reversed(marks)) == shown


def test_more_than_there_is_room_for_is_told() -> None:
    assert beside([claim(0, 5), claim(1, 6), claim(2, 7)], columns=2) == ["C+", "", "", ""]


def test_names_have_no_place_in_the_gutter() -> None:
    assert beside([Mark(0, 40, Layer.ENTITY, "person", label="PERSON")]) == [""] * 4


def test_a_mark_passes_an_empty_row() -> None:
    mark = claim(0, 20)
    assert gutter((5, 5), 6, {mark: 0}, 2) == ["│", " "]


spans = st.lists(
    st.tuples(st.integers(0, 43), st.integers(1, 30)).map(lambda at: claim(at[0], min(44, sum(at)))),
    max_size=9,
    unique=True,
)


@given(spans)
def test_marks_that_share_a_row_never_share_a_column(marks: list[Mark]) -> None:
    placed = lanes(marks, lambda offset: offset // 11)
    assert placed.keys() == set(marks)
    for row in range(4):
        here = [lane for mark, lane in placed.items() if mark.start // 11 <= row <= (mark.end - 1) // 11]
        assert len(here) == len(set(here))
