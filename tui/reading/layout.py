"""Rows: where each stretch is broken at a given width, and which row holds which offset.

Stretches are broken when they are first looked at. Until then their number of rows is an estimate, so row numbers
may shift until `settle` has been through the page; offsets never do, which is why everything else is kept in offsets.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from time import perf_counter

from store.text import graphemes
from tui.reading.cells import Cluster, clusters, is_narrow, width_of
from tui.reading.folds import Spans
from tui.reading.page import Page, Span

_NEVER_FIRST = frozenset(
    "、。，．・：；？！）〕］｝〉》」』】〙〗〟’”»)]}!?:;,.…‥ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ％"
)
"""Signs that no row of CJK text may begin with (kinsoku)."""

_NEVER_LAST = frozenset("（〔［｛〈《「『【〘〖〝‘“«([{")
"""Signs that no row of CJK text may end with."""

_GLUE = frozenset("\u00a0\u202f\u2060")
"""Signs beside which a row is never broken."""


class Layout:
    """A page broken into rows of at most `width` cells, white space at a row's end not counted."""

    def __init__(self, page: Page, width: int, hang: Callable[[int], int] | None = None) -> None:
        """Break nothing yet.

        Args:
            page: the text.
            width: cells of a row, at least 1.
            hang: cells by which the further rows of a line are indented, by the offset at which the line starts; None
                indents none.
        """
        self.page = page
        self.width = max(1, width)
        self._hang = hang
        self._rows: list[list[int] | None] = [None] * len(page)
        self._counts = [self._estimate(index) for index in range(len(page))]
        self._before = [0, *accumulate(self._counts)]
        self._settled = 0
        self.folded = Spans()
        """What is folded: each span is one row, which begins where the span does."""

    @property
    def total(self) -> int:
        """How many rows there are, by what is known so far."""
        return self._before[-1]

    @property
    def settled(self) -> bool:
        """Whether every stretch has been broken, so that row numbers will not change any more."""
        return self._settled == len(self._rows)

    def settle(self, seconds: float) -> bool:
        """Break more stretches for about so many seconds; whether all of them are done."""
        deadline = perf_counter() + seconds
        changed = False
        while self._settled < len(self._rows):
            if self._rows[self._settled] is None:
                self._rows[self._settled] = rows = self._break(self._settled)
                self._counts[self._settled] = len(rows)
                changed = True
            self._settled += 1
            if perf_counter() > deadline:
                break
        if changed:
            self._before = [0, *accumulate(self._counts)]
        return self.settled

    def fold(self, folded: Spans) -> None:
        """Fold these spans, each of whole lines with their line ends, and no others.

        Only the stretches that a change concerns are broken again.
        """
        for span in self.folded.other_than(folded):
            first, last = self.page.index_of(span[0]), self.page.index_of(max(span[0], span[1] - 1))
            for index in range(first, last + 1):
                self._rows[index] = None
            self._settled = min(self._settled, first)
        before, self.folded = self.folded, folded
        for span in before.other_than(folded):
            for index in range(self.page.index_of(span[0]), self.page.index_of(max(span[0], span[1] - 1)) + 1):
                start, end = self.page.bounds(index)
                hidden = folded.at(start)
                if hidden is not None and hidden[0] < start and end <= hidden[1]:
                    self._rows[index], self._counts[index] = [], 0
                else:
                    self._counts[index] = self._estimate(index)
        self._before = [0, *accumulate(self._counts)]

    def outside(self, before: int, offset: int, *, extending: bool = False) -> int:
        """Where a motion from `before` to `offset` leads, if what is folded is one place.

        Args:
            before: where the caret was.
            offset: where the motion leads in the text.
            extending: whether it is the end of a selection, which takes in all of what is folded.
        """
        folded = self.folded.at(offset)
        if folded is None or offset == folded[0]:
            return offset
        start, end = folded
        if offset < before or before < start:
            return graphemes.before(self.page.text, end - 1) if extending and offset > before else start
        while end < self.page.end and self.page.text[end] == "\n":
            end += 1
        return end if end < self.page.end else before

    def row_of(self, offset: int) -> int:
        """The row that holds the offset."""
        folded = self.folded.at(offset)
        if folded is not None:
            offset = folded[0]
        index = self.page.index_of(offset)
        rows = self._broken(index)
        return self._before[index] + max(0, bisect_right(rows, offset) - 1)

    def span(self, row: int) -> Span:
        """The offsets of a row, without the line end. Rows outside the page are taken for its first or last."""
        while True:
            row = max(0, min(row, self.total - 1))
            index = self._index_of_row(row)
            rows = self._broken(index)
            if row < self._before[index + 1]:
                break  # else there were fewer rows than estimated
        within = row - self._before[index]
        start = rows[within]
        folded = self.folded.at(start)
        if folded is not None:
            return folded[0], folded[1] - (self.page.text[folded[1] - 1] == "\n")
        end = rows[within + 1] if within + 1 < len(rows) else self.page.bounds(index)[1]
        if end > start and self.page.text[end - 1] == "\n":
            end -= 1
        return start, end

    def indent(self, row: int) -> int:
        """Cells of empty space before the text of a row: the first row of a line has none."""
        if self._hang is None:
            return 0
        start = self.span(row)[0]
        first, _ = self.page.bounds(self.page.index_of(start))
        line = max(first, self.page.text.rfind("\n", first, start) + 1)
        return self._hanging(line) if line < start else 0

    def column_of(self, offset: int) -> int:
        """The cell, from 0, at which the offset stands in its row."""
        row = self.row_of(offset)
        start, _ = self.span(row)
        if self.folded.at(start) is not None:
            return 0
        return self.indent(row) + width_of(self.page.text[start:offset])

    def offset_at(self, row: int, column: int) -> int:
        """The start of the cluster that is painted at a cell; of the last one, where the row is shorter."""
        start, end = self.span(row)
        if self.folded.at(start) is not None:
            return start
        last = start
        column -= self.indent(row)
        for cluster in clusters(self.page.text[start:end], start):
            last = cluster.start
            column -= cluster.width
            if column < 0:
                break
        return last

    def _index_of_row(self, row: int) -> int:
        return min(bisect_right(self._before, row) - 1, len(self._rows) - 1)

    def _broken(self, index: int) -> list[int]:
        rows = self._rows[index]
        if rows is None:
            rows = self._rows[index] = self._break(index)
            difference = len(rows) - self._counts[index]
            if difference:
                self._counts[index] = len(rows)
                for after in range(index + 1, len(self._before)):
                    self._before[after] += difference
        return rows

    def _estimate(self, index: int) -> int:
        start, end = self.page.bounds(index)
        return self.page.text.count("\n", start, end) + (end - start) // self.width + 1

    def _break(self, index: int) -> list[int]:
        rows: list[int] = []
        for start, end in self.page.lines(index):
            folded = self.folded.at(start)
            if folded is not None:
                if start == folded[0]:
                    rows.append(start)
                continue
            rows.append(start)
            if end - start > self.width or not self.page.text[start:end].isascii():
                self._break_line(start, end, rows)
        return rows

    def _break_line(self, start: int, end: int, rows: list[int]) -> None:
        line = self.page.text[start:end]
        further = self.width - self._hanging(start)
        if is_narrow(line):
            rows.extend(start + position for position in _narrow_breaks(line, self.width, further))
        else:
            rows.extend(_cluster_breaks(line, start, self.width, further))

    def _hanging(self, line: int) -> int:
        """The indent of the further rows of the line that starts at an offset; half of a row stays for the text."""
        return min(self._hang(line), self.width // 2) if self._hang is not None else 0


def row_breaks(line: str, width: int) -> list[int]:
    """Positions in a line at which a new row of `width` cells begins."""
    return _narrow_breaks(line, width, width) if is_narrow(line) else _cluster_breaks(line, 0, width, width)


def _narrow_breaks(line: str, width: int, further: int) -> list[int]:
    """Positions in a line of one-cell signs at which a new row begins; `further` is the width of all rows but one."""
    breaks = []
    position = 0
    while len(line) - position > width:
        # The space that a row is broken at may hang over the edge, as may more spaces after it.
        space = line.rfind(" ", position, position + width + 1)
        dash = line.rfind("-", position + 1, position + width)
        after = max(space, dash) + 1
        if after <= position:
            after = position + width
        while after < len(line) and line[after] == " ":
            after += 1
        if after >= len(line):
            break
        breaks.append(after)
        position, width = after, further
    return breaks


def _cluster_breaks(line: str, offset: int, width: int, further: int) -> list[int]:
    """Offsets at which a new row begins, in a line whose clusters have to be measured."""
    breaks: list[int] = []
    used = 0
    chance: int | None = None
    """The latest offset at which the row could be broken."""
    width_at_chance = 0
    previous = None
    for cluster in clusters(line, offset):
        position = cluster.start - offset
        glued = line[position] in _GLUE or (position > 0 and line[position - 1] in _GLUE)
        if previous is not None and not glued and _may_break(previous, cluster):
            chance, width_at_chance = cluster.start, used
        if used + cluster.width > width and (cluster.shown != " " or glued) and used:
            if chance is None:
                chance, width_at_chance = cluster.start, used
            breaks.append(chance)
            used -= width_at_chance
            width = further
            if used + cluster.width > width and used:  # what must not be parted is too wide itself
                breaks.append(cluster.start)
                used = 0
            chance = None
        used += cluster.width
        previous = cluster
    return breaks


def _may_break(before: Cluster, after: Cluster) -> bool:
    if after.shown[0] == " " or after.shown[0] in _NEVER_FIRST or before.shown[0] in _NEVER_LAST:
        return False
    return before.shown[-1] == " " or before.width > 1 or after.width > 1
