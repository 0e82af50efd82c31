"""What forms are made of: lines with a cursor, a line to type a value in, and quiet words beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from tui import actions
from tui.reading import form
from tui.reading.cells import fit, one_line
from tui.reading.layout import Layout
from tui.reading.page import Page
from tui.widgets.rows import RowList


class FormScreen(Protocol):
    """A screen with a form in which values are typed."""

    def take_typed(self) -> None:
        """Take what was typed, if it fits."""

    def end_typing(self) -> None:
        """Type no more."""


class Form(RowList, inherit_bindings=False):
    """The lines of a form; the cursor goes from row to row, of which each may have several lines.

    What is done with a row is the screen's: it has a method `do_...` for every action of `BINDINGS`, and `do_go_to`.
    """

    BINDINGS = actions.bindings("inspect")
    COMPONENT_CLASSES = {"form--letter", "form--on", "form--quiet"}  # noqa: RUF012 -- Textual declares it so

    def __init__(self) -> None:
        """Empty until `fill`."""
        super().__init__(id="form")
        self._lines: Sequence[form.Line] = ()
        self._firsts: list[int] = []

    @property
    def row(self) -> int:
        """The row that the cursor is on, from 0."""
        return self._lines[self.cursor].row if self._lines else 0

    def fill(self, lines: Sequence[form.Line]) -> None:
        """Show these lines; the cursor stays on its row."""
        row = self.row
        self._lines = lines
        self._firsts = list(form.first_lines(lines))
        self.set_row_count(len(lines))
        self.go(row)

    def go(self, row: int) -> None:
        """Put the cursor on a row, and show all its lines."""
        if self._firsts:
            row = max(0, min(row, len(self._firsts) - 1))
            ends = [*self._firsts[1:], len(self._lines)]
            self.move_cursor(ends[row] - 1, direction=-1)
            self.move_cursor(self._firsts[row])

    def can_choose(self, index: int) -> bool:
        """Any line, since `go` knows the first ones."""
        return 0 <= index < len(self._lines)

    def paint(self, index: int, width: int, style: Style) -> Strip:  # noqa: ARG002 -- the form has its own
        """One line of the form."""
        line = self._lines[index]
        here = line.row == self.row
        ground = self.get_component_rich_style("rows--cursor") if here else self.rich_style
        looks = {
            "letter": self.get_component_rich_style("form--letter", partial=True),
            "on": self.get_component_rich_style("form--on", partial=True),
            "quiet": self.get_component_rich_style("form--quiet", partial=True),
        }
        mark = "▸ " if here and index == self._firsts[line.row] else "  "
        bits = [Segment(mark, ground)]
        bits += [Segment(bit.text, ground + looks.get(bit.role, Style())) for bit in line.bits]
        return Strip(bits).adjust_cell_length(width, ground)

    def on_click(self, event: events.Click) -> None:
        """Go to the row under the mouse."""
        index = round(self.scroll_y) + event.y
        event.stop()
        if 0 <= index < len(self._lines):
            self._hand("go_to", self._lines[index].row)

    def action_move(self, count: int) -> None:
        """Hand it to the screen."""
        self._hand("go_to", self.row + count)

    def action_digit(self, digit: str) -> None:
        """Hand it to the screen."""
        self._hand("digit", int(digit))

    def action_write(self) -> None:
        """Hand it to the screen."""
        self._hand("write")

    def action_clear(self) -> None:
        """Hand it to the screen."""
        self._hand("clear")

    def action_undo(self) -> None:
        """Hand it to the screen."""
        self._hand("undo")

    def action_take(self) -> None:
        """Hand it to the screen."""
        self._hand("take")

    def action_close(self) -> None:
        """Hand it to the screen."""
        self._hand("close")

    def _hand(self, what: str, *arguments: Any) -> None:
        getattr(self.screen, f"do_{what}")(*arguments)


class ValueLine(Input):
    """The line in which a value is typed, and checked as it is."""

    BINDINGS = actions.bindings("value")

    def __init__(self) -> None:
        """Hidden until something is to be typed."""
        super().__init__(id="inspect-value", compact=True, select_on_focus=False)

    def action_save(self) -> None:
        """Take what was typed."""
        self._filling.take_typed()

    def action_leave(self) -> None:
        """Leave what stands there as it is."""
        self._filling.end_typing()

    @property
    def _filling(self) -> FormScreen:
        return cast(FormScreen, self.screen)


class Beside(Widget):
    """Quiet text that is wrapped to the room there is: what helps to fill in the form."""

    def __init__(self) -> None:
        """Empty until `tell`."""
        super().__init__(id="inspect-beside")
        self._parts: Sequence[str] = ()

    def tell(self, parts: Sequence[str]) -> None:
        """Show these paragraphs; where there is little room, each in one line."""
        self._parts = parts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        lines = list(self._lines(max(8, self.size.width - 2)))
        text = f" {lines[y]}" if y < len(lines) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)

    def _lines(self, width: int) -> list[str]:
        if self.size.height <= len(self._parts):
            return [fit(one_line(part), width) for part in self._parts]
        lines: list[str] = []
        for part in self._parts:
            page = Page(part)
            layout = Layout(page, width)
            lines += [one_line(part[slice(*layout.span(row))]).rstrip() for row in range(layout.total)] + [""]
        return lines
