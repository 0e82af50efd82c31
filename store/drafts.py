"""Drafts: what was typed into the editor of a note and not saved, kept so that no mis-key and no crash loses it.

Each opening of an editor writes a row of its own, so that two of them, here or in another process, never write over
each other. A draft goes when its note is saved, in the same transaction. One that is discarded is kept for a while.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson
import sqlalchemy
from sqlalchemy import Connection, Row
from sqlmodel import Session

from store import models, writers
from store.clock import now
from store.database import Database
from store.kinds import Subject
from store.models import table
from store.records import Draft, Settled, Standing
from store.text.storable import storable

KEPT = 50
"""How many discarded drafts of an annotator are kept, the latest."""

_QUOTE = 200
"""Code points of the quote that are kept with a draft."""

_NEW = (Subject.SPAN, Subject.ARTICLE)


class Drafts:
    """The drafts of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Keep the drafts of one annotator in `database`."""
        self._database = database
        self._annotator_id = annotator_id

    def keep(
        self, draft_id: str, standing: Standing, text: str, saved: str, *, instead_of: Iterable[Draft] = ()
    ) -> None:
        """Keep what an editor of this process holds.

        Args:
            draft_id: a UUIDv7 of this opening of the editor.
            standing: what the note stands on.
            text: what was typed.
            saved: what the note said when the typing began.
            instead_of: drafts that the typing went on from; they go, unless another editor holds them.

        Raises:
            LibraryError: it could not be written.
        """
        at = now()
        row = {
            "id": draft_id,
            "annotator_id": self._annotator_id,
            "subject": standing.subject,
            "subject_id": standing.subject_id,
            "article_id": standing.article_id,
            "pieces": _pieces(standing),
            "quote": storable(standing.quote[:_QUOTE]),
            "text": storable(text),
            "saved": saved,
            "writer": writers.this_process(),
            "created": at,
            "updated": at,
        }
        with self._database.writing() as session:
            connection = session.connection()
            connection.exec_driver_sql(
                f"INSERT INTO draft ({', '.join(row)}, writes) VALUES ({', '.join(f':{name}' for name in row)}, 1)"
                " ON CONFLICT (id) DO UPDATE SET text = excluded.text, updated = excluded.updated,"
                " writer = excluded.writer, writes = writes + 1, discarded = NULL",
                row,
            )
            _remove(connection, (one for one in instead_of if one.id != draft_id and not _is_held(connection, one.id)))

    def at(self, standing: Standing) -> list[Draft]:
        """The drafts for a place, the latest first, those that were discarded after the others.

        What was typed for a new note is found on the annotation that was made there since.
        """
        draft = table(models.Draft)
        here = draft.c.subject.in_(_NEW) & (draft.c.pieces == _pieces(standing))
        if standing.subject not in _NEW:
            own = (draft.c.subject == standing.subject) & (draft.c.subject_id == standing.subject_id)
            here = own if standing.subject is Subject.RELATION else own | here
        return self._find((draft.c.article_id == standing.article_id) & here)

    def all(self) -> list[Draft]:
        """Every draft, the latest first, those that were discarded after the others."""
        return self._find(sqlalchemy.true())

    def left(self) -> int:
        """How many were left, by a crash or for later: neither discarded nor open in an editor that still runs."""
        draft = table(models.Draft)
        statement = sqlalchemy.select(draft.c.writer).where(
            draft.c.annotator_id == self._annotator_id, draft.c.discarded.is_(None)
        )
        with self._database.reading() as session:
            return sum(not writers.runs(row.writer) for row in session.connection().execute(statement))

    def close(self, draft_ids: Iterable[str]) -> None:
        """No editor holds the drafts any more: they are left for later."""
        with self._database.writing() as session:
            for draft_id in draft_ids:
                session.connection().exec_driver_sql("UPDATE draft SET writer = '' WHERE id = ?", (draft_id,))

    def discard(self, draft_id: str, others: Iterable[Draft] = ()) -> None:
        """Give up a draft, and others that were shown in its editor. They can be got back for a while."""
        with self._database.writing() as session:
            connection = session.connection()
            _discard(connection, (draft_id,))
            _put_aside(connection, others)
            self._forget_the_oldest(connection)

    def take_back(self, draft_id: str) -> None:
        """A discarded draft is none any more."""
        with self._database.writing() as session:
            session.connection().exec_driver_sql("UPDATE draft SET discarded = NULL WHERE id = ?", (draft_id,))

    def _forget_the_oldest(self, connection: Connection) -> None:
        connection.exec_driver_sql(
            "DELETE FROM draft WHERE annotator_id = :who AND discarded IS NOT NULL AND id NOT IN"
            " (SELECT id FROM draft WHERE annotator_id = :who AND discarded IS NOT NULL"
            f" ORDER BY discarded DESC, id DESC LIMIT {KEPT})",
            {"who": self._annotator_id},
        )

    def _find(self, condition: sqlalchemy.ColumnElement[bool]) -> list[Draft]:
        draft, article = table(models.Draft), table(models.Article)
        statement = (
            sqlalchemy.select(draft, article.c.title.label("article_title"))
            .join(article, article.c.id == draft.c.article_id, isouter=True)
            .where(draft.c.annotator_id == self._annotator_id, condition)
            .order_by(draft.c.discarded.is_not(None), draft.c.updated.desc(), draft.c.id.desc())
        )
        with self._database.reading() as session:
            return [_record(row) for row in session.connection().execute(statement)]


def settle(session: Session, settled: Settled | None) -> None:
    """Take away the drafts of a note in the transaction that saves it; what has changed since it was read stays."""
    if settled is not None:
        connection = session.connection()
        connection.exec_driver_sql("DELETE FROM draft WHERE id = ?", (settled.own,))
        _remove(connection, settled.used)
        _discard(connection, settled.left)
        _put_aside(connection, settled.put_aside)


def _remove(connection: Connection, drafts: Iterable[Draft]) -> None:
    for one in drafts:
        connection.exec_driver_sql("DELETE FROM draft WHERE id = ? AND writes = ?", (one.id, one.writes))


def _discard(connection: Connection, draft_ids: Iterable[str]) -> None:
    for draft_id in draft_ids:
        connection.exec_driver_sql(
            "UPDATE draft SET discarded = ?, writer = '' WHERE id = ? AND discarded IS NULL", (now(), draft_id)
        )


def _put_aside(connection: Connection, drafts: Iterable[Draft]) -> None:
    for one in drafts:
        connection.exec_driver_sql(
            "UPDATE draft SET discarded = ?, writer = '' WHERE id = ? AND writes = ? AND discarded IS NULL",
            (now(), one.id, one.writes),
        )


def _is_held(connection: Connection, draft_id: str) -> bool:
    """Whether an editor that runs holds the draft."""
    found = connection.exec_driver_sql("SELECT writer FROM draft WHERE id = ?", (draft_id,)).scalar()
    return found is not None and writers.runs(found)


def _pieces(standing: Standing) -> str:
    return orjson.dumps([list(piece) for piece in standing.pieces]).decode()


def _record(row: Row[Any]) -> Draft:
    pieces = tuple((start, end) for start, end in orjson.loads(row.pieces))
    return Draft(
        id=row.id,
        standing=Standing(Subject(row.subject), row.subject_id, row.article_id, pieces, row.quote),
        text=row.text,
        saved=row.saved,
        writes=row.writes,
        created=row.created,
        updated=row.updated,
        discarded=row.discarded,
        is_open=writers.runs(row.writer),
        article_title=row.article_title,
    )
