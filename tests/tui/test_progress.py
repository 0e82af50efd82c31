"""The progress bar: only where somebody watches, only after a moment, and never in the way of the items."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator

import pytest

from tui import progress


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(progress, "monotonic", stopped)
    return stopped


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Terminal]:
    """Put a terminal in the place of standard error; in the test itself, for pytest puts its own there before it."""

    def put() -> Terminal:
        terminal = Terminal()
        monkeypatch.setattr(sys, "stderr", terminal)
        monkeypatch.setenv("TERM", "xterm-256color")
        return terminal

    return put


def working(clock: Clock, seconds: float, count: int = 10) -> Iterator[int]:
    """Items that take so long each."""
    for item in range(count):
        clock.now += seconds
        yield item


def test_where_nobody_watches_nothing_is_written(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    assert [*progress.track(working(clock, 60), total=10, doing="reading")] == [*range(10)]
    assert capsys.readouterr() == ("", "")


def test_work_of_a_moment_has_no_bar(clock: Clock, watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    assert [*progress.track(working(clock, 0.05), total=10, doing="reading")] == [*range(10)]
    assert terminal.getvalue() == ""


def test_longer_work_has_a_bar_from_then_on(clock: Clock, watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    passed = []
    written = []
    for item in progress.track(working(clock, 0.2), total=10, doing="reading [articles]"):
        passed.append(item)
        written.append(bool(terminal.getvalue()))
    assert passed == [*range(10)]
    assert written == [False, False] + [True] * 8
    assert "reading [articles]" in terminal.getvalue()
    assert "/10" in terminal.getvalue()


def test_the_bar_is_gone_in_the_end_and_the_cursor_is_back(clock: Clock, watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    assert len([*progress.track(working(clock, 0.2), total=10, doing="reading")]) == 10
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")
    assert terminal.getvalue().rindex("\x1b[2K") > terminal.getvalue().rindex("reading")


def test_the_bar_goes_too_when_the_work_fails(clock: Clock, watch: Callable[[], Terminal]) -> None:
    terminal = watch()

    def failing() -> Iterator[int]:
        yield from working(clock, 1)
        raise ValueError("the eleventh")

    with pytest.raises(ValueError, match="eleventh"):
        for _ in progress.track(failing(), total=20, doing="reading"):
            pass
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


def test_the_bar_goes_too_when_nobody_wants_the_rest(clock: Clock, watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    tracked = progress.track(working(clock, 1), total=10, doing="reading")
    assert isinstance(tracked, Iterator)
    assert next(tracked) == 0
    del tracked
    assert terminal.getvalue().rindex("\x1b[?25h") > terminal.getvalue().rindex("\x1b[?25l")


def test_items_are_taken_one_at_a_time(clock: Clock, watch: Callable[[], Terminal]) -> None:
    watch()
    taken = []

    def noting() -> Iterator[int]:
        for item in working(clock, 1):
            taken.append(item)
            yield item

    tracked = progress.track(noting(), total=10, doing="reading")
    assert next(tracked) == 0
    assert taken == [0]
    assert next(tracked) == 1
    assert taken == [0, 1]


def test_work_of_unknown_size_has_a_bar_too(clock: Clock, watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    assert [*progress.track(working(clock, 1), total=None, doing="reading")] == [*range(10)]
    assert "reading" in terminal.getvalue()


def test_no_items_are_no_bar(clock: Clock, watch: Callable[[], Terminal]) -> None:
    terminal = watch()
    assert [*progress.track(working(clock, 1, count=0), total=0, doing="reading")] == []
    assert terminal.getvalue() == ""
