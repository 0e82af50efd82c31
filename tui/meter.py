"""How far a long piece of work is: a bar on a terminal, now and then a line on a pipe."""

from __future__ import annotations

import sys
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_A_LINE_EVERY = 5.0
"""Seconds between lines on a pipe."""


class Meter:
    """Counts articles and their words on standard error. Use it in a `with` block."""

    def __init__(self, *, articles: int, words: int) -> None:
        """So many are to be read."""
        self._articles, self._words = articles, words
        self.read_articles = 0
        self.read_words = 0
        self._started = monotonic()
        self._told = self._started
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    @property
    def rate(self) -> float:
        """Words a second since the start."""
        return self.read_words / max(1e-9, monotonic() - self._started)

    def __enter__(self) -> Meter:
        """Begin to show it."""
        if sys.stderr.isatty():
            self._bar = _bar()
            self._task = self._bar.add_task("", total=self._words)
            self._show()
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def advance(self, *, words: int, articles: int = 0) -> None:
        """So many more were read."""
        self.read_words += words
        self.read_articles += articles
        if self._bar is not None:
            self._show()
        elif monotonic() - self._told >= _A_LINE_EVERY:
            self._told = monotonic()
            left = max(0, self._words - self.read_words) / max(1.0, self.rate)
            self.say(f"{self._counts()}, {self.rate:,.0f} words/s, {_span(left)} left")

    def say(self, sentence: str) -> None:
        """A line of its own, above the bar where there is one."""
        from tui.commands.shared import say

        if self._bar is not None:
            self._bar.console.print(sentence, markup=False, highlight=False)
        else:
            say(sentence, sys.stderr)

    def _show(self) -> None:
        assert self._bar is not None
        assert self._task is not None
        self._bar.update(
            self._task, completed=self.read_words, description=self._counts(), rate=f"{self.rate:,.0f} words/s"
        )

    def _counts(self) -> str:
        return f"{self.read_articles:,} of {self._articles:,} articles"


def _span(seconds: float) -> str:
    """`40 s`, `3 min`, `2 h 5 min`."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=sys.stdout.isatty(),
    )
