"""Purging: articles that were deleted some time ago leave the file for good, with all that stands on them.

What goes is found by the references of the tables themselves, so that a table that is added later is not forgotten.
Nothing of it remains in the file: not in the journal, not in what merges laid aside, not in the index of words, and not
in pages that are free. A copy of the library as it was is made first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from store.care import copies
from store.database import Database, explain
from store.entities.index import Names

DAYS = 30
"""How long an article stays deleted before it may be purged, if nobody says otherwise."""

_DOOMED = "SELECT id FROM temp.doomed"
_ANNOTATIONS = "SELECT id FROM temp.doomed_annotation"


@dataclass(frozen=True, slots=True)
class Doomed:
    """What a purge takes away."""

    articles: Sequence[tuple[str, str]]
    """Ids and titles of the first few."""
    count: int
    """How many articles."""
    annotations: int
    relations: int
    """From or to these annotations."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took away."""

    count: int
    """How many articles."""
    backup: Path
    """The copy of the library as it was before."""
    before: int
    """The size of the library in bytes."""
    after: int


def doomed(path: Path, days: int = DAYS) -> Doomed:
    """What a purge of the articles that were deleted more than `days` days ago would take away.

    Raises:
        LibraryError: there is no library at `path`, or it cannot be read.
    """
    copies.require(path)
    Database(path).close()  # brings an older one up to date
    try:
        with copies.opened(path) as connection:
            return _note_down(connection, _limit(days))
    except sqlite3.Error as error:
        raise explain(error, path) from error


def purge(path: Path, days: int = DAYS) -> Purged | None:
    """Remove the articles that were deleted more than `days` days ago for good; None if there are none.

    Nobody else may have the library open, and an interruption leaves it as it was.

    Raises:
        LibraryLockedError: another process has it open.
        CopyError: it cannot be copied first.
        LibraryError: there is no library at `path`, or it cannot be written; nothing was changed.
    """
    if not doomed(path, days).count:
        return None
    database = Database(path)
    try:
        for _ in Names(database).refresh():  # the totals then have nothing of what goes
            pass
    finally:
        database.close()
    with copies.alone(path) as connection:
        moment = datetime.now().astimezone().strftime("%Y-%m-%dT%H-%M-%S-%f")
        backup = path.with_name(f"{path.name}.before-purge-{moment}.backup")
        before = path.stat().st_size
        copies.copy_to(path, backup)
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("PRAGMA defer_foreign_keys = ON")
        found = _note_down(connection, _limit(days))
        _remove(connection)
        connection.execute("COMMIT")
        # The index of words keeps what was deleted from it until its parts are joined.
        indexes = "SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts5%'"
        for (index,) in connection.execute(indexes).fetchall():
            connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
        connection.execute("VACUUM")
    return Purged(found.count, backup, before, path.stat().st_size)


def _limit(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _note_down(connection: sqlite3.Connection, before: str) -> Doomed:
    """Note down in temporary tables what goes."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(
        "CREATE TEMP TABLE doomed AS SELECT article.number, id, title FROM shelf JOIN article ON id = article_id"
        " WHERE deleted <= ? ORDER BY listing, id",
        (before,),
    )
    connection.execute(
        f"CREATE TEMP TABLE doomed_annotation AS SELECT id, withdrawn FROM annotation WHERE article_id IN ({_DOOMED})"
    )
    connection.execute(
        "CREATE TEMP TABLE doomed_relation AS SELECT id, withdrawn FROM relation"
        f" WHERE source_id IN ({_ANNOTATIONS}) OR target_id IN ({_ANNOTATIONS})"
    )
    counts = (
        connection.execute(f"SELECT count(*) FROM temp.{table} WHERE withdrawn IS NULL").fetchone()[0]
        for table in ("doomed_annotation", "doomed_relation")
    )
    first = connection.execute("SELECT id, title FROM temp.doomed LIMIT 10").fetchall()
    return Doomed(first, connection.execute("SELECT count(*) FROM temp.doomed").fetchone()[0], *counts)


def _remove(connection: sqlite3.Connection) -> None:
    """Take out what was noted down, with what refers to it."""
    ids = f"{_DOOMED} UNION ALL {_ANNOTATIONS} UNION ALL SELECT id FROM temp.doomed_relation"
    connection.execute(f"DELETE FROM change WHERE article_id IN ({_DOOMED}) OR subject_id IN ({ids})")
    for reference in ("article_id", "source_id", "target_id"):
        connection.execute(f"DELETE FROM aside WHERE state IS NOT NULL AND state ->> '{reference}' IN ({ids})")
    # A row is known by its id, or by a JSON array that its article begins.
    connection.execute(
        f"DELETE FROM aside WHERE key IN ({ids}) OR CASE WHEN key LIKE '[%' THEN key ->> 0 END IN ({_DOOMED})"
    )
    for referred, gone in (("annotation", _ANNOTATIONS), ("article", _DOOMED)):
        for table, column in _referring(connection, referred):
            connection.execute(f'DELETE FROM "{table}" WHERE "{column}" IN ({gone})')
    # What was typed and not saved refers to nothing.
    connection.execute(f"DELETE FROM draft WHERE article_id IN ({_DOOMED}) OR subject_id IN ({ids})")
    connection.execute("DELETE FROM sketch WHERE article_number IN (SELECT number FROM temp.doomed)")
    connection.execute(f"DELETE FROM article WHERE id IN ({_DOOMED})")
    _shorten_merges(connection)


def _referring(connection: sqlite3.Connection, referred: str) -> Iterator[tuple[str, str]]:
    """The tables that refer to a table's ids, and by which column; those that refer to annotations first."""
    tables = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    for (table,) in tables.fetchall():
        for _, _, to, column, *_ in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if to == referred:
                yield table, column


def _shorten_merges(connection: sqlite3.Connection) -> None:
    """Numbers of rows that went are free for others now, which a merge that is undone must not take for its own."""
    merges = connection.execute("SELECT seq, after FROM change WHERE action = 'merge' AND undone = 0").fetchall()
    for seq, after in merges:
        brought = orjson.loads(after)
        numbers = brought.get("numbers", {})
        for table, (first, last) in list(numbers.items()):
            highest = connection.execute(f'SELECT coalesce(max(number), 0) FROM "{table}"').fetchone()[0]
            numbers[table] = (first, min(last, highest))
            if numbers[table][1] < first:
                del numbers[table]
        connection.execute("UPDATE change SET after = ? WHERE seq = ?", (orjson.dumps(brought).decode(), seq))
