"""Charts of signs: exact to an eighth of a cell, in the cells that there are, for names of any script."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.reading.cells import width_of
from tui.reading.charts import ASCII, BLOCKS, Bar, Line, Role, Signs, bars, columns, filled, signs_for

TODAY = date(2026, 11, 25)


def text(line: Line) -> str:
    return "".join(piece.text for piece in line)


def of_role(line: Line, role: Role) -> str:
    return "".join(piece.text for piece in line if piece.role is role)


@pytest.mark.parametrize(
    ("value", "bar"), [(0, ""), (1, "▏"), (8, "█"), (9, "█▏"), (12, "█▌"), (15, "█▉"), (16, "██"), (80, "██████████")]
)
def test_a_bar_is_exact_to_an_eighth_of_a_cell(value: int, bar: str) -> None:
    assert filled(value, 80, 10, BLOCKS) == bar


def test_without_blocks_a_bar_is_of_whole_cells() -> None:
    assert [filled(value, 80, 10, ASCII) for value in (0, 1, 12, 80)] == ["", "#", "##", "#" * 10]


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 200), st.sampled_from([BLOCKS, ASCII]))
def test_a_greater_value_never_has_a_shorter_bar(one: int, other: int, width: int, signs: Signs) -> None:
    greatest = max(one, other)
    less, more = (width_of(filled(value, greatest, width, signs)) for value in sorted((one, other)))
    assert less <= more <= width
    assert more == (width if greatest else 0)
    assert less >= (min(one, other) > 0 and width > 0)  # what is there can be seen


NAMES = st.text(max_size=30) | st.sampled_from(
    ["東京の記者", "👨🏻‍🚒 Feuer", "ניו יורק", "a\x1b[31mb", "e\u0301te\u0301"]
)


@given(
    st.lists(st.builds(Bar, NAMES, st.integers(0, 10**7), st.sampled_from(["", "3 C", "12 C  4 N"])), max_size=6),
    st.integers(24, 200),
    st.sampled_from([BLOCKS, ASCII]),
)
def test_a_chart_fits_into_its_cells_and_its_values_stand_under_each_other(
    rows: list[Bar], width: int, signs: Signs
) -> None:
    lines = bars(rows, width, signs)
    assert len(lines) == len(rows)
    assert all(width_of(text(line)) <= width for line in lines)
    assert len({width_of(text(line)) for line in lines}) <= 1
    for row, line in zip(rows, lines, strict=True):
        assert f" {row.value:,}" in text(line)
        assert "\x1b" not in text(line)


def test_details_give_way_where_there_is_no_room() -> None:
    rows = [Bar("CLAIM", 12, "8 C  4 N"), Bar("SOURCE", 3, "3 C")]
    assert text(bars(rows, 50, BLOCKS)[0]).rstrip().endswith("12  8 C  4 N")
    assert text(bars(rows, 24, BLOCKS)[0]).rstrip().endswith(" 12")
    assert of_role(bars(rows, 50, BLOCKS)[1], Role.QUIET).strip() == "3 C"


def test_where_there_is_room_for_nothing_else_the_value_stays() -> None:
    assert [text(line).split() for line in bars([Bar("CLAIM", 12), Bar("SOURCE", 3)], 14, BLOCKS)] == [
        ["CLAIM", "12"], ["SOURCE", "3"],
    ]  # fmt: skip


def test_a_column_a_day_up_to_the_last() -> None:
    chart, under = columns({TODAY: 8, TODAY - timedelta(days=2): 1, TODAY - timedelta(days=3): 4}, TODAY, 40, BLOCKS)
    assert text(chart) == "  ··········▄▁·█"
    assert text(under) == "      2026-11-25"


def test_of_many_days_as_many_are_shown_as_there_is_room_for() -> None:
    counts = {TODAY - timedelta(days=number): number + 1 for number in range(100)}
    chart, under = columns(counts, TODAY, 42, BLOCKS)
    assert len(text(chart)) == len(text(under)) == 42
    assert text(under).split() == ["2026-10-17", "2026-11-25"]
    assert text(chart)[2] == "█"  # the greatest of those that are shown


def test_no_days_no_chart() -> None:
    assert columns({}, TODAY, 40, BLOCKS) == []
    assert bars([], 40, BLOCKS) == []


@pytest.mark.parametrize(
    ("encoding", "signs"),
    [("utf-8", BLOCKS), ("ascii", ASCII), ("latin-1", ASCII), ("cp437", ASCII), (None, ASCII), ("no-such", ASCII)],
)
def test_a_stream_gets_the_signs_that_it_can_write(encoding: str | None, signs: Signs) -> None:
    assert signs_for(encoding) is signs
