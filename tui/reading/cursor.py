"""The cursor: a caret and a selection in a page, and what the keys make of them. No screen.

Both are offsets in the text, so they survive every change of the layout. The caret always stands on the start of a
grapheme cluster; spans that are handed out are whole clusters.
"""

from __future__ import annotations

from store.text import graphemes
from tui.reading import motions
from tui.reading.layout import Layout
from tui.reading.page import Page, Span

_FARTHEST = 100_000
"""Times that a motion is repeated at most: more is a cat on the keyboard."""


class Cursor:
    """Where the reader is, and what is selected."""

    def __init__(self, page: Page) -> None:
        """At the start of the page, nothing selected."""
        self.page = page
        self.caret = 0
        self.anchor: int | None = None
        """Where the piece that is being selected began; None while there is none."""
        self.pieces: tuple[Span, ...] = ()
        """Pieces of the selection that are complete, in the order in which they were selected."""
        self.back: int | None = None
        """Where the caret was before the last jump."""
        self._column: int | None = None
        """The cell that up and down keep to."""
        self._sentence: tuple[int, Span | None] = (-1, None)

    @property
    def selecting(self) -> bool:
        """Whether anything is selected, or being selected."""
        return self.anchor is not None or bool(self.pieces)

    @property
    def growing(self) -> Span | None:
        """The piece that motions extend, in whole clusters."""
        if self.anchor is None:
            return None
        return graphemes.snap(self.page.text, min(self.anchor, self.caret), max(self.anchor, self.caret) + 1)

    @property
    def selected(self) -> tuple[Span, ...]:
        """The pieces of the selection in text order, in whole clusters, apart from each other."""
        pieces = sorted(self.pieces)
        if (growing := self.growing) is not None:
            pieces = sorted([*pieces, growing])
        merged: list[Span] = []
        for start, end in pieces:
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)

    @property
    def sentence(self) -> Span | None:
        """The sentence under the caret."""
        if self._sentence[0] != self.caret:
            self._sentence = (self.caret, self.page.sentence_at(self.caret))
        return self._sentence[1]

    @property
    def target(self) -> tuple[Span, ...]:
        """What a verb acts on, in whole clusters: the selection, or the sentence under the caret; nothing without."""
        if self.selecting:
            return self.selected
        return (graphemes.snap(self.page.text, *self.sentence),) if self.sentence else ()

    def put(self, offset: int, *, anchor: int | None = None) -> None:
        """Put the caret on the cluster at an offset, selecting from `anchor` if it is given."""
        self.caret = graphemes.start_of(self.page.text, max(0, min(offset, motions.last_offset(self.page))))
        self.anchor = anchor
        self._column = None

    def remember(self) -> None:
        """Remember this place as the one to go back to."""
        self.back = self.caret

    def go_back(self) -> bool:
        """Change places with where the caret was before the last jump; whether there was a jump."""
        if self.back is None:
            return False
        back, self.back = self.back, self.caret
        self.put(back, anchor=self.anchor)
        return True

    def go(self, layout: Layout, motion: str, count: int = 1) -> None:
        """Move by one of the motions of `tui.reading.motions`, `count` times or until it leads no further."""
        growing = self.anchor is not None and self.caret >= self.anchor
        step = (motions.EXTENDING if growing else motions.MOTIONS)[motion]
        for _ in range(min(count, _FARTHEST)):
            before = self.caret
            if motion in {"line_start", "line_end"} and layout.folded.at(before) is not None:
                break  # what is folded has no ends to go to
            self.caret = layout.outside(before, step(layout, before), extending=growing)
            if self.caret == before:
                break
        self._column = None

    def rows(self, layout: Layout, count: int) -> None:
        """Move down, or up where it is negative, keeping to the column."""
        column = layout.column_of(self.caret) if self._column is None else self._column
        self.caret = motions.rows(layout, self.caret, count, column)
        self._column = column

    def go_to_row(self, layout: Layout, row: int) -> None:
        """Move to the start of a row, counted from 0."""
        self.put(layout.offset_at(max(0, min(row, layout.total - 1)), 0), anchor=self.anchor)

    def select(self) -> None:
        """Begin a piece of a selection at the caret; where one is being selected, drop the selection."""
        if self.anchor is None:
            self.anchor = self.caret
        else:
            self.drop()

    def select_span(self, span: Span) -> None:
        """Select a span, the caret at its end."""
        self.put(graphemes.before(self.page.text, span[1]), anchor=span[0])

    def keep_piece(self) -> None:
        """Complete the piece that is being selected, so that another one can be begun elsewhere."""
        if (growing := self.growing) is not None:
            self.pieces = (*self.pieces, growing)
            self.anchor = None

    def drop(self) -> None:
        """Drop the selection; the caret stays."""
        self.anchor, self.pieces = None, ()
