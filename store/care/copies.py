"""A safe copy of a library that may be open elsewhere: one consistent file, on the disk before it has its name.

What was saved last may still be in the log beside an open library, so that copying the file alone can lose it.
SQLite's `VACUUM INTO` reads one moment of the whole library and leaves withdrawn pages behind; it does not bring the
copy to the disk, so that is done here.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from store import header
from store.database import LOCK_WAIT, explain
from store.errors import CopyError, LibraryError, LibraryLockedError, NotALibraryError

_COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite puts behind a file's name for the files that belong to it."""


def default_target(path: Path, day: date) -> Path:
    """Where a copy of the library at `path` made on `day` goes if nobody says: beside it, with the date."""
    return path.with_name(f"{path.stem}-{day.isoformat()}{path.suffix}")


def copy_to(path: Path, target: Path) -> None:
    """Copy the library at `path` to `target`, which must not exist; others may read and write the library meanwhile.

    The copy is one file without a log, compact, with the library's schema (of whatever version), application id and
    permissions. It is written under another name and brought to the disk, file and folder, before it is called
    `target`: an interruption leaves no half of a copy under that name.

    Raises:
        CopyError: `target` exists, or cannot be written.
        LibraryError: there is no library at `path`, it cannot be read, or is held by another process for long.
    """
    require(path)
    target = target.parent.resolve() / target.name
    require_free(target)
    try:
        descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        os.close(descriptor)
        unfinished = Path(name)
        try:
            _vacuum_into(path, unfinished, target)
            unfinished.chmod(stat.S_IMODE(path.stat().st_mode))
            _sync(unfinished)
            _name(unfinished, target)
        finally:
            for companion in ("", *_COMPANIONS):
                Path(name + companion).unlink(missing_ok=True)
        _sync(target.parent)
    except FileExistsError as error:
        raise _taken(target) from error
    except OSError as error:
        raise CopyError(f"{target} cannot be written ({error.strerror}): name another file for the copy.") from error


def compact(path: Path) -> tuple[int, int]:
    """Give the room that is no longer used back to the disk; the library's size in bytes before and after.

    Nobody else may have it open: what another reader still looks at could not be given back. An interruption
    leaves the library as it was.

    Raises:
        LibraryLockedError: another process has it open.
        LibraryError: there is no library at `path`, or it cannot be written; nothing was changed.
    """
    require(path)
    before = path.stat().st_size + _log_size(path)
    with alone(path) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA optimize = 0x10002")
    return before, path.stat().st_size


@contextmanager
def alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the library at `path`, which nobody else has open, and which is one file without a log meanwhile.

    Raises:
        LibraryLockedError: another process has it open.
        LibraryError: there is no library at `path`, or it cannot be written.
    """
    require(path)
    try:
        with closing(_connect(path)) as connection:
            connection.execute("PRAGMA busy_timeout = 0")
            # Leaving the write-ahead log is granted only to the one process that has the file open.
            connection.execute("PRAGMA journal_mode = DELETE")
            try:
                connection.execute("PRAGMA synchronous = FULL")
                yield connection
            finally:
                with suppress(sqlite3.OperationalError):  # somebody opened it since, and does this
                    connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.Error as error:
        found = explain(error, path)
        if isinstance(found, LibraryLockedError):
            raise LibraryLockedError(
                f"{path} is open in another postil: nothing was changed; leave that one, then try again."
            ) from error
        raise found from error


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to the library at `path`, which others may have open too."""
    with closing(_connect(path)) as connection:
        yield connection


def require(path: Path) -> None:
    """Raise a `LibraryError` if there is no library at `path`."""
    header.check(path)
    if not path.exists() or not path.stat().st_size:
        raise LibraryError(f"There is no library at {path} yet: name another with --library.")


def _connect(path: Path) -> sqlite3.Connection:
    # mode=rw makes no file where none is, and falls back to reading where writing is not allowed.
    uri = f"{path.resolve().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=LOCK_WAIT, isolation_level=None)


def _vacuum_into(path: Path, unfinished: Path, target: Path) -> None:
    try:
        with closing(_connect(path)) as connection:
            # Pages are wiped before they are used: memory that held what was deleted must not get into a copy.
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM INTO ?", (str(unfinished),))
    except UnicodeEncodeError as error:
        raise CopyError(f"{target!a} is no name that SQLite can write: name another file for the copy.") from error
    except sqlite3.Error as error:
        found = explain(error, path)
        if isinstance(found, LibraryLockedError | NotALibraryError):
            raise found from error
        raise CopyError(f"{target} cannot be written ({error}): free some room, or name another file.") from error


def require_free(target: Path) -> None:
    """Raise a `CopyError` if `target` is a name that a copy cannot get."""
    if target.name.endswith(_COMPANIONS):
        raise CopyError(f"{target} has a name that SQLite keeps for its own files: name another file for the copy.")
    if os.path.lexists(target):
        raise _taken(target)
    for companion in _COMPANIONS:
        left = target.with_name(target.name + companion)
        if os.path.lexists(left):  # SQLite would take an old log for that of the copy
            raise CopyError(f"{left} was left behind by another database: name another file for the copy.")


def _taken(target: Path) -> CopyError:
    return CopyError(f"{target} exists already and was left alone: name another file for the copy.")


def _name(unfinished: Path, target: Path) -> None:
    """Give the finished file its name, unless somebody took the name meanwhile."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if os.path.lexists(target):
            raise _taken(target) from None
        unfinished.rename(target)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _log_size(path: Path) -> int:
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except FileNotFoundError:
        return 0
