"""What comes in, as every reader hands it on: one record an article, with what stands on it. Nothing is stored here."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from store.kinds import Grouping, Kind
from store.metadata.fields import Field
from store.records import Provenance
from store.text.units import LineEnds

ENTITY_LABELS = frozenset(
    "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE DATE TIME PERCENT MONEY QUANTITY ORDINAL"
    " CARDINAL PER MISC".split()
)
"""The labels of OntoNotes 5 and of CoNLL-2003: a span with one of them is a decision about a name."""


class BadRecordError(ValueError):
    """A record, or one span or relation of it, that cannot be taken in; the reason is a clause: `it has no text`."""


@dataclass(slots=True)
class Mark:
    """An annotation that comes in. Offsets are code points of the record's text, as it came."""

    label: str | None
    start: int | None = None
    """None for one on the whole article."""
    end: int | None = None
    pieces: Sequence[tuple[int, int]] = ()
    quote: str | None = None
    """The words that it stands on, where the format says them: they are compared with the text."""
    prefix: str = ""
    suffix: str = ""
    anywhere: bool = False
    """Whether the offsets are a hint, and the quote is looked for in the whole text."""
    note: str = ""
    kind: Kind | None = None
    """None lets `kind_of` find out."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    annotator: str | None = None
    """None for whoever imports."""
    created: str | None = None
    updated: str | None = None
    withdrawn: str | None = None
    id: str | None = None
    """A UUID, if it has one; else one is made of what the annotation says."""
    key: Hashable = None
    """What the relations of the record call it, if it is not its id."""
    place: str = ""
    """Where it stands in the file, if it has a place of its own."""


@dataclass(slots=True)
class Link:
    """A relation that comes in. Its ends are keys of the same record, or ids of annotations anywhere."""

    label: str
    source: Hashable
    target: Hashable
    note: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    annotator: str | None = None
    created: str | None = None
    updated: str | None = None
    withdrawn: str | None = None
    id: str | None = None


@dataclass(slots=True)
class Predicted:
    """What a pipeline said of a stretch of the text."""

    pipeline: str
    start: int
    end: int
    entities: Sequence[tuple[int, int, str]]


@dataclass(slots=True)
class Belonging:
    """A tag or a collection that an article comes in with."""

    kind: Grouping
    name: str
    annotator: str
    updated: str
    withdrawn: str | None


@dataclass(slots=True)
class Corrected:
    """A field of an article's metadata that somebody corrected, or took the correction back of."""

    field: Field
    value: str | None
    original: str | None
    """What the source says."""
    annotator: str
    updated: str
    withdrawn: str | None = None


@dataclass(slots=True)
class Record:
    """One article that comes in, or one that is meant; with neither, relations between what is there already."""

    place: str
    """Where it stands in the file: `line 3`."""
    text: str | None
    """None if it stands in the library, as `article_id` or `url`."""
    article_id: str | None = None
    url: str | None = None
    title: str | None = None
    meta: Mapping[str, str | None] = field(default_factory=dict)
    """`author`, `source`, `url`, `published`, `format`, `added`, as far as they are known."""
    provenance: Provenance | None = None
    corrections: list[Corrected] = field(default_factory=list)
    """What of `meta` people said, and what the source says there."""
    marks: list[Mark] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    groups: list[Belonging] = field(default_factory=list)
    predicted: list[Predicted] = field(default_factory=list)
    folded: bool = False
    """Whether its page furniture was looked for, so that it is to be looked for here too."""
    problems: list[str] = field(default_factory=list)
    """What of the record cannot be taken in, each a clause that says why."""


@dataclass(slots=True)
class Bad:
    """A record that cannot be taken in at all."""

    place: str
    reason: str
    """A clause: `it is not JSON`."""


Incoming = Record | Bad


def kind_of(mark: Mark) -> Kind:
    """What an annotation is: without a label a note or a highlight; a name or a claim by its label."""
    if mark.kind is not None:
        return mark.kind
    if mark.label is None:
        return Kind.NOTE if mark.note else Kind.HIGHLIGHT
    return Kind.ENTITY if mark.label in ENTITY_LABELS and mark.start is not None else Kind.CLAIM


def uuid_or_none(value: object) -> str | None:
    """The UUID that a value says, in its usual form; None if it says none."""
    if not isinstance(value, str):
        return None
    text = value.removeprefix("urn:uuid:")
    try:
        parsed = str(UUID(text))
    except ValueError:
        return None
    return parsed if parsed == text.lower() else None


def time_or_none(value: object) -> str | None:
    """The time that a value says, ISO 8601 or seconds since 1970, as the library writes times; None if it says none."""
    try:
        if isinstance(value, bool):
            return None
        if isinstance(value, int | float):
            time = datetime.fromtimestamp(value, UTC)
        elif isinstance(value, str):
            time = datetime.fromisoformat(value)
            time = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
        else:
            return None
    except (ValueError, OverflowError, OSError):
        return None
    return time.isoformat(timespec="microseconds").replace("+00:00", "Z")


def to_canonical(record: Record) -> None:
    """Move the record's offsets to those of its text with every line end made LF, and make its text so."""
    if record.text is None or "\r" not in record.text:
        return
    ends = LineEnds(record.text)
    record.text = record.text.replace("\r\n", "\n").replace("\r", "\n")
    for mark in record.marks:
        if mark.start is not None and mark.end is not None:
            mark.start, mark.end = ends.canonical(mark.start), ends.canonical(mark.end)
            mark.pieces = [(ends.canonical(start), ends.canonical(end)) for start, end in mark.pieces]
    for said in record.predicted:
        said.start, said.end = ends.canonical(said.start), ends.canonical(said.end)
        said.entities = [(ends.canonical(s), ends.canonical(e), label) for s, e, label in said.entities]
