"""The order of a list of articles: each is read from an index, so that a page of fifty thousand sorts nothing.

Orders that depend on what a reader did are made of parts that follow each other: the articles with a reading state, by
an index of the states, then those without, by title.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import sqlalchemy
from sqlalchemy import ColumnElement, Connection, Select, func

from store import models
from store.kinds import Order, State
from store.models import table


def page(
    connection: Connection,
    order: Order,
    conditions: Sequence[ColumnElement[bool]],
    annotator_id: str,
    start: int,
    size: int,
) -> list[str]:
    """The ids of the articles that fulfil the conditions, in an order: number `start` and those behind it."""
    ids: list[str] = []
    parts = _parts(order, annotator_id)
    for number, part in enumerate(parts):
        wanted = part.where(*conditions)
        found = connection.scalars(wanted.offset(start).limit(size - len(ids))).all()
        ids += found
        if len(ids) >= size:
            break
        if found:
            start = 0
        elif number < len(parts) - 1:
            there = sqlalchemy.select(func.count()).select_from(wanted.order_by(None).subquery())
            start -= connection.scalar(there) or 0
    return ids


def ids(
    connection: Connection, order: Order, conditions: Sequence[ColumnElement[bool]], annotator_id: str
) -> Iterator[str]:
    """The ids of all articles that fulfil the conditions, in an order, a row at a time."""
    for part in _parts(order, annotator_id):
        yield from connection.execution_options(yield_per=1000).scalars(part.where(*conditions))


def _parts(order: Order, annotator_id: str) -> list[Select[str]]:
    article = table(models.Article)
    ids = sqlalchemy.select(article.c.id)
    rest = (article.c.listing, article.c.id)
    match order:
        case Order.TITLE:
            return [ids.order_by(*rest)]
        case Order.ADDED:
            return [ids.order_by(article.c.added.desc(), *rest)]
        case Order.PUBLISHED:
            return [ids.order_by(article.c.published.desc(), *rest)]
        case Order.WORDS:
            return [ids.order_by(article.c.words.desc(), *rest)]
        case Order.READ:
            return [_opened(annotator_id), _unopened(annotator_id)]
        case Order.STATE:
            choice = table(models.ReadingChoice)
            free = ~sqlalchemy.exists().where(
                choice.c.article_id == article.c.id, choice.c.annotator_id == annotator_id, choice.c.state.is_not(None)
            )
            return [
                _decided(annotator_id, State.READING),
                _opened(annotator_id, free),
                _decided(annotator_id, State.UNREAD),
                _unopened(annotator_id, free),
                _decided(annotator_id, State.DONE),
                _decided(annotator_id, State.SKIPPED),
            ]


def _opened(annotator_id: str, *more: ColumnElement[bool]) -> Select[str]:
    """Those that the annotator has opened; the one that was read last first."""
    article, row = table(models.Article), table(models.ReadingState)
    return (
        sqlalchemy.select(article.c.id)
        .join(row, row.c.article_id == article.c.id)
        .where(row.c.annotator_id == annotator_id, *more)
        .order_by(row.c.updated.desc(), row.c.article_id.desc())
    )


def _unopened(annotator_id: str, *more: ColumnElement[bool]) -> Select[str]:
    article, row = table(models.Article), table(models.ReadingState)
    opened = sqlalchemy.exists().where(row.c.article_id == article.c.id, row.c.annotator_id == annotator_id)
    return sqlalchemy.select(article.c.id).where(~opened, *more).order_by(article.c.listing, article.c.id)


def _decided(annotator_id: str, state: State) -> Select[str]:
    """Those of which the annotator decided that they are in a state; the one that was decided on last first."""
    article, row = table(models.Article), table(models.ReadingChoice)
    return (
        sqlalchemy.select(article.c.id)
        .join(row, row.c.article_id == article.c.id)
        .where(row.c.annotator_id == annotator_id, row.c.state == state.value)
        .order_by(row.c.updated.desc(), row.c.article_id.desc())
    )
