"""Painting: one row of the text as a strip, with its gutter; rows that were painted before are kept.

What a row looks like depends on the layout, on the marks of its stretch, on the hits of a search, and on the caret,
the sentence and the selection where they cross it. A strip is kept together with these, and painted again only when
one of them changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.reading.cells import clusters, is_narrow
from tui.reading.folds import Folds, words
from tui.reading.lanes import gutter, lanes
from tui.reading.layout import Layout
from tui.reading.marks import Layer, Mark, Marks, Run, runs
from tui.reading.page import Page, Span
from tui.reading.search import Hits
from tui.reading.structure import Structure

_KEPT_ROWS = 4096
"""Painted rows that are kept."""

_KEPT_LANES = 64
"""Stretches whose gutter is kept."""


class _Painted(NamedTuple):
    key: tuple[object, ...]
    strip: Strip


class RowPainter:
    """Paints the rows of one page."""

    def __init__(self, style: Callable[[tuple[str, ...]], Style], page: Page, marks: Marks, structure: Structure):
        """Paint nothing yet.

        Args:
            style: the style of some marks lying over each other, by their names, the lowest first.
            page: the text.
            marks: what is marked in it.
            structure: what its signs mean.
        """
        self.layout = Layout(page, 1)
        self.folds = Folds()
        """What is or may be folded."""
        self.hits: Hits | None = None
        """What a search found."""
        self.hidden: frozenset[Layer] = frozenset()
        """Layers that are not shown."""
        self.across = 1
        """Cells of a row, from the left edge of the pane to the right one."""
        self.left = 0
        """Cells of empty space before the gutter."""
        self.lanes = 2
        """Columns of the gutter for annotations; one more is for the pointer."""
        self.painted = 0
        """How many rows were painted and not served from those kept: tests count them."""
        self.look = 0
        """A number that changes whenever every row has to be painted again."""
        self._style = style
        self._page = page
        self._marks = marks
        self._structure = structure
        self._kept: dict[int, _Painted] = {}
        self._lanes: dict[int, tuple[int, dict[Mark, int]]] = {}

    @property
    def shape(self) -> tuple[object, ...]:
        """What the size of the pane decides on; with another, every row has to be painted again."""
        return self.layout, self.across, self.left, self.lanes

    @property
    def gutter(self) -> int:
        """Cells between the empty space and the text."""
        return self.lanes + 1

    @property
    def width(self) -> int:
        """Cells up to the margin: a caret on a space that hangs over the edge of the text is still seen."""
        return self.left + self.gutter + self.layout.width + 1

    def forget(self) -> None:
        """Paint every row again: the layout, the colours, the hits or the layers are others."""
        self.look += 1
        self._kept.clear()
        self._lanes.clear()

    def look_ahead(self, index: int) -> None:
        """Work out the gutter of a stretch that is not on screen yet."""
        self._lanes_of(index)
        self._structure.stand_ins(index)

    def row(self, row: int, moving: Sequence[Mark], caret: int, *, focused: bool) -> Strip:
        """The row as a strip of `across` cells.

        Args:
            row: one of the layout's.
            moving: what follows the caret: the caret itself, its sentence, the selection.
            caret: its offset.
            focused: whether the pane has the focus, which its style tells.
        """
        span = self.layout.span(row)
        start, end = span[0], max(span[1], span[0] + 1)
        # Cut to the row, so that a selection which grows elsewhere changes nothing here.
        here = tuple(
            Mark(max(mark.start, start), min(mark.end, end), mark.layer, mark.style)
            for mark in moving
            if mark.start < end and mark.end > start
        )
        key = (span, self.across, self._marks.epoch(span[0]), here, focused)
        kept = self._kept.get(row)
        if kept is not None and kept.key == key:
            return kept.strip
        strip = self._paint(row, span, here, caret).adjust_cell_length(self.across, self._style(()))
        # A cut by a dialog may not fall into a cluster of a longer piece.
        if self.layout.folded.at(span[0]) is not None or is_narrow(self._page.text[slice(*span)]):
            strip = strip.simplify()  # each piece is written to the terminal with its colours
        if kept is not None and kept.strip == strip:
            strip = kept.strip  # a mark elsewhere in the stretch has changed: this row need not be sent again
        if len(self._kept) >= _KEPT_ROWS:
            self._kept.clear()
        self._kept[row] = _Painted(key, strip)
        self.painted += 1
        return strip

    def _paint(self, row: int, span: Span, moving: Sequence[Mark], caret: int) -> Strip:
        start, end = span
        if self.layout.folded.at(start) is not None:
            return self._paint_fold(start, moving)
        text = self._page.text
        last = row + 1 >= self.layout.total
        next_row = len(text) if last else self.layout.span(row + 1)[0]
        marks = [mark for mark in self._marks.within(start, max(end, start + 1)) if mark.layer not in self.hidden]
        segments = [Segment(" " * self.left, self._style(())), *self._gutter(span, next_row, marks, moving)]
        marks += [mark for mark in moving if mark.layer not in self.hidden]
        if self.hits is not None and Layer.HIT not in self.hidden:
            marks += [Mark(*hit, Layer.HIT, "hit") for hit in self.hits.within(start, end)]
        marks += [
            Mark(styled.start, styled.end, Layer.STRUCTURE, styled.style)
            for styled in self._structure.marks_within(start, end)
        ]
        stand_ins = self._structure.stand_ins(self._page.index_of(start))
        indent = self.layout.indent(row)
        segments.append(Segment(" " * indent, self._style(())))
        room = self.layout.width + 1 - indent
        hanging = start + len(text[start:end].rstrip(" "))
        followed = [mark for mark in moving if mark.layer >= Layer.SELECTION]
        for run in [*runs((start, hanging), marks), *runs((hanging, end), followed)]:
            room = self._paint_run(run, room, stand_ins, segments)
        if caret == end and any(mark.layer is Layer.CARET for mark in moving):  # on an empty line, or on a line end
            segments.append(Segment(" ", self._style(("caret",))))
        return Strip(segments)

    def _paint_fold(self, start: int, moving: Sequence[Mark]) -> Strip:
        """The one row of what is folded."""
        run = self.folds.at(start)
        line = "" if run is None else words(run, self.layout.width)
        layers = {mark.layer for mark in moving}
        style = ("quiet", "selection") if Layer.SELECTION in layers else ("quiet",)
        here = Layer.CARET in layers
        return Strip(
            [
                Segment(" " * (self.left + self.lanes), self._style(())),
                Segment("▸", self._style(("pointer",))) if here else Segment(" ", self._style(())),
                Segment(line[:1], self._style((*style, "caret") if here else style)),
                Segment(line[1:], self._style(style)),
            ]
        )

    def _paint_run(self, run: Run, room: int, stand_ins: Mapping[int, str], segments: list[Segment]) -> int:
        """Append a run's segments as far as there is room; the cells that are left."""
        style = self._style(run.styles)
        words = self._page.text[run.start : run.end]
        if not run.edge and len(words) <= room and is_narrow(words) and not _any_within(stand_ins, run.start, run.end):
            segments.append(Segment(words, style))
            return room - len(words)
        shown: list[str] = []
        for cluster in clusters(words, run.start):
            room -= cluster.width
            if room < 0:
                break
            sign = stand_ins.get(cluster.start, cluster.shown)
            if run.edge and cluster.start == run.start:
                segments.append(Segment(sign, self._style((*run.styles, "edge"))))
            else:
                shown.append(sign)
        segments.append(Segment("".join(shown), style))
        return room

    def _gutter(self, span: Span, next_row: int, marks: Sequence[Mark], moving: Sequence[Mark]) -> list[Segment]:
        lettered = [mark for mark in marks if mark.letter]
        signs = [" "] * self.lanes
        if lettered:
            of_stretch = self._lanes_of(self._page.index_of(span[0]))
            signs = gutter(span, next_row, {mark: of_stretch[mark] for mark in lettered}, self.lanes)
        style = self._style(("gutter",))
        segments = [Segment("".join(signs), style if lettered else self._style(()))]
        if any(mark.layer is Layer.CARET for mark in moving):
            segments.append(Segment("▸", self._style(("pointer",))))
        elif any(mark.note and mark.layer is Layer.CLAIM and mark.start >= span[0] for mark in lettered):
            segments.append(Segment("*", style))  # a claim with a note
        else:
            segments.append(Segment(" ", self._style(())))
        return segments

    def _lanes_of(self, index: int) -> dict[Mark, int]:
        """Where the annotations of a stretch stand in the gutter."""
        start, end = self._page.bounds(index)
        epoch = self._marks.epoch(start)
        kept = self._lanes.get(index)
        if kept is None or kept[0] != epoch:
            marks = [mark for mark in self._marks.annotations(start, end) if mark.layer not in self.hidden]

            def row_of(offset: int) -> int:
                return self.layout.row_of(max(start, min(offset, end - 1)))  # other stretches have gutters of their own

            if len(self._lanes) >= _KEPT_LANES:
                self._lanes.clear()
            kept = self._lanes[index] = (epoch, lanes(marks, row_of))
        return kept[1]


def _any_within(stand_ins: Mapping[int, str], start: int, end: int) -> bool:
    return bool(stand_ins) and any(offset in stand_ins for offset in range(start, end))
