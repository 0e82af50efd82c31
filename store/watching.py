"""Has anybody else written to the library? Asked often, so it costs a look at a counter and reads no table."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

from store.database import LOCK_WAIT, explain


class Watch:
    """Tells whether the library has changed since it was asked last; may be asked from any thread."""

    def __init__(self, path: Path) -> None:
        """Watch the library at `path`; what was written before the first question is no news."""
        self._path = path
        self._lock = threading.Lock()
        # A connection of its own, which never writes: `data_version` counts what *other* connections commit.
        uri = f"{path.resolve().as_uri()}?mode=ro"
        try:
            self._connection = sqlite3.connect(uri, uri=True, timeout=LOCK_WAIT, check_same_thread=False)
        except sqlite3.Error as error:
            raise explain(error, path) from error
        self._version = self._data_version()

    def changed(self) -> bool:
        """Whether anything was committed since the last question, by this process or another.

        Raises:
            LibraryError: the library cannot be read any more.
        """
        with self._lock:
            version = self._data_version()
            changed, self._version = version != self._version, version
            return changed

    def close(self) -> None:
        """Watch no more."""
        with self._lock:
            self._connection.close()

    def _data_version(self) -> int:
        try:
            return int(self._connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error as error:
            raise explain(error, self._path) from error
