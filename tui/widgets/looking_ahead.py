"""Looking ahead: what the next keys will show is worked out while the reader reads, a little at a time."""

from __future__ import annotations

from functools import partial
from time import perf_counter

from tui.widgets.text_view import SLICE, TextView

_AHEAD_AFTER = 0.05
"""Seconds after a move at which the next stretch is looked at, before a key needs what is in it."""


class LookingAhead(TextView):
    """A text whose next page is ready before it is asked for."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Nothing to look at yet."""
        super().__init__(id=id)
        self._looking_ahead = False

    def _moved(self) -> None:
        super()._moved()
        if not self._looking_ahead:
            self._looking_ahead = True
            self.set_timer(_AHEAD_AFTER, self._look_ahead)

    def _look_ahead(self) -> None:
        """Find the sentences and the gutter of the next stretch, and paint the next page, before a key needs them."""
        self._looking_ahead = False
        following = self.page.index_of(self.caret) + 1
        if following < len(self.page):
            self.page.sentences(following)
            self._painter.look_ahead(following)
        self._paint_ahead(round(self.scroll_y) + self.size.height)

    def _paint_ahead(self, row: int) -> None:
        """Paint the rows of the next page from `row` on, a few at a time, so that the key that shows them need not."""
        deadline = perf_counter() + SLICE
        moving = self._moving_marks()
        end = min(round(self.scroll_y) + 2 * self.size.height, self.layout_rows.total)
        for ahead in range(row, end):
            if perf_counter() > deadline:
                self.set_timer(0.01, partial(self._paint_ahead, ahead))
                break
            self._painter.row(ahead, moving, self.caret, focused=self.has_focus)
