"""A list of any length that paints only the rows on screen, with a cursor: the library's table and the side panel."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui import actions


class RowList(ScrollView, can_focus=True):
    """Rows that a subclass paints one at a time."""

    BINDINGS = actions.bindings("list")
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--quiet", "rows--heading"}

    class Chosen(Message):
        """The row under the cursor was chosen."""

        def __init__(self, rows: RowList, index: int) -> None:
            self.rows = rows
            self.index = index
            super().__init__()

        @property
        def control(self) -> RowList:
            """The list, so that a handler can be for one list only."""
            return self.rows

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """No rows yet."""
        super().__init__(id=id)
        self.row_count = 0
        self.cursor = 0

    @abstractmethod
    def paint(self, index: int, width: int, style: Style) -> Strip:
        """Row `index` in `width` cells, on a ground of `style`."""

    def can_choose(self, index: int) -> bool:  # noqa: ARG002 -- subclasses look at it
        """Whether the cursor may stand on the row; a heading says no."""
        return True

    def set_row_count(self, count: int) -> None:
        """Say how many rows there are now, and paint them."""
        self.row_count = count
        self.virtual_size = Size(self.scrollable_content_region.width, count)
        self.move_cursor(min(self.cursor, max(0, count - 1)))
        self.refresh()

    def move_cursor(self, index: int, *, direction: int = 1) -> None:
        """Put the cursor on a row, or on the next one in `direction` that can be chosen, and show it."""
        if not self.row_count:
            self.cursor = 0
            return
        index = max(0, min(index, self.row_count - 1))
        for step in (direction, -direction):
            candidate = index
            while 0 <= candidate < self.row_count and not self.can_choose(candidate):
                candidate += step
            if 0 <= candidate < self.row_count:
                index = candidate
                break
        self.cursor = index
        top, height = round(self.scroll_y), self.size.height
        if index < top or (index > 0 and index == top and not self.can_choose(index - 1)):
            heading = index > 0 and not self.can_choose(index - 1)
            self.scroll_to(y=index - heading, animate=False, force=True)
        elif height and index >= top + height:
            self.scroll_to(y=index - height + 1, animate=False, force=True)
        self.refresh()

    def cursor_moved(self) -> None:
        """Told when a key has moved the cursor; subclasses may do something then."""

    def action_move(self, count: int) -> None:
        """Move the cursor by rows."""
        self.move_cursor(self.cursor + count, direction=count)
        self.cursor_moved()

    def action_page(self, count: int) -> None:
        """Move the cursor by pages."""
        self.move_cursor(self.cursor + count * max(1, self.size.height - 1), direction=count)
        self.cursor_moved()

    def action_end(self, direction: int) -> None:
        """Move the cursor to the first or the last row."""
        self.move_cursor(0 if direction < 0 else self.row_count - 1, direction=-direction)
        self.cursor_moved()

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.row_count and self.can_choose(self.cursor):
            self.post_message(self.Chosen(self, self.cursor))

    def on_resize(self) -> None:
        """Keep the cursor on screen."""
        self.set_row_count(self.row_count)

    def on_click(self, event: events.Click) -> None:
        """Choose the row under the mouse."""
        index = round(self.scroll_y) + event.y
        if index < self.row_count and self.can_choose(index):
            self.move_cursor(index)
            self.action_choose()

    def render_line(self, y: int) -> Strip:
        """Paint one row."""
        index = round(self.scroll_y) + y
        width = self.scrollable_content_region.width
        style = self.rich_style
        if index >= self.row_count:
            return Strip.blank(width, style)
        if index == self.cursor and self.has_focus:
            style = self.get_component_rich_style("rows--cursor")
        return self.paint(index, width, style).adjust_cell_length(width, style)
