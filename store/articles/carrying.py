"""Annotations that stand on other versions of an article, and where they would stand on it.

They stay where their owners made them: an article's versions show each other's annotations, found again by their words
whenever one is read. So nothing is moved that would have to be moved back, and it does not matter which version came
first. What finds no place in this version is orphaned here, and still stands on the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy
from sqlalchemy import Connection, Row

from store import models
from store.models import table
from store.records import Annotation, Carried
from store.rows import annotation_record, standing_on
from store.shelf.putting_away import kept
from store.text.anchors import Anchor
from store.text.reanchoring import find_again

Span = tuple[int, int]


def carried(connection: Connection, article_id: str) -> list[Carried]:
    """What stands on the versions of an article that are not deleted, in text order, those without a place first.

    What its owner has put on this version too is left out.
    """
    variant, article = table(models.Variant), table(models.Article)
    others = sqlalchemy.union_all(
        sqlalchemy.select(variant.c.other_id.label("id")).where(variant.c.article_id == article_id),
        sqlalchemy.select(variant.c.article_id).where(variant.c.other_id == article_id),
    ).subquery()
    versions = connection.execute(
        sqlalchemy.select(article.c.id, article.c.title, article.c.text)
        .join(others, others.c.id == article.c.id)
        .where(kept(article.c.id))
    ).all()
    if not versions:
        return []
    text = connection.scalars(sqlalchemy.select(article.c.text).where(article.c.id == article_id)).one()
    here = {_mark(row, row.start, row.end) for row in standing_on(connection, article_id)}
    found = [
        Carried(annotation, title=version.title, start=span[0] if span else None, end=span[1] if span else None,
                pieces=pieces, score=score)
        for version in versions
        for annotation, span, pieces, score in _placed(standing_on(connection, version.id), version.text, text)
        if span is None or _mark(annotation, *span) not in here
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.start is not None, one.start or 0, -(one.end or 0), one.annotation.id))


def _placed(
    rows: Iterable[Row[Any]], old: str, new: str
) -> Iterable[tuple[Annotation, Span | None, tuple[Span, ...], float]]:
    for row in rows:
        annotation = annotation_record(row, row.annotator)
        if annotation.start is None or annotation.end is None:
            yield annotation, None, (), 1.0
            continue
        sought = Anchor(annotation.start, annotation.end, row.quote, row.prefix, row.suffix)
        place = find_again(new, sought, len(old))
        pieces = None if place is None else _pieces(annotation, old, new[place.start : place.end], place.start)
        if place is None or pieces is None:
            yield annotation, None, (), 0.0
        else:
            yield annotation, (place.start, place.end), pieces, place.score


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
