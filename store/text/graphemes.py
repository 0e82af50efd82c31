"""Grapheme clusters (UAX #29): where a caret may stand, and what one step is.

wcwidth knows the rules, and is imported by the first text that needs them: plain English does not. These helpers look
at a bounded piece of the text, so that a step in a 10 MB article costs what it costs in a line of it.
"""

from __future__ import annotations

import unicodedata

_WINDOW = 64
"""Code points looked at first for one cluster; the longest emoji family needs 11."""

_NEVER_FIRST = frozenset(
    [0x0E33, 0x0EB3, 0xFF9E, 0xFF9F, *range(0x1160, 0x1200), *range(0xD7B0, 0xD800), *range(0x1F3FB, 0x1F400)]
)
"""Signs that join the one before them and are no marks by category: vowels of Thai and Lao, jamo, skin tones."""

_NEVER_ALONE = frozenset([0x0D4E, *range(0x1100, 0x1160), *range(0xA960, 0xA97D)])
"""Signs that the next one may join and that are no format signs by category."""

_REGIONAL = range(0x1F1E6, 0x1F200)
"""Letters of flags, which pair from the first of a row of them."""

_VIRAMA = 9
"""The combining class of the signs that join two letters of an Indic script."""


def start_of(text: str, offset: int) -> int:
    """The start of the cluster that holds the code point at `offset` (`len(text)` stays)."""
    if offset >= len(text):
        return len(text)
    start = max(0, offset)
    while start > 0 and not _is_surely_border(text[start - 1], text[start]):
        start -= 1
    if start >= offset:
        return start
    from wcwidth import iter_graphemes

    end = start
    for cluster in iter_graphemes(text[start : offset + _WINDOW]):  # a slice, since it copies what it is given
        start, end = end, end + len(cluster)
        if end > offset:
            break
    return start


def _is_surely_border(before: str, sign: str) -> bool:
    """Whether two signs never belong to one cluster, whatever stands around them. No is no answer."""
    if before.isascii() and sign.isascii():
        return True  # canonical text has no CR, the only ASCII that joins its neighbour
    code = ord(sign)
    if code in _NEVER_FIRST or code in _REGIONAL or unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"}:
        return False
    joins = unicodedata.category(before) == "Cf" or unicodedata.combining(before) == _VIRAMA
    return not joins and ord(before) not in _NEVER_ALONE


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
