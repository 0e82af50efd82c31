"""Grapheme clusters (UAX #29): where a caret may stand, and what one step is.

wcwidth knows the rules, and is imported by the first text that needs them: plain English does not. These helpers look
at a bounded piece of the text, so that a step in a 10 MB article costs what it costs in a line of it.
"""

from __future__ import annotations

_WINDOW = 64
"""Code points looked at first for one cluster; the longest emoji family needs 11."""

_BACK = 96
"""Code points looked back for a place that is surely a border, before wcwidth is trusted with it."""


def start_of(text: str, offset: int) -> int:
    """The start of the cluster that holds the code point at `offset` (`len(text)` stays)."""
    if offset >= len(text):
        return len(text)
    if offset <= 0:
        return 0
    if text[offset].isascii() and text[offset - 1].isascii():
        return offset  # canonical text has no CR, the only ASCII that joins its neighbour
    from wcwidth import iter_graphemes

    # Forward from a place that is surely a border: the rules look forward, and wcwidth's way back is not exact. It is
    # given slices, since it copies what it is given.
    start = offset
    while start > 0 and not (text[start].isascii() and text[start - 1].isascii()):
        start -= 1
        if offset - start > _BACK:
            start = _looking_back(text, start)
            break
    end = start
    for cluster in iter_graphemes(text[start : offset + _WINDOW]):
        start, end = end, end + len(cluster)
        if end > offset:
            break
    return start


def _looking_back(text: str, offset: int) -> int:
    """The start of the cluster that holds `offset`, by wcwidth's way back, looking as far as it takes."""
    from wcwidth import grapheme_boundary_before

    back = _BACK
    while True:
        first = max(0, offset - back)
        start = first + int(grapheme_boundary_before(text[first : offset + 1], offset + 1 - first))
        if start > first or first == 0:
            return start
        back *= 8


def end_of(text: str, offset: int) -> int:
    """The end of the cluster that starts at `offset`; `len(text)` at the end of the text."""
    if offset >= len(text) - 1:
        return len(text)
    if text[offset].isascii() and text[offset + 1].isascii():
        return offset + 1
    from wcwidth import iter_graphemes

    window = _WINDOW
    while True:
        limit = min(len(text), offset + window)
        end = offset + len(next(iter(iter_graphemes(text[offset:limit]))))
        if end < limit or limit == len(text):
            return end
        window *= 4


def before(text: str, offset: int) -> int:
    """The start of the cluster that ends at or holds `offset - 1`; 0 at the start of the text."""
    return start_of(text, offset - 1) if offset > 0 else 0


def snap(text: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span of whole clusters, at least one where there is one, that holds the given span."""
    start = start_of(text, max(0, min(start, len(text))))
    last = start_of(text, max(start, min(end, len(text)) - 1))
    return start, end_of(text, last)
