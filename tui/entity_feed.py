"""Entities for the open article: read by the entity process, kept in the library, posted to the screen as they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message
from textual.message_pump import MessagePump

if TYPE_CHECKING:
    from store.entities.pipelines import Pipeline, PipelineError
    from store.entities.reader import EntityReader, Work
    from store.records import Article, Found
    from tui.desk import Desk
    from tui.reading.page import Span


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


class EntitiesSaid(Message):
    """Something about the process that the reader should know; more entities will come."""

    def __init__(self, article_id: str, sentence: str, *, passed_over: int = 0) -> None:
        self.article_id = article_id
        self.sentence = sentence
        self.passed_over = passed_over
        """Stretches that will not come."""
        super().__init__()


class EntityFeed:
    """One entity process for the whole session, reading for one screen at a time."""

    def __init__(self, desk: Desk) -> None:
        """Start nothing until a screen wants entities that are not kept yet."""
        self._desk = desk
        self._listener: MessagePump | None = None
        self._reader: EntityReader | None = None
        self._failures: dict[str, str] = {}
        """Why a pipeline cannot be used, by its version; one whose process only died may be tried again."""

    def follow(
        self,
        article: Article,
        missing: Sequence[Span],
        pipeline: Pipeline | str,
        version: str,
        near: int,
        listener: MessagePump,
        *,
        drafts: Sequence[Found] = (),
    ) -> None:
        """Read the missing stretches of an article for a screen, those near the caret first, in place of any other.

        With the last of them, they are settled together with the drafts that were read before. Answers are kept under
        `version`, the pipeline's identity.
        """
        from store.entities.reader import EntityReader, Work

        self._listener = listener
        if version in self._failures:
            listener.post_message(EntitiesFailed(self._failures[version]))
            return
        if self._reader is None:
            self._reader = EntityReader(
                found=self._found,
                failed=self._failed,
                settled=self._settled,
                said=self._said,
                passed_over=self._passed_over,
            )
        self._reader.read(Work(article.id, article.text, missing, pipeline, version, drafts), near=near)

    def prefer(self, near: int) -> None:
        """Go on with what is near the code point, since it is on screen."""
        if self._reader is not None:
            self._reader.prefer(near)

    def close(self) -> None:
        """End the process."""
        if self._reader is not None:
            self._reader.close()

    # Called from the reader's thread: post, and touch no widget.

    def _found(self, work: Work, found: Found) -> None:
        self._desk.later(lambda library: library.predictions.keep(work.article_id, work.version, [found]))
        self._post(EntitiesFound(work.article_id, found))

    def _settled(self, work: Work, found: Sequence[Found]) -> None:
        self._desk.later(lambda library: library.predictions.keep(work.article_id, work.version, found))
        self._post(EntitiesSettled(work.article_id, found))

    def _said(self, work: Work, sentence: str) -> None:
        self._post(EntitiesSaid(work.article_id, sentence))

    def _passed_over(self, work: Work, sentence: str) -> None:
        self._post(EntitiesSaid(work.article_id, sentence, passed_over=1))

    def _failed(self, work: Work, error: PipelineError) -> None:
        from store.entities.process import ProcessEnded

        if not isinstance(error, ProcessEnded):
            self._failures[work.version] = error.sentence
        self._post(EntitiesFailed(error.sentence))

    def _post(self, message: Message) -> None:
        if self._listener is not None:
            self._listener.post_message(message)
