"""The passage around a claim, cut into statements and tokens: a quotation is one token, and a name is one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from store.attribution.names import NameFinder
from store.attribution.quotations import Quotation, quotations
from store.attribution.records import AFTER, BEFORE, Span
from store.text.paragraphs import paragraphs
from store.text.sentences import sentences

_TOKEN = re.compile(
    r"(?P<s>['’]s?(?!\w))|(?P<number>[£$€]?\d[\d.,:]*\d|\d)|(?P<word>[^\W\d_](?:[\w&]|(?!['’]s\b)[-.'’](?=[^\W_]))*\.?)"
    r"|(?P<dash>--+|(?<= )-(?= ))|(?P<sign>\S)"
)


class Sort(StrEnum):
    """What a token is."""

    WORD = "word"
    NAME = "name"
    NUMBER = "number"
    QUOTE = "quote"
    SIGN = "sign"
    POSSESSIVE = "possessive"


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a statement."""

    start: int
    end: int
    sort: Sort
    word: str
    """In small letters; of a name as it is written."""
    label: str = ""
    """The entity's label of a name, if it is an entity."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    def is_word(self, words: Iterable[str]) -> bool:
        """Whether it is one of some words."""
        return self.sort is Sort.WORD and self.word in words

    def is_sign(self, signs: str) -> bool:
        """Whether it is one of some signs."""
        return self.sort is Sort.SIGN and self.word in signs


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or those that share a quotation: what one attribution may be about."""

    start: int
    end: int
    paragraph: int
    """Its paragraph's place in the passage."""
    tokens: tuple[Token, ...]

    @property
    def quotes(self) -> list[Token]:
        """Its quotations."""
        return [token for token in self.tokens if token.sort is Sort.QUOTE]

    @property
    def is_quotation(self) -> bool:
        """Whether it is nothing but quotations."""
        return all(token.sort is Sort.QUOTE or token.sort is Sort.SIGN for token in self.tokens)


class Named(Protocol):
    """A name that is known in a text: an entity, or a name as it is shown."""

    @property
    def start(self) -> int:
        """Code point in the whole text."""

    @property
    def end(self) -> int:
        """Behind its last."""

    @property
    def label(self) -> str:
        """`PERSON`, `ORG`, ..."""


class Passage:
    """A claim with the paragraphs around it."""

    def __init__(self, text: str, claim: Span, names: Iterable[Named]) -> None:
        """Cut `text` around `claim`; `names` are those that are known there, in any order."""
        self.text = text
        self.claim = claim
        self.start, self.end = _window(text, claim)
        self.paragraphs = paragraphs(text, self.start, self.end)
        self.quotations = quotations(text, self.paragraphs)
        known = [name for name in names if name.end > self.start and name.start < self.end]
        self.names = NameFinder(text, self.start, self.end, sorted(known, key=lambda name: name.start))
        self.statements = self._cut()

    def index_of(self, offset: int) -> int | None:
        """The place of the statement that holds an offset, or else of the next one."""
        place = bisect_right(self.statements, offset, key=lambda statement: statement.end)
        return place if place < len(self.statements) else None

    def quotation_at(self, offset: int) -> Quotation | None:
        """The quotation that holds an offset."""
        place = bisect_right(self.quotations, offset, key=lambda quotation: quotation.end)
        found = self.quotations[place] if place < len(self.quotations) else None
        return found if found is not None and found.start <= offset else None

    def _cut(self) -> list[Statement]:
        found: list[Statement] = []
        for index, paragraph in enumerate(self.paragraphs):
            whole: list[Span] = []
            for start, end in sentences(self.text, *paragraph):
                within = self.quotation_at(start)
                if whole and within is not None and within.start < start:
                    whole[-1] = whole[-1][0], end
                else:
                    whole.append((start, end))
            found += [Statement(*span, index, tuple(self._tokens(*span))) for span in whole]
        return found

    def _tokens(self, start: int, end: int) -> list[Token]:
        found: list[Token] = []
        position = start
        first = bisect_left(self.quotations, start, key=lambda quotation: quotation.end)
        for quotation in self.quotations[first:]:
            if quotation.start >= end:
                break
            found += self._words(position, quotation.start)
            position = max(position, min(quotation.end, end))
            quoted = max(start, quotation.start), position
            if quoted[0] < quoted[1]:
                found.append(Token(*quoted, Sort.QUOTE, ""))
        return found + self._words(position, end)

    def _words(self, start: int, end: int) -> list[Token]:
        if start >= end:
            return []
        found: list[Token] = []
        for match in _TOKEN.finditer(self.text, start, end):
            sort = {"s": Sort.POSSESSIVE, "number": Sort.NUMBER, "word": Sort.WORD}.get(
                match.lastgroup or "", Sort.SIGN
            )
            first, last = match.span()
            word = match[0] if match.lastgroup != "dash" else "—"
            if sort is Sort.WORD and word.endswith(".") and (last == end or not self.names.keeps_its_stop(word)):
                last -= 1
                found.append(Token(first, last, sort, word[:-1].lower()))
                found.append(Token(last, last + 1, Sort.SIGN, "."))
                continue
            found.append(Token(first, last, sort, word.lower()))
        return _with_names(self.text, found, self.names)


def _with_names(text: str, tokens: Sequence[Token], names: NameFinder) -> list[Token]:
    found: list[Token] = []
    runs = names.within([token.span for token in tokens if token.sort in (Sort.WORD, Sort.NUMBER)])
    position = 0
    for start, end, label in runs:
        while position < len(tokens) and tokens[position].start < start:
            found.append(tokens[position])
            position += 1
        found.append(Token(start, end, Sort.NAME, text[start:end], label))
        while position < len(tokens) and tokens[position].start < end:
            position += 1
    return found + list(tokens[position:])


def _window(text: str, claim: Span) -> Span:
    """Whole lines around the claim, as far as they are near."""
    start, end = max(0, claim[0] - BEFORE), min(len(text), claim[1] + AFTER)
    if start:
        line = text.find("\n", start, claim[0])
        start = line + 1 if line >= 0 else start
    if end < len(text):
        line = text.rfind("\n", claim[1], end)
        end = line if line >= 0 else end
    return start, end
