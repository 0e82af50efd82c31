"""Charts of signs, for a screen and for a pipe: bars of eighths of a cell, and a column a day. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto
from typing import NamedTuple, TypeAlias

from tui.reading.cells import fit, width_of

_NAME = 0.35
"""Of the width, what a name takes at most."""

_BAR = 4
"""Cells that a bar has at least, or there is none."""

_LONGEST = 60
"""Cells of the longest bar: on a wide screen a longer one says no more."""


class Role(Enum):
    """What a piece of a line is: whoever paints it chooses how that looks."""

    PLAIN = auto()
    HEADING = auto()
    BAR = auto()
    QUIET = auto()


class Piece(NamedTuple):
    """A part of a line."""

    text: str
    role: Role = Role.PLAIN


Line: TypeAlias = Sequence[Piece]


class Bar(NamedTuple):
    """A value with a name."""

    name: str
    value: int
    details: str = ""
    """What stands behind the value, where there is room."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What charts are made of."""

    parts: str
    """The parts of a cell from left to right, the last one full."""
    levels: str
    """The levels of a column from the lowest on, the last one full."""
    nothing: str
    """A day without anything."""
    between: str
    """Stands between things that are listed in a line."""


BLOCKS = Signs("▏▎▍▌▋▊▉█", "▁▂▃▄▅▆▇█", "·", " · ")
ASCII = Signs("#", ".:-=+*#@", " ", ", ")


def signs_for(encoding: str | None) -> Signs:
    """The signs that a stream of that encoding can write."""
    try:
        f"{BLOCKS.parts}{BLOCKS.levels}{BLOCKS.nothing}".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS


def filled(value: int, greatest: int, width: int, signs: Signs) -> str:
    """A bar of at most `width` cells for a value from 0 to `greatest`, as exact as the parts are; not filled up.

    What is more than nothing can be seen.
    """
    if value <= 0 or greatest <= 0 or width <= 0:
        return ""
    steps = len(signs.parts)
    length = max(1, round(value / greatest * width * steps))
    whole, part = divmod(min(length, width * steps), steps)
    return signs.parts[-1] * whole + (signs.parts[part - 1] if part else "")


def bars(rows: Sequence[Bar], width: int, signs: Signs) -> list[Line]:
    """A line a value in `width` cells: name, bar, value, and the details where all of them fit beside a bar.

    All bars have one scale. Names of any script are cut to the cells that there are.
    """
    if not rows:
        return []
    values = [f"{row.value:,}" for row in rows]
    numbers = max(map(len, values))
    greatest = max(row.value for row in rows)
    name = min(max(width_of(row.name) for row in rows), max(6, int(width * _NAME)))
    details = max(width_of(row.details) for row in rows)
    room = width - name - numbers - 4
    if details and room - details - 2 < max(_BAR, width // 5):
        details = 0
    bar = min(_LONGEST, room - (details + 2 if details else 0))
    lines: list[Line] = []
    for row, value in zip(rows, values, strict=True):
        pieces = [Piece(f"  {fit(row.name, name)} ")]
        if bar >= _BAR:
            length = filled(row.value, greatest, bar, signs)
            pieces.append(Piece(length + " " * (bar - len(length)), Role.BAR))
        pieces.append(Piece(f" {value.rjust(numbers)}"))
        if details:
            pieces.append(Piece(f"  {fit(row.details, details)}", Role.QUIET))
        lines.append(pieces)
    return lines


def columns(counts: Mapping[date, int], last: date, width: int, signs: Signs) -> list[Line]:
    """A column a day up to `last`, as many days as fit into `width` cells or are needed, and the days under them."""
    if not counts:
        return []
    room = max(1, width - 2)
    needed = max(14, (last - min(counts)).days + 1)
    shown = min(room, needed)
    first = last - timedelta(days=shown - 1)
    days = [counts.get(first + timedelta(days=number), 0) for number in range(shown)]
    greatest = max(days)
    steps = len(signs.levels)
    line = "".join(
        signs.levels[max(0, -(-value * steps // greatest) - 1)] if value else signs.nothing for value in days
    )
    begin, end = first.isoformat(), last.isoformat()
    under = begin + end.rjust(shown - len(begin)) if shown >= len(begin) + len(end) + 1 else end.rjust(shown)
    return [[Piece(f"  {line}", Role.BAR)], [Piece(f"  {under}", Role.QUIET)]]
