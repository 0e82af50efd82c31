"""A scrollbar whose track shows where the hits of a search are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment, Segments
from rich.style import Style
from textual.scrollbar import ScrollBarRender

_HIT = "╺"
_HIT_STYLE = Style(bold=True)


class BarWithHits(ScrollBarRender):
    """Textual's scrollbar, with a sign in every cell whose part of the text has a hit."""

    def __init__(self, parts_with_hits: Callable[[int], set[int]], **options: Any) -> None:
        """Ask `parts_with_hits` which of the bar's cells to mark; the options are Textual's."""
        super().__init__(**options)
        self._parts_with_hits = parts_with_hits

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The bar as Textual paints it, then the signs."""
        for bar in super().__rich_console__(console, options):
            if isinstance(bar, Segments):
                cells = list(bar.segments)
                for index in self._parts_with_hits(len(cells)):
                    text, style, control = cells[index]
                    cells[index] = Segment(_HIT * len(text), (style or Style()) + _HIT_STYLE, control)
                yield Segments(cells, new_lines=True)
            else:
                yield bar
