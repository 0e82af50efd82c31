"""The names of an article: its entities grouped by type and words, counted as they stream in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

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
        self._mentions: dict[tuple[str, str], list[int]] = defaultdict(list)

    def add(self, entities: Iterable[Entity | Shown], text: str) -> None:
        """Count the entities of a piece of `text`."""
        for entity in entities:
            if self._left_out.at(entity.start) is not None:
                continue
            words = " ".join(text[entity.start : entity.end].split())
            insort(self._mentions[entity.label, words], entity.start)

    def discard(self, entities: Iterable[Entity | Shown], text: str) -> None:
        """Count entities no more that were counted before."""
        for entity in entities:
            key = entity.label, " ".join(text[entity.start : entity.end].split())
            starts = self._mentions.get(key, [])
            place = bisect_left(starts, entity.start)
            if place < len(starts) and starts[place] == entity.start:
                del starts[place]
            if not starts:
                self._mentions.pop(key, None)

    def by_label(self) -> dict[str, list[Name]]:
        """The names of each type, the commonest first; types in the order of `MEANINGS`, others after them."""
        grouped: dict[str, list[Name]] = defaultdict(list)
        for (label, words), starts in self._mentions.items():
            grouped[label].append(Name(label, words, len(starts)))
        ordered = sorted(grouped, key=lambda label: (_ORDER.get(label, len(_ORDER)), label))
        return {label: nsmallest(_SHOWN, grouped[label], key=lambda n: (-n.count, n.text)) for label in ordered}

    def next_mention(self, name: Name, after: int) -> int:
        """The start of the first mention after the offset, or round the end the first of all; the offset if none."""
        starts = self._mentions.get((name.label, name.text))
        if not starts:
            return after
        following = bisect_right(starts, after)
        return starts[following % len(starts)]
