"""Margin notes: which line of which note stands beside which row of the screen.

A note stands beside the row in which its annotation begins, or as near below it as the notes before it leave room.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tui.reading import note_text
from tui.reading.marks import Mark
from tui.reading.note_text import NoteLine, Piece

LONGEST = 8
"""Rows that a note takes in the margin; of a longer one the start is shown."""


class MarginLine(NamedTuple):
    """One line of a note."""

    letter: str
    """The annotation's letter beside the note's first line; else a space."""
    pieces: tuple[Piece, ...]
    """In exactly the width that was asked for."""
    id: str
    """The annotation's key."""

    @property
    def text(self) -> str:
        """What is painted, without its styles."""
        return NoteLine(self.pieces).text


def beside(mark: Mark, width: int) -> tuple[NoteLine, ...]:
    """What an annotation has in the margin: what it says in its attributes, and its note."""
    said = note_text.lines(mark.said, width, LONGEST, format="text") if mark.said else ()
    room = LONGEST - len(said)
    return said + note_text.lines(mark.note, width, room) if mark.note and room else said


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
        for number, line in enumerate(beside(mark, width)):
            if first <= row <= last:
                placed[row] = MarginLine(mark.letter if number == 0 else " ", line.pieces, mark.id)
            row += 1
        free = row
    return placed
