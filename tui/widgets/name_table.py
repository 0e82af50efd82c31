"""The index of names, a line a name: pages of them, asked for when they come on screen."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.records import IndexedName
from tui.reading.cells import fit, one_line
from tui.widgets.paged import PagedRows

_LABEL, _NUMBER = 12, 9


class NameTable(PagedRows[IndexedName]):
    """Names with their labels, articles and mentions, the most mentioned first."""

    PAGE = 200

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One name."""
        name = self.row(index)
        if name is None:
            return Strip([Segment(" …", style)])
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        mark = "▸ " if index == self.cursor else "  "
        numbers = f"{name.articles:,}".rjust(_NUMBER) + f"{name.mentions:,}".rjust(_NUMBER) + " "
        words = max(8, width - 2 - _LABEL - len(numbers))
        return Strip(
            [
                Segment(mark + fit(one_line(name.text), words), style),
                Segment(fit(one_line(name.label), _LABEL), quiet),
                Segment(numbers, quiet),
            ]
        )
