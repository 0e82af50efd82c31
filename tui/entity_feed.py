"""Entities for the open article: read by the entity process, kept in the library, posted to the screen as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

from store.records import Article, Found
from tui.desk import Desk
from tui.reading.page import Span

if TYPE_CHECKING:
    from store.entities.pipelines import Pipeline, PipelineError
    from store.entities.process import EntityReader


class EntitiesFound(Message):
    """A stretch of an article was read."""

    def __init__(self, article_id: str, found: Found) -> None:
        self.article_id = article_id
        self.found = found
        super().__init__()


class EntitiesSettled(Message):
    """A long article was read to its end, and its stretches settled together."""

    def __init__(self, article_id: str, found: Sequence[Found]) -> None:
        self.article_id = article_id
        self.found = found
        super().__init__()


class EntitiesFailed(Message):
    """No more entities will come."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__()


class EntityFeed:
    """One entity process for the whole session, reading for one screen at a time."""

    def __init__(self, desk: Desk, pipeline: Pipeline | str) -> None:
        """Start nothing until a screen wants entities that are not kept yet."""
        self._desk = desk
        self._pipeline = pipeline
        self._version = ""
        self._listener: MessagePump | None = None
        self._reader: EntityReader | None = None
        self._failure = ""

    def follow(
        self,
        article: Article,
        missing: Sequence[Span],
        version: str,
        near: int,
        listener: MessagePump,
        *,
        drafts: Sequence[Found] = (),
    ) -> None:
        """Read the missing stretches of an article for a screen, those near the caret first, in place of any other.

        With the last of them, they are settled together with the drafts that were read before.
        """
        from store.entities.process import EntityReader, Work

        self._listener, self._version = listener, version
        if self._failure:
            listener.post_message(EntitiesFailed(self._failure))
            return
        if self._reader is None:
            self._reader = EntityReader(self._pipeline, found=self._found, failed=self._failed, settled=self._settled)
        self._reader.read(Work(article.id, article.text, missing, drafts), near=near)

    def prefer(self, near: int) -> None:
        """Go on with what is near the code point, since it is on screen."""
        if self._reader is not None:
            self._reader.prefer(near)

    def close(self) -> None:
        """End the process."""
        if self._reader is not None:
            self._reader.close()

    # Called from the reader's thread: post, and touch no widget.

    def _found(self, article_id: str, found: Found) -> None:
        version = self._version
        self._desk.later(lambda library: library.predictions.keep(article_id, version, [found]))
        if self._listener is not None:
            self._listener.post_message(EntitiesFound(article_id, found))

    def _settled(self, article_id: str, found: Sequence[Found]) -> None:
        version = self._version
        self._desk.later(lambda library: library.predictions.keep(article_id, version, found))
        if self._listener is not None:
            self._listener.post_message(EntitiesSettled(article_id, found))

    def _failed(self, error: PipelineError) -> None:
        self._failure = error.sentence
        if self._listener is not None:
            self._listener.post_message(EntitiesFailed(error.sentence))
