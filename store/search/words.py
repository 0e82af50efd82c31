"""Words as the full text index sees them, and where they stand in a text.

The index is FTS5's `unicode61 remove_diacritics 2`: a word is a run of letters and digits, folded to lower case and
without diacritics. https://sqlite.org/fts5.html#unicode61_tokenizer
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*")


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that follow each other."""

    words: tuple[str, ...]
    """Folded."""
    prefix: bool = False
    """Whether the last word may go on."""


def fold(word: str) -> str:
    """The word without case and diacritics, as Unicode's simple folding has it: ς is σ, but ß is not ss."""
    if word.isascii():
        return word.lower()
    return "".join(map(_fold, unicodedata.normalize("NFD", word)))


def _fold(sign: str) -> str:
    if unicodedata.combining(sign):
        return ""
    folded = sign.casefold()
    return folded if len(folded) == 1 else sign.lower()


def words(text: str) -> Iterator[tuple[int, int, str]]:
    """Each word of a text: its first code point, the one after its last, and the word folded."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), fold(found[0])


def term(text: str, *, prefix: bool = False) -> Term | None:
    """The term that a piece of a query means; None if it has no letter and no digit."""
    folded = tuple(word for _, _, word in words(text))
    return Term(folded, prefix) if folded else None


def find(text: str, sought: Term) -> tuple[int, int] | None:
    """Where the term first stands in the text, in code points; None if it does not."""
    length = len(sought.words)
    window: list[tuple[int, int, str]] = []
    for word in words(text):
        window.append(word)
        if len(window) > length:
            del window[0]
        if len(window) == length and _is(sought, [folded for _, _, folded in window]):
            return window[0][0], window[-1][1]
    return None


def has_all(text: str, terms: Sequence[Term]) -> bool:
    """Whether every term stands in the text."""
    return all(find(text, sought) is not None for sought in terms)


def _is(sought: Term, found: list[str]) -> bool:
    *firsts, last = sought.words
    if found[:-1] != firsts:
        return False
    return found[-1].startswith(last) if sought.prefix else found[-1] == last
