"""A line of words that decide what the list below it shows."""

from __future__ import annotations

from textual import events
from textual.widgets import Input


class FilterLine(Input):
    """The words that articles are filtered by or searched for."""

    def take_key(self, event: events.Key) -> bool:
        """Write a letter that was typed before the line had the focus."""
        if not event.is_printable:
            return False
        self.insert_text_at_cursor(event.character or "")
        return True
