"""What crosses the library's door: plain frozen records, never live rows.

This module imports nothing but the standard library and the words of `store.kinds`, so a screen can name these types
without waiting for SQLModel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from store.kinds import Fate, Grouping, Kind, State, Subject, Why


@dataclass(frozen=True, slots=True)
class Group:
    """A tag or a collection."""

    kind: Grouping
    name: str
    articles: int
    """How many articles have it, but for deleted ones."""


@dataclass(frozen=True, slots=True)
class Weight:
    """What some articles would take with them."""

    articles: int
    annotations: int
    """Those that stand, decisions on names among them."""
    others: int
    """Those of them that are somebody else's."""

    @property
    def much(self) -> bool:
        """Whether it should be asked first: somebody else's work, or more than a few annotations."""
        return self.others > 0 or self.annotations > 5


@dataclass(frozen=True, slots=True)
class Seen:
    """An older article that one is nearly the same as."""

    article_id: str
    title: str
    same: float
    """How alike the texts are, from 0 to 1 (`store.text.likeness.resemblance`)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place at which a text was found."""

    place: str
    """An address or a path."""
    seen: str
    """When it was first found there: ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Version:
    """Another version of an article's text."""

    article_id: str
    title: str
    added: str
    """When it came into the library: ISO 8601, UTC."""
    why: Why
    newer: bool
    """Whether it is the newer of the two."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a text came out of what it was read from."""

    extractor: str
    """What made the text, with its version: `trafilatura 2.3.1`, `postil text 1`."""
    original: str | None = None
    """SHA-256 of the bytes it was read from, in hexadecimal: of the whole file, or of the archive's member."""
    part: str | None = None
    """Which part of the file it is, where a file holds several: `line 17`, `item 3`, `chapter 2`."""
    fetched: str | None = None
    """When it was fetched from the network: ISO 8601, UTC."""
    language: str | None = None
    """A BCP 47 tag, as the source declares it."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """What else the source says of it: a description, tags, the other columns of a table. JSON values."""


@dataclass(frozen=True, slots=True)
class Article:
    """One immutable text and where it came from."""

    id: str
    """SHA-256 of the text as UTF-8, in hexadecimal."""
    text: str
    """The canonical text: line ends are LF; nothing else of the source was changed."""
    title: str
    author: str | None = None
    source: str | None = None
    """Who published it."""
    url: str | None = None
    published: str | None = None
    """A date, as the source gives it."""
    format: str = "text"
    """`text` or `markdown`: what the signs in the text mean."""
    path: str | None = None
    """The file it was read from; a member of an archive follows the archive's path. None for a web page."""
    provenance: Provenance | None = field(default=None, hash=False)
    """How the text was got; None where nobody knows, as for articles that an earlier postil added."""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One line of the library's table: an article without its text."""

    id: str
    title: str
    source: str | None
    published: str | None
    words: int
    """Without page furniture and repeats, once they were looked for."""
    length: int
    """Code points."""
    claims: int
    notes: int
    state: State
    progress: float
    """How far the annotator has read, 0 to 1."""
    queue: int | None = None
    """Its place in the annotator's queue, from 1; None outside it."""
    language: str | None = None
    """A code as `de` (`store.metadata.languages`); None if it cannot be told, or nobody has looked yet."""
    older: bool = False
    """Whether the library has a newer version of its text."""
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    archived: bool = False
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """How far an annotator is with one article."""

    state: State = State.UNREAD
    queue: int | None = None
    """Its place in the annotator's queue, from 1; None outside it."""


@dataclass(frozen=True, slots=True)
class Next:
    """The article that is next to do."""

    article_id: str
    title: str
    why: str
    """`queued`, `reading` or `unread`."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A claim, a note or another mark that one annotator put on an article."""

    id: str
    """UUIDv7."""
    article_id: str
    kind: Kind
    label: str | None
    start: int | None
    """Code point; None where the annotation stands on the whole article."""
    end: int | None
    quote: str
    """`text[start:end]`; empty for the whole article."""
    note: str
    annotator: str
    """The annotator's name."""
    annotator_id: str
    created: str
    """ISO 8601, UTC."""
    updated: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    pieces: tuple[tuple[int, int], ...] = ()
    """The pieces of a discontinuous span, ascending and apart, from `start` to `end`; empty for a span of one piece."""
    version: str | None = None
    """What the article is called that it stands on, where it is shown on another version of the text; its `start`,
    `end` and `pieces` are then those in the version that it is shown on."""

    @property
    def whole_article(self) -> bool:
        """Whether it stands on the article as a whole and not on a span."""
        return self.start is None and not self.quote

    @property
    def orphaned(self) -> bool:
        """Whether its words are not in the version of the text that it is shown on."""
        return self.start is None and bool(self.quote)


