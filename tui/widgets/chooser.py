"""A small list from which one thing is chosen: by its key, by a part of its name, or with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from tui import actions
from tui.reading.cells import fit
from tui.widgets.bars import Bar, KeyBar


class Option(NamedTuple):
    """One line of the list."""

    key: str
    """The letter that takes it at once."""
    name: str
    words: str
    """What is said about it while the cursor is on it."""


class _Lines(Widget):
    """The options that what was typed leaves."""

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__(id="choose-lines")
        self.options = options
        self.cursor = 0

    def render_line(self, y: int) -> Strip:
        """One option."""
        width, style = self.size.width, self.rich_style
        if y >= len(self.options):
            return Strip.blank(width, style)
        option = self.options[y]
        mark = "▸" if y == self.cursor else " "
        style += Style(bold=y == self.cursor)
        return Strip([Segment(fit(f" {mark} {option.key}  {option.name}", width), style)])


class Chooser(ModalScreen[str | None]):
    """Ends with the name of what was chosen, or None."""

    BINDINGS = actions.bindings("choose")

    def __init__(self, title: str, options: Sequence[Option]) -> None:
        """Offer the options, of which there is at least one."""
        super().__init__()
        self._title = title
        self._options = options
        self._typed = ""
        self._lines = _Lines(options)

    def compose(self) -> ComposeResult:
        """Title, options, what is said about the one under the cursor, keys."""
        with Vertical(id="choose-box"):
            yield Bar(id="choose-title")
            yield self._lines
            yield Bar(id="choose-says")
        yield KeyBar()

    def on_mount(self) -> None:
        """As high as there are options, and screen."""
        self._lines.styles.height = min(len(self._options), max(1, self.app.size.height - 5))
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Take a letter."""
        if self.take_key(event):
            event.stop()

    def take_key(self, event: events.Key) -> bool:
        """Take a letter, also one that was typed before the list was open; whether it was wanted."""
        if event.key == "backspace":
            self._filter(self._typed[:-1])
        elif event.is_printable and event.character:
            chosen = self._by_key(event.character) if not self._typed else None
            if chosen is not None:
                self.dismiss(chosen.name)
            else:
                self._filter(self._typed + event.character)
        else:
            return False
        return True

    def _by_key(self, key: str) -> Option | None:
        return next((option for option in self._options if option.key.casefold() == key.casefold()), None)

    def _filter(self, typed: str) -> None:
        """Keep the options whose names have what was typed, unless none does."""
        left = [option for option in self._options if typed.casefold() in option.name.casefold()]
        if left:
            self._typed = typed
            self._lines.options, self._lines.cursor = left, 0
        self._show()

    def _show(self) -> None:
        if not self._lines.is_attached:
            return
        title = f"{self._title}: {self._typed}" if self._typed else self._title
        self.query_one("#choose-title", Bar).show(left=title)
        self.query_one("#choose-says", Bar).show(left=self._lines.options[self._lines.cursor].words)
        self._lines.refresh()

    def action_move(self, count: int) -> None:
        """Move the cursor, round the end if need be."""
        self._lines.cursor = (self._lines.cursor + count) % len(self._lines.options)
        self._show()

    def action_take(self) -> None:
        """Take the option under the cursor."""
        self.dismiss(self._lines.options[self._lines.cursor].name)

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Take the option under the mouse."""
        line = event.screen_y - self._lines.region.y
        if 0 <= line < len(self._lines.options):
            self.dismiss(self._lines.options[line].name)
