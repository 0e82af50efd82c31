"""The library's table: pages of rows, asked for when they come on screen."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from store.records import ArticleRow
from tui.reading.cells import fit
from tui.widgets.rows import RowList

PAGE = 100
"""Rows that are read at a time."""

_KEPT_PAGES = 40


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


class ArticleTable(RowList):
    """Articles of any number, a page of them in memory for each screen that was looked at."""

    class PageWanted(Message):
        """Rows from `start` on came on screen and are not known."""

        def __init__(self, start: int) -> None:
            self.start = start
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until the first page arrives."""
        super().__init__(id=id)
        self._pages: dict[int, list[ArticleRow]] = {}
        self._wanted: set[int] = set()

    def show(self, count: int, pages: dict[int, list[ArticleRow]]) -> None:
        """Show a list of `count` articles, of which some pages are known by their first row."""
        self._pages = pages
        self._wanted.clear()
        self.set_row_count(count)

    def put_page(self, start: int, rows: list[ArticleRow]) -> None:
        """Fill in the rows from `start` on."""
        if len(self._pages) >= _KEPT_PAGES:
            self._pages.clear()
        self._pages[start] = rows
        self._wanted.discard(start)
        self.refresh()

    def row(self, index: int) -> ArticleRow | None:
        """The article in a row; None, and a request for it, if its page is not here yet."""
        start = index - index % PAGE
        page = self._pages.get(start)
        if page is None:
            if start not in self._wanted:
                self._wanted.add(start)
                self.post_message(self.PageWanted(start))
            return None
        return page[index - start] if index - start < len(page) else None

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


def heading(width: int) -> str:
    """The table's heading in `width` cells."""
    return "  " + "".join(fit(column.title, cells, right=column.right) + "  " for column, cells in _columns(width))


def _columns(width: int) -> list[tuple[_Column, int]]:
    """The columns that a table of this width has, with their cells."""
    columns = [column for column in _COLUMNS if width >= column.narrowest]
    taken = 2 + sum(column.width + 2 for column in columns)
    return [(column, column.width or max(8, width - taken)) for column in columns]
