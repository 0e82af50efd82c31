"""A list of rows of any number, of which pages are asked for when they come on screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.message import Message

from tui.widgets.rows import RowList

T = TypeVar("T")

_KEPT_PAGES = 40


class PagedRows(RowList, Generic[T]):
    """Rows that somebody else reads, a page of them in memory for each screen that was looked at."""

    PAGE: ClassVar[int]
    """Rows that are read at a time."""

    class PageWanted(Message):
        """Rows from `start` on came on screen and are not known."""

        def __init__(self, start: int) -> None:
            self.start = start
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until the first page arrives."""
        super().__init__(id=id)
        self._pages: dict[int, Sequence[T]] = {}
        self._wanted: set[int] = set()

    def show(self, count: int, pages: Mapping[int, Sequence[T]]) -> None:
        """Show a list of `count` rows, of which some pages are known by their first row."""
        self._pages = dict(pages)
        self._wanted.clear()
        self.set_row_count(count)

    def put_page(self, start: int, rows: Sequence[T]) -> None:
        """Fill in the rows from `start` on."""
        if len(self._pages) >= _KEPT_PAGES:
            self._pages.clear()
        self._pages[start] = rows
        self._wanted.discard(start)
        self.refresh()

    def row(self, index: int) -> T | None:
        """What is in a row; None, and a request for it, if its page is not here yet."""
        start = index - index % self.PAGE
        page = self._pages.get(start)
        if page is None:
            if start not in self._wanted:
                self._wanted.add(start)
                self.post_message(self.PageWanted(start))
            return None
        return page[index - start] if index - start < len(page) else None
