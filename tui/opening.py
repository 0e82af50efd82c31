"""What a reader screen needs of the library to show an article, gathered in one go by a thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from textual.message import Message
from textual.screen import Screen

from store.kinds import DECISIONS, Kind
from store.records import Annotation, Article, Course, Found, Place, Version
from store.scheme.parts import Definition
from store.text.folding import Folded, folded
from tui import memory
from tui.reading.folds import Folds, Spans
from tui.reading.marks import Marks
from tui.reading.names import Names
from tui.reading.notebook import Looks, Notebook
from tui.reading.overlay import Overlay
from tui.reading.page import Page

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines
    from store.entities.pipelines import Pipeline
    from store.library import Library


_COUNTED_AT_ONCE = 64
"""Stretches whose names are counted before the article is shown, where rules are laid over them."""

FOLDED_AT_ONCE = 50_000
"""Code points up to which furniture and repeats are found before an article is opened: a twentieth of a second."""


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
    scheme: Definition = field(default_factory=Definition)
    """What can be tagged and said."""
    found: frozenset[int] = frozenset()
    """Where the stretches start that the pipeline has read before."""
    drafts: Sequence[Found] = ()
    """What is kept of them until the last one is read, if the article is long: they are then settled together."""
    names: Names = field(default_factory=Names)
    """The names that are shown in the text, counted."""
    reads_with: Pipeline | None = None
    """The pipeline for its language; None if there is none that can be used."""
    pipeline: str = ""
    """Its name and version, under which its answers are kept."""
    problem: str = ""
    """Why there are no entities, in a sentence."""
    name_labels: Sequence[str] = ()
    """The labels that the pipeline gives to names, the commonest first."""
    counted: bool = True
    """Whether the names are counted: in a long text with rules that takes seconds, and nobody waits for it."""
    not_folded: Sequence[Annotation] = ()
    """The annotator's decisions that something is the article's own text."""
    folds: Folds | None = None
    """What is folded; None where the text is so long that it is found later."""
    course: Course = field(default_factory=Course)
    """How far the annotator is with it."""
    language: str | None = None
    """What the text is in, as a code."""
    folded_now: Sequence[Folded] | None = None
    """What was found only now, and is to be kept."""
    versions: Sequence[Version] = ()
    """The other versions of its text that the library has, the oldest first."""


def open_article(library: Library, article: Article, pipelines: Pipelines | Pipeline | str) -> Opened:
    """Everything that the library keeps of an article that it has."""
    with memory.building():
        return _gather(library, article, pipelines)


def _gather(library: Library, article: Article, pipelines: Pipelines | Pipeline | str) -> Opened:
    from store.entities.choosing import Pipelines
    from store.entities.labels import labels as pipeline_labels
    from store.entities.pipelines import PipelineError, identity

    seen = library.history.latest()  # first: what is written meanwhile is seen twice, and not never
    everything = library.annotations.of(article.id)
    carried = [one.here for one in library.annotations.carried(article.id)]
    notebook = Notebook(one for one in everything + carried if one.kind not in DECISIONS)
    decisions = [one for one in everything if one.kind is Kind.ENTITY and one.annotator_id == library.annotator_id]
    not_folded = [one for one in everything if one.kind is Kind.FOLD and one.annotator_id == library.annotator_id]
    place = library.articles.place(article.id)
    scheme = library.scheme.definition()
    found: Sequence[Found] = ()
    reads_with: Pipeline | None = None
    version = problem = ""
    language = library.languages.of(article).code
    try:
        chosen = Pipelines.of(pipelines).for_language(language)
        version = identity(chosen)
        found, reads_with = library.predictions.of(article.id, version), chosen
    except PipelineError as error:
        problem = error.sentence
    page, looks, rules = Page(article.text), Looks(scheme.labels), library.rules.all(article.id)
    marks = Marks(page)
    marks.add(mark for annotation in notebook for mark in looks.marks(annotation))
    marks.lay(Overlay(page, article.id, found, decisions, rules))
    counted = not rules or len(page) <= _COUNTED_AT_ONCE
    runs, new = library.folds.known(article.id), None
    if runs is None and len(article.text) <= FOLDED_AT_ONCE:
        runs = new = folded(article.text)
    folds = None if runs is None else Folds(article.text, runs, not_folded)
    hidden = folds.everything if folds is not None else Spans()
    return Opened(
        article,
        notebook,
        marks,
        place,
        library.annotator_id,
        seen,
        scheme,
        frozenset(stretch.start for stretch in found),
        [stretch for stretch in found if stretch.draft],
        count_names(marks.names, article.text, hidden) if counted else Names(),
        reads_with,
        version,
        problem,
        pipeline_labels(reads_with),
        counted,
        not_folded,
        folds,
        library.reading.course(article.id),
        language,
        new,
        library.articles.versions(article.id),
    )


def count_names(overlay: Overlay, text: str, left_out: Spans) -> Names:
    """The names of a whole article, counted, but for those in the spans `left_out`."""
    names = Names(left_out)
    for shown in overlay.everything():
        names.add(shown, text)
    names.by_label()  # puts them in order here, where no key waits for it
    return names


def add_and_open(library: Library, article: Article, pipelines: Pipelines | Pipeline | str) -> Opened:
    """The same for an article that was read from a file, added if the library does not have it.

    The library's record is opened: what it knows of the text came first.
    """
    library.articles.add([article])
    return open_article(library, library.articles.get(article.id) or article, pipelines)
