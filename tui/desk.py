"""The desk: where the screens hand in what the library has to do, so that no key waits for a disk.

Acts are done one after another in the order of the keys. Questions are answered beside them and never keep an act
waiting. The library is opened by the first to need it, which is also when SQLModel is imported.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from store.errors import PostilError

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Annotation, Draft

T = TypeVar("T")


class Desk:
    """One library, used from the screens."""

    def __init__(self, open_library: Callable[[], Library]) -> None:
        """Open nothing yet; `open_library` is called once, in a thread."""
        self._open = open_library
        self._library: Library | None = None
        self._opening = threading.Lock()
        self._acts = ThreadPoolExecutor(1, "acts")
        self.taken_along: Annotation | None = None
        """What the reader took along to be related to something else, here or in another article."""
        self.arrived: str | None = None
        """The article that was added from a screen last, until the library's list has gone to it."""
        self.draft_wanted: Draft | None = None
        """The draft that the next article is opened for."""
        self.told_of_drafts = False
        """Whether the reader was told how many drafts were left."""
        self.passed: list[str] = []
        """The articles that the reader went on from in this sitting, the latest last: they are next to do last."""
        self.opened: set[str] = set()
        """The articles that were shown in this sitting."""
        self._questions = ThreadPoolExecutor(2, "questions")

    def pass_over(self, article_id: str) -> None:
        """Remember that the reader went on from an article."""
        if article_id in self.passed:
            self.passed.remove(article_id)
        self.passed.append(article_id)

    async def act(self, do: Callable[[Library], T]) -> T:
        """Change the library, after every act that was handed in before. Returns when it is on the disk.

        Raises:
            PostilError: the act was refused or could not be written; nothing of it was kept.
        """
        return await asyncio.get_running_loop().run_in_executor(self._acts, lambda: do(self._opened()))

    async def ask(self, do: Callable[[Library], T]) -> T:
        """Look something up in the library.

        Raises:
            PostilError: the library cannot be opened or read.
        """
        return await asyncio.get_running_loop().run_in_executor(self._questions, lambda: do(self._opened()))

    def later(self, keep: Callable[[Library], object]) -> None:
        """Keep something that can be had again, when no act is waiting; from any thread, and without an answer."""
        with suppress(RuntimeError):  # closed already
            self._acts.submit(self._keep, keep)

    def close(self, ask: Callable[[Library], T] | None = None) -> T | None:
        """Finish what was handed in, and close the library. Blocks until the last act is on the disk.

        `ask` is a last question, which is answered if the library was ever opened and can be read.
        """
        self._acts.shutdown(wait=True)
        self._questions.shutdown(wait=True, cancel_futures=True)
        if self._library is None:
            return None
        try:
            with suppress(PostilError):
                return ask(self._library) if ask is not None else None
            return None
        finally:
            self._library.close()

    def _keep(self, keep: Callable[[Library], object]) -> None:
        with suppress(PostilError):
            keep(self._opened())

    def _opened(self) -> Library:
        with self._opening:
            if self._library is None:
                self._library = self._open()
            return self._library
