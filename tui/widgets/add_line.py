"""A line for the path of a file or folder, or for a web address; tab completes a path."""

from __future__ import annotations

import asyncio

from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui import actions, dropping
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.filter_line import FilterLine

_SHOWN = 12
"""Names that are told of those that fit."""


class PathLine(FilterLine):
    """The line itself: its keys come before those that a line has anyway."""

    BINDINGS = actions.bindings("add")

    def action_complete(self) -> None:
        """Go on with the path as far as there is one way."""
        self._complete(self.value)

    @work(exclusive=True)
    async def _complete(self, written: str) -> None:
        whole, fitting = await asyncio.to_thread(dropping.completed, written)
        if self.value != written:  # it was written on meanwhile
            return
        self.value = whole
        self.cursor_position = len(whole)
        more = f" … {len(fitting) - _SHOWN:,} more" if len(fitting) > _SHOWN else ""
        said = "  ".join(fitting[:_SHOWN]) + more if len(fitting) != 1 else ""
        self.screen.query_one("#choose-says", Bar).show(left=said if fitting else "nothing there begins so")

    def action_take(self) -> None:
        """Add what was written."""
        self._close(self.value.strip() or None)

    def action_leave(self) -> None:
        """Add nothing."""
        self._close(None)

    def _close(self, written: str | None) -> None:
        screen = self.screen
        assert isinstance(screen, AddLine)
        screen.dismiss(written)


class AddLine(ModalScreen[str | None]):
    """Ends with what was written, or None."""

    AUTO_FOCUS = "PathLine"

    def __init__(self, said: str = "", says: str = "tab completes a path") -> None:
        """Begin with a line that says something, and with something said about it."""
        super().__init__()
        self._begun = said
        self._says = says

    def compose(self) -> ComposeResult:
        """Title, line, what is said, keys."""
        with Vertical(id="choose-box"):
            yield Bar(id="choose-title")
            yield PathLine(self._begun, id="add-line", compact=True, select_on_focus=False)
            yield Bar(id="choose-says")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what it is for."""
        self.query_one("#choose-title", Bar).show(left="add a file, a folder or a web address")
        self.query_one("#choose-says", Bar).show(left=self._says)
