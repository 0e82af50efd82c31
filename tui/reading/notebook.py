"""The annotations of the open article, in text order, and how each is marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import overload

from store.kinds import Kind
from store.records import Annotation, Label
from store.scheme.values import brief
from tui.reading.marks import Layer, Mark

_LETTERS = {Kind.NOTE: "N", Kind.HIGHLIGHT: "H", Kind.ENTITY: "X"}

_Key = tuple[int, int, str]


class Listing(Sequence[Annotation]):
    """Some of the annotations in text order, however many: nothing is copied to show a screen of them."""

    def __init__(self, by_id: Mapping[str, Annotation]) -> None:
        """List none of `by_id` yet."""
        self._by_id = by_id
        self._keys: list[_Key] = []

    def __len__(self) -> int:
        """How many are listed."""
        return len(self._keys)

    @overload
    def __getitem__(self, index: int) -> Annotation: ...
    @overload
    def __getitem__(self, index: slice) -> list[Annotation]: ...
    def __getitem__(self, index: int | slice) -> Annotation | list[Annotation]:
        """The annotation at a place of the list."""
        if isinstance(index, slice):
            return [self._by_id[key[-1]] for key in self._keys[index]]
        return self._by_id[self._keys[index][-1]]

    def place_of(self, annotation: Annotation) -> int | None:
        """Where the annotation stands in the list; None if it does not."""
        key = _key(annotation)
        index = bisect_left(self._keys, key)
        return index if index < len(self._keys) and self._keys[index] == key else None

    def fill(self, annotations: Iterable[Annotation]) -> None:
        """List many at once."""
        self._keys = sorted(map(_key, annotations))

    def put(self, annotation: Annotation) -> None:
        """List one more."""
        insort(self._keys, _key(annotation))

    def remove(self, annotation: Annotation) -> None:
        """List one less, if it is listed."""
        index = self.place_of(annotation)
        if index is not None:
            del self._keys[index]

    def after(self, offset: int) -> int:
        """The place of the first that begins after the offset; the length of the list if none does."""
        return bisect_right(self._keys, offset, key=_start)

    def before(self, offset: int) -> int:
        """The place of the last that begins before the offset; -1 if none does."""
        return bisect_left(self._keys, offset, key=_start) - 1


class Notebook:
    """Annotations that are added, changed and withdrawn one at a time, however many there are."""

    def __init__(self, annotations: Iterable[Annotation] = ()) -> None:
        """Start with what the library has."""
        self._by_id = {annotation.id: annotation for annotation in annotations}
        self.all = Listing(self._by_id)
        """Every annotation; those on the whole article first."""
        self.marked = Listing(self._by_id)
        """Claims and other marks."""
        self.noted = Listing(self._by_id)
        """Those with a note."""
        everything = self._by_id.values()
        self.all.fill(everything)
        self.marked.fill(annotation for annotation in everything if annotation.kind is not Kind.NOTE)
        self.noted.fill(annotation for annotation in everything if annotation.note)
        self._claims = sum(map(_is_claim, everything))

    def __iter__(self) -> Iterator[Annotation]:
        """In text order; those on the whole article first."""
        return iter(self.all)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._by_id)

    @property
    def claims(self) -> int:
        """How many are claims on this very text."""
        return self._claims

    @property
    def notes(self) -> int:
        """How many have a note."""
        return len(self.noted)

    def get(self, annotation_id: str) -> Annotation | None:
        """The annotation with this key."""
        return self._by_id.get(annotation_id)

    def put(self, annotation: Annotation) -> None:
        """Add an annotation, or change the one with its key."""
        self.remove(annotation.id)
        self._by_id[annotation.id] = annotation
        for listing in self._listings(annotation):
            listing.put(annotation)
        self._claims += _is_claim(annotation)

    def remove(self, annotation_id: str) -> None:
        """Take an annotation out, if it is there."""
        annotation = self._by_id.get(annotation_id)
        if annotation is not None:
            for listing in self._listings(annotation):
                listing.remove(annotation)
            del self._by_id[annotation_id]
            self._claims -= _is_claim(annotation)

    def on_the_article(self) -> Iterator[Annotation]:
        """Those on the whole article."""
        return (one for one in takewhile(lambda one: one.start is None, self) if one.whole_article and not one.version)

    def neighbour(self, caret: int, direction: int) -> Annotation | None:
        """The next annotation on a span that begins after the caret (1), or the last that begins before it (-1)."""
        index = self.all.after(caret) if direction > 0 else self.all.before(caret)
        if not 0 <= index < len(self.all):
            return None
        annotation = self.all[index]
        return None if annotation.start is None else annotation

    def _listings(self, annotation: Annotation) -> Iterator[Listing]:
        yield self.all
        if annotation.kind is not Kind.NOTE:
            yield self.marked
        if annotation.note:
            yield self.noted


def _is_claim(annotation: Annotation) -> bool:
    return annotation.kind is Kind.CLAIM and annotation.version is None


def _start(key: _Key) -> int:
    return key[0]


def _key(annotation: Annotation) -> _Key:
    """By start, the longer first, then by age; what stands on the whole article before all."""
    if annotation.start is None or annotation.end is None:
        return -1, 0, annotation.id
    return annotation.start, annotation.start - annotation.end, annotation.id


class Looks:
    """How annotations are marked: by their kind, or by what the scheme says of their label."""

    STYLES = frozenset(("claim", "source", "cue", "evidence"))
    """Names of colours that the themes know; a label with another is painted as `other`."""

    def __init__(self, labels: Iterable[Label] = ()) -> None:
        """Know the labels of a scheme."""
        self._labels = {label.name: label for label in labels}

    def letter(self, annotation: Annotation) -> str:
        """The annotation's letter in the gutter and in lists: a small one if it stands on another version of the text.

        One whose words are not in this version has an exclamation mark.
        """
        if annotation.orphaned:
            return "!"
        letter = self._letter(annotation)
        return letter if annotation.version is None else letter.lower()

    def _letter(self, annotation: Annotation) -> str:
        if annotation.kind in _LETTERS:
            return _LETTERS[annotation.kind]
        label = self._labels.get(annotation.label or "")
        return (label.key if label else annotation.label or "C")[:1].upper()

    def style(self, annotation: Annotation) -> str:
        """The name of its style in the pane."""
        if annotation.kind is Kind.NOTE:
            return "note"
        label = self._labels.get(annotation.label or "")
        color = label.color if label else "claim" if annotation.kind is Kind.CLAIM else "other"
        return color if color in self.STYLES else "other"

    def marks(self, annotation: Annotation) -> list[Mark]:
        """A mark for each piece of its span; none where it stands on the whole article."""
        if annotation.start is None or annotation.end is None:
            return []
        layer = Layer.NOTE if annotation.kind is Kind.NOTE else Layer.CLAIM
        style, letter = self.style(annotation), self.letter(annotation)
        pieces = annotation.pieces or ((annotation.start, annotation.end),)
        said = f"[{brief(annotation.attributes)}]" if annotation.kind is Kind.CLAIM and annotation.attributes else ""
        return [Mark(*piece, layer, style, annotation.id, letter, note=annotation.note, said=said) for piece in pieces]
