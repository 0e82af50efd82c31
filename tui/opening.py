"""What a reader screen needs of the library to show an article, gathered in one go by a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen

from store.records import Article, Label, Place
from tui import memory
from tui.reading.marks import Marks
from tui.reading.names import Names
from tui.reading.notebook import Looks, Notebook
from tui.reading.page import Page

if TYPE_CHECKING:
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
    notebook: Notebook
    """Its annotations, and those carried over from other versions of its text."""
    marks: Marks
    """How they, and the entities that are known, are marked in the text."""
    place: Place | None
    annotator_id: str
    """Whose library it is now."""
    seen: int
    """The newest entry of the journal whose change is among them."""
    labels: Sequence[Label] = ()
    """The scheme's, in its order."""
    found: frozenset[int] = frozenset()
    """Where the stretches start that the pipeline has read before."""
    names: Names = field(default_factory=Names)
    """The entities in them, counted."""
    pipeline: str | None = None
    """Name and version; None if it is not installed."""
    problem: str = ""
    """Why there are no entities, in a sentence."""


def open_article(library: Library, article: Article, pipeline: str) -> Opened:
    """Everything that the library keeps of an article that it has."""
    with memory.building():
        return _gather(library, article, pipeline)


def _gather(library: Library, article: Article, pipeline: str) -> Opened:
    from store.entities.pipelines import PipelineError, identity

    seen = library.history.latest()  # first: what is written meanwhile is seen twice, and not never
    carried = [one.here for one in library.annotations.carried(article.id)]
    annotations = library.annotations.of(article.id) + carried
    place = library.articles.place(article.id)
    labels = library.scheme.labels()
    notebook, marks, looks = Notebook(annotations), Marks(Page(article.text)), Looks(labels)
    marks.add(mark for annotation in notebook for mark in looks.marks(annotation))
    try:
        version = identity(pipeline)
    except PipelineError as error:
        return Opened(article, notebook, marks, place, library.annotator_id, seen, labels, problem=error.sentence)
    names, starts = Names(), []
    for stretch in library.predictions.of(article.id, version):
        names.add(stretch.entities, article.text)
        marks.put_entities(stretch)
        starts.append(stretch.start)
    found = frozenset(starts)
    return Opened(article, notebook, marks, place, library.annotator_id, seen, labels, found, names, version)


def add_and_open(library: Library, article: Article, pipeline: str) -> Opened:
    """The same for an article that was read from a file, added if the library does not have it.

    The library's record is opened: what it knows of the text came first.
    """
    library.articles.add([article])
    return open_article(library, library.articles.get(article.id) or article, pipeline)
