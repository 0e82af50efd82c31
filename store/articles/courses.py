"""How far an annotator is with articles, in SQL: what was decided about reading them, and whether they were opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy
from sqlalchemy import ColumnElement, FromClause, Select, case, func

from store.kinds import State
from store.models import Article, ReadingChoice, ReadingState, table


@dataclass(frozen=True, slots=True)
class Courses:
    """The articles with one annotator's place in each, if any, and what was decided about it, if anything."""

    article: FromClause
    """Every article, without what stands beside it."""
    joined: FromClause
    """The same, joined."""
    place: FromClause
    choice: FromClause
    state: ColumnElement[str]
    """The state of each: what was decided, and else `reading` for what was ever opened."""
    queue: ColumnElement[int | None]
    """Its place in the queue, from 1; none outside it."""

    def select(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """A query of all articles, to be narrowed down."""
        return sqlalchemy.select(*columns).select_from(self.joined)


def courses(annotator_id: str) -> Courses:
    """How one annotator stands with every article."""
    article, place, choice = table(Article), table(ReadingState), table(ReadingChoice)
    joined = article.join(
        place, (place.c.article_id == article.c.id) & (place.c.annotator_id == annotator_id), isouter=True
    ).join(choice, (choice.c.article_id == article.c.id) & (choice.c.annotator_id == annotator_id), isouter=True)
    opened = case((place.c.article_id.is_not(None), State.READING), else_=State.UNREAD)
    before = choice.alias("before")
    ahead = (
        sqlalchemy.select(func.count())
        .select_from(before)
        .where(before.c.annotator_id == annotator_id, before.c.queued <= choice.c.queued)
        .correlate(choice)
        .scalar_subquery()
    )
    return Courses(
        article,
        joined,
        place,
        choice,
        func.coalesce(choice.c.state, opened),
        case((choice.c.queued.is_not(None), ahead), else_=None),
    )
