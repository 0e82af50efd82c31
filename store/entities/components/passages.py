"""A paragraph as the layers over a document see it: its words, its sentences, and its runs of capitalised words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from store.entities.components import lexicon
from store.text.sentences import sentences

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]\w*(?:[-&.'’](?!['’]?[sS]\b)\w+)*")
_INITIAL_BEFORE = frozenset("\"“„«:([•*|>‘'`-–—/…")
"""Signs after which a capital may begin a sentence."""

_PARTICLES = frozenset("de la du des van von der den di da dos del bin ibn al el y le ten ter zu & Y".split())
"""Words that join two capitalised words to one name."""

_ABBREVIATED = frozenset("Mr Mrs Ms Dr Prof St Sen Rep Gov Gen Col Capt Lt Sgt Jr Sr Mt Ft".split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a passage."""

    start: int
    end: int
    text: str
    capital: bool
    initial: bool
    """Whether it stands where any word has a capital: at the start of a sentence or a quotation."""
    telling: bool
    """Whether a capital says something in its sentence, which is not all capitals or a headline."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, cut into words."""

    text: str
    words: list[Word]

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """The words that share a code point with `text[start:end]`: the first, and the last + 1."""
        return bisect_right(self.words, start, key=_end), bisect_left(self.words, end, key=_start)

    def runs(self) -> Iterator[tuple[int, int]]:
        """Words with a capital that follow each other, or are joined as names are: the first, and the last + 1."""
        words, count, first = self.words, len(self.words), 0
        while first < count:
            if not words[first].capital:
                first += 1
                continue
            last = first + 1
            while last < count:
                if words[last].capital and self._adjoin(last):
                    last += 1
                elif last + 1 < count and words[last + 1].capital and self._joins(first, last):
                    last += 2
                else:
                    break
            yield first, last
            first = last

    def _adjoin(self, index: int) -> bool:
        """Whether only a space stands between this word and the one before, or the full stop of an abbreviation."""
        before, word = self.words[index - 1], self.words[index]
        gap = self.text[before.end : word.start]
        if gap in {" ", " & "}:
            return True
        return gap in {". ", " . "} and (len(before.text) == 1 or before.text in _ABBREVIATED)

    def _joins(self, first: int, index: int) -> bool:
        word = self.words[index]
        if not (self._adjoin(index) and self._adjoin(index + 1)):
            return False
        if word.text == "of":
            return any(self.words[each].text in lexicon.cues("first") for each in range(first, index))
        return word.text in _PARTICLES


def _start(word: Word) -> int:
    return word.start


def _end(word: Word) -> int:
    return word.end


@lru_cache(maxsize=256)
def passage(text: str) -> Passage:
    """A paragraph cut into its words. Those of one stretch are remembered: each is counted, then settled."""
    words: list[Word] = []
    for start, end in sentences(text, 0, len(text)):
        found = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(text, start, end)]
        letters = [word for _, _, word in found if word[0].isalpha()]
        small = sum(word[0].islower() for word in letters)
        telling = small >= 2 and small * 5 >= len(letters) * 2
        previous = start
        for at, stop, word in found:
            between = text[previous:at].strip()
            initial = previous == start or (bool(between) and between[-1] in _INITIAL_BEFORE)
            words.append(Word(at, stop, word, word[0].isupper(), initial, telling))
            previous = stop
    return Passage(text, words)
