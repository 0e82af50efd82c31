"""What was done, counted: by label, annotator, day and article, and how far somebody is with the articles.

Everything is counted by SQLite in a few passes over the tables, none of which reads a text or makes an object a row.
Days are those of the reader's own clock, as SQLite's `localtime` has them: what was done before midnight is yesterday's
wherever the reader lives, and who opens the same library in another zone may count a day otherwise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import sqlalchemy
from sqlalchemy import Column, ColumnElement, Connection, case, func
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from store.articles.catalogue import keys
from store.articles.courses import courses
from store.database import Database
from store.errors import StatsError
from store.kinds import Kind, State
from store.models import Annotation, Annotator, Article, ReadingChoice, Relation, Rule, Shelf, table
from store.shelf.putting_away import kept
from store.tallies import Stats, Tally

_Columns: TypeAlias = ReadOnlyColumnCollection[str, Column[Any]]

LISTED = 1_000
"""Articles that are told apart unless more are asked for; the rest are only in the sums."""


class Figures:
    """The figures of a library."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Count what everybody did; the states of articles are those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def count(
        self,
        *,
        annotator: str | None = None,
        since: str | None = None,
        article_id: str | None = None,
        listed: int | None = LISTED,
    ) -> Stats:
        """Count what stands, in one view of the library.

        Args:
            annotator: only what the annotator of this name made, and how far that one is; None counts everybody's.
            since: only what was made at this time or later, ISO 8601 as `store.clock.now` writes it. The states of
                articles, and the words that were read, are as they are now: nobody keeps when a word was read.
            article_id: only what stands on this article.
            listed: how many articles are told apart, those with the most annotations; None tells all.

        Raises:
            StatsError: nobody in the library has that name.
        """
        with self._database.reading() as session:
            connection = session.connection()
            names = _names(connection)
            owner = None
            if annotator is not None:
                owner = next((key for key, name in names.items() if name == annotator), None)
                if owner is None:
                    known = ", ".join(sorted(names.values()))
                    raise StatsError(f"The library has no annotator called {annotator}: it has {known}.")
            return _Counting(connection, names, owner, since, article_id).stats(owner or self._annotator_id, listed)


