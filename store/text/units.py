"""Offset units: code points, which postil counts, against UTF-16 units, and against texts whose line ends were CRLF."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class Utf16:
    """Offsets in one text, counted in UTF-16 code units as JavaScript and the JVM do."""

    def __init__(self, text: str) -> None:
        """Look once where the text has signs that take two units."""
        self._points = [] if text.isascii() else [match.start() for match in _ASTRAL.finditer(text)]
        self._units = [point + index for index, point in enumerate(self._points)]

    def unit(self, offset: int) -> int:
        """The UTF-16 unit at which the code point `offset` begins."""
        return offset + bisect_left(self._points, offset)

    def code_point(self, unit: int) -> int:
        """The code point that begins at the UTF-16 unit.

        Raises:
            ValueError: the unit is the second half of a sign.
        """
        before = bisect_left(self._units, unit)
        if before and self._units[before - 1] == unit - 1:
            raise ValueError(f"{unit} is inside a sign of two UTF-16 units")
        return unit - before


class LineEnds:
    """Offsets in a text as it came, and in the canonical text, in which CRLF is one code point (LF)."""

    def __init__(self, text: str) -> None:
        """Look once where the text has CRLF; offsets count code points of `text`."""
        self._dropped = [match.start() + 1 for match in re.finditer("\r\n", text)] if "\r" in text else []

    def canonical(self, offset: int) -> int:
        """Where the code point `offset` of the text stands in the canonical text."""
        return offset - bisect_left(self._dropped, offset)
