"""A progress bar on standard error for work that takes more than a moment, and none where nobody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

T = TypeVar("T")

_MOMENT = 0.5
"""Seconds of work without a bar."""


def track(items: Iterable[T], *, total: int | None, doing: str) -> Iterator[T]:
    """The items, with a bar that shows how many of `total` were taken, the rate, and the time left."""
    if not sys.stderr.isatty():
        yield from items
        return
    started = monotonic()
    progress = None
    done = 0
    try:
        for item in items:
            if progress is None and monotonic() - started > _MOMENT:
                progress = _bar()
                task = progress.add_task(doing, total=total, completed=done)
                progress.start()
            yield item
            done += 1
            if progress is not None:
                progress.update(task, completed=done)
    finally:
        if progress is not None:
            progress.stop()


@contextmanager
def counting(doing: str) -> Iterator[Callable[[int], None]]:
    """A bar for work whose end is not known, shown after a moment.

    What is yielded is called with how much more was done.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    started = monotonic()
    progress = _bar()
    task = progress.add_task(doing, total=None)
    shown = False

    def more(done: int) -> None:
        nonlocal shown
        progress.advance(task, done)
        if not shown and monotonic() - started > _MOMENT:
            shown = True
            progress.start()

    try:
        yield more
    finally:
        if shown:
            progress.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),  # lines for a terminal go above the bar; lines for a file stay its own
    )