@dataclass(frozen=True, slots=True)
class Carried:
    """An annotation on another version of an article, and where its words stand in this one."""

    annotation: Annotation
    """As it stands on the other version."""
    title: str
    """What the other version is called."""
    start: int | None
    """Code point in this version; None for the whole article, and for what found no place."""
    end: int | None
    pieces: tuple[tuple[int, int], ...] = ()
    """Of a discontinuous span its pieces in this version."""
    score: float = 1.0
    """How sure the place is, 0 to 1."""
    fate: Fate = Fate.SAME
    """What became of its words."""
    before: str = ""
    """Up to 32 code points before it on the other version."""
    after: str = ""
    """Up to 32 code points after it there."""
    certain: bool = True
    """Whether it can be nowhere else: its words and those around them are there, or its words are long and once."""

    @property
    def orphaned(self) -> bool:
        """Whether its words are not in this version."""
        return self.start is None and not self.annotation.whole_article

    @property
    def here(self) -> Annotation:
        """The annotation as it is shown on this version."""
        return replace(self.annotation, start=self.start, end=self.end, pieces=self.pieces, version=self.title)


@dataclass(frozen=True, slots=True)
class Label:
    """One label of the scheme."""

    name: str
    position: int
    """Its place in the scheme, from 1."""
    key: str
    """The letter in the gutter, and the key that tags with it."""
    color: str
    """A name the theme knows: `claim`, `source`, ..."""
    guideline: str
    """When to use it, in a sentence or two."""
    examples: tuple[str, ...] = ()
    """Words that it fits."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity that a pipeline found."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a pipeline said of one stretch of a text; no entities means that it was read and has none."""

    start: int
    """First code point of the stretch."""
    end: int
    entities: list[Entity]
    """In text order; offsets in the whole text."""
    draft: bool = False
    """Whether the stretch was read without the rest of its article, which may yet change what its names are."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What an annotator decided about a name wherever it stands."""

    id: str
    """UUIDv7."""
    pattern: str
    """The words, as they stand in a text; any white space between them counts as one space."""
    label: str | None
    """What it is; None says that it is never a name."""
    case_sensitive: bool
    article_id: str | None
    """The article that it holds in; None for every article."""
    note: str
    annotator: str
    """The annotator's name."""
    annotator_id: str
    created: str
    """ISO 8601, UTC."""
    updated: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says a field of an article's metadata is."""

    value: str | None
    """None says that nothing is to stand there."""
    original: str | None
    """What the source says; None for a language, which is found in the text or declared."""
    annotator: str
    """The name of who corrected it."""
    updated: str
    """ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many places a rule speaks of."""

    places: int
    articles: int
    more: bool = False
    """Whether counting was given up, since there are so many."""
    words: int = 0
    """How many words these articles have."""

    @property
    def many(self) -> bool:
        """Whether it should be asked again: thousands of places, or a word as common as `the`."""
        return self.places >= 1000 or (self.places >= 20 and self.places * 25 > self.words)


