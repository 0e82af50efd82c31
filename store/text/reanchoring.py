"""Finding a span again in another version of its text, by its words and those around it.

Candidates are scored as Hypothesis scores them: 50 parts for the quote, 20 each for what stands before and after it,
and 2 for the place. The quote is looked for to the letter first, then without regard to case, spaces, quotes and
composition, and at last with small differences.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from store.text.anchors import CONTEXT, Anchor
from store.text.likeness import straighten

_LEAST_ALIKE = 80.0
"""Parts in a hundred of the quote that have to be the same: below it, wrong places are found as often as right ones."""

_LEAST_SCORE = 0.5
"""Below it, a quote of a few letters that stands everywhere would be put anywhere."""

_REACH = 100_000
"""Code points before and after the old place in which small differences are looked for: that takes long."""

_CANDIDATES = 200
"""Of a word that stands in a text ten thousand times, those nearest to its old place are enough."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a span stands in another version of its text."""

    start: int
    end: int
    score: float
    """How sure that is, up to 1."""


def find_again(text: str, sought: Anchor, length: int) -> Place | None:
    """Where in `text` the span stands that `sought` holds in a version of `length` code points; None if nowhere."""
    if not sought.quote.strip():
        return None
    expected = round(sought.start * len(text) / length)
    for find in (_to_the_letter, _folded, _nearly):
        places = [
            Place(start, end, _score(text, start, end, alike, sought, expected))
            for start, end, alike in find(text, sought.quote, expected)
        ]
        best = max(places, key=lambda place: (place.score, -abs(place.start - expected)), default=None)
        if best is not None and best.score >= _LEAST_SCORE:
            return best
    return None


def _score(text: str, start: int, end: int, alike: float, sought: Anchor, expected: int) -> float:
    from rapidfuzz import fuzz

    before = fuzz.ratio(sought.prefix, text[max(0, start - CONTEXT) : start])
    after = fuzz.ratio(sought.suffix, text[end : end + CONTEXT])
    near = 100 * (1 - abs(start - expected) / max(1, len(text)))
    return (50 * alike + 20 * before + 20 * after + 2 * near) / 9200


def _to_the_letter(text: str, quote: str, expected: int) -> Iterator[tuple[int, int, float]]:
    for start in _nearest(text, quote, expected):
        yield start, start + len(quote), 100.0


def _folded(text: str, quote: str, expected: int) -> Iterator[tuple[int, int, float]]:
    folded, origin = _fold(text)
    wanted, _ = _fold(quote)
    wanted = wanted.strip()
    if not wanted:
        return
    near = next((position for position, offset in enumerate(origin) if offset >= expected), len(folded))
    for start in _nearest(folded, wanted, near):
        last = start + len(wanted)
        yield origin[start], origin[last - 1] + 1, 99.0


def _nearly(text: str, quote: str, expected: int) -> Iterator[tuple[int, int, float]]:
    from rapidfuzz import fuzz

    first = max(0, expected - _REACH)
    window = text[first : expected + len(quote) + _REACH]
    if len(window) < len(quote):
        return
    found = fuzz.partial_ratio_alignment(quote, window, score_cutoff=_LEAST_ALIKE)
    if found is not None and found.dest_start < found.dest_end:
        yield (*_whole_words(text, first + found.dest_start, first + found.dest_end), found.score)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the spaces at its ends, and with the rest of the words that it cuts."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def _nearest(text: str, quote: str, expected: int) -> list[int]:
    starts = []
    position = text.find(quote)
    while position >= 0:
        starts.append(position)
        position = text.find(quote, position + 1)
    return sorted(starts, key=lambda start: abs(start - expected))[:_CANDIDATES]


def _fold(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its signs the code point of `text` that it came from."""
    signs: list[str] = []
    origin: list[int] = []
    for offset, sign in enumerate(straighten(text)):
        if sign.isspace():
            if signs and signs[-1] != " ":
                signs.append(" ")
                origin.append(offset)
            continue
        for part in unicodedata.normalize("NFKD", sign).casefold():
            signs.append(part)
            origin.append(offset)
    return "".join(signs), origin
