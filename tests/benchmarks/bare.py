"""The least that Textual can do with a text: a `ScrollView` that paints wrapped rows, and a row for the caret.

`python -m tests.benchmarks.bare FILE`; j and k, space, ctrl+d, G and g, ctrl+q.
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_MEASURE = 80


class BareView(ScrollView, can_focus=True):
    """Rows of text, one of them reversed."""

    BINDINGS = [  # noqa: RUF012 -- Textual declares it so
        Binding("j,v", "move(1)"),
        Binding("k", "move(-1)"),
        Binding("space", "move(36)"),
        Binding("ctrl+d", "move(19)"),
        Binding("G", "move(10000000)"),
        Binding("g", "move(-10000000)"),
    ]

    def __init__(self, rows: list[str]) -> None:
        """Show these rows."""
        super().__init__()
        self._rows = rows
        self._caret = 0

    def on_mount(self) -> None:
        """Be as long as the rows are."""
        self.virtual_size = Size(_MEASURE, len(self._rows))

    def action_move(self, count: int) -> None:
        """Move the caret's row, and scroll to it."""
        self._caret = max(0, min(self._caret + count, len(self._rows) - 1))
        top = round(self.scroll_y)
        height = self.size.height
        if not top <= self._caret < top + height:
            self.scroll_to(y=self._caret - (height - 1 if count > 0 else 0), animate=False, force=True)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint a row."""
        row = round(self.scroll_y) + y
        if row >= len(self._rows):
            return Strip.blank(self.size.width)
        style = Style(reverse=row == self._caret)
        return Strip([Segment(self._rows[row], style)]).adjust_cell_length(self.size.width)


class BareApp(App[None]):
    """The view and nothing else."""

    def __init__(self, rows: list[str]) -> None:
        """Show these rows."""
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """One widget."""
        yield BareView(self._rows)


def main() -> None:
    """Show the file."""
    text = Path(sys.argv[1]).read_text("utf-8")
    BareApp([row for line in text.split("\n") for row in textwrap.wrap(line, _MEASURE) or [""]]).run()


if __name__ == "__main__":
    main()
