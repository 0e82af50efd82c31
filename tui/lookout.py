"""The lookout: whether the library was written to since a screen asked last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from store.errors import PostilError
from tui.desk import Desk

if TYPE_CHECKING:
    from store.library import Library
    from store.watching import Watch

LOOK_EVERY = 1.0
"""Seconds between two questions of a screen."""


class Lookout:
    """Asks in the desk's threads, one question at a time: the library may be held for long."""

    def __init__(self, desk: Desk) -> None:
        """Watch nothing before the first question."""
        self._desk = desk
        self._watch: Watch | None = None
        self._asking = False
        self._unheard = True

    async def changed(self) -> bool:
        """Whether there may be something new; always the first time, and after `missed`."""
        if self._asking:
            return False
        self._asking = True
        try:
            changed = await self._desk.ask(self._look) or self._unheard
        except PostilError:
            return False  # what is done next will say it, and the next question may be answered
        else:
            self._unheard = False
            return changed
        finally:
            self._asking = False

    def missed(self) -> None:
        """What was new could not be read: it is still new."""
        self._unheard = True

    def close(self) -> None:
        """Watch no more."""
        if self._watch is not None:
            self._watch.close()
            self._watch = None

    def _look(self, library: Library) -> bool:
        if self._watch is None:
            self._watch = library.watch()
            return True
        return self._watch.changed()
