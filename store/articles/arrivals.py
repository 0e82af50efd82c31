"""What comes into a folder: told by looking again and again, which works on every disk and needs nothing installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from store.articles.files import files_in

_Stamp = tuple[int, int]
"""Size, and the time of the last change in nanoseconds."""


class Arrivals:
    """Some folders, looked at from time to time.

    A file is told of once it is the same in two looks that follow each other, so that one that is still being written
    is not read by half; and again when it was changed.
    """

    def __init__(self, folders: Iterable[Path]) -> None:
        """Begin with nothing seen."""
        self._folders = list(folders)
        self._before: dict[Path, _Stamp] = {}
        self._told: dict[Path, _Stamp] = {}

    def look(self) -> Iterator[Path]:
        """The files that have come or were changed, and are whole."""
        now = dict(self._stamps())
        for path, stamp in now.items():
            if self._before.get(path) == stamp and self._told.get(path) != stamp:
                self._told[path] = stamp
                yield path
        self._before = now
        self._told = {path: stamp for path, stamp in self._told.items() if path in now}

    def _stamps(self) -> Iterator[tuple[Path, _Stamp]]:
        for folder in self._folders:
            for path in files_in(folder, []):
                try:
                    status = path.stat()
                except OSError:
                    continue  # it is gone again
                yield path, (status.st_size, status.st_mtime_ns)
