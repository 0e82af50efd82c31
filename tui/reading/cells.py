"""Text on a terminal: what is shown of a sign, and how many cells it takes.

rich.cells is what Textual itself measures with, so widths come from it; where a cluster ends comes from UAX #29.
Nothing that a text holds may reach the terminal as a control code: each becomes a stand-in of the same length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

_NARROW = re.compile(
    "[\x20-\x7e\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*"
)
"""Signs of one cell that never join their neighbour: a text of them alone needs no measuring."""

_STAND_INS = {
    **{code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)},
    0x09: " ",
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    0xA0: " ",
    0xAD: "-",
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF), "·"),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
    **dict.fromkeys((0x2028, 0x2029), "␤"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    **dict.fromkeys(range(0xFFF9, 0xFFFC), "\ufffd"),
    **dict.fromkeys(range(0xE0001, 0xE0020), "\ufffd"),
}
"""By code point. Direction marks get one too: an override could make a text read as what it does not say."""

_LOOKED_AT = 32
"""Code points that are looked at for one cell of a line: what has more marks on one sign is cut."""


class Cluster(NamedTuple):
    """One grapheme cluster of a text."""

    start: int
    """Code point."""
    end: int
    shown: str
    """What is painted for it."""
    width: int
    """Cells, at least 1: a caret on it has to be seen."""


def shown(text: str) -> str:
    """The text with a visible stand-in, one code point each, for all that a terminal could take as a command."""
    return text if text.isascii() and text.isprintable() else text.translate(_STAND_INS)


def one_line(text: str) -> str:
    """`shown`, with line ends as spaces: for a title or a quote in a list."""
    return shown(text.replace("\n", " "))


def is_narrow(text: str) -> bool:
    """Whether every code point is a cluster of its own that takes one cell and is painted as it is."""
    return (text.isascii() and text.isprintable()) or _NARROW.fullmatch(text) is not None


def clusters(text: str, offset: int = 0) -> Iterator[Cluster]:
    """The clusters of a text, the first starting at `offset`."""
    if is_narrow(text):
        for position, sign in enumerate(text, offset):
            yield Cluster(position, position + 1, sign, 1)
        return
    from wcwidth import iter_graphemes  # by the first text that needs it, not by the first frame

    for sign in iter_graphemes(text):
        # A joiner that joins nothing would, on some terminals, swallow the next sign.
        painted = shown(sign).rstrip("\u200d") or "·"
        width = cell_len(painted)
        # A mark without a letter under it would take no cell: give it the circle that such marks are printed on.
        yield Cluster(offset, offset + len(sign), painted if width else f"◌{painted}", width or 1)
        offset += len(sign)


def width_of(text: str) -> int:
    """Cells that a text takes when it is painted cluster by cluster."""
    return len(text) if is_narrow(text) else sum(cluster.width for cluster in clusters(text))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text on one line in exactly `width` cells: cut with an ellipsis, or filled with spaces."""
    if width <= 0:
        return ""
    line = text[: width + 1].replace("\n", " ")
    if is_narrow(line):  # most are
        line = line if len(line) <= width else f"{line[: width - 1]}…"
        return line.rjust(width) if right and len(text) <= width else line.ljust(width)
    kept: list[Cluster] = []
    used = 0
    for cluster in clusters(text[: _LOOKED_AT * width].replace("\n", " ")):
        kept.append(cluster)
        used += cluster.width
        if used > width:
            break
    if used > width or len(text) > _LOOKED_AT * width:
        while used > width - 1:
            used -= kept.pop().width
        return "".join(cluster.shown for cluster in kept) + "…" + " " * (width - used - 1)
    filled = "".join(cluster.shown for cluster in kept)
    return " " * (width - used) + filled if right else filled + " " * (width - used)
