"""Lines of charts, scrolled by the keys of lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui import actions
from tui.reading.charts import Line, Role


class FigureView(ScrollView, can_focus=True):
    """Lines that are drawn for the width that there is."""

    # There is nothing in them to be chosen.
    BINDINGS = [  # noqa: RUF012 -- Textual declares it so
        binding
        for binding in actions.bindings("list")
        if not (isinstance(binding, Binding) and binding.id == "list.choose")
    ]
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"figures--heading", "figures--bar", "figures--quiet"}

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Nothing to draw yet."""
        super().__init__(id=id)
        self._draw: Callable[[int], Sequence[Line]] = lambda _: ()
        self._lines: Sequence[Line] = ()

    def show(self, draw: Callable[[int], Sequence[Line]]) -> None:
        """Show what `draw` makes for a width in cells, from now on also when that changes."""
        self._draw = draw
        self._drawn()

    def on_resize(self) -> None:
        """Draw again for the new width."""
        self._drawn()

    def _drawn(self) -> None:
        width = self.scrollable_content_region.width
        self._lines = self._draw(width) if width else ()
        self.virtual_size = Size(width, len(self._lines))
        self.refresh()

    def action_move(self, count: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=round(self.scroll_y) + count, animate=False, force=True)

    def action_page(self, count: int) -> None:
        """Scroll by pages."""
        self.action_move(count * max(1, self.size.height - 1))

    def action_end(self, direction: int) -> None:
        """Scroll to the first or the last line."""
        self.scroll_to(y=0 if direction < 0 else self.virtual_size.height, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        index, width, ground = round(self.scroll_y) + y, self.scrollable_content_region.width, self.rich_style
        if index >= len(self._lines):
            return Strip.blank(width, ground)
        styles = {
            Role.PLAIN: ground,
            Role.HEADING: ground + self.get_component_rich_style("figures--heading", partial=True),
            Role.BAR: ground + self.get_component_rich_style("figures--bar", partial=True),
            Role.QUIET: ground + self.get_component_rich_style("figures--quiet", partial=True),
        }
        strip = Strip([Segment(text, styles[role]) for text, role in self._lines[index]])
        return strip.adjust_cell_length(width, ground)
