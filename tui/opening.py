"""What a reader screen needs of the library to show an article, gathered in one go by a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen

from store.records import Annotation, Article, Found, Kind, Label, Place
from tui.reading.names import Names
from tui.reading.overlay import Overlay
from tui.reading.page import Page

if TYPE_CHECKING:
    from store.library import Library


_COUNTED_AT_ONCE = 64
"""Stretches whose names are counted before the article is shown, where rules are laid over them."""


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
    """All but the decisions on names."""
    place: Place | None
    annotator_id: str
    """Whose library it is now."""
    seen: int
    """The newest entry of the journal whose change is among them."""
    labels: Sequence[Label] = ()
    """The scheme's, in its order."""
    found: Sequence[Found] = ()
    """The entities of the stretches that the pipeline has read before."""
    overlay: Overlay | None = None
    """The same entities, with rules and the annotator's decisions laid over them."""
    names: Names = field(default_factory=Names)
    """The names that this leaves, counted."""
    pipeline: str | None = None
    """Name and version; None if it is not installed."""
    problem: str = ""
    """Why there are no entities, in a sentence."""
    name_labels: Sequence[str] = ()
    """The labels that the pipeline gives to names, the commonest first."""
    counted: bool = True
    """Whether the names are counted: in a long text with rules that takes seconds, and nobody waits for it."""


def open_article(library: Library, article: Article, pipeline: str) -> Opened:
    """Everything that the library keeps of an article that it has."""
    from store.entities.labels import labels as pipeline_labels
    from store.entities.pipelines import PipelineError, identity

    seen = library.history.latest()  # first: what is written meanwhile is seen twice, and not never
    everything = library.annotations.of(article.id)
    annotations = [annotation for annotation in everything if annotation.kind is not Kind.ENTITY]
    decisions = [
        annotation
        for annotation in everything
        if annotation.kind is Kind.ENTITY and annotation.annotator_id == library.annotator_id
    ]
    place = library.articles.place(article.id)
    labels = library.scheme.labels()
    found: Sequence[Found] = ()
    version, problem = None, ""
    try:
        version = identity(pipeline)
        found = library.predictions.of(article.id, version)
    except PipelineError as error:
        problem = error.sentence
    page, rules = Page(article.text), library.rules.all(article.id)
    overlay = Overlay(page, article.id, found, decisions, rules)
    counted = not rules or len(page) <= _COUNTED_AT_ONCE
    return Opened(
        article,
        annotations,
        place,
        library.annotator_id,
        seen,
        labels,
        found,
        overlay,
        count_names(overlay, article.text) if counted else Names(),
        version,
        problem,
        pipeline_labels(pipeline),
        counted,
    )


def count_names(overlay: Overlay, text: str) -> Names:
    """The names of a whole article, counted."""
    names = Names()
    for shown in overlay.everything():
        names.add(shown, text)
    return names


def add_and_open(library: Library, article: Article, pipeline: str) -> Opened:
    """The same for an article that was read from a file, added if the library does not have it.

    The library's record is opened: what it knows of the text came first.
    """
    library.articles.add([article])
    return open_article(library, library.articles.get(article.id) or article, pipeline)
