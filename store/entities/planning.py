"""Which articles of a library are to be read for entities, and with which pipeline."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.entities.choosing import Pipelines
from store.entities.corpus import Reading
from store.entities.pipelines import Pipeline, PipelineError, identity

if TYPE_CHECKING:
    from store.library import Library


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done."""

    readings: list[Reading]
    """The articles to read, in the order of the library's list."""
    known: int
    """Articles that were read before."""
    unreadable: dict[str, int]
    """Articles that no pipeline can read: how many, by the sentence that says why."""


def plan(
    library: Library, pipelines: Pipelines, articles: Collection[str] | None = None, *, anew: bool = False
) -> Plan:
    """Look through the library, or through some of its articles.

    Args:
        library: the library.
        pipelines: what the reader chose.
        articles: the ids of the articles to look at; None looks at all.
        anew: forget what was read before.

    Raises:
        LibraryError: the library cannot be read, or written where something is to be forgotten.
    """
    choose = _Chooser(pipelines)
    unreadable: Counter[str] = Counter()
    readings: list[Reading] = []
    read_before: list[Reading] = []
    covered = library.predictions.covered()
    library.languages.refresh()
    for row in library.articles.outlines():
        if articles is not None and row.id not in articles:
            continue
        try:
            pipeline, version = choose.for_language(None if pipelines.forced else row.language)
        except PipelineError as error:
            unreadable[error.sentence] += 1
            continue
        reading = Reading(row.id, row.title, row.words, pipeline, version)
        whole = covered.get((row.id, version), 0) >= row.length
        (read_before if whole and not anew else readings).append(reading)
    if anew:
        library.predictions.forget((reading.article_id, reading.version) for reading in readings)
    return Plan(readings, len(read_before), dict(unreadable))


class _Chooser:
    """Remembers what was chosen for a language, and why nothing could be."""

    def __init__(self, pipelines: Pipelines) -> None:
        self._pipelines = pipelines
        self._chosen: dict[str | None, tuple[Pipeline, str] | PipelineError] = {}

    def for_language(self, language: str | None) -> tuple[Pipeline, str]:
        """The pipeline, and its identity. Raises a `PipelineError` if there is none."""
        if language not in self._chosen:
            try:
                pipeline = self._pipelines.for_language(language)
                self._chosen[language] = pipeline, identity(pipeline)
            except PipelineError as error:
                self._chosen[language] = error
        chosen = self._chosen[language]
        if isinstance(chosen, PipelineError):
            raise chosen
        return chosen
