"""Forms: lines with a cursor, a line to type a value in, quiet words beside them, and the box that holds all three."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from tui import actions
from tui.reading import form
from tui.reading.cells import fit, one_line
from tui.reading.layout import Layout
from tui.reading.page import Page
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.rows import RowList

_WIDE = 100
"""Columns from which what helps stands beside the form and not below it."""

_ROOM_BESIDE, _ROOM_BELOW = 4, 7
"""Rows of the screen that the form leaves: title, what it says, keys, a row of the text; and what helps, below it."""


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
        screen = self.screen
        assert isinstance(screen, FormScreen)
        return screen


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


class FormScreen(ModalScreen[None]):
    """A form in a box at the foot of the screen. What it shows, and what its keys do, is its heir's."""

    def __init__(self, filled: Form) -> None:
        """Show a form, in which nothing is typed yet."""
        super().__init__()
        self._form = filled
        self._typing = False

    def compose(self) -> ComposeResult:
        """What it is about, the form and what helps, the line to type in, what it says, the keys."""
        with Vertical(id="inspect-box"):
            yield Bar(id="inspect-title")
            with Horizontal(id="inspect-middle"):
                yield self._form
                yield Beside()
            yield ValueLine()
            yield Bar(id="inspect-says")
        yield KeyBar()

    def on_resize(self) -> None:
        """Wrap the form anew."""
        self.call_after_refresh(self._fill)

    def say(self, sentence: str) -> None:
        """Say something in the line under the form."""
        self.query_one("#inspect-says", Bar).show(left=sentence)

    @abstractmethod
    def take_typed(self) -> None:
        """Take what was typed, if it fits."""

    def end_typing(self) -> None:
        """Hide the line."""
        self._typing = False
        self.query_one(ValueLine).display = False
        self.say("")
        self._form.focus()

    def _begin_typing(self, name: str, text: str) -> None:
        """Show the line, to type what stands under `name`; it begins with a text."""
        self._typing = True
        line = self.query_one(ValueLine)
        line.display = True
        line.value = text
        line.cursor_position = len(text)
        line.placeholder = name
        line.focus()
        self.refresh_bindings()

    @abstractmethod
    def _lines(self, width: int) -> Sequence[form.Line]:
        """The form as it stands now, in so many columns."""

    @abstractmethod
    def _tell(self) -> None:
        """Say beside the form what helps where the cursor is."""

    def _fill(self) -> None:
        """Show the form as it stands now, in the room there is."""
        if not self.is_attached:
            return
        wide = self.app.size.width >= _WIDE
        self.set_class(wide, "-beside")
        width = (min(self.app.size.width, 120) - 38 if wide else self.app.size.width) - 4  # the pointer, a scrollbar
        lines = self._lines(width)
        height = max(3, min(len(lines), self.app.size.height - (_ROOM_BESIDE if wide else _ROOM_BELOW)))
        self.query_one("#inspect-middle").styles.height = max(height, 12) if wide else height + 3
        self._form.styles.height = height
        self._form.fill(lines)
        self._tell()
