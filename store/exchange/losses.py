"""What a format could not carry, counted while it is written, so that it is said and not lost in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


class Losses:
    """The count of each thing that was left out or changed."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._counts: Counter[str] = Counter()

    def add(self, what: str, number: int = 1) -> None:
        """Count `number` more of `what`, which is a plural: `notes on whole articles`."""
        if number:
            self._counts[what] += number

    def add_each(self, what: str, things: Sequence[object]) -> None:
        """Count all of `things` as `what`."""
        self.add(what, len(things))

    def counts(self) -> dict[str, int]:
        """How many of each, in the order in which they were first met."""
        return dict(self._counts)

    def sentence(self, format_name: str) -> str:
        """One sentence that says all of it; empty if nothing was left out."""
        if not self._counts:
            return ""
        parts = ", ".join(f"{what} ({number:,})" for what, number in self._counts.items())
        return f"{format_name} could not carry all of it: {parts}."
