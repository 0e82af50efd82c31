"""Marks: what is painted over the text. Spans with a style, in layers, kept by stretch so that a row finds its own.

A change touches the stretches that it lies in and raises their epochs; rows elsewhere stay as they were painted.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from store.entities.gold import Shown
from store.records import Found
from tui.reading.names import STYLES
from tui.reading.overlay import Overlay
from tui.reading.page import Page, Span


class Layer(IntEnum):
    """What lies over what: a later layer's colours win over an earlier one's."""

    STRUCTURE = 0
    SENTENCE = 1
    NOTE = 2
    CLAIM = 3
    ENTITY = 4
    PROPOSAL = 5
    HIT = 6
    SELECTION = 7
    CARET = 8


ANNOTATIONS = frozenset((Layer.NOTE, Layer.CLAIM))
"""The layers of what people marked."""


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
    note: str = ""
    """What its annotator wrote about it."""
    said: str = ""
    """What it says in its attributes, in a few words."""

    @property
    def beside(self) -> str:
        """What stands in the margin: what it says, and its note."""
        return "\n".join(part for part in (self.said, self.note) if part)


class Marks:
    """The marks of a page."""

    def __init__(self, page: Page) -> None:
        """No marks yet."""
        self._page = page
        self._by_stretch: dict[int, list[Mark]] = {}
        self._by_id: dict[str, tuple[Mark, ...]] = {}
        self.names = Overlay(page)
        """The names, which become marks only where a row looks at them: an article may have half a million."""
        self._epochs: dict[int, int] = {}
        self.version = 0
        """A number that changes whenever an annotation's mark does."""

    def epoch(self, offset: int) -> int:
        """A number that changes whenever a mark in the stretch that holds the offset does."""
        return self._epochs.get(self._page.index_of(offset), 0) + self.names.version

    def add(self, marks: Iterable[Mark]) -> None:
        """Add marks; those with a known `id` take the place of the old ones. An annotation has a mark a piece."""
        added = list(marks)
        self.version += 1
        pieces: dict[str, list[Mark]] = {}
        for mark in added:
            if mark.id:
                pieces.setdefault(mark.id, []).append(mark)
        for mark_id, of_one in pieces.items():
            self.remove(mark_id)
            self._by_id[mark_id] = tuple(of_one)
        for mark in added:
            for index in self._indexes(mark):
                insort(self._by_stretch.setdefault(index, []), mark)
                self._epochs[index] = self._epochs.get(index, 0) + 1

    def remove(self, mark_id: str) -> None:
        """Take away the marks with this `id`, if there are any."""
        self.version += 1
        for mark in self._by_id.pop(mark_id, ()):
            for index in self._indexes(mark):
                stretch = self._by_stretch[index]
                del stretch[bisect_left(stretch, mark)]
                self._epochs[index] = self._epochs.get(index, 0) + 1

    def take_over(self, marks: Marks) -> None:
        """Have the marks of another page of the same text, which may have been made by another thread, and no others.

        The other one is not to be used any more.
        """
        self.version += 1
        self._by_stretch, self._by_id = marks._by_stretch, marks._by_id
        self.lay(marks.names)
        for index in range(len(self._page)):
            self._epochs[index] = self._epochs.get(index, 0) + 1

    def lay(self, names: Overlay) -> None:
        """Mark these names, of this page's text, and no others."""
        names.version = self.names.version + 1
        self.names = names

    def put_entities(self, found: Found) -> None:
        """Mark the entities of a stretch of the page, in place of those it had."""
        self.names_changed([self.names.predict(found)])

    def names_changed(self, stretches: Iterable[int]) -> None:
        """Paint the names of some stretches again."""
        for index in stretches:
            self._epochs[index] = self._epochs.get(index, 0) + 1

    def within(self, start: int, end: int) -> list[Mark]:
        """The marks that share a code point with `start..end`, which lies in one stretch."""
        marks = self.annotations(start, end)
        entities = self.names.of(self._page.index_of(start)).shown
        # Names do not overlap, so their ends ascend with their starts.
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

    def annotations(self, start: int, end: int) -> list[Mark]:
        """The marks of annotations that share a code point with `start..end`, which lies in one stretch."""
        stretch = self._by_stretch.get(self._page.index_of(start), ())
        return [mark for mark in stretch if mark.start < end and mark.end > start]

    def next_entity(self, offset: int) -> Shown | None:
        """The first name that starts after the offset, of those that are known."""
        for index in range(self._page.index_of(offset), len(self._page)):
            entities = self.names.of(index).shown
            position = bisect_right(entities, offset, key=_start_of)
            if position < len(entities):
                return entities[position]
        return None

    def previous_entity(self, offset: int) -> Shown | None:
        """The last name that starts before the offset, of those that are known."""
        for index in range(self._page.index_of(offset), -1, -1):
            entities = self.names.of(index).shown
            position = bisect_left(entities, offset, key=_start_of)
            if position:
                return entities[position - 1]
        return None

    def _indexes(self, mark: Mark) -> range:
        return range(self._page.index_of(mark.start), self._page.index_of(mark.end - 1) + 1)


def _start_of(entity: Shown) -> int:
    return entity.start


def _end_of(entity: Shown) -> int:
    return entity.end


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a row in which the same marks hold."""

    start: int
    end: int
    styles: tuple[str, ...]
    """From the lowest layer to the highest; the same style once. `nested` follows those of annotations where two or
    more lie over each other."""
    edge: bool = False
    """Whether an annotation begins here right where another ended, which would else look like one."""


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
    found: list[Run] = []
    before: frozenset[Mark] = frozenset()
    for a, b in pairwise(sorted(borders)):
        over = [mark for mark in inside if mark.start <= a and mark.end >= b]
        annotations = frozenset(mark for mark in over if mark.layer in ANNOTATIONS)
        names = [mark.style for mark in over]
        if len(annotations) > 1:
            names.insert(sum(mark.layer <= Layer.CLAIM for mark in over), "nested")
        edge = bool(before and annotations) and not before & annotations
        found.append(Run(a, b, tuple(dict.fromkeys(names)), edge))
        before = annotations
    return found
