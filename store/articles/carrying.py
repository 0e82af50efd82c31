"""Annotations that stand on other versions of an article, and where they would stand on it.

They stay where their owners made them: an article's versions show each other's annotations, found again by their words
whenever one is read. So nothing is moved that would have to be moved back, and it does not matter which version came
first. What finds no place in this version is orphaned here, and still stands on the other.

Whoever takes one over makes a copy of it on this version, whose key is made of the other's (`copy_key`): so a copy
tells what it is a copy of, and the same copy made in two libraries is one after a merge. What somebody settled
(`Kind.SETTLED`) or took over is not shown again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

import orjson
import sqlalchemy
from sqlalchemy import Connection, Row

from store import models
from store.articles import revisions
from store.kinds import Fate, Kind
from store.models import table
from store.records import Annotation, Carried
from store.rows import annotation_record, standing_on
from store.text.anchors import CONTEXT, Anchor
from store.text.likeness import fold
from store.text.reanchoring import FEW, find_again

Span = tuple[int, int]

_NAMESPACE = UUID("5b0e7c0e-52a6-5a43-8d44-706f7374696c")
"""What the keys of copies are made in (RFC 9562, version 5)."""

_FOLDS = frozenset({Kind.FOLD, Kind.SETTLED})
"""What is decided of one text and means nothing on another."""


def copy_key(key: str, owner_id: str, article_id: str, annotator_id: str) -> str:
    """The key of the copy on an article of the annotation or relation with a key, of an owner, by an annotator.

    An owner's own copy is known by what it was made of alone: whoever has two keys in two libraries has one copy.
    """
    return str(uuid5(_NAMESPACE, f"{key} {article_id}" + ("" if annotator_id == owner_id else f" {annotator_id}")))


def settled_key(key: str, article_id: str, annotator_id: str) -> str:
    """The key of an annotator's decision that an annotation stays on the other version."""
    return str(uuid5(_NAMESPACE, f"settled {key} {article_id} {annotator_id}"))


def carried(connection: Connection, article_id: str, annotator_id: str = "") -> list[Carried]:
    """What stands on the versions of an article, in text order, those without a place first.

    What its owner has put on this version too is left out, and so is what `annotator_id` took over or settled.
    """
    versions = revisions.of(connection, [article_id]).get(article_id, ())
    standing = {one.article_id: rows for one in versions if (rows := standing_on(connection, one.article_id))}
    if not standing:
        return []
    article = table(models.Article)
    columns = sqlalchemy.select(article.c.id, article.c.title, article.c.text)
    texts = {row.id: row for row in connection.execute(columns.where(article.c.id.in_([article_id, *standing])))}
    text = texts[article_id].text
    on_this = standing_on(connection, article_id)
    here = {_mark(row, row.start, row.end) for row in on_this}
    settled = {
        orjson.loads(row.attributes).get("annotation")
        for row in on_this
        if row.kind == Kind.SETTLED and row.annotator_id == annotator_id
    }
    left_out = settled | _known_elsewhere({article_id: on_this, **standing}, article_id, annotator_id)
    found = [
        one
        for version, rows in standing.items()
        for one in _placed([row for row in rows if row.id not in left_out], texts[version].title, texts[version].text,
                           text)
        if not (one.start is not None or one.annotation.whole_article)
        or _mark(one.annotation, one.start, one.end) not in here
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.start is not None, one.start or 0, -(one.end or 0), one.annotation.id))


def _known_elsewhere(standing: Mapping[str, Sequence[Row[Any]]], article_id: str, annotator_id: str) -> set[str]:
    """What needs not be shown on an article: what a copy of stands here or on another version, and copies of what does.

    Args:
        standing: the rows on all versions, this one too, by their articles.
        article_id: this one.
        annotator_id: who looks: others' annotations that were taken over by somebody else are not known for that.
    """
    copies = {row.id: row.annotator_id for rows in standing.values() for row in rows if row.id[14] == _COPIED}
    if not copies:
        return set()
    known: set[str] = set()
    for version, rows in standing.items():
        others = [one for one in standing if one != version]
        for row in rows:
            keys = {
                copy_key(row.id, row.annotator_id, other, who)
                for other in others
                for who in ({row.annotator_id, annotator_id} if version != article_id else set(copies.values()))
            }
            found = keys & copies.keys()
            known |= found if version == article_id else {row.id} if found else set()
    return known


_COPIED = "5"
"""The version of the UUID of a copy, which is its fifteenth sign."""


def _placed(rows: Collection[Row[Any]], title: str, old: str, new: str) -> Iterator[Carried]:
    for row in rows:
        if row.kind in _FOLDS:
            continue
        annotation = annotation_record(row, row.annotator)
        beside = {"before": row.prefix, "after": row.suffix}
        if annotation.start is None or annotation.end is None:
            yield Carried(annotation, title, None, None)
            continue
        orphan = Carried(annotation, title, None, None, score=0.0, fate=Fate.ORPHANED, certain=False, **beside)
        sought = Anchor(annotation.start, annotation.end, row.quote, row.prefix, row.suffix)
        place = find_again(new, sought, len(old))
        pieces = None if place is None else _pieces(annotation, old, new[place.start : place.end], place.start)
        if place is None or pieces is None:
            yield orphan
            continue
        fate = _fate(sought, new, place.start, place.end)
        once = fate is Fate.MOVED and len(row.quote) >= FEW and new.count(row.quote) == 1
        yield replace(orphan, start=place.start, end=place.end, pieces=pieces, score=place.score, fate=fate,
                      certain=fate is Fate.SAME or once)  # fmt: skip


def _fate(sought: Anchor, new: str, start: int, end: int) -> Fate:
    """What became of the words, whatever the quotes, dashes and spaces are."""
    if fold(sought.quote) != fold(new[start:end]):
        return Fate.CHANGED
    # A sign more or less at the far ends is what straight quotes and other spaces make.
    before, after = fold(sought.prefix)[-_NEAR:], fold(sought.suffix)[:_NEAR]
    same_before = fold(new[max(0, start - CONTEXT) : start]).endswith(before)
    same_after = fold(new[end : end + CONTEXT]).startswith(after)
    return Fate.SAME if same_before and same_after else Fate.MOVED


_NEAR = 24
"""Code points on either side that have to be the same."""


def _pieces(annotation: Annotation, old: str, words: str, start: int) -> tuple[Span, ...] | None:
    """The pieces of a discontinuous span in `words`, which begin at `start`; None if one of them is not there."""
    pieces: list[Span] = []
    position = 0
    for piece in annotation.pieces:
        position = words.find(old[slice(*piece)], position)
        if position < 0:
            return None
        length = piece[1] - piece[0]
        pieces.append((start + position, start + position + length))
        position += length
    return tuple(pieces)


def _mark(row: Row[Any] | Annotation, start: int | None, end: int | None) -> tuple[object, ...]:
    return row.annotator_id, row.kind, row.label, row.note, start, end
