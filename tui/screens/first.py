"""What is on screen in the first frame: the bars, while the screen that was asked for is still being made."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from tui.widgets.bars import Bar


class FirstScreen(Screen[None]):
    """Title and status line. Keys that are typed before anything takes them wait here."""

    def __init__(self, title: str) -> None:
        """Show what is being opened."""
        super().__init__()
        self._title = title
        self.held: list[events.Key] = []
        """The keys, in the order in which they came."""

    def compose(self) -> ComposeResult:
        """The title, room, what is said."""
        yield Bar(id="title")
        yield Widget(id="desk")
        yield Bar(id="status")
        yield Bar()

    def on_mount(self) -> None:
        """Say what is opened."""
        self.query_one("#title", Bar).show(left=self._title)
        self.query_one("#status", Bar).show(left="opening …")

    def take_key(self, event: events.Key) -> bool:
        """Keep the key for the screen that comes."""
        self.held.append(event)
        return True
