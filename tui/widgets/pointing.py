"""The mouse in the text: a click puts the caret, a drag selects, two clicks take a word and three a sentence."""

from __future__ import annotations

from textual import events

from store.text import words
from tui.widgets.looking_ahead import LookingAhead


class Pointing(LookingAhead):
    """A text in which the mouse points."""

    def _offset_under(self, event: events.MouseEvent) -> int:
        row = self._notes.row_at(round(self.scroll_y) + event.y, self.caret)
        return self.layout_rows.offset_at(row, max(0, event.x - self._painter.left - self._painter.gutter))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the mouse, and select from there while it is dragged."""
        if event.button == 1 and self.page.text:
            self.capture_mouse()
            self.go_to(self._offset_under(event))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection to the mouse."""
        if self.app.mouse_captured is self and event.button == 1:
            offset = self._offset_under(event)
            if offset != self.caret:
                self.go_to(offset, selected_from=self.caret if self.selected_from is None else self.selected_from)

    def on_mouse_up(self) -> None:
        """End the selection where the mouse is."""
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Select the word under a double click, the sentence under a triple one."""
        if event.button != 1 or not self.page.text:
            return
        offset = self._offset_under(event)
        span = None
        if event.chain == 2 and not self.page.text[offset].isspace():
            span = words.word_at(self.page.text, offset)
        elif event.chain == 3:
            span = self.page.sentence_at(offset)
        if span is not None:
            self.cursor.select_span(span)
            self._moved()
