"""What a search of the library found, a line a hit."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.records import Hit
from tui.reading.cells import fit, one_line
from tui.widgets.rows import RowList

_KIND, _TITLE = 10, 26
"""Cells of the first two columns; the words around the hit take what is left."""


class HitTable(RowList):
    """The hits of a search: what each is, in which article, and the words around it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """No hits yet."""
        super().__init__(id=id)
        self.hits: Sequence[Hit] = ()

    def show(self, hits: Sequence[Hit]) -> None:
        """Show these hits, the cursor on the first."""
        self.hits = hits
        self.cursor = 0
        self.set_row_count(len(hits))

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One hit."""
        hit = self.hits[index]
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        mark = "▸ " if index == self.cursor else "  "
        kind = (hit.label or hit.kind) if hit.kind in ("claim", "relation") else hit.kind
        title = min(_TITLE, max(8, width // 4))
        words = max(8, width - 2 - _KIND - 2 - title - 2)
        return Strip(
            [
                Segment(mark + fit(one_line(kind), _KIND) + "  ", quiet),
                Segment(fit(one_line(hit.article_title), title) + "  ", quiet),
                Segment(fit(one_line(hit.context), words), style),
            ]
        )
