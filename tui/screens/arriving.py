"""Adding articles from a screen: a path that was pasted or dragged in, or one that is typed, or a web address."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from textual import events, work
from textual.screen import Screen

from store.errors import ArticleError, PostilError
from store.records import Article
from tui import dropping
from tui.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Generator

    from store.library import Library

_TOGETHER = 32
"""Articles in one transaction."""


@dataclass
class Came:
    """What came of adding."""

    added: int = 0
    known: int = 0
    back: int = 0
    """Those of them that had been deleted."""
    problems: list[str] = field(default_factory=list)
    last: str | None = None
    """The article that was added last, or was known."""

    @property
    def words(self) -> str:
        """It in a line."""
        said = [f"{self.added:,} article{'' if self.added == 1 else 's'} added"] if self.added else []
        known = self.known - self.back
        said += [f"{self.back:,} that {'was' if self.back == 1 else 'were'} deleted back"] if self.back else []
        said += [f"{known:,} {'was' if known == 1 else 'were'} known"] if known else []
        if self.problems:
            more = f" (and {len(self.problems) - 1:,} more)" if len(self.problems) > 1 else ""
            said.append(f"not added: {self.problems[0]}{more}")
        return ", ".join(said) or "nothing was added"


class Arriving(Screen[None]):
    """A screen to which files can be dragged. What is pasted into one of its lines stays text of the line."""

    _desk: Desk

    @abstractmethod
    def _say(self, sentence: str) -> None:
        """Say something that stands for a while."""

    @abstractmethod
    def _arrived(self, article_id: str) -> None:
        """Hear that an article was added."""

    def on_paste(self, event: events.Paste) -> None:
        """Add what was dragged here; an address is asked about first. Nothing else is done with what was pasted."""
        event.stop()
        if (found := dropping.address(event.text)) is not None:
            self._ask_to_add(found, "enter fetches the page and adds it")
        else:
            self._add_pasted(event.text)

    def action_add(self) -> None:
        """Write what is to be added."""
        self._ask_to_add()

    def _ask_to_add(self, said: str = "", says: str = "tab completes a path") -> None:
        from tui.widgets.add_line import AddLine

        self.app.push_screen(AddLine(said, says), self._add_written)

    def _add_written(self, written: str | None) -> None:
        if written is None:
            return
        if (found := dropping.address(written)) is not None:
            self._add([found])
        else:
            self._add_pasted(written, typed=True)

    @work(group="adding")
    async def _add_pasted(self, text: str, *, typed: bool = False) -> None:
        names = await asyncio.to_thread(dropping.named, text)
        if names or typed:
            await self._add_all(names or [text])
        else:
            self._say("What was pasted is no file and no folder here: a opens a line to write one.")

    @work(group="adding")
    async def _add(self, names: Sequence[str]) -> None:
        await self._add_all(names)

    async def _add_all(self, names: Sequence[str]) -> None:
        came = Came()
        try:
            await self._read(names, came)
        except PostilError as error:
            came.problems.append(error.sentence)
        self._say(came.words)
        if came.last is not None:
            self._arrived(came.last)

    async def _read(self, names: Sequence[str], came: Came) -> None:
        """Read and add, each in its thread: no key waits for a file, and no act for more than a few articles."""
        from store.articles import files

        items = await asyncio.to_thread(lambda: list(files.find(names)))
        for number, item in enumerate(items, 1):
            of = f" {number:,} of {len(items):,}" if len(items) > 1 else ""
            self._say(f"adding{of} …")
            found = files.articles(item)
            while batch := await asyncio.to_thread(_some, found):
                came.problems += [one.sentence for one in batch if isinstance(one, ArticleError)]
                articles = [one for one in batch if isinstance(one, Article)]
                if not articles:
                    continue
                new, back = await self._desk.act(partial(_keep, articles=articles))
                came.added += sum(new)
                came.known += len(new) - sum(new)
                came.back += back
                came.last = articles[-1].id


def _some(found: Generator[Article | ArticleError]) -> list[Article | ArticleError]:
    return list(islice(found, _TOGETHER))


def _keep(library: Library, articles: Sequence[Article]) -> tuple[list[bool], int]:
    """Which of the articles are new, and how many had been deleted."""
    back = library.shelf.deleted_among([article.id for article in articles])
    return library.articles.add(articles), len(back)
