"""The library's table: pages of rows, asked for when they come on screen."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.records import ArticleRow
from tui.reading.cells import fit
from tui.widgets.paged import PagedRows


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: int
    """Cells; 0 takes what is left."""
    narrowest: int
    """The table's width from which the column is shown."""
    right: bool = False


_COLUMNS = (
    _Column("title", 0, 0),
    _Column("source", 18, 70),
    _Column("published", 10, 100),
    _Column("words", 7, 50, right=True),
    _Column("claims", 6, 40, right=True),
    _Column("notes", 6, 44, right=True),
    _Column("read", 5, 0, right=True),
    _Column("state", 8, 90),
)


class ArticleTable(PagedRows[ArticleRow]):
    """Articles of any number."""

    PAGE = 100

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One article."""
        row = self.row(index)
        if row is None:
            return Strip([Segment(" …", style)])
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        values = {
            "title": row.title,
            "source": row.source or "",
            "published": (row.published or "")[:10],
            "words": f"{row.words:,}",
            "claims": str(row.claims or "·"),
            "notes": str(row.notes or "·"),
            "read": f"{row.progress:.0%}",
            "state": row.state,
        }
        mark = "▸ " if index == self.cursor else "  "
        segments = [Segment(mark, style)]
        for column, cells in _columns(width):
            ground = style if column.title == "title" else quiet
            segments.append(Segment(fit(values[column.title], cells, right=column.right) + "  ", ground))
        return Strip(segments)


def groups_of(row: ArticleRow) -> str:
    """The collections and tags of an article, as the list shows them."""
    return " ".join([*(f"▪{name}" for name in row.collections), *(f"#{name}" for name in row.tags)])


def heading(width: int) -> str:
    """The table's heading in `width` cells."""
    return "  " + "".join(fit(column.title, cells, right=column.right) + "  " for column, cells in _columns(width))


def _columns(width: int) -> list[tuple[_Column, int]]:
    """The columns that a table of this width has, with their cells."""
    columns = [column for column in _COLUMNS if width >= column.narrowest]
    taken = 2 + sum(column.width + 2 for column in columns)
    return [(column, column.width or max(8, width - taken)) for column in columns]
