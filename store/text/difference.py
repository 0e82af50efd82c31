"""What changed between two versions of a text: paragraph by paragraph, and word by word where one was changed.

Paragraphs are matched first, and words only inside a pair of paragraphs that are alike. Those that stand once in either
text are matched in the longest order that both have, which is a longest increasing subsequence (Fredman, "On computing
the length of longest increasing subsequences", Discrete Mathematics 11, 1975): so two texts of ten megabytes take
seconds. What lies between goes by Python's difflib; words by their longest common subsequence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from store.text.likeness import fold
from store.text.paragraphs import paragraphs

_ALIKE = 50.0
"""Parts in a hundred that two paragraphs share, of which one is said to have become the other."""

_BLOCK = 40
"""Paragraphs on either side of a change that are looked at for pairs: of more, all are gone and new."""

_GAP = 1_000
"""Paragraphs between two that are the same, up to which those that stand there several times are matched."""

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
    before, after = (paragraphs(text, 0, len(text)) for text in (old, new))
    one, other = ([fold(text[a:b]) for a, b in spans] for text, spans in ((old, before), (new, after)))
    found: list[Change] = []
    for same, first, last, begin, end in _blocks(one, other):
        if same:
            found.append(Change(Kind.SAME, last - first, after[begin][0], ()))
        else:
            gone, came = [old[a:b] for a, b in before[first:last]], [new[a:b] for a, b in after[begin:end]]
            found += _between(gone, came, [start for start, _ in after[begin:end]])
    return found


_Block = tuple[bool, int, int, int, int]
"""Whether the paragraphs are the same; then the first and the last in the one and in the other, as slices."""


def _blocks(one: Sequence[str], other: Sequence[str]) -> list[_Block]:
    """The paragraphs of both, in order, in blocks that are the same and blocks that are not."""
    found: list[_Block] = []

    def put(same: bool, first: int, last: int, begin: int, end: int) -> None:
        if first == last and begin == end:
            return
        if found and found[-1][0] is same:
            _, first, _, begin, _ = found.pop()
        found.append((same, first, last, begin, end))

    i = j = 0
    for anchor_i, anchor_j in [*_anchors(one, other), (len(one), len(other))]:
        for same, first, last, begin, end in _gap(one[i:anchor_i], other[j:anchor_j]):
            put(same, i + first, i + last, j + begin, j + end)
        i, j = min(anchor_i + 1, len(one)), min(anchor_j + 1, len(other))
        put(True, anchor_i, i, anchor_j, j)
    return found


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The places of paragraphs that stand once in either, as many as come in one order in both."""
    where = {paragraph: place for place, paragraph in enumerate(other)}
    counts, others = Counter(one), Counter(other)
    pairs = [(i, where[said]) for i, said in enumerate(one) if counts[said] == 1 and others[said] == 1]
    ends: list[int] = []
    """By length less one, the smallest place in the other at which an increasing sequence of that length ends."""
    last: list[int] = []
    """Which pair that is."""
    before: list[int] = []
    """By pair, the one before it in its sequence."""
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [j], [number]
    chosen = []
    number = last[-1] if last else -1
    while number >= 0:
        chosen.append(pairs[number])
        number = before[number]
    return chosen[::-1]


def _gap(one: Sequence[str], other: Sequence[str]) -> Iterator[_Block]:
    """The blocks between two paragraphs that are the same."""
    from difflib import SequenceMatcher

    if not one or not other or max(len(one), len(other)) > _GAP:
        yield False, 0, len(one), 0, len(other)
        return
    for tag, first, last, begin, end in SequenceMatcher(None, one, other).get_opcodes():
        yield tag == "equal", first, last, begin, end


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
    gone, came = "", ""
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            yield from _run(gone, came)
            yield Kind.SAME, "".join(one[step.src_start : step.src_end])
            gone, came = "", ""
        else:
            gone += "".join(one[step.src_start : step.src_end])
            came += "".join(other[step.dest_start : step.dest_end])
    yield from _run(gone, came)


def _run(gone: str, came: str) -> Iterator[tuple[Kind, str]]:
    if gone:
        yield Kind.GONE, gone
    if came:
        yield Kind.NEW, came
