"""The annotations of the open article, in text order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator
from itertools import takewhile

from store.records import Annotation, Kind
from tui.reading.marks import Layer, Mark

_LETTERS = {Kind.NOTE: "N", Kind.HIGHLIGHT: "H", Kind.ENTITY: "X"}


class Notebook:
    """Annotations that are added, changed and withdrawn one at a time, however many there are."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        """Start with what the library has."""
        self.claims = 0
        """How many are claims."""
        self.notes = 0
        """How many have a note."""
        self._by_id = {annotation.id: annotation for annotation in annotations}
        self._order = sorted(_key(annotation) for annotation in self._by_id.values())
        for annotation in self._by_id.values():
            self._count(annotation, 1)

    def __iter__(self) -> Iterator[Annotation]:
        """In text order; those on the whole article first."""
        return (self._by_id[key[-1]] for key in self._order)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_id)

    def get(self, annotation_id: str) -> Annotation | None:
        """The annotation with this key."""
        return self._by_id.get(annotation_id)

    def put(self, annotation: Annotation) -> None:
        """Add an annotation, or change the one with its key."""
        self.remove(annotation.id)
        self._by_id[annotation.id] = annotation
        insort(self._order, _key(annotation))
        self._count(annotation, 1)

    def remove(self, annotation_id: str) -> None:
        """Take an annotation out, if it is there."""
        annotation = self._by_id.pop(annotation_id, None)
        if annotation is not None:
            del self._order[bisect_left(self._order, _key(annotation))]
            self._count(annotation, -1)

    def on_the_article(self) -> Iterator[Annotation]:
        """Those on the whole article."""
        return takewhile(lambda annotation: annotation.whole_article, self)

    def neighbour(self, caret: int, direction: int) -> Annotation | None:
        """The next annotation on a span that begins after the caret (1), or the last that begins before it (-1)."""
        if direction > 0:
            index = bisect_right(self._order, caret, key=_start)
        else:
            index = bisect_left(self._order, caret, key=_start) - 1
        if not 0 <= index < len(self._order):
            return None
        annotation = self._by_id[self._order[index][-1]]
        return None if annotation.whole_article else annotation

    def _count(self, annotation: Annotation, change: int) -> None:
        self.claims += change * (annotation.kind is Kind.CLAIM)
        self.notes += change * bool(annotation.note)


def _start(key: tuple[int, int, str]) -> int:
    return key[0]


def _key(annotation: Annotation) -> tuple[int, int, str]:
    """By start, the longer first, then by age; what stands on the whole article before all."""
    if annotation.start is None or annotation.end is None:
        return -1, 0, annotation.id
    return annotation.start, annotation.start - annotation.end, annotation.id


def letter(annotation: Annotation) -> str:
    """The annotation's letter in the gutter and in lists."""
    return _LETTERS.get(annotation.kind) or (annotation.label or "C")[0]


def mark(annotation: Annotation) -> Mark:
    """How an annotation on a span is marked in the text."""
    assert annotation.start is not None
    assert annotation.end is not None
    note = annotation.kind is Kind.NOTE
    return Mark(
        annotation.start,
        annotation.end,
        Layer.NOTE if note else Layer.CLAIM,
        "note" if note else "claim" if annotation.kind is Kind.CLAIM else "other",
        annotation.id,
        letter(annotation),
    )
