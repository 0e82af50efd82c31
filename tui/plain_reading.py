"""Reading without a terminal: each article added, its entities found and kept, and printed as text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType

from store.entities import gold
from store.entities.choosing import Pipelines
from store.entities.lasting import LastingProcess
from store.entities.pipelines import Pipeline, PipelineError, identity
from store.errors import LibraryError
from store.kinds import DECISIONS, Kind
from store.library import Library
from store.records import Article, Found
from tui import printing
from tui.reading.page import Page


class PlainReader:
    """Prints articles, with one entity process for all of them. Use it in a `with` block."""

    def __init__(self, library: Library, pipelines: Pipelines) -> None:
        """Start the entity process only when an article has stretches that were never read."""
        self._library = library
        self._pipelines = pipelines
        self._process: LastingProcess | None = None
        self._runs: Pipeline | None = None
        self._unusable: dict[Pipeline, PipelineError] = {}
        self.problems: list[str] = []
        """Why there are no entities in some articles, in sentences."""

    def __enter__(self) -> PlainReader:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process."""
        if self._process is not None:
            self._process.close()

    def lines(self, article: Article) -> Iterator[str]:
        """Add the article, and give the lines to print."""
        self._library.articles.add([article])
        known = self._library.articles.get(article.id) or article
        everything = self._library.annotations.of(article.id)
        annotations = [one for one in everything if one.kind not in DECISIONS]
        decisions = [
            one for one in everything if one.kind is Kind.ENTITY and one.annotator_id == self._library.annotator_id
        ]
        try:
            found = self._entities(known)
        except PipelineError as error:
            if error.sentence not in self.problems:
                self.problems.append(error.sentence)
            found = []
        entities = gold.shown(known.text, known.id, found, decisions, self._library.rules.all(known.id))
        yield from printing.lines(known, annotations, entities)

    def _entities(self, article: Article) -> list[Found]:
        pipeline = self._pipelines.for_language(self._library.languages.of(article).code)
        if pipeline in self._unusable:
            raise self._unusable[pipeline]
        try:
            return self._found_with(pipeline, article)
        except PipelineError as error:
            self._unusable[pipeline] = error
            raise

    def _found_with(self, pipeline: Pipeline, article: Article) -> list[Found]:
        version = identity(pipeline)
        kept = self._library.predictions.of(article.id, version)
        found = {stretch.start: stretch for stretch in kept}
        missing = [span for span in Page(article.text).spans() if span[0] not in found]
        new = list(self._read(pipeline, article.text, missing))
        found |= {stretch.start: stretch for stretch in new}
        if len(found) == len(missing) + len(kept) and any(stretch.draft for stretch in found.values()):
            drafts = sorted(found.values(), key=lambda stretch: stretch.start)
            settled = self._running(pipeline).settle(article.text, drafts)
            if settled is not None:
                new, found = settled, {stretch.start: stretch for stretch in settled}
        with suppress(LibraryError):  # they can be found again
            self._library.predictions.keep(article.id, version, new)
        return [found[start] for start in sorted(found)]

    def _read(self, pipeline: Pipeline, text: str, missing: list[tuple[int, int]]) -> Iterator[Found]:
        for start, end in missing:
            process = self._running(pipeline)
            process.ask(text, start, end)
            found = process.receive()
            if found is not None:
                yield found

    def _running(self, pipeline: Pipeline) -> LastingProcess:
        if self._process is None or self._runs != pipeline:
            if self._process is not None:
                self._process.close()
            self._process, self._runs = LastingProcess(pipeline), pipeline
        return self._process
