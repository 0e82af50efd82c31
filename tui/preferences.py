"""What postil remembers by itself: how a reader likes the screen, which libraries were open."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from store.kinds import Order

MEASURES = range(40, 161)
"""Columns of text that a reader may choose."""


_LIBRARIES = 8
"""How many libraries are remembered."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the reader likes the screen, and what was open."""

    measure: int = 80
    """Columns of text, one of `MEASURES`."""
    hidden_layers: frozenset[str] = frozenset()
    """Names of the layers that are not shown."""
    panel: bool | None = None
    """Whether the side panel is shown; None leaves it to the width of the screen."""
    libraries: tuple[str, ...] = ()
    """Paths of the libraries that were opened, the latest first."""
    order: str = Order.TITLE.value
    """What the library's list is sorted by: a value of `store.records.Order`."""

    def with_library(self, path: Path) -> tuple[str, ...]:
        """The libraries, once the one at `path` was opened."""
        opened = str(path.absolute())
        return (opened, *(known for known in self.libraries if known != opened))[:_LIBRARIES]


def load(path: Path) -> Preferences:
    """What was remembered. A file that is damaged or odd counts as none: nothing in it is worth stopping for."""
    try:
        said = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return Preferences()
    if not isinstance(said, dict):
        return Preferences()
    measure, hidden, panel = said.get("measure"), said.get("hidden_layers"), said.get("panel")
    order = said.get("order")
    names = hidden if isinstance(hidden, list) else []
    libraries = said.get("libraries")
    paths = libraries if isinstance(libraries, list) else []
    return Preferences(
        measure=measure if type(measure) is int and measure in MEASURES else Preferences().measure,
        hidden_layers=frozenset(name for name in names if isinstance(name, str)),
        panel=panel if isinstance(panel, bool) else None,
        order=order if isinstance(order, str) and order in set(Order) else Preferences().order,
        libraries=tuple(path for path in paths if isinstance(path, str))[:_LIBRARIES],
    )


def save(path: Path, preferences: Preferences) -> None:
    """Write the file whole: two postils may take turns at it, but none ever reads half of one.

    Raises:
        OSError: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    said = asdict(preferences) | {"hidden_layers": sorted(preferences.hidden_layers)}
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(said, file)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Remembered:
    """The preferences in force. A change is written by a thread: no key waits for it."""

    def __init__(self, path: Path | None) -> None:
        """Read them from a file; with None they last as long as this object."""
        self._path = path
        self._writing = threading.Lock()
        self.preferences = Preferences() if path is None else load(path)

    def change(self, **changes: Any) -> None:
        """Change some fields of `Preferences`. A file that cannot be written is no reason to disturb the reader."""
        changed = replace(self.preferences, **changes)
        if changed != self.preferences:
            self.preferences = changed
            if self._path is not None:
                threading.Thread(target=self._save, args=(self._path,)).start()

    def _save(self, path: Path) -> None:
        with self._writing:
            try:
                save(path, self.preferences)
            except OSError:
                return
