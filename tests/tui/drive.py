"""Drive the app in a test as a reader would: open an article, press keys, wait for what should show."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.events import Key
from textual.keys import _character_to_key
from textual.pilot import Pilot

from store.entities.pipelines import DEFAULT, identity
from store.library import Library
from store.records import Article, Entity, Found
from tui.app import PostilApp
from tui.screens.library import LibraryScreen
from tui.screens.reader import ReaderScreen
from tui.settings import Settings
from tui.widgets.bars import Bar
from tui.widgets.pane import ReadingPane

NO_PIPELINE = "no_such_pipeline"
"""For tests that are not about entities: no process is started."""


@dataclass
class Session:
    """A running app."""

    app: PostilApp
    pilot: Pilot[Any]

    @property
    def reader(self) -> ReaderScreen:
        """The open article's screen, which may lie under a dialog."""
        return next(screen for screen in reversed(self.app.screen_stack) if isinstance(screen, ReaderScreen))

    @property
    def pane(self) -> ReadingPane:
        return self.reader.pane

    @property
    def title(self) -> str:
        """The right side of the reader's title line."""
        bars = self.reader.query("#title").results(Bar)  # none while the screen is made
        return "   ".join(part for bar in bars for part in bar.right if part)

    @property
    def status(self) -> str:
        """The left side of the status line."""
        return self.reader.query_one("#status", Bar).left

    async def keys(self, *keys: str) -> None:
        """Press keys: single letters, or Textual's names."""
        await self.pilot.press(*keys)
        await self.pilot.pause()

    def burst(self, *keys: str) -> None:
        """Hand in keys as a slow link delivers them: all at once, none waiting for what the one before it does."""
        for key in keys:
            name = _character_to_key(key) if len(key) == 1 else key
            self.app.post_message(Key(name, key if len(key) == 1 else None))

    async def type(self, text: str) -> None:
        """Type a text."""
        await self.keys(*("space" if sign == " " else sign for sign in text))

    async def until(self, condition: Callable[[], object], seconds: float = 30) -> None:
        """Wait for something to become true, on a screen that is made; the limit is for a test that has failed."""
        async with asyncio.timeout(seconds):
            while not condition() or (self.app.screen_stack and not self.app.screen.is_mounted):
                # Not `pilot.pause`, which waits for every widget: one that is being removed would never answer.
                await asyncio.sleep(0.01)

    async def until_saved(self) -> None:
        """Wait until an article is open, and nothing is unsaved."""
        await self.until(lambda: len(self.app.screen_stack) > 1)
        await self.until(lambda: self.title.endswith("✓ saved"))
        await self.pilot.pause()


def keep_names(library: Path, article: Article, names: Sequence[tuple[str, str]], *, who: str = "ada") -> None:
    """Let the installed pipeline have said that these words, in the order of the text, are these names.

    The article must be one stretch; no process is started for it then.
    """
    entities, position = [], 0
    for words, label in names:
        start = article.text.index(words, position)
        position = start + len(words)
        entities.append(Entity(start, position, label))
    with Library(library, annotator=who) as opened:
        opened.articles.add([article])
        opened.predictions.keep(article.id, identity(DEFAULT), [Found(0, len(article.text), entities)])


@asynccontextmanager
async def reading(
    library: Path, article: Article, *, size: tuple[int, int] = (80, 24), pipeline: str = NO_PIPELINE, who: str = "ada"
) -> AsyncIterator[Session]:
    """Open an article as `postil read` does, and wait until the library has told what it keeps of it."""
    app = PostilApp(Settings(library, who, pipeline), first=article)
    async with app.run_test(size=size) as pilot:
        session = Session(app, pilot)
        await session.until_saved()
        yield session
    app.close()


@asynccontextmanager
async def browsing(library: Path, *, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Session]:
    """Open the library as `postil` does."""
    app = PostilApp(Settings(library, "ada", NO_PIPELINE))
    async with app.run_test(size=size) as pilot:
        session = Session(app, pilot)
        await session.until(
            lambda: any("article" in bar.left.lower() for bar in app.screen.query("#status").results(Bar))
        )
        assert isinstance(app.screen, LibraryScreen)
        yield session
    app.close()
