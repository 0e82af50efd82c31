"""Somebody else's file, copied to a private place and opened so that it can do nothing but be read.

After SQLite's own advice on files from strangers, https://sqlite.org/security.html: the copy is opened immutable, with
limits, checked for damage, compared with our schema, and then allowed SELECT on our tables and nothing else. It is
never attached, its full text tables are never touched, and time spent in it is counted.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from store import header
from store.articles.sources import LARGEST as LARGEST_TEXT
from store.errors import ForeignLibraryError
from store.sharing import schema
from store.sharing.clock import Clock

LARGEST = 16 * 1024**3
"""Bytes that somebody's library may have."""

LONGEST_ROW = LARGEST_TEXT + 1024 * 1024
"""Bytes of one row: the largest article that we would read from a file, and what stands beside its text."""

_BESIDE = ("-wal", "-journal")
_BATCH = 500
_LOOK_EVERY = 20_000
"""Steps of SQLite's machine between two looks at the clock."""

_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_ROW,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 20,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_VDBE_OP: 25_000,
    sqlite3.SQLITE_LIMIT_FUNCTION_ARG: 8,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 50,
    sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER: 10,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
"""As low as our own queries and schema allow: https://sqlite.org/c3ref/c_limit_attached.html"""


class Unreadable:
    """A row that SQLite cannot hand over."""

    def __init__(self, rowid: int, reason: str) -> None:
        """Name the row by where it stands in its table; the reason is half a sentence."""
        self.key = f"row {rowid}"
        self.reason = reason


