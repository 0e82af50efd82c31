"""Margin notes: beside their row, or as near below it as there is room."""

from __future__ import annotations

from tui.reading import margin
from tui.reading.marks import Layer, Mark
from tui.reading.note_text import Piece


def noted(start: int, note: str) -> Mark:
    return Mark(start, start + 3, Layer.NOTE, "note", f"n{start}", "N", note=note)


def shown(notes: list[tuple[int, Mark]], first: int = 0, last: int = 20, width: int = 10) -> dict[int, str]:
    placed = margin.place(notes, first, last, width)
    return {row: f"{line.letter}{line.text}".rstrip() for row, line in placed.items()}


def test_a_note_stands_beside_its_row() -> None:
    assert shown([(3, noted(30, "who says?"))]) == {3: "Nwho says?"}


def test_a_long_note_goes_on_below() -> None:
    assert shown([(3, noted(30, "who says so, and when"))]) == {3: "Nwho says", 4: " so, and", 5: " when"}


def test_notes_never_lie_over_each_other() -> None:
    notes = [(0, noted(0, "one two three")), (1, noted(11, "four"))]
    assert shown(notes) == {0: "None two", 1: " three", 2: "Nfour"}


def test_a_note_that_begins_above_reaches_into_the_screen() -> None:
    assert shown([(3, noted(30, "who says so, and when"))], first=4) == {4: " so, and", 5: " when"}


def test_a_very_long_note_ends_in_an_ellipsis() -> None:
    lines = [line.text for line in margin.beside(noted(0, "word " * 200), 10)]
    assert len(lines) == margin.LONGEST
    assert lines[-1].rstrip().endswith("…")
    assert not any("…" in line for line in lines[:-1])


def test_what_an_annotation_says_stands_above_its_note_and_is_no_markdown() -> None:
    mark = Mark(0, 3, Layer.CLAIM, "claim", "c", "C", note="*why*", said="[*cfs*]")
    assert [line.pieces for line in margin.beside(mark, 8)] == [
        (Piece("[*cfs*] "),),
        (Piece("*", ("quiet",)), Piece("why", ("emphasis",)), Piece("*", ("quiet",)), Piece("   ")),
    ]