@dataclass(frozen=True, slots=True)
class IndexedName:
    """One name of the library, with all that is written of it."""

    label: str
    key: str
    """What its variants have in common: folded, without a possessive; of a short form, the full name's."""
    text: str
    """One of its variants, to be shown."""
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Outline:
    """An article as far as one has to know it to choose what reads it."""

    id: str
    title: str
    words: int
    length: int
    """Code points."""
    language: str | None
    """A code as `de`; None if it cannot be told, or nobody has looked yet."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an annotator left an article."""

    caret: int
    """Code point."""
    furthest: int
    """The furthest code point that was on screen."""
    top: int | None = None
    """The code point at the top of the screen, if it is known."""
    back: int | None = None
    """The code point that the reader can jump back to, if there is one."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What one annotator says that one annotation is to another."""

    id: str
    """UUIDv7."""
    label: str
    """`supports`, `attacks`, `attributed_to`, `same_as`, ..."""
    source_id: str
    """The annotation that it leads from."""
    target_id: str
    """The annotation that it leads to."""
    note: str
    annotator: str
    """The annotator's name."""
    annotator_id: str
    created: str
    """ISO 8601, UTC."""
    updated: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """What a note stands on, whether it is there already or only being written."""

    subject: Subject
    subject_id: str
    """The annotation's or the relation's id; for a new note on a span or an article, the article's."""
    article_id: str
    """For a relation the article of the annotation that it leads from."""
    pieces: tuple[tuple[int, int], ...] = ()
    """The span in code points, one piece or more; none for a whole article."""
    quote: str = ""
    """The words that it is about."""

    @classmethod
    def on(cls, annotation: Annotation) -> Standing:
        """That of the note of an annotation."""
        pieces = annotation.pieces
        if not pieces and annotation.start is not None and annotation.end is not None:
            pieces = ((annotation.start, annotation.end),)
        return cls(Subject.ANNOTATION, annotation.id, annotation.article_id, pieces, annotation.quote)

    @classmethod
    def on_relation(cls, relation: Relation, source: Annotation) -> Standing:
        """That of the note of a relation, which leads from `source`."""
        stands = cls.on(source)
        return replace(stands, subject=Subject.RELATION, subject_id=relation.id)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into the editor of a note and not saved."""

    id: str
    """UUIDv7."""
    standing: Standing
    text: str
    saved: str
    """What the note said when the typing began."""
    writes: int
    """How often it was written: with another number it says something else."""
    created: str
    """ISO 8601, UTC."""
    updated: str
    discarded: str | None = None
    """When it was given up; None if it was not."""
    is_open: bool = False
    """Whether an editor that runs somewhere still holds it."""
    article_title: str | None = None
    """None if the article is not in the library any more."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What becomes of drafts when their note is saved."""

    own: str
    """The id of the draft that the editor has written."""
    left: tuple[str, ...] = ()
    """Ids of drafts that the editor has written, and left for other words."""
    used: tuple[Draft, ...] = ()
    """Drafts whose words went into the note."""
    put_aside: tuple[Draft, ...] = ()
    """Drafts that were shown, and left for other words."""


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal."""

    seq: int
    """The order in which the library saw the changes."""
    step: str
    """Shared by the changes that are one act."""
    at: str
    """ISO 8601, UTC."""
    annotator: str
    """The name of who did it."""
    action: str
    """`tag`, `note`, `edit`, `withdraw`, `relate`, `decide`, `correct`, `mark done`, `queue`, `merge`, `undo`, ..."""
    subject: str
    """The table whose row was changed, or `library`."""
    subject_id: str
    article_id: str | None
    article_title: str | None
    before: Mapping[str, Any] | None
    """The row before; None where there was none."""
    after: Mapping[str, Any] | None
    reverses: str | None
    """For an undo or a redo: the step that it took back or brought back."""
    undone: bool
    """Whether the act is undone now."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo or a redo changed."""

    action: str
    """The action that was undone or redone: `tag`, `note`, `edit`, `withdraw`, ..."""
    article_id: str | None
    """The article of the act, or of its first change; none for an act on the library."""
    article_title: str
    changed: Mapping[str, Annotation | None]
    """The annotations that changed, by id, as they are now; None for one that is withdrawn."""
    rules: bool = False
    """Whether rules about names changed."""
    articles: int = 0
    """How many articles got or lost a tag or a collection, or were put away or brought back."""
    corrected: frozenset[str] = frozenset()
    """The ids of the articles of which metadata changed."""


@dataclass(frozen=True, slots=True)
class News:
    """What was written about an article since somebody looked."""

    seen: int
    """The newest entry of the journal that this tells of."""
    changed: Mapping[str, Annotation | None]
    """The annotations that were written, by id, as they are now; None for one that is withdrawn."""
    everything: bool = False
    """Whether these are all annotations of the article, so that any other is gone: a merge was undone, or done."""
    rules: bool = False
    """Whether rules about names were written."""
    corrected: bool = False
    """Whether the article's metadata was corrected."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that a search found."""

    kind: str
    """`article`, `note`, `relation` (a note on one) or `claim`."""
    article_id: str
    article_title: str
    source: str | None
    start: int
    """Where it stands in the article's text, in code points: the words themselves, what the note or claim is on, or
    what the relation leads from."""
    end: int
    """Equal to `start` where nothing in the text was found: a title, a note on the whole article, a filter."""
    context: str
    """The words with those around them, on one line."""
    annotation_id: str | None = None
    """The annotation; of a relation the one that it leads from."""
    label: str | None = None
    annotator: str | None = None


@dataclass(frozen=True, slots=True)
class TagCount:
    """A tag, and how many notes have it."""

    name: str
    """As one of the notes writes it, without the `#`."""
    notes: int
