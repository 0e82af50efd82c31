"""The index of names, a line a name: pages of them, asked for when they come on screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from store.records import IndexedName
from tui.reading.cells import fit, one_line
from tui.widgets.rows import RowList

PAGE = 200
"""Names that are read at a time."""

_LABEL, _NUMBER = 12, 9


class NameTable(RowList):
    """Names with their labels, articles and mentions, the most mentioned first."""

    class PageWanted(Message):
        """Names from `start` on came on screen and are not known."""

        def __init__(self, start: int) -> None:
            self.start = start
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self._pages: dict[int, Sequence[IndexedName]] = {}
        self._wanted: set[int] = set()

    def show(self, count: int, first: Sequence[IndexedName]) -> None:
        """Show so many names, of which the first page is known."""
        self._pages = {0: first}
        self._wanted.clear()
        self.set_row_count(count)

    def put_page(self, start: int, names: Sequence[IndexedName]) -> None:
        """Fill in the names from `start` on."""
        self._pages[start] = names
        self._wanted.discard(start)
        self.refresh()

    def name_at(self, index: int) -> IndexedName | None:
        """The name in a row; None, and a request for it, if it is not here yet."""
        start = index - index % PAGE
        page = self._pages.get(start)
        if page is None:
            if start not in self._wanted:
                self._wanted.add(start)
                self.post_message(self.PageWanted(start))
            return None
        return page[index - start] if index - start < len(page) else None

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One name."""
        name = self.name_at(index)
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
