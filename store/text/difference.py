"""What changed between two versions of a text: paragraph by paragraph, and word by word where one was changed.

Paragraphs are matched first, and words only inside a pair of paragraphs that are alike, so that two texts of megabytes
are compared in seconds: Ratcliff and Metzener, "Pattern Matching: The Gestalt Approach" (Dr. Dobb's Journal, July
1988), as in Python's difflib; words by their longest common subsequence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.text.likeness import fold
from store.text.paragraphs import paragraphs

_ALIKE = 50.0
"""Parts in a hundred that two paragraphs share, of which one is said to have become the other."""

_BLOCK = 40
"""Paragraphs on either side of a change that are looked at for pairs: of more, all are gone and new."""

_WORDS = 3_000
"""Words of a paragraph up to which they are compared one by one."""

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


class Kind(StrEnum):
    """What became of a paragraph, or of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """Some paragraphs that are the same in both versions, or one that is not."""

    kind: Kind
    count: int
    """How many paragraphs."""
    start: int | None
    """The code point at which it begins in the new version; None for what is gone."""
    words: tuple[tuple[Kind, str], ...]
    """Its words, in runs that are the same, gone or new; none for what is the same, whatever its quotes and spaces."""


def differences(old: str, new: str) -> list[Change]:
    """What changed from `old` to `new`, in the order of the new text."""
    from difflib import SequenceMatcher

    before, after = (paragraphs(text, 0, len(text)) for text in (old, new))
    one, other = ([fold(text[a:b]) for a, b in spans] for text, spans in ((old, before), (new, after)))
    found: list[Change] = []
    for tag, first, last, begin, end in SequenceMatcher(None, one, other).get_opcodes():
        if tag == "equal":
            found.append(Change(Kind.SAME, last - first, after[begin][0], ()))
        else:
            gone, came = [old[a:b] for a, b in before[first:last]], [new[a:b] for a, b in after[begin:end]]
            found += _between(gone, came, [start for start, _ in after[begin:end]])
    return found


def _between(gone: Sequence[str], came: Sequence[str], starts: Sequence[int]) -> Iterator[Change]:
    """The changes of a block: paragraphs that became others, and what stood and stands between those."""
    position = 0
    for index, paragraph in enumerate(came):
        partner = _partner(gone, position, paragraph) if max(len(gone), len(came)) <= _BLOCK else None
        if partner is None:
            yield Change(Kind.NEW, 1, starts[index], ((Kind.NEW, paragraph),))
            continue
        yield from (Change(Kind.GONE, 1, None, ((Kind.GONE, words),)) for words in gone[position:partner])
        yield Change(Kind.CHANGED, 1, starts[index], tuple(_words(gone[partner], paragraph)))
        position = partner + 1
    yield from (Change(Kind.GONE, 1, None, ((Kind.GONE, words),)) for words in gone[position:])


def _partner(gone: Sequence[str], position: int, paragraph: str) -> int | None:
    """Which of the paragraphs from `position` on has become this one: the one that is most alike."""
    from rapidfuzz import fuzz

    scores = [(fuzz.ratio(one, paragraph), -index) for index, one in enumerate(gone[position:], position)]
    best = max(scores, default=(0.0, 0))
    return -best[1] if best[0] >= _ALIKE else None


def _words(old: str, new: str) -> Iterator[tuple[Kind, str]]:
    from rapidfuzz.distance import Indel

    one, other = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(one), len(other)) > _WORDS:
        yield from ((Kind.GONE, old), (Kind.NEW, new))
        return
    for tag, first, last, begin, end in Indel.opcodes(one, other):
        if tag == "equal":
            yield Kind.SAME, "".join(one[first:last])
        elif tag == "delete":
            yield Kind.GONE, "".join(one[first:last])
        else:
            yield Kind.NEW, "".join(other[begin:end])
