"""The names of an article: its entities grouped by type and words, counted as they stream in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from store.entities.gold import Shown
from store.records import Entity
from tui.reading.folds import Spans

_SHOWN = 200
"""Names of one type that are listed; an article with more is a list itself."""

STYLES = {
    "PERSON": "person",
    "NORP": "group",
    "ORG": "group",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "DATE": "time",
    "TIME": "time",
    "MONEY": "number",
    "PERCENT": "number",
    "QUANTITY": "number",
    "CARDINAL": "number",
    "ORDINAL": "number",
}
"""The style of each entity type of the English pipelines; any other type is a `thing`."""

MEANINGS = {
    "PERSON": "person",
    "NORP": "nationality or group",
    "ORG": "organisation",
    "GPE": "country, city or state",
    "LOC": "place",
    "FAC": "building or site",
    "DATE": "date",
    "TIME": "time",
    "MONEY": "sum of money",
    "PERCENT": "percentage",
    "QUANTITY": "quantity",
    "CARDINAL": "number",
    "ORDINAL": "ordinal",
    "EVENT": "event",
    "LAW": "law",
    "PRODUCT": "product",
    "WORK_OF_ART": "work",
    "LANGUAGE": "language",
}
"""What each type is called in the status line."""

_ORDER = {label: position for position, label in enumerate(MEANINGS)}


@dataclass(frozen=True, slots=True)
class Name:
    """One name with all its mentions."""

    label: str
    text: str
    count: int


class Names:
    """The names of one article."""

    def __init__(self, left_out: Spans | None = None) -> None:
        """None yet; those in the spans `left_out` are never counted."""
        self._left_out = left_out or Spans()
        self._mentions: dict[str, dict[str, list[int]]] = defaultdict(dict)
        """By type and words, where they begin."""
        self._ranked: dict[str, list[str]] = {}
        """The words of a type, the commonest first, from when they were first asked for: then they are kept so."""

    def add(self, entities: Iterable[Entity | Shown], text: str) -> None:
        """Count the entities of a piece of `text`."""
        for entity in entities:
            if self._left_out.at(entity.start) is not None:
                continue
            words = " ".join(text[entity.start : entity.end].split())
            self._unrank(entity.label, words)
            insort(self._mentions[entity.label].setdefault(words, []), entity.start)
            self._rank(entity.label, words)

    def discard(self, entities: Iterable[Entity | Shown], text: str) -> None:
        """Count entities no more that were counted before."""
        for entity in entities:
            words = " ".join(text[entity.start : entity.end].split())
            starts = self._mentions[entity.label].get(words, [])
            place = bisect_left(starts, entity.start)
            if place < len(starts) and starts[place] == entity.start:
                self._unrank(entity.label, words)
                del starts[place]
                self._rank(entity.label, words)
            if not starts:
                self._mentions[entity.label].pop(words, None)

    def by_label(self) -> dict[str, list[Name]]:
        """The names of each type, the commonest first; types in the order of `MEANINGS`, others after them.

        The first time all of them are put in order, which takes a while for half a million; later a screenful is made.
        """
        labels = (label for label, mentions in self._mentions.items() if mentions)
        found = {}
        for label in sorted(labels, key=lambda label: (_ORDER.get(label, len(_ORDER)), label)):
            mentions = self._mentions[label]
            if label not in self._ranked:
                self._ranked[label] = sorted(mentions, key=partial(_rank, mentions))
            found[label] = [Name(label, words, len(mentions[words])) for words in self._ranked[label][:_SHOWN]]
        return found

    def next_mention(self, name: Name, after: int) -> int:
        """The start of the first mention after the offset, or round the end the first of all; the offset if none."""
        starts = self._mentions[name.label].get(name.text)
        if not starts:
            return after
        following = bisect_right(starts, after)
        return starts[following % len(starts)]

    def _unrank(self, label: str, words: str) -> None:
        """Take words out of the order, before their count changes."""
        ranked, mentions = self._ranked.get(label), self._mentions[label]
        if ranked is not None and mentions.get(words):
            del ranked[bisect_left(ranked, _rank(mentions, words), key=partial(_rank, mentions))]

    def _rank(self, label: str, words: str) -> None:
        """Put them where they belong by their new count."""
        ranked, mentions = self._ranked.get(label), self._mentions[label]
        if ranked is not None and mentions.get(words):
            insort(ranked, words, key=partial(_rank, mentions))


def _rank(mentions: Mapping[str, list[int]], words: str) -> tuple[int, str]:
    return -len(mentions[words]), words
