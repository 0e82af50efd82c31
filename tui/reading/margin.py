"""Margin notes: which line of which note stands beside which row of the screen.

A note stands beside the row in which its annotation begins, or as near below it as the notes before it leave room.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.reading.cells import fit, one_line
from tui.reading.layout import Layout
from tui.reading.marks import Mark
from tui.reading.page import Page

LONGEST = 8
"""Rows that a note takes in the margin; of a longer one the start is shown."""


class MarginLine(NamedTuple):
    """One line of a note."""

    letter: str
    """The annotation's letter beside the note's first line; else a space."""
    text: str
    """In exactly the width that was asked for, safe to paint."""
    id: str
    """The annotation's key."""


def lines(note: str, width: int, *, longest: int = LONGEST) -> list[str]:
    """A note broken into lines of exactly `width` cells, the last with an ellipsis where the note is longer."""
    text = note.strip("\n")
    page = Page(text[: longest * width * 4])
    layout = Layout(page, width)
    spans = [layout.span(row) for row in range(longest)][: layout.total]
    shown = [text[slice(*span)].rstrip(" ") for span in spans]  # a space may hang over the edge
    if spans[-1][1] < len(text):
        shown[-1] = text[spans[-1][0] :]  # cut below, so that it ends in an ellipsis
    return [fit(one_line(line), width) for line in shown]


def place(notes: Iterable[tuple[int, Mark]], first: int, last: int, width: int) -> dict[int, MarginLine]:
    """The lines beside the rows `first` to `last`, both included.

    Args:
        notes: the row in which each annotation with a note begins, and its mark; ascending rows.
        first: the row at the top of the screen; notes that begin above it may reach into it.
        last: the row at its bottom.
        width: cells of the text beside the letter.
    """
    placed: dict[int, MarginLine] = {}
    free = 0
    for begins, mark in notes:
        if begins > last:
            break
        row = max(begins, free)
        for number, line in enumerate(lines(mark.beside, width)):
            if first <= row <= last:
                placed[row] = MarginLine(mark.letter if number == 0 else " ", line, mark.id)
            row += 1
        free = row
    return placed
