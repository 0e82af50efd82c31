"""Names in a passage: the entities that are known there, made whole by the capitals beside them, and others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from store.attribution.words import BOUNDARIES, DEPARTMENTS, DETERMINERS, ORGANISED, PREPOSITIONS, PRONOUNS, TITLES

if TYPE_CHECKING:
    from store.attribution.passages import Named
    from store.attribution.records import Span

LABELS = frozenset("PERSON PER ORG GPE LOC FAC NORP PRODUCT WORK_OF_ART EVENT LAW MISC".split())
"""The entities that may say something: no dates and no figures."""

_MIDDLE = re.compile(r"(?<=[\w,;'’] )[^\W\d_a-z][\w-]*")
"""A capital word that does not begin a sentence."""

_PARTICLES = frozenset("de van von der den la le al el bin du da dos ter di".split())
_GOING_ON = frozenset("of for the in".split())
_STOPPED = frozenset("dr mr mrs ms prof st inc ltd corp co jr sr gov sen rep gen col capt lt no vs".split())
_NO_NAMES = (
    DETERMINERS | PREPOSITIONS | BOUNDARIES | frozenset(PRONOUNS) | frozenset(
        "according speaking asked there here yes even only such not never he his him them their monday tuesday "
        "wednesday thursday friday saturday sunday january february march april may june july august september "
        "october november december today yesterday tomorrow now then still also yet about earlier later last".split()
    )
)  # fmt: skip
"""Words that may have a capital and are no names."""


class NameFinder:
    """Finds the names among the words of a passage."""

    def __init__(self, text: str, start: int, end: int, known: Sequence[Named]) -> None:
        """Find them in `text[start:end]`, where the names `known` were found, in text order."""
        self._text = text
        self._known = [
            piece for name in known if name.label in LABELS for piece in _pieces(text, name.start, name.end, name.label)
        ]
        self._capitals = {match[0] for match in _MIDDLE.finditer(text, start, end)}
        self._capitals |= {word for first, last, _ in self._known for word in text[first:last].split()}

    def keeps_its_stop(self, word: str) -> bool:
        """Whether a word's stop is a part of it: `Dr.`, `U.S.`, `J.`."""
        word = word[:-1]
        return "." in word or len(word) == 1 or word.lower() in _STOPPED

    def within(self, words: Sequence[Span]) -> list[tuple[int, int, str]]:
        """The names among words that follow each other, as start, end and an entity's label; in order and apart."""
        if not words:
            return []
        found: list[tuple[int, int, str]] = []
        entities = [one for one in self._known if one[0] < words[-1][1] and one[1] > words[0][0]]
        for first, last in self._runs(words, entities):
            start, end = words[first][0], words[last][1]
            inside = [one for one in entities if one[0] < end and one[1] > start]
            people = [one for one in inside if one[2] in ("PERSON", "PER") and one[0] >= start and one[1] == end]
            if people:
                found.append(self._whole_person(people[0], words[first : last + 1], inside))
                continue
            first = self._behind_titles(words, first, last)
            if _is_title(self._lower(words[first])) and not any(one[0] <= words[first][0] for one in inside):
                continue
            label = max(inside, key=lambda one: one[1] - one[0])[2] if inside else ""
            found.append((words[first][0], end, label))
        return found

    def _runs(self, words: Sequence[Span], entities: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
        """The first and the last word of each run that is a name with all its titles."""
        position = 0
        while position < len(words):
            if not self._begins(words, position, entities):
                position += 1
                continue
            last = position
            while (further := self._further(words, last, entities)) is not None:
                last = further
            yield position, last
            position = last + 1

    def _begins(self, words: Sequence[Span], position: int, entities: Sequence[tuple[int, int, str]]) -> bool:
        span = words[position]
        if any(one[0] <= span[0] < one[1] for one in entities):
            return self._capital(span) or any(one[0] == span[0] for one in entities)
        if not self._capital(span) or self._lower(span) in _NO_NAMES:
            return False
        if position and self._text[words[position - 1][1] : span[0]].strip() == "":
            return True
        following = words[position + 1] if position + 1 < len(words) else None
        joined = following is not None and self._capital(following) and self._joined(span, following)
        return joined or self._text[slice(*span)] in self._capitals

    def _further(self, words: Sequence[Span], last: int, entities: Sequence[tuple[int, int, str]]) -> int | None:
        """The word up to which a run goes on after `last`."""
        here = words[last]
        for step in (1, 2, 3):
            if last + step >= len(words) or not self._joined(words[last + step - 1], words[last + step]):
                return None
            span = words[last + step]
            if any(one[0] <= here[0] and one[1] >= span[1] for one in entities):
                return last + step
            if self._capital(span) and (step == 1 or self._lower(span) not in _NO_NAMES):
                return last + step if self._lower(span) not in _NO_NAMES else None
            small = self._lower(span)
            whole = self._text[slice(*here)] in ORGANISED or (
                small in ("for", "of") and self._is_long(words, last, entities)
            )
            if small not in _PARTICLES and not (small in _GOING_ON and whole):
                return None
        return None

    def _whole_person(
        self, person: tuple[int, int, str], words: Sequence[Span], entities: Sequence[tuple[int, int, str]]
    ) -> tuple[int, int, str]:
        """A person with the capital words before the entity that are no titles and of no other name."""
        start = person[0]
        for span in reversed([span for span in words if span[1] <= person[0]]):
            others = any(one[0] < span[1] and one[1] > span[0] and one is not person for one in entities)
            if others or _is_title(self._lower(span)) or not self._capital(span):
                break
            start = span[0]
        return start, person[1], person[2]

    def _behind_titles(self, words: Sequence[Span], first: int, last: int) -> int:
        """The first word that is no title; a department is one only with a title behind it."""
        place = first
        for index in range(first, last):
            if not _is_title(self._lower(words[index])):
                break
            if self._lower(words[index]) not in DEPARTMENTS:
                place = index + 1
        return place

    def _is_long(self, words: Sequence[Span], last: int, entities: Sequence[tuple[int, int, str]]) -> bool:
        """Whether a name of two words or more ends here that is nobody's."""
        here = words[last]
        if any(one[0] <= here[0] < one[1] and one[2] in ("PERSON", "PER") for one in entities) or not last:
            return False
        before = words[last - 1]
        lower = self._lower(before)
        return self._capital(before) and self._joined(before, here) and lower not in _NO_NAMES | TITLES

    def _joined(self, one: Span, other: Span) -> bool:
        gap = self._text[one[1] : other[0]]
        return gap in (" ", " & ", "\n") or (gap in ("' ", "’ ") and self._text[one[1] - 1] == "s")

    def _capital(self, span: Span) -> bool:
        return self._text[span[0]].isupper()

    def _lower(self, span: Span) -> str:
        return self._text[slice(*span)].lower().rstrip(".")


def _is_title(word: str) -> bool:
    """Whether a word, or every part of it, is a title: `Major-General`."""
    return all(part in TITLES for part in word.split("-"))


def _pieces(text: str, start: int, end: int, label: str) -> Iterator[tuple[int, int, str]]:
    """A known name without its article and possessive, in two where it is somebody of something."""
    words = text[start:end]
    if words.lower().startswith("the "):
        start += 4
    if words.endswith(("'s", "’s")):
        end -= 2
    words = text[start:end]
    if not any(sign.isupper() for sign in words):
        return
    head, of, rest = words.partition(" of ")
    if of and head.count(" ") and not ORGANISED & set(head.split()):
        yield start, start + len(head), "PERSON"
        start += len(head) + len(of)
        start += 4 if rest.lower().startswith("the ") else 0
    yield start, end, label
