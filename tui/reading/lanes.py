"""The gutter: which annotation stands in which of its columns, and what each column shows beside a row.

An annotation has its letter beside the row it begins in, and a bracket beside the rows that it goes on in. Those that
share a row stand side by side, the one that began first on the left, so nested ones move a column in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.reading.marks import Mark
from tui.reading.page import Span

MORE = "+"
"""What the last column shows where more annotations share a row than there are columns."""


def lanes(marks: Sequence[Mark], row_of: Callable[[int], int]) -> dict[Mark, int]:
    """The column, from 0, of each mark that has a letter; marks that share a row never share a column,
    unless they are pieces of one annotation.

    Args:
        marks: annotations of one stretch.
        row_of: the row that holds an offset; called for the marks' ends only.
    """
    last: list[tuple[int, str]] = []
    """Of each column, the row that is taken last, and by which annotation."""
    found: dict[Mark, int] = {}
    for mark in sorted((mark for mark in marks if mark.letter), key=lambda mark: (mark.start, -mark.end, mark.id)):
        first = row_of(mark.start)
        lane = next(
            (lane for lane, (row, key) in enumerate(last) if row < first or (row == first and key == mark.id)),
            len(last),
        )
        last[lane : lane + 1] = [(row_of(max(mark.start, mark.end - 1)), mark.id)]
        found[mark] = lane
    return found


def gutter(span: Span, next_row: int, lanes: dict[Mark, int], columns: int) -> list[str]:
    """What each of `columns` columns shows beside the row `span`, whose successor starts at `next_row`."""
    start, end = span
    shown = [" "] * columns
    for mark, lane in lanes.items():
        if mark.start >= max(end, start + 1) or mark.end <= start:
            continue
        if lane >= columns:
            shown[-1] = MORE
        elif shown[lane] != MORE:
            shown[lane] = mark.letter if mark.start >= start else "└" if mark.end <= next_row else "│"
    return shown
