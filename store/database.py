"""One SQLite file: how it is opened, checked, brought up to date, read and written.

A file that is not ours is refused before anything is written to it. Every connection gets the same PRAGMAs; a
write is one `BEGIN IMMEDIATE` transaction, and what SQLite says when it fails becomes a sentence.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from store import header
from store.errors import LibraryError, LibraryLockedError, LibraryWriteError, NotALibraryError

LOCK_WAIT = 10.0
"""Seconds that a write waits for another process's lock."""

STEPS = "steps"
"""Under this name a session knows the steps of the journal that its transaction writes."""


class Database:
    """A library's file, opened. Safe to use from several threads; each transaction has its own connection."""

    def __init__(self, path: Path) -> None:
        """Open the library at `path`, making it if there is none and migrating it if it is older.

        Raises:
            LibraryError: the file cannot be used; which subclass, and its sentence, say why.
        """
        self.path = path
        self.steps: list[str] = []
        """The steps of the journal that were committed through this object, in order: what another process did on the
        same file at the same time is not among them."""
        header.check(path)
        self._engine = _engine(path)
        try:
            self._bring_up_to_date()
        except (DBAPIError, sqlite3.Error) as error:
            self.close()
            raise explain(error, path) from error
        except BaseException:
            self.close()
            raise
        self._file = _identity(path)

    def close(self) -> None:
        """Close every connection. The last one to close a WAL database folds the log into the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session on one consistent view of the library; it writes nothing."""
        with self._transaction("DEFERRED") as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one immediate transaction, committed to the disk when the block ends without an error.

        Raises:
            LibraryLockedError: another process held the lock longer than `LOCK_WAIT`.
            LibraryWriteError: the disk is full, read-only or failing, or the file is not there any more; nothing of
                the block was kept.
        """
        with self._transaction("IMMEDIATE") as session:
            yield session
            self._require_the_same_file()
            session.commit()
            self.steps += dict.fromkeys(session.info.get(STEPS, ()))

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Session]:
        engine = self._engine.execution_options(postil_begin=begin)
        try:
            # The records that leave are copies, so nothing needs to be read again after the commit.
            with Session(engine, expire_on_commit=False) as session:
                session.connection()
                yield session
        except DBAPIError as error:
            raise explain(error, self.path) from error

    def _require_the_same_file(self) -> None:
        """SQLite would go on writing into a file that has no name any more, and all of it would be gone at the end."""
        if _identity(self.path) != self._file:
            raise LibraryWriteError(
                f"{self.path} was moved, removed or replaced while it was open: nothing was changed; put it back"
                " under its name, or leave postil and open the library where it is now."
            )

    def _bring_up_to_date(self) -> None:
        version = self._user_version()
        header.refuse_newer(self.path, version)  # the file's header may be behind its log
        if version < header.SCHEMA:
            # Alembic is imported only here, so a current library never waits for it.
            from store.migrations.upgrade import upgrade

            upgrade(self._engine, self.path, version)
        with self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.rollback()
            _write_ahead(raw)
            # A write begun and given up: a library that cannot be written is found out now, not at the first act.
            raw.execute("BEGIN IMMEDIATE")
            raw.execute(f"PRAGMA user_version = {header.SCHEMA}")
            raw.execute("ROLLBACK")

    def _user_version(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file has this name now; None if none has."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite does not wait for a lock here, so that we have to."""
    deadline = monotonic() + LOCK_WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() > deadline:
                raise
            sleep(0.02)
        else:
            return


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # isolation_level=None hands BEGIN to us: sqlite3 would begin late, and never IMMEDIATE.
        connect_args={"timeout": LOCK_WAIT, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("postil_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def explain(error: DBAPIError | sqlite3.Error, path: Path) -> LibraryError:
    """The error that SQLite reported, as the one of ours whose sentence says what happened and what to do."""
    reported = error.orig if isinstance(error, DBAPIError) else error
    said = str(reported).lower()
    if "locked" in said or "busy" in said:
        return LibraryLockedError(f"{path} is held by another process: nothing was changed; try again when it is done.")
    if "full" in said:
        return LibraryWriteError(f"There is no room left to write {path}: nothing was changed; free some room.")
    if "readonly" in said or "read-only" in said:
        return LibraryWriteError(f"{path} is read-only: nothing was changed; make it writable, or use --library.")
    if "unable to open" in said:
        return LibraryWriteError(
            f"{path} cannot be opened for writing: check the permissions of it and its folder, or use --library."
        )
    if "malformed" in said or "not a database" in said or "corrupt" in said:
        return NotALibraryError(f"{path} is damaged ({reported}) and was left alone: go back to a copy of it.")
    return LibraryWriteError(f"{path} could not be used ({reported}): nothing was changed.")
