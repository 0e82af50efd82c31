"""Finding a span again in another version of its text, by its words and those around it.

Candidates are scored as Hypothesis scores them: 50 parts for the quote, 20 each for what stands before and after it,
and 2 for the place. The quote is looked for to the letter first, then without regard to case, spaces, quotes and
composition, and at last with small differences.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from store.text.anchors import CONTEXT, Anchor
from store.text.likeness import straighten

_LEAST_ALIKE = 80.0
"""Parts in a hundred of the quote that have to be the same: below it, wrong places are found as often as right ones."""

_LEAST_SCORE = 0.5
_LEAST_SCORE_OF_FEW = 0.75
"""What is enough for a place, and for that of a quote of a few letters, which may stand anywhere: there the words
around it have to be known again too. (Two texts that have nothing to do with each other are alike by a third.)"""

FEW = 20
"""Code points below which a quote is one of a few letters."""

_REACH = 100_000
"""Code points before and after the old place in which small differences are looked for in a very long text."""

_INDEXED = 500_000
"""Code points of a text up to which the places of its words are kept while quotes are looked for in it."""

_COMMON = 50
"""How often a word may stand in a text that tells where a quote is."""

_BUCKET = 64
"""Code points that count as one place."""

_TRIED = 4
"""Places that are looked at closely."""

_THROUGH = 20_000
"""Code points of a text that is looked through where no word tells of a place."""

_SLACK = CONTEXT // 2
"""Code points by which a place found by its likeness may be wrong."""

_PART = re.compile(r"\w+|[^\w\s]+")
_WORD = re.compile(r"\w+")

_CANDIDATES = 200
"""Of a word that stands in a text ten thousand times, those nearest to its old place are enough."""


Candidate: TypeAlias = tuple[int, int, float]
"""Start, end, and how alike the words are to the quote, up to 100."""


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
    least = _LEAST_SCORE if len(sought.quote) >= FEW else _LEAST_SCORE_OF_FEW
    for find in (_to_the_letter, _folded, _nearly):
        places = [
            Place(start, end, _score(text, start, end, alike, sought, expected))
            for start, end, alike in find(text, sought, expected)
        ]
        best = max(places, key=lambda place: (place.score, -abs(place.start - expected)), default=None)
        if best is not None and best.score >= least:
            return best
    return None


def _score(text: str, start: int, end: int, alike: float, sought: Anchor, expected: int) -> float:
    from rapidfuzz import fuzz

    before = fuzz.ratio(sought.prefix, text[max(0, start - CONTEXT) : start])
    after = fuzz.ratio(sought.suffix, text[end : end + CONTEXT])
    near = 100 * (1 - abs(start - expected) / max(1, len(text)))
    return (50 * alike + 20 * before + 20 * after + 2 * near) / 9200


def _to_the_letter(text: str, sought: Anchor, expected: int) -> Iterator[Candidate]:
    for start in _nearest(text, sought.quote, expected):
        yield start, start + len(sought.quote), 100.0


def _folded(text: str, sought: Anchor, expected: int) -> Iterator[Candidate]:
    folded, origin = _whole_fold(text)
    wanted = _fold(sought.quote)[0].strip()
    if not wanted:
        return
    near = bisect_left(origin, expected)
    for start in _nearest(folded, wanted, near):
        yield origin[start], origin[start + len(wanted) - 1] + 1, 99.0


def _nearly(text: str, sought: Anchor, expected: int) -> Iterator[Candidate]:
    quote = sought.quote
    # Of several places that are alike, the best is seldom the right one: so it is looked for with what stands around.
    whole = sought.prefix + quote + sought.suffix
    for first, last in _windows(text, whole, expected - len(sought.prefix)):
        around = _align(whole, text, first, last)
        if around is not None:
            start = around[0] + len(sought.prefix)
            yield from filter(None, [_align(quote, text, max(0, start - _SLACK), start + len(quote) + _SLACK)])
        yield from filter(None, [_align(quote, text, first, last)])


def _windows(text: str, words: str, expected: int) -> list[tuple[int, int]]:
    """Where in the text something like `words` may stand: where most of their rarer words do.

    A text of very many words, or words of which none is rare, are looked through around the old place.
    """
    if len(text) > _INDEXED:
        return [(max(0, expected - _REACH), expected + len(words) + _REACH)]
    places = _places(text)
    votes: Counter[int] = Counter()
    for found in _WORD.finditer(words):
        here = places.get(found.group().casefold(), ())
        if len(here) <= _COMMON:
            votes.update({(place - found.start()) // _BUCKET for place in here})
    sums = {bucket: votes[bucket - 1] + votes[bucket] + votes[bucket + 1] for bucket in votes}
    near = expected // _BUCKET
    best = sorted(sums, key=lambda bucket: (-sums[bucket], abs(bucket - near)))[:_TRIED]
    if not best and len(text) <= _THROUGH:
        return [(0, len(text))]
    return [(max(0, (bucket - 1) * _BUCKET), (bucket + 2) * _BUCKET + len(words)) for bucket in best]


@lru_cache(2)
def _places(text: str) -> dict[str, list[int]]:
    """Where each word of a text stands. Kept for the next quote: of one text hundreds are looked for."""
    places: dict[str, list[int]] = {}
    for found in _WORD.finditer(text):
        places.setdefault(found.group().casefold(), []).append(found.start())
    return places


def _align(words: str, text: str, first: int, last: int) -> Candidate | None:
    """What in `text[first:last]` is most like `words`, if that is alike enough."""
    from rapidfuzz import fuzz

    window = text[first:last]
    if len(window) < len(words):
        return None
    found = fuzz.partial_ratio_alignment(words, window, score_cutoff=_LEAST_ALIKE)
    if found is None or found.dest_start >= found.dest_end:
        return None
    return _with_exact_borders(words, text, first + found.dest_start, first + found.dest_end)


def _with_exact_borders(words: str, text: str, start: int, end: int) -> Candidate:
    """The span of whole words near `start` and `end` that is most like `words`; an alignment is as long as they are."""
    from rapidfuzz import fuzz

    starts = [found.start() for found in _PART.finditer(text, max(0, start - _SLACK), start + _SLACK)]
    ends = [found.end() for found in _PART.finditer(text, max(0, end - _SLACK), end + _SLACK)]
    starts += [] if starts and _in_word(text, start) else [start]
    ends += [] if ends and _in_word(text, end) else [end]
    spans = [(first, last) for first in starts for last in ends if first < last] or [(start, end)]
    return max(((*span, fuzz.ratio(words, text[slice(*span)])) for span in spans), key=lambda found: found[2])


def _in_word(text: str, offset: int) -> bool:
    """Whether an offset stands between two letters or digits."""
    return text[max(0, offset - 1) : offset].isalnum() and text[offset : offset + 1].isalnum()


def _nearest(text: str, quote: str, expected: int) -> list[int]:
    starts = []
    position = text.find(quote)
    while position >= 0:
        starts.append(position)
        position = text.find(quote, position + 1)
    return sorted(starts, key=lambda start: abs(start - expected))[:_CANDIDATES]


@lru_cache(2)
def _whole_fold(text: str) -> tuple[str, array[int]]:
    """`_fold` of a text in which many quotes are looked for: kept for the next one."""
    return _fold(text)


def _fold(text: str) -> tuple[str, array[int]]:
    """The text as it is compared, and for each of its signs the code point of `text` that it came from."""
    signs: list[str] = []
    origin = array("l")
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
