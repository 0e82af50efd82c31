"""Archive and delete: an article that is out of the list, or counts as gone, until it is brought back.

Both are this library's own. Whoever reads articles from the library asks `kept` here, and so leaves out what was
deleted; the row, its text and all that stands on it stay until `postil purge`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import sqlalchemy
from sqlalchemy import ColumnElement, Connection, func

from store import journaled, models
from store.clock import now
from store.database import Database
from store.models import table
from store.records import Weight
from store.sharing.shared import SHELF


def kept(article_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """SQL: whether the article with this id was not deleted."""
    return ~_put_away(article_id, table(models.Shelf).c.deleted.is_not(None))


def listed(article_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """SQL: whether the article with this id is neither deleted nor archived."""
    row = table(models.Shelf)
    return ~_put_away(article_id, row.c.archived.is_not(None) | row.c.deleted.is_not(None))


def archived(article_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """SQL: whether the article with this id is archived, and not deleted."""
    row = table(models.Shelf)
    return _put_away(article_id, row.c.archived.is_not(None) & row.c.deleted.is_(None))


def deleted(article_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """SQL: whether the article with this id was deleted."""
    return ~kept(article_id)


def kept_in(schema: str, column: str) -> str:
    """The same as `kept`, as text, for statements that know the library's tables under a name of their own."""
    return f"NOT EXISTS (SELECT 1 FROM {schema}.shelf WHERE shelf.article_id = {column} AND deleted IS NOT NULL)"


def _put_away(article_id: ColumnElement[Any], how: ColumnElement[bool]) -> ColumnElement[bool]:
    row = table(models.Shelf)
    return sqlalchemy.exists().where(row.c.article_id == article_id, how)


def bring_back(connection: Connection, article_ids: Iterable[str]) -> None:
    """Let deleted articles be there again, since somebody added them; in the caller's transaction."""
    connection.exec_driver_sql(
        "UPDATE shelf SET deleted = NULL, updated = ?"
        " WHERE deleted IS NOT NULL AND article_id IN (SELECT value FROM json_each(?))",
        (now(), orjson.dumps(list(article_ids)).decode()),
    )


class PuttingAway:
    """Puts articles away and brings them back, on behalf of one annotator. Each act is one step of the journal."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Write to `database`."""
        self._database = database
        self._annotator_id = annotator_id

    def archive(self, article_ids: Sequence[str]) -> int:
        """Take articles out of the list; how many were in it."""
        return self._put(article_ids, "archive", "archived", now())

    def unarchive(self, article_ids: Sequence[str]) -> int:
        """Bring archived articles back into the list; how many were archived."""
        return self._put(article_ids, "unarchive", "archived", None)

    def delete(self, article_ids: Sequence[str]) -> int:
        """Let articles count as gone; how many were there. Their annotations stay with them."""
        return self._put(article_ids, "delete", "deleted", now())

    def restore(self, article_ids: Sequence[str]) -> int:
        """Bring deleted articles back as they were; how many were deleted."""
        return self._put(article_ids, "restore", "deleted", None)

    def weight(self, article_ids: Sequence[str]) -> Weight:
        """What deleting some articles would take away."""
        annotation = table(models.Annotation)
        ids = func.json_each(orjson.dumps(list(article_ids)).decode()).table_valued("value")
        statement = sqlalchemy.select(
            func.count(), func.coalesce(func.sum(annotation.c.annotator_id != self._annotator_id), 0)
        ).where(annotation.c.withdrawn.is_(None), annotation.c.article_id.in_(sqlalchemy.select(ids.c.value)))
        with self._database.reading() as session:
            annotations, others = session.connection().execute(statement).one()
        return Weight(len(article_ids), annotations, others)

    def archived_among(self, article_ids: Sequence[str]) -> set[str]:
        """Which of some articles are archived."""
        return self._among(article_ids, "archived")

    def deleted_among(self, article_ids: Sequence[str]) -> set[str]:
        """Which of some articles are deleted."""
        return self._among(article_ids, "deleted")

    def _among(self, article_ids: Sequence[str], column: str) -> set[str]:
        with self._database.reading() as session:
            connection = session.connection()
            return {
                article_id
                for batch in journaled.batches(article_ids)
                for article_id, row in SHELF.find(connection, batch).items()
                if row[column] is not None
            }

    def _put(self, article_ids: Sequence[str], action: str, column: str, value: str | None) -> int:
        at, step, count = now(), journaled.step(), 0
        with self._database.writing() as session:
            connection = session.connection()
            for batch in journaled.batches(dict.fromkeys(article_ids)):
                before = SHELF.find(connection, batch)
                rows = []
                for article_id in batch:
                    row = before.get(article_id) or {"article_id": article_id, "archived": None, "deleted": None}
                    if (row[column] is None) == (value is None):
                        continue
                    rows.append(row | {column: value, "annotator_id": self._annotator_id, "updated": at})
                journaled.write(connection, SHELF, rows, action=action, step=step)
                count += len(rows)
        return count
