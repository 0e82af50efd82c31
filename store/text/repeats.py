"""Repeats: paragraphs that stood in a text before, word for word or nearly so, and quotations pulled out of it.

How alike two paragraphs are is the Jaccard coefficient of their sets of five-word runs, as in Broder, "On the
resemblance and containment of documents" (SEQUENCES 1997): what both have, of what either has. One changed word
changes five runs, so paragraphs that differ in a few words are far from 1: in a run of paragraphs that repeats another
run, less is asked of each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from store.text.likeness import fold, shingles

ALIKE = 0.7
"""Jaccard coefficient from which a single paragraph is a repeat."""

ALIKE_IN_RUN = 0.35
"""The same, beside another paragraph that is a repeat of the one beside this one's."""

SHORTEST = 12
"""Words from which a single paragraph can be a repeat: less is a refrain, an answer, a heading."""

_PULLED = 7
"""Words from which a quotation can be pulled out of the text; with fewer, it may be a phrase that comes back."""

_PULLED_FROM = 8
"""Paragraphs between a pulled quotation and its place, at most."""

_RUN_WORDS = 40
"""Words from which a run of repeated paragraphs is a repeat even where none of them is long: less is a chorus."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    folded: str
    words: list[str]
    shingles: frozenset[int]


def repeats(text: str, paragraphs: Sequence[tuple[int, int]], folded: Sequence[str] | None = None) -> list[int | None]:
    """For each paragraph, the index of the earlier paragraph that it repeats; None for what is new.

    A quotation pulled out of the text is a repeat of the paragraph that has it, wherever that stands near it.

    Args:
        text: the text.
        paragraphs: as `store.text.paragraphs` finds them.
        folded: each of them as it is compared (`store.text.likeness.fold`), if that is known already.
    """
    known = [_read(each) for each in folded or (fold(text[start:end]) for start, end in paragraphs)]
    found: list[int | None] = [None] * len(known)
    score = [0.0] * len(known)
    first_with: dict[str, int] = {}
    holder: dict[int, int] = {}
    """By shingle the first paragraph that has it: most have no other."""
    others: defaultdict[int, list[int]] = defaultdict(list)
    for index, paragraph in enumerate(known):
        same = first_with.setdefault(paragraph.folded, index)
        if same != index:
            found[index], score[index] = same, 1.0
            continue
        counts: defaultdict[int, int] = defaultdict(int)
        again = holder.keys() & paragraph.shingles
        for shingle in again:
            counts[holder[shingle]] += 1
            also = others[shingle]
            for other in also:
                counts[other] += 1
            if len(also) < 7:  # what more paragraphs have is a phrase
                also.append(index)
        holder.update(dict.fromkeys(paragraph.shingles - again if again else paragraph.shingles, index))
        if counts:
            best = max(counts, key=lambda one: (counts[one], -one))
            alike = counts[best] / (len(paragraph.shingles) + len(known[best].shingles) - counts[best])
            if alike >= ALIKE_IN_RUN:
                found[index], score[index] = best, alike
    _keep_refrains(known, found, score)
    _pulled(known, found, text, paragraphs)
    return found


def _read(folded: str) -> _Paragraph:
    words = folded.split()
    return _Paragraph(folded, words, shingles(words))


def _keep_refrains(known: Sequence[_Paragraph], found: list[int | None], score: Sequence[float]) -> None:
    """Take back what is too short, or too little alike, for where it stands."""
    index = 0
    while index < len(found):
        end = index + 1
        if (before := found[index]) is None:
            index = end
            continue
        while end < len(found) and (then := found[end]) is not None and 0 < then - before <= 2:
            before = then
            end += 1
        words = [len(known[within].words) for within in range(index, end)]
        if end - index == 1:
            verse = words[0] < SHORTEST or score[index] < ALIKE
        else:
            longest = max(words)
            verse = longest < SHORTEST or (sum(words) < _RUN_WORDS and max(score[index:end]) < ALIKE)
        if verse:
            found[index:end] = [None] * (end - index)
        index = end


def _pulled(
    known: Sequence[_Paragraph], found: list[int | None], text: str, paragraphs: Sequence[tuple[int, int]]
) -> None:
    """Find the quotations that were pulled out: short paragraphs whose every word stands in a longer one near by."""
    for index, paragraph in enumerate(known):
        if found[index] is not None or not _PULLED <= len(paragraph.words) <= 40 or text[paragraphs[index][0]] == ">":
            continue
        core = paragraph.folded.strip("\"' .,…!?-")
        for near in range(max(0, index - _PULLED_FROM), min(len(known), index + _PULLED_FROM + 1)):
            other = known[near]
            if near != index and len(other.words) > 1.5 * len(paragraph.words) and core in other.folded:
                found[index] = near
                break
