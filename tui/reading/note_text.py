"""A note as it is read: its Markdown and its tags told by style, broken into lines of a width.

The signs stay where they are, as in an article: what is kept is what was typed, and without colours they still tell
emphasis from code. Notes are small and stand beside many rows, so that their lines are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from store.text import tags
from tui.reading.cells import clusters, is_narrow
from tui.reading.layout import Layout
from tui.reading.marks import Layer, Mark, runs
from tui.reading.page import Page, Span
from tui.reading.structure import Structure

STYLES = ("heading", "strong", "emphasis", "code", "quote", "link", "quiet", "tag")
"""What a piece of a note can be."""

_KEPT = 512
"""Notes whose lines are kept."""

_A_LINE = 4
"""Code points that are looked at for one cell of a line."""


class Piece(NamedTuple):
    """A piece of a line in one style."""

    text: str
    """Safe to paint."""
    styles: tuple[str, ...] = ()
    """Names out of `STYLES`, the lowest first."""


class NoteLine(NamedTuple):
    """One line of a note, in exactly the width that was asked for."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """What is painted, without its styles."""
        return "".join(piece.text for piece in self.pieces)


@lru_cache(_KEPT)
def lines(note: str, width: int, longest: int, *, format: str = "markdown") -> tuple[NoteLine, ...]:  # noqa: A002
    """A note broken into at most `longest` lines of `width` cells, the last with an ellipsis where the note is longer.

    Args:
        note: what was typed.
        width: cells, at least 1.
        longest: lines, at least 1.
        format: `text` takes no sign for Markdown, and no word for a tag.
    """
    text = note.strip("\n")
    shown = _Shown(text[: longest * width * _A_LINE], format)
    layout = Layout(shown.page, width, shown.structure.hang)
    spans = [layout.span(row) for row in range(longest)][: layout.total]
    more = spans[-1][1] < len(text)
    found = []
    for row, (start, end) in enumerate(spans):
        rest = more and row == len(spans) - 1
        bare = start + len(text[start:end].rstrip(" "))  # a space may hang over the edge
        pieces = shown.pieces(start, len(shown.page.text) if rest else bare)
        found.append(_line(pieces, width, layout.indent(row), cut=rest and len(shown.page.text) < len(text)))
    return tuple(found)


@lru_cache(_KEPT)
def one_line(note: str, width: int) -> NoteLine:
    """The beginning of a note on one line of `width` cells, for a list."""
    text = note.strip()
    shown = _Shown(text[: width * _A_LINE], "markdown")
    return _line(shown.pieces(0, len(shown.page.text)), width, 0, cut=len(text) > width * _A_LINE)


class _Shown:
    """The beginning of a note with what its signs mean."""

    def __init__(self, text: str, format: str) -> None:  # noqa: A002 -- what an article calls it
        self.page = Page(text)
        self.structure = Structure(self.page, format)
        self._tags = [tag[:2] for tag in tags.tags(text)] if format == "markdown" else []

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """What is painted of `start..end`, a cluster or a run of plain signs at a time."""
        for index in range(self.page.index_of(start), self.page.index_of(max(start, end - 1)) + 1):
            first, last = self.page.bounds(index)
            yield from self._of_stretch(index, (max(start, first), min(end, last)))

    def _of_stretch(self, index: int, span: Span) -> Iterator[Piece]:
        marks = [Mark(*found[:2], Layer.STRUCTURE, found.style) for found in self.structure.marks_within(*span)]
        marks += [Mark(*found, Layer.ENTITY, "tag") for found in self._tags]
        stand_ins = self.structure.stand_ins(index)
        for run in runs(span, marks):
            words = self.page.text[run.start : run.end].replace("\n", " ")
            if is_narrow(words) and not stand_ins:
                yield Piece(words, run.styles)
            else:
                for cluster in clusters(words, run.start):
                    yield Piece(stand_ins.get(cluster.start, cluster.shown), run.styles)


def _line(pieces: Iterator[Piece], width: int, indent: int, *, cut: bool) -> NoteLine:
    """The pieces that fit into `width` cells; with an ellipsis, if there are more of them or `cut` says so."""
    room = width - indent
    kept: list[tuple[str, int, tuple[str, ...]]] = []
    used = 0
    for text, styles in pieces:
        for cluster in clusters(text):
            kept.append((cluster.shown, cluster.width, styles))
            used += cluster.width
            if used > room:
                break
        if used > room:
            break
    if cut or used > room:
        while kept and used > room - 1:
            used -= kept.pop()[1]
        kept.append(("…", 1, ()))
        used += 1
    kept = [(" ", 1, ())] * indent + kept + [(" ", 1, ())] * (room - used)
    joined: list[Piece] = []
    for shown, _, styles in kept:
        if joined and joined[-1].styles == styles:
            joined[-1] = Piece(joined[-1].text + shown, styles)
        else:
            joined.append(Piece(shown, styles))
    return NoteLine(tuple(joined))
