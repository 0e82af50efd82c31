"""The differences of two versions as lines of plain text: told apart by signs, so that no colour is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from store.text.difference import Change, Kind
from tui.reading.cells import one_line

_SIGNS = {Kind.SAME: " ", Kind.GONE: "-", Kind.NEW: "+", Kind.CHANGED: "~"}
_AROUND = {Kind.GONE: ("[-", "-]"), Kind.NEW: ("{+", "+}")}


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """A line a paragraph that changed: `~ built in [-1815-]{+1816+}`; and one for all that stands between two."""
    for change in changes:
        if change.kind is Kind.SAME:
            yield f"  … {change.count:,} {'paragraph' if change.count == 1 else 'paragraphs'} the same"
        else:
            words = change.words
            if change.kind is Kind.CHANGED:
                words = tuple((kind, said.join(_AROUND[kind]) if kind in _AROUND else said) for kind, said in words)
            yield f"{_SIGNS[change.kind]} {one_line(''.join(said for _, said in words))}"


def summary(changes: Iterable[Change]) -> str:
    """`3 paragraphs changed, 1 new, 2 gone`."""
    counts = dict.fromkeys((Kind.CHANGED, Kind.NEW, Kind.GONE), 0)
    for change in changes:
        if change.kind in counts:
            counts[change.kind] += change.count
    told = [(kind.value, count) for kind, count in counts.items() if count]
    if not told:
        return "the same words, but for quotes and spaces"
    first, *rest = told
    noun = "paragraph" if first[1] == 1 else "paragraphs"
    return ", ".join([f"{first[1]:,} {noun} {first[0]}", *(f"{count:,} {kind}" for kind, count in rest)])
