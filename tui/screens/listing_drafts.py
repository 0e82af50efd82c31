"""Drafts of notes that were left: a screen tells of them, and lists them."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from store.errors import PostilError
from tui.desk import Desk
from tui.widgets.bars import key_of

if TYPE_CHECKING:
    from store.records import Draft


def left(count: int, key: str) -> str:
    """What is said of drafts that were left; `key` lists them."""
    return (
        f"{count:,} draft{'' if count == 1 else 's'} of notes not saved: {key} lists {'it' if count == 1 else 'them'}"
    )


class ListsDrafts(Screen[None]):
    """A screen from which the drafts are listed."""

    _desk: Desk

    @abstractmethod
    def _say_of_drafts(self, sentence: str) -> None:
        """Say a sentence in the status line."""

    @abstractmethod
    def _go_on_with(self, draft: Draft) -> None:
        """Open the editor of a draft at its place."""

    async def drafts_left(self) -> str:
        """How many drafts were left, in words; nothing if there are none."""
        self._desk.told_of_drafts = True
        try:
            count = await self._desk.ask(lambda library: library.drafts.left())
        except PostilError:
            return ""
        key = key_of(self, "reader.drafts") or key_of(self, "library.drafts")
        return left(count, key) if count else ""

    def action_drafts(self) -> None:
        """List the drafts, if there are any."""
        self._list_drafts()

    @work(exclusive=True, group="drafts")
    async def _list_drafts(self) -> None:
        try:
            drafts = await self._desk.ask(lambda library: library.drafts.all())
        except PostilError as error:
            self._say_of_drafts(error.sentence)
            return
        if not drafts:
            self._say_of_drafts("No draft of a note is kept: every note that was written is saved.")
            return
        from tui.screens.drafts import DraftsScreen

        self.app.push_screen(DraftsScreen(self._desk), self._draft_chosen)

    def _draft_chosen(self, draft: Draft | None) -> None:
        if draft is not None:
            self._go_on_with(draft)
