"""The line in which the words to search for are typed."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input

from tui import actions
from tui.reading.search import Query


class SearchLine(Input):
    """Words, or a regular expression, that are searched for as they are typed."""

    BINDINGS = actions.bindings("search")

    class Left(Message):
        """The reader left the search."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty, for plain text."""
        super().__init__(id=id, compact=True, select_on_focus=False)
        self._regex = False
        self._waiting = False
        self._behind: list[events.Key] = []
        self._submitting: events.Key | None = None
        self._say_what()

    @property
    def query_typed(self) -> Query:
        """What is to be searched for."""
        return Query(self.value, self._regex)

    def begin(self) -> None:
        """Begin a new search. The caller gives the line the focus."""
        self.display = True
        self.value = ""

    def close(self) -> None:
        """Hide, and hand on the keys that came while the reader waited. The caller gives the focus to the text."""
        self.display = False
        self._waiting = False
        # As messages of this line's own: Textual does not let one bubble through the node that it was sent by.
        self.call_later(self._hand_on)

    def _hand_on(self) -> None:
        behind, self._behind = self._behind, []
        for event in behind:
            self.app.post_message(events.Key(event.key, event.character))

    def on_key(self, event: events.Key) -> None:
        """Keep a key for the text while the reader waits for the hits; escape waits no longer."""
        if self._waiting and event.key != "escape":
            self._behind.append(event)
            event.stop()
            event.prevent_default()
        elif event.key == "enter":
            self._submitting = event
            self._waiting = True  # the key has a way to go before it does anything; a burst of keys would be quicker

    def take_key(self, event: events.Key) -> bool:
        """Take a key that was typed before the line had the focus."""
        if event is self._submitting:
            return False  # it came through the line itself, and is on its way to the action
        if self._waiting:
            self._behind.append(event)
        elif event.key == "enter":
            self._waiting = True
            self.call_later(self.action_submit)
        elif event.is_printable:
            self.insert_text_at_cursor(event.character or "")
        else:
            return False
        return True

    def action_regex(self) -> None:
        """Search for a regular expression, or for plain text again."""
        self._regex = not self._regex
        self._say_what()
        self.post_message(self.Changed(self, self.value))

    def action_leave(self) -> None:
        """Leave the search."""
        self.post_message(self.Left())

    def _say_what(self) -> None:
        self.border_title = self.placeholder = "regular expression" if self._regex else "words to search for"
