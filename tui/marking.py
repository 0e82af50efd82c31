"""Which rows of the library are marked: some by one, or all that a filter leaves, but for some."""

from __future__ import annotations


class Marked:
    """The marks of a list. All of fifty thousand rows are marked without reading one."""

    def __init__(self) -> None:
        """None."""
        self._ids: set[str] = set()
        self._all_of: str | None = None

    def __contains__(self, article_id: str) -> bool:
        """Whether a row of the list is marked."""
        return (article_id in self._ids) != self.all

    @property
    def all(self) -> bool:
        """Whether all rows of the list are marked, but for a few."""
        return self._all_of is not None

    def toggle(self, article_id: str) -> None:
        """Mark a row, or unmark it."""
        self._ids ^= {article_id}

    def toggle_all(self, pattern: str) -> None:
        """Mark all that the filter `pattern` leaves; if they are, unmark them."""
        self._ids.clear()
        self._all_of = None if self.all else pattern

    def clear(self) -> None:
        """Unmark all."""
        self._ids.clear()
        self._all_of = None

    def listed(self, pattern: str) -> None:
        """Hear that another filter leaves other rows: all of the former are then not marked any more."""
        if self.all and pattern != self._all_of:
            self.clear()

    def count(self, rows: int) -> int:
        """How many are marked in a list of `rows`."""
        return max(0, rows - len(self._ids)) if self.all else len(self._ids)

    def chosen(self, ids: list[str]) -> list[str]:
        """Those of the list's `ids` that are marked, if all are but a few; else the marked ones, listed or not."""
        return [one for one in ids if one not in self._ids] if self.all else sorted(self._ids)
