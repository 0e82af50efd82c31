"""A measure against its floor: how both are taken in turns, and how they are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Measure:
    """One row of the table."""

    what: str
    """What is measured."""
    value: float
    """What postil takes, in `unit`: less is better."""
    floor: float
    """What the floor takes."""
    aim: str = ""
    """What DESIGN.md wants the ratio to be; empty where it says nothing."""
    unit: str = "ms"
    note: str = ""
    """What else was seen."""

    @property
    def ratio(self) -> float:
        """How many times the floor."""
        return self.value / self.floor if self.floor else float("nan")


def in_turns(rounds: int, ours: Callable[[], T], floor: Callable[[], T]) -> tuple[list[T], list[T]]:
    """Both taken `rounds` times, A B A B, so that whatever else the machine does falls on both alike."""
    pairs = [(ours(), floor()) for _ in range(rounds)]
    return [first for first, _ in pairs], [second for _, second in pairs]


def milliseconds(seconds: Iterable[float]) -> float:
    """The median of some times."""
    return 1000 * median(seconds)


def p95(seconds: Iterable[float]) -> float:
    """The 95th percentile of some times, in milliseconds."""
    return 1000 * quantiles(seconds, n=20, method="inclusive")[-1]


def table(measures: Iterable[Measure]) -> str:
    """The measures in columns."""
    head = ("measure", "ratio", "aim", "postil", "floor", "unit", "also")
    rows = [head, *(_cells(measure) for measure in measures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = []
    for row in rows:
        first, *numbers, unit, also = row
        right = (cell.rjust(width) for cell, width in zip(numbers, widths[1:5], strict=True))
        lines.append("  ".join([first.ljust(widths[0]), *right, unit.ljust(widths[5]), also]).rstrip())
    return "\n".join([lines[0], "-" * max(map(len, lines)), *lines[1:]])


def _cells(measure: Measure) -> tuple[str, ...]:
    numbers = (f"{value:,.{1 if value < 100 else 0}f}" for value in (measure.value, measure.floor))
    return (measure.what, f"{measure.ratio:.2f}x", measure.aim, *numbers, measure.unit, measure.note)
