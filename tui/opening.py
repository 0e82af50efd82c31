"""What a reader screen needs of the library to show an article, gathered in one go by a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen

from store.records import Annotation, Article, Found, Label, Place
from tui.reading.names import Names

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines
    from store.entities.pipelines import Pipeline
    from store.library import Library


class LibraryFailed(Message):
    """The library cannot be used. Reading on in one that keeps nothing would end in lost work, so the app ends."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__()


class MakesReader(Protocol):
    """Makes the screen for an article."""

    def __call__(self, article: Article, opened: Opened, *, at: int | None = None) -> Screen[None]:
        """The reader of `article`; with `at`, the caret goes to that code point and not to where it was left."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An article with all that the library keeps of it."""

    article: Article
    annotations: Sequence[Annotation]
    place: Place | None
    annotator_id: str
    """Whose library it is now."""
    seen: int
    """The newest entry of the journal whose change is among them."""
    labels: Sequence[Label] = ()
    """The scheme's, in its order."""
    found: Sequence[Found] = ()
    """The entities of the stretches that the pipeline has read before."""
    names: Names = field(default_factory=Names)
    """The same entities, counted."""
    reads_with: Pipeline | None = None
    """The pipeline for its language; None if there is none that can be used."""
    pipeline: str = ""
    """Its name and version, under which its answers are kept."""
    problem: str = ""
    """Why there are no entities, in a sentence."""


def open_article(library: Library, article: Article, pipelines: Pipelines | Pipeline | str) -> Opened:
    """Everything that the library keeps of an article that it has."""
    from store.entities.choosing import Pipelines
    from store.entities.pipelines import PipelineError, identity

    seen = library.history.latest()  # first: what is written meanwhile is seen twice, and not never
    annotations = library.annotations.of(article.id)
    place = library.articles.place(article.id)
    labels = library.scheme.labels()
    try:
        reads_with = Pipelines.of(pipelines).for_text(article.text)
        version = identity(reads_with)
    except PipelineError as error:
        return Opened(article, annotations, place, library.annotator_id, seen, labels, problem=error.sentence)
    found = library.predictions.of(article.id, version)
    names = Names()
    for stretch in found:
        names.add(stretch.entities, article.text)
    return Opened(article, annotations, place, library.annotator_id, seen, labels, found, names, reads_with, version)


def add_and_open(library: Library, article: Article, pipelines: Pipelines | Pipeline | str) -> Opened:
    """The same for an article that was read from a file, added if the library does not have it.

    The library's record is opened: what it knows of the text came first.
    """
    library.articles.add([article])
    return open_article(library, library.articles.get(article.id) or article, pipelines)
