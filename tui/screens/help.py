"""The help: every key, the places that apply now first, made from the actions."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import actions
from tui.keymap import Keymap
from tui.widgets.bars import KeyBar


class HelpScreen(ModalScreen[None]):
    """The keys of the focused widget and its screen."""

    BINDINGS = actions.bindings("help")

    def __init__(self, places: list[str], keymap: Keymap) -> None:
        """Show the keys of these places, in this order, as the reader has them."""
        super().__init__()
        self._places = places
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """A table a place."""
        with VerticalScroll(id="help-box"):
            for place in self._places:
                yield Static(Text(actions.PLACES[place]), classes="help-title")
                yield Static(_table(place, self._keymap))
                if place == "text":
                    yield Static(Text("How names look"), classes="help-title")
                    yield Static(_legend())
        yield KeyBar()

    def action_close(self) -> None:
        """Back to the reading."""
        self.dismiss()


def _table(place: str, keymap: Keymap) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=18, justify="right", style="bold")
    table.add_column()
    for keys, words in rows(place, keymap):
        table.add_row(Text(keys), Text(words))
    return table


_LOOKS = (
    ("people", "underline"),
    ("organisations and groups", "underline bold"),
    ("places", "underline italic"),
    ("dates and times", "italic"),
    ("numbers and sums", "bold"),
    ("other names", "underline bold italic"),
    ("who is proposed to say it", "underline2"),
)
"""What tells the kinds of names apart where there is no colour; the same as in styles/postil.tcss."""


def _legend() -> Text:
    legend = Text("  ")
    for words, look in _LOOKS:
        legend.append(words, look)
        legend.append("   ")
    return legend


def rows(place: str, keymap: Keymap) -> Iterator[tuple[str, str]]:
    """The keys of a place as they are written, and what they do."""
    for action in actions.of(place):
        yield " ".join(actions.sign(key) for key in keymap.keys(action)), action.help
