"""What postil knows of an annotation and another format has no field for, as an object that such a format may carry.

Tools that keep fields which they do not know give it back, and then nothing is lost on the way through them.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from store.exchange.incoming import Link, Mark, time_or_none, uuid_or_none
from store.exchange.losses import Losses
from store.exchange.passages import Passage
from store.kinds import Kind
from store.records import Annotation, Relation

_KINDS = {kind.value: kind for kind in Kind}


def label_of(span: Annotation) -> str:
    """The label, or for what has none its kind in capitals: most formats want a label on every span."""
    return span.label or span.kind.upper()


def extra(span: Annotation, *, furniture: bool = False) -> dict[str, Any]:
    """What is known of an annotation beside its label and its place; `furniture` if it stands in page furniture."""
    known: dict[str, Any] = {"id": span.id, "kind": span.kind, "annotator": span.annotator}
    known |= {"created": span.created, "updated": span.updated}
    if span.note:
        known["note"] = span.note
    if span.attributes:
        known["attributes"] = span.attributes
    if span.pieces:
        known["pieces"] = span.pieces
    if furniture:
        known["furniture"] = True
    return known


def extra_of_relation(relation: Relation) -> dict[str, Any]:
    """What is known of a relation beside its label and its ends, and the ids of these."""
    known: dict[str, Any] = {"id": relation.id, "annotator": relation.annotator}
    known |= {"source": relation.source_id, "target": relation.target_id}
    known |= {"created": relation.created, "updated": relation.updated}
    if relation.note:
        known["note"] = relation.note
    if relation.attributes:
        known["attributes"] = relation.attributes
    return known


def restore(mark: Mark, known: Any) -> Mark:
    """Put what `extra` said of an annotation back; anything else is left alone."""
    if not isinstance(known, Mapping):
        return mark
    kind = _KINDS.get(str(known.get("kind")))
    if kind is not None:
        mark.kind = kind
        if kind in (Kind.NOTE, Kind.HIGHLIGHT) and mark.label == kind.upper():
            mark.label = None
    pieces = known.get("pieces", [])
    if isinstance(pieces, list) and all(isinstance(p, list) and [type(b) for b in p] == [int, int] for p in pieces):
        mark.pieces = [(start, end) for start, end in pieces]
    _restore(mark, known)
    return mark


def restore_link(link: Link, known: Any) -> Link:
    """Put what `extra_of_relation` said of a relation back; anything else is left alone."""
    if isinstance(known, Mapping):
        link.source, link.target = known.get("source", link.source), known.get("target", link.target)
        _restore(link, known)
    return link


def by_annotator(passage: Passage) -> list[tuple[str, list[Annotation], list[Annotation], list[Relation]]]:
    """What each annotator says of a passage: the name, spans, notes on the article, relations; by name."""
    things: list[Annotation | Relation] = [*passage.spans, *passage.notes, *passage.relations]
    things.sort(key=lambda thing: thing.annotator)
    said = []
    for name, group in groupby(things, key=lambda thing: thing.annotator):
        theirs = list(group)
        marks = [thing for thing in theirs if isinstance(thing, Annotation)]
        relations = [thing for thing in theirs if isinstance(thing, Relation)]
        spans, notes = ([m for m in marks if m.whole_article is whole] for whole in (False, True))
        said.append((name, spans, notes, relations))
    return said


def count_pieces(passage: Passage, losses: Losses) -> None:
    """Count the spans of several pieces, for a format that knows only spans of one."""
    losses.add("discontinuous spans, given as one", sum(bool(span.pieces) for span in passage.spans))


def _restore(thing: Mark | Link, known: Mapping[str, Any]) -> None:
    thing.id = uuid_or_none(known.get("id")) or thing.id
    for name in ("annotator", "note"):
        value = known.get(name)
        if isinstance(value, str) and value:
            setattr(thing, name, value)
    thing.created = time_or_none(known.get("created")) or thing.created
    thing.updated = time_or_none(known.get("updated")) or thing.updated
    attributes = known.get("attributes")
    if isinstance(attributes, dict):
        thing.attributes = attributes
