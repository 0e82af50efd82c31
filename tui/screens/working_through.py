"""Working through the library: articles of its table done, skipped, queued, and on to what is next."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.screen import Screen

from store.errors import PostilError
from store.kinds import State
from tui import working
from tui.desk import Desk
from tui.working import Worked

if TYPE_CHECKING:
    from store.library import Library


class WorkingThrough(Screen[None]):
    """A screen with a table of articles that can be done, skipped and queued."""

    _desk: Desk

    class Told(Message):
        """Something was done with articles of the table."""

        def __init__(self, said: str) -> None:
            self.said = said
            super().__init__()

    @abstractmethod
    async def chosen_ids(self) -> list[str]:
        """The ids of the articles that a key is about; none while there is no article."""

    @abstractmethod
    def _read_again(self, said: str) -> None:
        """Show the table as it is now, and say something until the cursor is elsewhere."""

    @abstractmethod
    def _open(self, article_id: str) -> object:
        """Open an article."""

    def action_settle(self, state: str) -> None:
        """Decide that the articles are done or skipped, or take it back."""
        passed = tuple(self._desk.passed)
        self._work(lambda library, chosen: working.settle(library, chosen, State(state), here=None, passed=passed))

    def action_queue(self) -> None:
        """Put the articles in the queue, or take them out."""
        self._work(working.queue)

    @work
    async def _work(self, do: Callable[[Library, Sequence[str]], Worked]) -> None:
        try:
            chosen = await self.chosen_ids()
            if not chosen:
                return
            said = (await self._desk.act(lambda library: do(library, chosen))).said
        except PostilError as error:
            said = error.sentence
        self.post_message(self.Told(said))

    def on_working_through_told(self, message: Told) -> None:
        """Say it, and show it in the table."""
        self._read_again(message.said)

    def action_next(self) -> None:
        """Open what is next to do."""
        self._next()

    @work(exclusive=True, group="next")
    async def _next(self) -> None:
        passed = tuple(self._desk.passed)
        try:
            found = await self._desk.ask(lambda library: library.reading.next(passed=passed))
        except PostilError as error:
            self.post_message(self.Told(error.sentence))
        else:
            if found is None:
                self.post_message(self.Told(working.NOTHING))
            else:
                self._open(found.article_id)

    def action_stats(self) -> None:
        """Show what was done in the whole library."""
        from tui.screens.stats import StatsScreen

        self.app.push_screen(StatsScreen(self._desk))
