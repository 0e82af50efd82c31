"""Keys a mark in the scripted session of tests/tui/keystrokes.py, the notes' own letters not counted."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.measures import Measure
from tests.tui.keystrokes import Work, script

_AIM = 2.5


def measure(rounds: int) -> Iterator[Measure]:  # noqa: ARG001 -- it is counted once
    """The average of all marks, and of each kind of work."""
    steps = script()
    yield Measure(
        f"keys a mark, {len(steps)} marks", _average([len(step.keys) for step in steps]), _AIM, "1.0x", unit="keys"
    )
    for work in Work:
        counts = [len(step.keys) for step in steps if step.work is work]
        yield Measure(f"{work.value}, {len(counts)} times", _average(counts), _AIM, unit="keys")


def _average(counts: list[int]) -> float:
    return sum(counts) / len(counts)
