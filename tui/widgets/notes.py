"""Notes beside the text: in the margin of a wide pane, or opened under the caret of a narrow one."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.reading import margin, note_text
from tui.reading.marks import Marks
from tui.reading.page import Page
from tui.widgets.painting import RowPainter

_NOTES_ABOVE = 24
"""Rows above the screen whose margin notes may reach into it."""

_KEPT_ROWS = 1024
"""Rows of open notes, and rows with a margin, that are kept."""


class NotesPainter:
    """Paints the notes of one page. An open note moves the rows under the caret's down, and hides none."""

    def __init__(self, style: Callable[[tuple[str, ...]], Style], painter: RowPainter, page: Page, marks: Marks):
        """No margin and no open note yet.

        Args:
            style: the style of some marks lying over each other, by their names.
            painter: paints the rows that the notes stand beside.
            page: the text.
            marks: its marks, which know the notes.
        """
        self.margin_width = 0
        """Cells of the margin; 0 where there is no room for one."""
        self._style = style
        self._painter = painter
        self._page = page
        self._marks = marks
        self._opened: list[margin.MarginLine] = []
        self._placed_for: object = None
        self._placed: dict[int, margin.MarginLine] = {}
        self._opened_strips: dict[tuple[margin.MarginLine, int], Strip] = {}
        self._beside: dict[int, tuple[Strip, margin.MarginLine, bool, Strip]] = {}

    @property
    def rows_open(self) -> int:
        """Rows that the open notes take."""
        return len(self._opened)

    def open_under(self, caret: int, height: int) -> None:
        """Open the notes under the caret in a pane of so many rows, if there is no margin for them."""
        self._opened = []
        if self.margin_width or not height:
            return
        width = max(8, self._painter.layout.width - 2)
        for mark in self._marks.at(caret):
            if mark.note and mark.layer not in self._painter.hidden:
                lines = note_text.lines(mark.note, width, max(1, height // 4))
                self._opened += [
                    margin.MarginLine(" " if number else mark.letter, line.pieces, mark.id)
                    for number, line in enumerate(lines)
                ]
        del self._opened[max(1, height // 2) :]

    def row_at(self, row: int, caret: int) -> int:
        """The row of the text that is painted where `row` would be without open notes."""
        if self._opened and row > (caret_row := self._painter.layout.row_of(caret)):
            return max(caret_row, row - len(self._opened))
        return row

    def opened_at(self, row: int, caret: int) -> Strip | None:
        """The line of an open note that is painted where `row` would be without them."""
        if not self._opened:
            return None
        number = row - self._painter.layout.row_of(caret) - 1
        if not 0 <= number < len(self._opened):
            return None
        line = self._opened[number]
        indent = self._painter.left + self._painter.gutter
        if (line, indent) not in self._opened_strips:
            if len(self._opened_strips) >= _KEPT_ROWS:
                self._opened_strips.clear()
            self._opened_strips[line, indent] = Strip(
                [
                    Segment(" " * indent, self._style(())),
                    Segment(line.letter, self._style(("margin-here", "gutter"))),
                    Segment(" ", self._style(("margin-here",))),
                    *self._segments(line, "margin-here"),
                ]
            )
        return self._opened_strips[line, indent]

    def beside(self, strip: Strip, row: int, top: int, height: int, caret: int) -> Strip:
        """A row of the text with what stands in the margin beside it, on a screen that begins at the row `top`."""
        line = self._lines(top, height).get(row) if self.margin_width else None
        if line is None:
            return strip
        here = any(mark.id == line.id for mark in self._marks.at(caret))
        kept = self._beside.get(row)
        if kept is None or kept[0] is not strip or kept[1:3] != (line, here):
            joined = Strip(
                [
                    *strip.crop(0, self._painter.width),
                    Segment("┊ ", self._style(("quiet",))),
                    Segment(f"{line.letter} ", self._style(("gutter",))),
                    *self._segments(line, "margin-here" if here else "margin"),
                ]
            )
            if len(self._beside) >= _KEPT_ROWS:
                self._beside.clear()
            kept = self._beside[row] = (strip, line, here, joined)
        return kept[3]

    def _segments(self, line: margin.MarginLine, ground: str) -> list[Segment]:
        return [Segment(piece.text, self._style((ground, *piece.styles))) for piece in line.pieces]

    def forget(self) -> None:
        """Paint everything again: the colours are others."""
        self._opened_strips.clear()
        self._beside.clear()

    def _lines(self, top: int, height: int) -> dict[int, margin.MarginLine]:
        """What stands in the margin beside the rows on screen."""
        rows, hidden = self._painter.layout, self._painter.hidden
        key = (top, height, self.margin_width, self._marks.version, rows, rows.total, hidden)
        if self._placed_for != key:
            first, last = max(0, top - _NOTES_ABOVE), min(rows.total, top + height) - 1
            start, end = rows.span(first)[0], rows.span(last)[1]
            found = {
                mark.id: mark
                for index in range(self._page.index_of(start), self._page.index_of(end) + 1)
                for mark in reversed(self._marks.annotations(*self._page.bounds(index)))
                if mark.beside and start <= mark.start <= end and mark.layer not in hidden
            }
            noted = sorted((rows.row_of(mark.start), mark) for mark in found.values())
            self._placed = margin.place(noted, top, top + height - 1, self.margin_width - 4)
            self._placed_for = key
        return self._placed
