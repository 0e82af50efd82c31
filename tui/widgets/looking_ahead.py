"""Looking ahead: what the next keys will show is worked out while the reader reads, a little at a time."""

from __future__ import annotations

from time import perf_counter

from tui.widgets.text_view import SLICE, TextView

_PAUSE = 0.005
"""Seconds between two slices of painting ahead, in which keys are taken."""


class LookingAhead(TextView):
    """A text whose next page is ready before it is asked for."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Nothing to look at yet."""
        super().__init__(id=id)
        self._looking_ahead = False
        self._ready = (0, 0, 0)
        """The rows that were painted ahead, from the first to before the second, and the look that they have."""

    def _moved(self) -> None:
        super()._moved()
        if not self._looking_ahead:
            self._looking_ahead = True
            self.call_after_refresh(self._look_ahead)

    def _look_ahead(self) -> None:
        """Find the sentences and the gutter of the next stretch, and paint the next page, before a key needs them."""
        following = self.page.index_of(self.caret) + 1
        if following < len(self.page):
            self.page.sentences(following)
            self._painter.look_ahead(following)
        self._paint_ahead()

    def _paint_ahead(self) -> None:
        """Paint the rows of the next page, a few at a time, so that the key that shows them need not."""
        deadline = perf_counter() + SLICE
        first, end, look = self._ready
        row = next_page = round(self.scroll_y) + self.size.height
        if look == self._painter.look and first <= row <= end:
            row = end  # the page was there before, but for the last rows of it
        else:
            first = row
        moving = self._moving_marks()
        last = min(next_page + self.size.height, self.layout_rows.total)
        while row < last and perf_counter() < deadline:
            self._painter.row(row, moving, self.caret, focused=self.has_focus)
            row += 1
        self._ready = (first, row, self._painter.look)
        if row < last:
            self.set_timer(_PAUSE, self._paint_ahead)
        else:
            self._looking_ahead = False
