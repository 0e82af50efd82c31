"""Where an annotation that comes in stands: by its offsets if they agree with its words, else by its words."""

from __future__ import annotations

from itertools import pairwise

import orjson

from store.exchange.incoming import BadRecordError, Mark
from store.text.units import Utf16

_LONGEST_CONTEXT = 64
"""Code points of a prefix or a suffix that are compared."""


def place(text: str, mark: Mark) -> tuple[int, int]:
    """The span of a mark that is not on the whole article, in code points.

    Offsets that do not fit the quote are tried as UTF-16 units: some tools count the one and say the other.

    Raises:
        BadRecordError: it has no place in the text.
    """
    if mark.start is None or mark.end is None:
        return _found(text, mark, 0)
    start, end = mark.start, mark.end
    inside = _is_offset(start) and _is_offset(end) and start < end
    if inside and end <= len(text) and (mark.quote is None or _same(text[start:end], mark.quote)):
        return start, end
    if inside and mark.quote is not None:
        units = Utf16(text)
        try:
            moved = units.code_point(start), units.code_point(end)
        except ValueError:
            pass
        else:
            if moved[1] <= len(text) and _same(text[moved[0] : moved[1]], mark.quote):
                return moved
        if mark.anywhere:
            return _found(text, mark, start)
    if mark.quote is not None and inside and end <= len(text):
        raise BadRecordError(f"it stands at {start}:{end}, where the text does not say {_short(mark.quote)}")
    raise BadRecordError(f"it stands at {start}:{end}, which is no span of a text of {len(text):,} code points")


def pieces(mark: Mark, start: int, end: int) -> str:
    """The column for the pieces of a mark that stands at `start` to `end`.

    Raises:
        BadRecordError: they do not follow each other from the start to the end.
    """
    if len(mark.pieces) < 2:
        return "[]"
    borders = [border for piece in mark.pieces for border in piece]
    if (borders[0], borders[-1]) != (start, end) or not all(a < b for a, b in pairwise(borders)):
        raise BadRecordError("its pieces do not follow each other from its start to its end")
    return orjson.dumps([list(piece) for piece in mark.pieces]).decode()


def _found(text: str, mark: Mark, near: int) -> tuple[int, int]:
    """The place of the quote that has most of the context around it; of several the one nearest to `near`."""
    quote = mark.quote or ""
    best, found = (-1, 0), -1
    start = text.find(quote) if quote.strip() else -1
    while start >= 0:
        end = start + len(quote)
        score = (_context(text, start, end, mark), -abs(start - near))
        if score > best:
            best, found = score, start
        start = text.find(quote, start + 1)
    if found < 0:
        raise BadRecordError(
            f"the text does not say {_short(quote)}" if quote.strip() else "it has no place and no quote"
        )
    return found, found + len(quote)


def _context(text: str, start: int, end: int, mark: Mark) -> int:
    """How many code points of the prefix and the suffix stand around a span."""
    before, prefix = text[max(0, start - _LONGEST_CONTEXT) : start], mark.prefix[-_LONGEST_CONTEXT:]
    after, suffix = text[end : end + _LONGEST_CONTEXT], mark.suffix[:_LONGEST_CONTEXT]
    return _agree(before[::-1], prefix[::-1]) + _agree(after, suffix)


def _agree(one: str, other: str) -> int:
    """How many code points two texts have in common from their beginning on."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _same(one: str, other: str) -> bool:
    """Whether two texts say the same but for white space, which formats fold, and write as an escape."""
    return one == other or one.split() == other.replace("\\n", "\n").split()


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"
