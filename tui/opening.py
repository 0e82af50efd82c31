"""What a reader screen needs of the library to show an article, gathered in one go by a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen

from store.records import Article, Found, Kind, Label, Place
from tui import memory
from tui.reading.marks import Marks
from tui.reading.names import Names
from tui.reading.notebook import Looks, Notebook
from tui.reading.overlay import Overlay
from tui.reading.page import Page

if TYPE_CHECKING:
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
    notebook: Notebook
    """Its annotations but the decisions on names, and those carried over from other versions of its text."""
    marks: Marks
    """How they, and the names as rules and the annotator's decisions leave them, are marked in the text."""
    place: Place | None
    annotator_id: str
    """Whose library it is now."""
    seen: int
    """The newest entry of the journal whose change is among them."""
    labels: Sequence[Label] = ()
    """The scheme's, in its order."""
    found: frozenset[int] = frozenset()
    """Where the stretches start that the pipeline has read before."""
    drafts: Sequence[Found] = ()
    """What is kept of them until the last one is read, if the article is long: they are then settled together."""
    names: Names = field(default_factory=Names)
    """The names that are shown in the text, counted."""
    pipeline: str | None = None
    """Name and version; None if it is not installed."""
    problem: str = ""
    """Why there are no entities, in a sentence."""


def open_article(library: Library, article: Article, pipeline: Pipeline | str) -> Opened:
    """Everything that the library keeps of an article that it has."""
    with memory.building():
        return _gather(library, article, pipeline)


def _gather(library: Library, article: Article, pipeline: Pipeline | str) -> Opened:
    from store.entities.pipelines import PipelineError, identity

    seen = library.history.latest()  # first: what is written meanwhile is seen twice, and not never
    everything = library.annotations.of(article.id)
    carried = [one.here for one in library.annotations.carried(article.id)]
    notebook = Notebook(one for one in everything + carried if one.kind is not Kind.ENTITY)
    decisions = [one for one in everything if one.kind is Kind.ENTITY and one.annotator_id == library.annotator_id]
    place = library.articles.place(article.id)
    labels = library.scheme.labels()
    found: Sequence[Found] = ()
    version, problem = None, ""
    try:
        version = identity(pipeline)
        found = library.predictions.of(article.id, version)
    except PipelineError as error:
        problem = error.sentence
    page, looks = Page(article.text), Looks(labels)
    marks = Marks(page)
    marks.add(mark for annotation in notebook for mark in looks.marks(annotation))
    marks.lay(Overlay(page, article.id, found, decisions, library.rules.all(article.id)))
    return Opened(
        article,
        notebook,
        marks,
        place,
        library.annotator_id,
        seen,
        labels,
        frozenset(stretch.start for stretch in found),
        [stretch for stretch in found if stretch.draft],
        count_names(marks.names, article.text),
        version,
        problem,
    )


def count_names(overlay: Overlay, text: str) -> Names:
    """The names of a whole article, counted."""
    names = Names()
    for shown in overlay.everything():
        names.add(shown, text)
    names.by_label()  # puts them in order here, where no key waits for it
    return names


def add_and_open(library: Library, article: Article, pipeline: Pipeline | str) -> Opened:
    """The same for an article that was read from a file, added if the library does not have it.

    The library's record is opened: what it knows of the text came first.
    """
    library.articles.add([article])
    return open_article(library, library.articles.get(article.id) or article, pipeline)