class _Counting:
    """One count, under the same conditions on every table."""

    def __init__(
        self,
        connection: Connection,
        names: Mapping[str, str],
        owner: str | None,
        since: str | None,
        article_id: str | None,
    ) -> None:
        self._connection = connection
        gone = sqlalchemy.select(sqlalchemy.exists().where(table(Shelf).c.deleted.is_not(None)))
        self._some_deleted = bool(connection.scalar(gone))
        self._names = names
        self._owner = owner
        self._since = since
        self._article_id = article_id
        self._sums: dict[str, dict[str, Counter[str]]] = {"label": {}, "annotator": {}, "day": {}}
        self._all: Counter[str] = Counter()

    def stats(self, reader: str, listed: int | None) -> Stats:
        self._annotations()
        self._relations()
        self._rules()
        self._done()
        articles, states, queued, words = self._courses(reader)
        by_article, worked_on = self._articles(listed)
        return Stats(
            claims=self._all["claims"],
            notes=self._all["notes"],
            decisions=self._all["decisions"],
            relations=self._all["relations"],
            withdrawn=self._withdrawn(),
            articles=articles,
            states=states,
            queued=queued,
            words_read=words,
            reader=self._names[reader],
            by_label=self._tallies("label"),
            by_annotator=self._tallies("annotator"),
            by_day=sorted(self._tallies("day"), key=lambda tally: tally.key),
            by_article=by_article,
            worked_on=worked_on,
        )

    def _annotations(self) -> None:
        row = table(Annotation).c
        # The day first: it tells most rows apart, and SQLite sorts a million of them a third faster.
        groups = (_day(row.created), row.label, row.kind, row.annotator_id)
        query = (
            sqlalchemy.select(*groups, func.count(), func.sum(_written(row)))
            .where(row.withdrawn.is_(None), *self._where(row, row.created, row.article_id))
            .group_by(*groups)
        )
        for day, label, kind, annotator, count, notes in self._connection.execute(query):
            what = {"claims": count if kind == Kind.CLAIM else 0, "notes": notes,
                    "decisions": count if kind in _DECISIONS else 0}  # fmt: skip
            self._add(annotator, day, what, label if kind == Kind.CLAIM else None)

    def _relations(self) -> None:
        row, annotation = table(Relation).c, table(Annotation).c
        groups = (row.annotator_id, _day(row.created))
        on = sqlalchemy.select(annotation.article_id).where(annotation.id == row.source_id).scalar_subquery()
        query = sqlalchemy.select(*groups, func.count()).where(
            row.withdrawn.is_(None), *self._where(row, row.created, None), *self._there(on)
        )
        if self._article_id is not None:
            query = query.join(table(Annotation), annotation.id == row.source_id).where(
                annotation.article_id == self._article_id
            )
        for annotator, day, count in self._connection.execute(query.group_by(*groups)):
            self._add(annotator, day, {"relations": count})

    def _rules(self) -> None:
        row = table(Rule).c
        groups = (row.annotator_id, _day(row.created))
        query = (
            sqlalchemy.select(*groups, func.count(), func.sum(_written(row)))
            .where(row.withdrawn.is_(None), *self._where(row, row.created, row.article_id))
            .group_by(*groups)
        )
        for annotator, day, count, notes in self._connection.execute(query):
            self._add(annotator, day, {"decisions": count, "notes": notes})

    def _done(self) -> None:
        row = table(ReadingChoice).c
        groups = (row.annotator_id, _day(row.updated))
        query = (
            sqlalchemy.select(*groups, func.count())
            .where(row.state == State.DONE, *self._where(row, row.updated, row.article_id))
            .group_by(*groups)
        )
        for annotator, day, count in self._connection.execute(query):
            self._add(annotator, day, {"done": count})

    def _withdrawn(self) -> int:
        row, relation, annotation = table(Annotation).c, table(Relation).c, table(Annotation)
        annotations = sqlalchemy.select(func.count()).where(
            row.withdrawn.is_not(None), *self._where(row, row.created, row.article_id)
        )
        relations = sqlalchemy.select(func.count()).where(
            relation.withdrawn.is_not(None), *self._where(relation, relation.created, None)
        )
        if self._article_id is not None:
            relations = relations.join_from(table(Relation), annotation, row.id == relation.source_id).where(
                row.article_id == self._article_id
            )
        return sum(self._connection.scalar(query) or 0 for query in (annotations, relations))

    def _courses(self, reader: str) -> tuple[int, dict[State, int], int, int]:
        """How many articles there are and in which states, how many are queued, and how many words were read."""
        course = courses(reader)
        article, place = course.article.c, course.place.c
        read = func.min(1.0, func.coalesce(place.furthest, 0) * 1.0 / article.length) * article.words
        query = course.select(course.state, func.count(), func.count(course.choice.c.queued), func.sum(read)).group_by(
            course.state
        )
        query = query.where(*self._there(article.id))
        if self._article_id is not None:
            query = query.where(article.id == self._article_id)
        rows = self._connection.execute(query).all()
        states = {State(row[0]): row[1] for row in rows}
        return (
            sum(states.values()),
            {state: states.get(state, 0) for state in State},
            sum(row[2] for row in rows),
            round(sum(row[3] or 0 for row in rows)),
        )

    def _articles(self, listed: int | None) -> tuple[list[Tally], int]:
        """The articles on which annotations stand, those with the most first, and how many there are."""
        row, article = table(Annotation).c, table(Article).c
        standing = [row.withdrawn.is_(None), *self._where(row, row.created, row.article_id)]
        # Which they are is answered by an index alone; what they have is asked of those only.
        most = (
            sqlalchemy.select(row.article_id, func.count().over())
            .where(*standing)
            .group_by(row.article_id)
            .order_by(func.count().desc(), row.article_id)
            .limit(listed)
        )
        chosen = self._connection.execute(most).all()
        counted = (
            sqlalchemy.select(
                row.article_id,
                article.title,
                func.sum(case((row.kind == Kind.CLAIM, 1), else_=0)).label("claims"),
                func.sum(_written(row)).label("notes"),
                func.sum(case((row.kind.in_(_DECISIONS), 1), else_=0)).label("decisions"),
            )
            .join_from(table(Annotation), table(Article), article.id == row.article_id)
            .where(*standing, row.article_id.in_(keys(key for key, _ in chosen)))
            .group_by(row.article_id)
        )
        rows = self._connection.execute(counted).all()
        relations, done = self._related(), self._done_articles()
        tallies = [
            Tally(
                row.article_id,
                row.title,
                claims=row.claims,
                notes=row.notes,
                decisions=row.decisions,
                relations=relations[row.article_id],
                done=done[row.article_id],
            )
            for row in rows
        ]
        return sorted(tallies, key=lambda tally: (-tally.total, tally.name)), chosen[0][1] if chosen else 0

    def _related(self) -> Counter[str]:
        """How many relations lead from each article."""
        row, annotation = table(Relation).c, table(Annotation).c
        # Looked up for each relation, of which there are few: a join would be made from the annotations.
        on = sqlalchemy.select(annotation.article_id).where(annotation.id == row.source_id).scalar_subquery()
        query = (
            sqlalchemy.select(on, func.count())
            .where(row.withdrawn.is_(None), *self._where(row, row.created, on))
            .group_by(on)
        )
        return Counter({row[0]: row[1] for row in self._connection.execute(query)})

    def _done_articles(self) -> Counter[str]:
        """By how many annotators each article was done."""
        row = table(ReadingChoice).c
        query = (
            sqlalchemy.select(row.article_id, func.count())
            .where(row.state == State.DONE, *self._where(row, row.updated, row.article_id))
            .group_by(row.article_id)
        )
        return Counter({row[0]: row[1] for row in self._connection.execute(query)})

    def _where(
        self, row: _Columns, made: ColumnElement[str], on: ColumnElement[str] | None
    ) -> Iterable[ColumnElement[bool]]:
        """Conditions on the rows of a table that have an owner, a time, and perhaps an article."""
        if self._owner is not None:
            yield row["annotator_id"] == self._owner
        if self._since is not None:
            yield made >= self._since
        if self._article_id is not None and on is not None:
            yield on == self._article_id
        if on is not None:
            yield from self._there(on)

    def _there(self, on: ColumnElement[str]) -> Iterable[ColumnElement[bool]]:
        """The condition that an article was not deleted, if any was: a million rows are not asked for nothing."""
        if self._some_deleted:
            yield kept(on)

    def _add(self, annotator: str, day: str, what: Mapping[str, int], label: str | None = None) -> None:
        for group, key in (("label", label), ("annotator", annotator), ("day", day)):
            if key is not None:
                self._sums[group].setdefault(key, Counter()).update(what)
        self._all.update(what)

    def _tallies(self, group: str) -> list[Tally]:
        """The sums of a group, the greatest first."""
        called = self._names if group == "annotator" else {}
        tallies = [Tally(called.get(key, key), called.get(key, key), **sums) for key, sums in self._sums[group].items()]
        return sorted(tallies, key=lambda tally: (-tally.total, tally.name))


_DECISIONS = (Kind.ENTITY, Kind.FOLD)


def _names(connection: Connection) -> dict[str, str]:
    row = table(Annotator).c
    return {key: name for key, name in connection.execute(sqlalchemy.select(row.id, row.name))}  # noqa: C416


def _day(time: ColumnElement[str]) -> ColumnElement[str]:
    return func.date(time, "localtime")


def _written(row: _Columns) -> ColumnElement[int]:
    return case((row["note"] != "", 1), else_=0)
