"""Marks: what is painted over the text. Spans with a style, in layers, kept by stretch so that a row finds its own.

A change touches the stretches that it lies in and raises their epochs; rows elsewhere stay as they were painted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from store.records import Entity, Found
from tui.reading.names import STYLES
from tui.reading.page import Page, Span


class Layer(IntEnum):
    """What lies over what: a later layer's colours win over an earlier one's."""

    SENTENCE = 0
    NOTE = 1
    CLAIM = 2
    ENTITY = 3
    SELECTION = 4
    CARET = 5


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """One marked span."""

    start: int
    end: int
    layer: Layer
    style: str
    """The name of a style that the pane knows."""
    id: str = ""
    """Whose mark it is: an annotation's key; empty for an entity."""
    letter: str = ""
    """What the gutter shows for it; nothing for an entity."""
    label: str = ""
    """An entity's type."""


class Marks:
    """The marks of a page."""

    def __init__(self, page: Page) -> None:
        """No marks yet."""
        self._page = page
        self._by_stretch: dict[int, list[Mark]] = {}
        self._by_id: dict[str, Mark] = {}
        self._entities: dict[int, list[Entity]] = {}
        self._epochs: dict[int, int] = {}

    def epoch(self, offset: int) -> int:
        """A number that changes whenever a mark in the stretch that holds the offset does."""
        return self._epochs.get(self._page.index_of(offset), 0)

    def add(self, marks: Iterable[Mark]) -> None:
        """Add marks; one with a known `id` takes the place of the old one."""
        for mark in marks:
            if mark.id:
                self.remove(mark.id)
                self._by_id[mark.id] = mark
            for index in self._indexes(mark):
                insort(self._by_stretch.setdefault(index, []), mark)
                self._epochs[index] = self._epochs.get(index, 0) + 1

    def remove(self, mark_id: str) -> None:
        """Take away the mark with this `id`, if there is one."""
        mark = self._by_id.pop(mark_id, None)
        if mark is None:
            return
        for index in self._indexes(mark):
            stretch = self._by_stretch[index]
            del stretch[bisect_left(stretch, mark)]
            self._epochs[index] = self._epochs.get(index, 0) + 1

    def put_entities(self, found: Found) -> None:
        """Mark the entities of a stretch of the page, in place of those it had.

        They become marks only where a row looks at them: an article may have half a million.
        """
        index = self._page.index_of(found.start)
        self._entities[index] = found.entities
        self._epochs[index] = self._epochs.get(index, 0) + 1

    def within(self, start: int, end: int) -> list[Mark]:
        """The marks that share a code point with `start..end`, which lies in one stretch."""
        index = self._page.index_of(start)
        marks = [mark for mark in self._by_stretch.get(index, ()) if mark.start < end and mark.end > start]
        entities = self._entities.get(index, ())
        # Entities of one pipeline do not overlap, so their ends ascend with their starts.
        for position in range(bisect_right(entities, start, key=_end_of), len(entities)):
            entity = entities[position]
            if entity.start >= end:
                break
            marks.append(
                Mark(entity.start, entity.end, Layer.ENTITY, STYLES.get(entity.label, "thing"), label=entity.label)
            )
        return marks

    def at(self, offset: int) -> list[Mark]:
        """The marks over an offset, the shortest, which is the innermost, first."""
        return sorted(self.within(offset, offset + 1), key=lambda mark: (mark.end - mark.start, -mark.start))

    def _indexes(self, mark: Mark) -> range:
        return range(self._page.index_of(mark.start), self._page.index_of(mark.end - 1) + 1)


def _end_of(entity: Entity) -> int:
    return entity.end


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a row in which the same marks hold."""

    start: int
    end: int
    styles: tuple[str, ...]
    """From the lowest layer to the highest; the same style once."""


def runs(span: Span, marks: Iterable[Mark]) -> list[Run]:
    """The row `span` cut where a mark begins or ends; the runs cover it without gaps."""
    start, end = span
    inside = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start),
        key=lambda mark: (mark.layer, mark.start - mark.end),
    )
    borders = {start, end}
    for mark in inside:
        borders.add(max(start, mark.start))
        borders.add(min(end, mark.end))
    ordered = sorted(borders)
    return [
        Run(a, b, tuple(dict.fromkeys(mark.style for mark in inside if mark.start <= a and mark.end >= b)))
        for a, b in pairwise(ordered)
    ]


def gutter(span: Span, next_row: int, marks: Iterable[Mark]) -> tuple[str, str]:
    """The bracket and the letter beside the row `span`, whose successor starts at `next_row`.

    The innermost mark that begins in the row has the word; else the innermost one that passes through it. A mark
    within one row has its letter and no bracket.
    """
    start, end = span
    lettered = [mark for mark in marks if mark.letter and mark.start < max(end, start + 1) and mark.end > start]
    if not lettered:
        return " ", " "
    begins = [mark for mark in lettered if start <= mark.start]
    mark = min(begins or lettered, key=lambda mark: mark.end - mark.start)
    first, last = mark in begins, mark.end <= next_row
    bracket = {(True, True): " ", (True, False): "┌", (False, False): "│", (False, True): "└"}[first, last]
    return bracket, mark.letter if first else " "
