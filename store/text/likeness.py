"""Are two texts versions of one? Told by the paragraphs that they share, whatever their quotes and spaces are.

All answers are functions of the texts alone, so that every library that holds both gives the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from store.text.paragraphs import paragraphs

SKETCH = 12
"""Paragraphs by which a text is found again: those with the smallest numbers, as in bottom-k sketches (Cohen and
Kaplan, "Summarizing data using bottom-k sketches", PODC 2007). Two texts that share most of their paragraphs share
some of these."""

_SHORTEST = 40
"""Code points below which a paragraph says nothing: `Read more`, a date, a byline."""

_ALIKE = 0.5
"""The part of the longer text that has to stand in the other one too."""

SUSPECT = 250
"""Parts in a thousand of both sketches that two texts share if it is worth comparing them: half of `_ALIKE`, since a
sketch is a sample. What many texts of one publisher end with is far less."""

SHINGLE = 5
"""Words of a run by which texts are compared."""

_STRAIGHT = {ord(sign): plain for plain, signs in {"'": "‘’‚", '"': "“”„«»", "-": "–—"}.items() for sign in signs}


def sketch(text: str) -> list[tuple[int, int]]:
    """A few paragraphs by which other versions of the text are found; none for a text without real paragraphs.

    Each is a number (63 bits, as SQLite has no unsigned ones) and its part of the sketch, in thousandths.
    """
    numbered = _numbered(text)
    taken = sorted(numbered)[:SKETCH]
    whole = sum(numbered[number] for number in taken)
    return [(number, 1000 * numbered[number] // whole) for number in taken]


def alike(one: str, other: str) -> bool:
    """Whether the texts share so many of their paragraphs that they are versions of one text, and are not the same."""
    if one == other:
        return False
    first, second = _numbered(one), _numbered(other)
    longer = max(sum(first.values()), sum(second.values()))
    shared = sum(first[number] for number in first.keys() & second.keys())
    return longer > 0 and shared >= _ALIKE * longer


def resemblance(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1: the Jaccard coefficient of their sets of runs of five folded words.

    A word that differs changes five runs. Broder, "On the resemblance and containment of documents" (SEQUENCES 1997).
    """
    first, second = shingles(fold(one).split()), shingles(fold(other).split())
    either = len(first | second)
    return len(first & second) / either if either else float(fold(one) == fold(other))


def shingles(words: Sequence[str]) -> frozenset[int]:
    """The runs of `SHINGLE` words, as numbers; none where there are fewer words."""
    return frozenset(map(hash, zip(*(words[first:] for first in range(SHINGLE)), strict=False)))


def fold(text: str) -> str:
    """The text as it is compared: compatibility forms, straight quotes, one kind of dash, single spaces, no case."""
    return " ".join(straighten(unicodedata.normalize("NFKC", text)).split()).casefold()


def straighten(text: str) -> str:
    """The text with straight quotes and one kind of dash, code point for code point."""
    return text if text.isascii() else text.translate(_STRAIGHT)


def _numbered(text: str) -> dict[int, int]:
    """The lengths of the paragraphs that say something, by number."""
    folded: Iterable[str] = (fold(text[start:end]) for start, end in paragraphs(text, 0, len(text)))
    return {
        int.from_bytes(blake2b(paragraph.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1: len(paragraph)
        for paragraph in folded
        if len(paragraph) >= _SHORTEST
    }
