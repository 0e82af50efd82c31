"""What the screens that list places in many articles have in common: the way to a place."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.screen import Screen

from store.errors import PostilError
from store.records import Hit
from tui.desk import Desk
from tui.opening import MakesReader, Opened, open_article

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines


class OpensHits(Screen[Hit | None]):
    """A screen from which the article of a hit is opened there."""

    class Ready(Message):
        """The article of a hit is read."""

        def __init__(self, opened: Opened, at: int) -> None:
            self.opened = opened
            self.at = at
            super().__init__()

    def __init__(self, desk: Desk, reader: MakesReader, pipelines: Pipelines) -> None:
        """Open articles of the library of `desk`; `reader` makes the screen for one."""
        super().__init__()
        self._desk = desk
        self._reader = reader
        self._pipelines = pipelines

    @abstractmethod
    def _say(self, sentence: str) -> None:
        """Say a sentence in the status line."""

    @work(exclusive=True, group="open")
    async def _open(self, hit: Hit) -> None:
        pipelines = self._pipelines
        try:
            article = await self._desk.ask(lambda library: library.articles.get(hit.article_id))
            if article is None:
                self._say("That article is not there any more.")
                return
            opened = await self._desk.ask(lambda library: open_article(library, article, pipelines))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Ready(opened, hit.start))

    def on_opens_hits_ready(self, message: Ready) -> None:
        """Show the article at the hit."""
        self.app.push_screen(self._reader(message.opened.article, message.opened, at=message.at))
