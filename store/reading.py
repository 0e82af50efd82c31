"""Reading as work: which articles are done, skipped or queued, and which is next to do.

An article is `unread` until it is opened and `reading` from then on; `done` and `skipped` are decided, and no reading
takes them back. The queue has an order, that of queueing. What is done or skipped leaves the queue, and what is queued
is neither done nor skipped any more.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, select
from sqlmodel import Session

from store import history, models
from store.articles import catalogue
from store.articles.courses import courses
from store.clock import new_key, now
from store.database import Database
from store.errors import ArticleError
from store.kinds import State
from store.records import ArticleRow, Course, Next
from store.shelf.putting_away import listed

_SETTLED = (State.DONE, State.SKIPPED)
"""States in which an article is not to do any more."""


class Reading:
    """How far one annotator is with the articles of a library.

    Each act is one transaction and one step of the journal, however many articles it is about, and is undone as one.
    """

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read and decide on behalf of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def course(self, article_id: str) -> Course:
        """How far the annotator is with an article; `unread` for one that the library does not have."""
        course = courses(self._annotator_id)
        query = course.select(course.state.label("state"), course.queue.label("queue"))
        with self._database.reading() as session:
            row = session.connection().execute(query.where(course.article.c.id == article_id)).first()
        return Course() if row is None else Course(State(row.state), row.queue)

    def mark(self, article_ids: Sequence[str], state: State) -> list[str]:
        """Decide the state of articles; which of them it changed. A state that settles them ends their queueing.

        Raises:
            ArticleError: the library does not have one of them; nothing was decided.
        """
        with self._database.writing() as session:
            return self._mark(session, self._rows(session, article_ids), state)

    def toggle(self, article_ids: Sequence[str], state: State) -> bool:
        """Decide that articles are `done` or `skipped`, or take it back if all of them are; whether they are now.

        Raises:
            ArticleError: the library does not have one of them; nothing was decided.
        """
        with self._database.writing() as session:
            rows = self._rows(session, article_ids)
            if any(stands is not state for _, stands in rows):
                self._mark(session, rows, state)
                return True
            step = new_key()
            for row, _ in rows:
                self._change(session, f"not {state}", row, step, state=None, queued=row.queued)
            return False

    def toggle_queued(self, article_ids: Sequence[str]) -> bool:
        """Put articles at the end of the queue, or take them out if all are in it; whether they are in it now.

        Raises:
            ArticleError: the library does not have one of them; nothing was decided.
        """
        with self._database.writing() as session:
            rows = self._rows(session, article_ids)
            queue = any(row.queued is None for row, _ in rows)
            step, begun = new_key(), datetime.fromisoformat(now())
            for position, (row, stands) in enumerate(rows):
                if not queue:
                    self._change(session, "unqueue", row, step, state=row.state, queued=None)
                elif row.queued is None:  # one that is in it keeps its place
                    at = (begun + timedelta(microseconds=position)).isoformat(timespec="microseconds")
                    state = None if stands in _SETTLED else row.state
                    self._change(session, "queue", row, step, state=state, queued=at.replace("+00:00", "Z"))
            return queue

    def queued(self) -> list[ArticleRow]:
        """The articles of the queue, in its order."""
        with self._database.reading() as session:
            ids = session.connection().scalars(self._queue()).all()
            return catalogue.rows_of(session, ids, self._annotator_id)

    def next(self, *, here: str | None = None, passed: Sequence[str] = ()) -> Next | None:
        """What is next to do; None if there is nothing.

        First the queue in its order, then what is being read, the latest left first, then what is unread, in the order
        of the library's list. What is done or skipped is never next.

        Args:
            here: the article that is open, which is not what follows it.
            passed: articles that the reader went on from: those that are not settled come after all others, in this
                order, so that going on leads to every article before it leads round.
        """
        with self._database.reading() as session:
            connection = session.connection()
            return self._first(connection, {here or "", *passed}) or self._first_passed(
                connection, [article_id for article_id in passed if article_id != here]
            )

    def _first(self, connection: Connection, without: Collection[str]) -> Next | None:
        for why, query in (("queued", self._queue()), (State.READING, self._begun()), (State.UNREAD, self._unread())):
            columns = courses(self._annotator_id).article.c
            following = query.where(columns.id.not_in(catalogue.keys(without))).limit(1)
            found = connection.execute(following.add_columns(columns.title)).first()
            if found is not None:
                return Next(found.id, found.title, why)
        return None

    def _first_passed(self, connection: Connection, passed: Sequence[str]) -> Next | None:
        course = courses(self._annotator_id)
        columns = (course.article.c.id, course.article.c.title, course.state, course.choice.c.queued)
        query = course.select(*columns).where(
            course.article.c.id.in_(catalogue.keys(passed)),
            course.state.not_in(_SETTLED),
            listed(course.article.c.id),
        )
        found = {row[0]: row for row in connection.execute(query)}
        first = next((found[article_id] for article_id in passed if article_id in found), None)
        return None if first is None else Next(first[0], first[1], "queued" if first[3] else first[2])

    def _queue(self) -> Select[str]:
        course = courses(self._annotator_id)
        choice = course.choice
        # From the index of the queue, which is short, and not from the articles.
        return (
            select(course.article.c.id)
            .join(choice, choice.c.article_id == course.article.c.id)
            .where(
                choice.c.annotator_id == self._annotator_id,
                choice.c.queued.is_not(None),
                listed(course.article.c.id),
            )
            .order_by(choice.c.queued, choice.c.article_id)
        )

    def _begun(self) -> Select[str]:
        course = courses(self._annotator_id)
        return (
            course.select(course.article.c.id)
            .where(course.state == State.READING, listed(course.article.c.id))
            .order_by(course.place.c.updated.desc(), course.article.c.listing, course.article.c.id)
        )

    def _unread(self) -> Select[str]:
        course = courses(self._annotator_id)
        return (
            course.select(course.article.c.id)
            .where(course.state == State.UNREAD, listed(course.article.c.id))
            .order_by(course.article.c.listing, course.article.c.id)
        )

    def _rows(self, session: Session, article_ids: Sequence[str]) -> list[tuple[models.ReadingChoice, State]]:
        """What was decided about each of the articles, which says nothing where nothing was, and its state."""
        course = courses(self._annotator_id)
        query = course.select(course.article.c.id, course.state).where(
            course.article.c.id.in_(catalogue.keys(article_ids))
        )
        states = {article_id: State(state) for article_id, state in session.connection().execute(query)}
        rows = []
        for article_id in dict.fromkeys(article_ids):
            if article_id not in states:
                raise ArticleError("That article is not in the library any more: nothing was changed.")
            row = session.get(models.ReadingChoice, (article_id, self._annotator_id)) or models.ReadingChoice(
                article_id=article_id, annotator_id=self._annotator_id, updated=now()
            )
            rows.append((row, states[article_id]))
        return rows

    def _mark(self, session: Session, rows: Sequence[tuple[models.ReadingChoice, State]], state: State) -> list[str]:
        step = new_key()
        changed = []
        for row, stands in rows:
            queued = None if state in _SETTLED else row.queued
            if stands is not state or queued != row.queued:
                self._change(session, f"mark {state}", row, step, state=state, queued=queued)
                changed.append(row.article_id)
        return changed

    @staticmethod
    def _change(
        session: Session, action: str, row: models.ReadingChoice, step: str, *, state: str | None, queued: str | None
    ) -> None:
        before = history.snapshot(row)
        row.state, row.queued, row.updated = state, queued, now()
        session.add(row)
        history.record(session, action, before, row, step)
