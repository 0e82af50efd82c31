"""The library's table: pages of rows, asked for when they come on screen."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from store.records import ArticleRow
from tui.marking import Marked
from tui.reading import describe
from tui.reading.cells import fit, width_of
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
    _Column("lang", 4, 130),
    _Column("words", 7, 50, right=True),
    _Column("claims", 6, 40, right=True),
    _Column("notes", 6, 44, right=True),
    _Column("read", 8, 0, right=True),
)


_GROUPS_FROM = 100
"""The table's width from which tags and collections are shown behind the title."""


class ArticleTable(PagedRows[ArticleRow]):
    """Articles of any number."""

    PAGE = 100

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty, and nothing marked."""
        super().__init__(id=id)
        self.marked = Marked()

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One article."""
        row = self.row(index)
        if row is None:
            return Strip([Segment(" …", style)])
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        values = {
            "source": row.source or "",
            "published": (row.published or "")[:10],
            "lang": row.language or "",
            "words": f"{row.words:,}",
            "claims": str(row.claims or "·"),
            "notes": str(row.notes or "·"),
            "read": "deleted" if row.deleted else "archived" if row.archived else describe.read(row),
        }
        marked = row.id in self.marked
        segments = [Segment(("▸" if index == self.cursor else " ") + ("✓" if marked else " "), style)]
        groups = groups_of(row) if width >= _GROUPS_FROM else ""
        for column, cells in _columns(width):
            if column.title == "title":
                room = min(width_of(groups) + 2, cells // 3) if groups else 0
                title = f"older: {row.title}" if row.older else row.title
                segments += [Segment(fit(title, cells - room), style + Style(bold=True) if marked else style)]
                segments += [Segment((f"  {fit(groups, room - 2)}" if room > 2 else "") + "  ", quiet)]
            else:
                segments.append(Segment(fit(values[column.title], cells, right=column.right) + "  ", quiet))
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