class Reader:
    """Somebody's library, of our newest schema, behind bars: all that can be done with it is to read rows."""

    def __init__(self, connection: sqlite3.Connection, path: Path, version: int, clock: Clock) -> None:
        """Read from `connection`; `path` is the file that the reader named, `version` the schema that it came with."""
        self.path = path
        self.version = version
        self._connection = connection
        self._clock = clock

    def one(self, sql: str, *parameters: object) -> tuple[Any, ...] | None:
        """The first row of a query; None if there is none, or it cannot be read.

        Raises:
            ForeignLibraryError: the file is damaged, or the time is over.
        """
        with self._explained(), self._clock.running():
            try:
                found: tuple[Any, ...] | None = self._connection.execute(sql, parameters).fetchone()
            except (sqlite3.DataError, sqlite3.OperationalError) as error:
                if not _is_about_a_row(error):
                    raise
                return None
            return found

    def rows(self, table: str, columns: str, order: str = "") -> Iterator[tuple[Any, ...] | Unreadable]:
        """Every row of a table, ordered by `order` and as they stand in the file; what cannot be read in its place.

        Text that is not UTF-8 and cells too large end a query in its middle, so that the rest is then read row by row.

        Raises:
            ForeignLibraryError: the file is damaged, or the time is over.
        """
        sort = f" ORDER BY {order}, rowid" if order else " ORDER BY rowid"
        read = 0
        try:
            with self._explained(), self._clock.running():
                cursor = self._connection.execute(f"SELECT {columns} FROM {table}{sort}")
            while batch := self._batch(cursor):
                yield from batch
                read += len(batch)
        except _RowError:
            with self._explained(), self._clock.running():
                keys = self._connection.execute(f"SELECT rowid FROM {table}{sort}").fetchall()
            for (rowid,) in keys[read:]:
                yield self._alone(table, columns, rowid)

    def _batch(self, cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
        with self._explained(), self._clock.running():
            try:
                return cursor.fetchmany(_BATCH)
            except (sqlite3.DataError, sqlite3.OperationalError) as error:
                if _is_about_a_row(error):
                    raise _RowError from error
                raise

    def _alone(self, table: str, columns: str, rowid: int) -> tuple[Any, ...] | Unreadable:
        with self._explained(), self._clock.running():
            try:
                row: tuple[Any, ...] = self._connection.execute(
                    f"SELECT {columns} FROM {table} WHERE rowid = ?", (rowid,)
                ).fetchone()
            except (sqlite3.DataError, sqlite3.OperationalError) as error:
                if not _is_about_a_row(error):
                    raise
                too_large = isinstance(error, sqlite3.DataError)
                return Unreadable(rowid, "it is too large" if too_large else "it has text that is not UTF-8")
            return row

    @contextmanager
    def _explained(self) -> Iterator[None]:
        with explained(self.path, self._clock):
            yield


class _RowError(Exception):
    """A query ended at a row that cannot be read, and others can."""


def _is_about_a_row(error: sqlite3.Error) -> bool:
    return isinstance(error, sqlite3.DataError) or "decode to UTF-8" in str(error)


@contextmanager
def quarantined(path: Path, *, seconds: float) -> Iterator[Reader]:
    """The library at `path`, copied, checked and opened for the block.

    Raises:
        ForeignLibraryError: it is refused; the sentence says why and what to do.
    """
    clock = Clock(seconds)
    with tempfile.TemporaryDirectory(prefix="postil-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "foreign.db"
        version = _copy(path, copy)
        connection = _open(copy)
        try:
            with explained(path, clock), clock.running():
                _prepare(connection, clock)
                _examine(connection, path, version)
            if version < header.SCHEMA:
                from store.sharing.older import renewed

                newest = Path(folder) / "newest.db"
                with explained(path, clock):
                    renewed(connection, version, newest, clock)
                connection.close()
                copy.unlink()
                connection = _open(newest)
                with explained(path, clock), clock.running():
                    _prepare(connection, clock)
            _close_in(connection)
            yield Reader(connection, path, version, clock)
        finally:
            connection.close()


@contextmanager
def explained(path: Path, clock: Clock) -> Iterator[None]:
    """What SQLite says of somebody's file, as a sentence."""
    try:
        yield
    except (sqlite3.Error, UnicodeDecodeError) as error:
        if "interrupted" in str(error):
            raise ForeignLibraryError(
                f"{path} could not be read within {clock.seconds:,.0f} seconds and was left alone: nothing was taken."
            ) from error
        if "disk is full" in str(error):
            raise ForeignLibraryError(
                f"There is no room in {tempfile.gettempdir()} for a copy of {path}: free some, or set TMPDIR."
            ) from error
        too_large = isinstance(error, sqlite3.DataError)
        raise _refusal(path, "has a row that is too large" if too_large else "is damaged") from error


def _refusal(path: Path, why: str) -> ForeignLibraryError:
    return ForeignLibraryError(f"{path} {why}: nothing was taken from it; ask for a new copy made by postil share.")


def _copy(path: Path, target: Path) -> int:
    """Copy the file to `target` if its first bytes, its size and its neighbours are right; its schema's number."""
    try:
        # A pipe would keep us waiting, and a link may lead to what its giver could not read.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ForeignLibraryError(f"{path} is a link: name the file that it leads to.") from error
        raise ForeignLibraryError(f"{path} cannot be read ({error.strerror}): check the path.") from error
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        raise ForeignLibraryError(f"{path} is not a file: name a library that postil share made.")
    with os.fdopen(descriptor, "rb") as source:
        version = _header(path, source, before.st_size)
        _require_alone(path)
        if before.st_size > LARGEST:
            raise ForeignLibraryError(f"{path} is too large ({before.st_size / 1e9:,.1f} GB): nothing was taken.")
        if before.st_size * 2 > shutil.disk_usage(target.parent).free:
            raise ForeignLibraryError(
                f"There is no room in {target.parent.parent} for a copy of {path}: free some, or set TMPDIR."
            )
        try:
            source.seek(0)
            with target.open("wb") as copy:
                shutil.copyfileobj(source, copy, 1024 * 1024)
        except OSError as error:
            raise ForeignLibraryError(f"{path} could not be copied ({error.strerror}): nothing was taken.") from error
        after = os.fstat(descriptor)
        _require_alone(path)
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise ForeignLibraryError(f"{path} was being written to: try again when it is done.")
    return version


def _require_alone(path: Path) -> None:
    for ending in _BESIDE:
        if os.path.lexists(path.with_name(path.name + ending)):
            raise ForeignLibraryError(
                f"{path.name}{ending} lies beside {path}, so that a part of it may be missing: leave the postil that"
                " has it open, or make a whole copy with postil share or postil backup."
            )


def _header(path: Path, source: BinaryIO, size: int) -> int:
    """The schema's number by the file's first bytes. https://sqlite.org/fileformat.html#the_database_header"""
    first = source.read(100)
    if not first.startswith(header.MAGIC):
        raise ForeignLibraryError(f"{path} is not a postil library (not SQLite): nothing was taken from it.")
    if len(first) < 100:
        raise _refusal(path, "is cut short")
    if header.number(first, header.APPLICATION_ID_AT) != header.APPLICATION_ID:
        raise ForeignLibraryError(f"{path} is another program's SQLite file: nothing was taken from it.")
    version = header.number(first, header.USER_VERSION_AT)
    if version > header.SCHEMA:
        raise ForeignLibraryError(
            f"{path} was made by a later postil (schema {version}, this one knows {header.SCHEMA}): install the newer"
            " postil."
        )
    if version < 1:
        raise _refusal(path, "has no schema of ours")
    page = int.from_bytes(first[16:18], "big")
    page = 65_536 if page == 1 else page
    pages = int.from_bytes(first[28:32], "big")
    if page < 512 or page & (page - 1) or not pages:
        raise _refusal(path, "is damaged")
    if size < page * pages:
        raise _refusal(path, f"is cut short ({size:,} of {page * pages:,} bytes are there)")
    if size != page * pages:
        raise _refusal(path, f"is damaged ({size:,} bytes are there where {page * pages:,} should be)")
    return version


def _open(path: Path) -> sqlite3.Connection:
    # Immutable: no lock, no log, nothing beside it is looked for.
    return sqlite3.connect(
        f"{path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None, check_same_thread=False
    )


def _prepare(connection: sqlite3.Connection, clock: Clock) -> None:
    connection.set_progress_handler(clock.over, _LOOK_EVERY)
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _examine(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Refuse damage and any schema but ours. The schema comes first: checking a table runs what the schema says."""
    _require_sound(connection, path, "sqlite_schema")
    if connection.execute("PRAGMA encoding").fetchone() != ("UTF-8",):
        raise _refusal(path, "is damaged (its encoding is not UTF-8)")
    difference = schema.difference(connection.execute(schema.SELECT), version)
    if difference:
        raise ForeignLibraryError(
            f"{path} is not as postil makes a library of schema {version} ({difference}): nothing was taken from it."
        )
    for table in schema.tables(version):
        _require_sound(connection, path, table)


def _require_sound(connection: sqlite3.Connection, path: Path, table: str) -> None:
    # A table at a time: the whole file's check would look into the full text tables, which never happens here. Not
    # quick_check: it would not find two rows with one id.
    for (said,) in connection.execute(f"PRAGMA integrity_check({table})"):
        if said != "ok":
            where = "schema" if table == "sqlite_schema" else table
            raise _refusal(path, f"is damaged (in its {where})")


def _close_in(connection: sqlite3.Connection) -> None:
    """From now on: SELECT, on our tables, without functions."""

    def allow(action: int, first: str | None, _second: str | None, _database: str | None, _inner: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT or (action == sqlite3.SQLITE_READ and first in schema.TABLES):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    connection.set_authorizer(allow)
