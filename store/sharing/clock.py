"""How long somebody else's file may keep us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic


class Clock:
    """The seconds that may be spent inside SQLite; what is done with the rows meanwhile does not count."""

    def __init__(self, seconds: float) -> None:
        """Allow this many seconds."""
        self.seconds = seconds
        self._left = seconds
        self._end = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Count the time of the block."""
        self._end = monotonic() + self._left
        try:
            yield
        finally:
            self._left = self._end - monotonic()

    def over(self) -> bool:
        """Whether the time is over, in a block of `running`: a progress handler that ends the statement."""
        return monotonic() > self._end
