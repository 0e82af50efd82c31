"""Scrolling: from a key written to the terminal to the last byte of the frame that it brings about.

The same keys are pressed in three articles in turns: 6 kB with ten claims, which is the floor; 6 kB as densely
marked as the third; and 10 MB with 100,000 claims and 500,000 names. A bare Textual view that paints the rows of the
first is the floor of the first. A key is written only when the frame of the one
before has settled, and the first one only when the article is laid out and postil has nothing left to do. At the end
of an article, where a key changes nothing, the walk begins again from its start.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from store.library import Library
from tests.benchmarks import bulk, commands, texts
from tests.benchmarks.measures import Measure, milliseconds, p95
from tests.benchmarks.terminal import Answer, Terminal

ANNOTATIONS, ENTITIES = 100_000, 500_000
"""In the 10 MB article."""

_FEW = 10
"""Annotations in the article that is the floor."""

WALKS: Mapping[str, tuple[str, str]] = {
    "j": ("j" * 40, "j"),
    "space": ("", " "),
    "ctrl+d": ("", "\x04"),
    ")": ("j" * 40, ")"),
    "]": ("", "]"),
    "c": ("", "c)"),
    "v )": ("v", ")"),
    "G, g": ("", "Gg"),
}
"""By name: the keys, not measured, that lead from the article's start to where the walk begins, and those that are
then pressed one after the other. Forty lines down, every further line scrolls."""

_A_ROUND = 20
"""Presses of each walk."""

_AIM = "1.5x"
_BARE, _PLAIN, _MARKED, _LARGE = "bare view", "6 kB, ten claims", "6 kB, marked alike", "10 MB, marked"

_BARE_AIM = "1.3x"

_ONLY_POSTIL = frozenset(("]", "c", "v )"))
"""Walks that a bare view does not know: it is scrolled by a line instead."""


def measure(rounds: int) -> Iterator[Measure]:
    """Every walk, then the bytes a key and the memory."""
    with TemporaryDirectory() as folder, ExitStack() as opened:
        home = Path(folder)
        articles = {name: _article(name, home) for name in (_PLAIN, _MARKED, _LARGE)}
        articles[_BARE] = [sys.executable, "-m", "tests.benchmarks.bare", str(home / f"{_PLAIN}.txt")]
        with Terminal(articles[_PLAIN], home=home) as first:  # it compiles modules, which the others then find
            first.until(texts.AWAITED)
        terminals: dict[str, Terminal] = {}
        ready: dict[str, float] = {}
        for name, command in articles.items():
            terminals[name] = opened.enter_context(Terminal(command, home=home))
            terminals[name].until(texts.AWAITED)
            ready[name] = terminals[name].idle()
        for name in (_MARKED, _LARGE):
            yield Measure(f"{name}: nothing left to do after", 1000 * ready[name], 1000 * ready[_PLAIN], note="once")
        written: dict[str, list[int]] = {name: [] for name in terminals}
        for walk in WALKS:
            answers = _walk(walk, terminals, _A_ROUND * rounds)
            for name, pressed in answers.items():
                written[name] += [answer.written for answer in pressed]
            yield from _compare(walk, answers)
        for name in (_MARKED, _LARGE):
            yield Measure(f"bytes a key, {name}", median(written[name]), median(written[_PLAIN]), unit="bytes")
        for name in (_MARKED, _LARGE):
            yield Measure(f"memory, {name}", terminals[name].memory(), terminals[_PLAIN].memory(), unit="MB")


def _article(name: str, home: Path) -> list[str]:
    """The command that opens an article, which lies with its marks in a library of its own."""
    size = texts.SIZES["10 MB" if name == _LARGE else "6 kB"]
    share = 0.0 if name == _PLAIN else size / texts.SIZES["10 MB"]
    file = home / f"{name}.txt"
    file.write_text(texts.make(size), "utf-8")
    with Library(home / f"{name}.db", annotator=commands.ANNOTATOR) as library:
        article = texts.article(file.read_text("utf-8"), file)
        annotations = round(ANNOTATIONS * share) or _FEW
        bulk.fill(library, article, annotations=annotations, entities=round(ENTITIES * share))
    return commands.read(file, library.path)


def _walk(walk: str, terminals: Mapping[str, Terminal], presses: int) -> dict[str, list[Answer]]:
    """What the walk's keys brought about in each terminal, pressed in one after the other."""
    way, keys = WALKS[walk]
    answers: dict[str, list[Answer]] = {name: [] for name in terminals}
    for terminal in terminals.values():
        terminal.write(f"g{way}")
    for press in range(presses):
        key = keys[press % len(keys)]
        for name, terminal in terminals.items():
            if name == _BARE:
                bare_key = "j" if walk in _ONLY_POSTIL or key == ")" else key
                answers[name].append(terminal.press(bare_key))
            else:
                answers[name].append(_press(terminal, key, way))
    return answers


def _press(terminal: Terminal, key: str, way: str) -> Answer:
    """What a key brought about; where that is nothing, what it does after going back to where the walk begins."""
    before = _place(terminal)
    answer = terminal.try_press(key)
    if answer is not None and _place(terminal) != before:
        return answer
    terminal.write(f"g{way}")
    return terminal.press(key)


def _place(terminal: Terminal) -> str:
    """Where the caret is, as the status line says it; the line's left side may stay the same."""
    terminal.show()
    return terminal.screen.display[-2].rpartition("   ")[2]


def _compare(walk: str, answers: Mapping[str, list[Answer]]) -> Iterator[Measure]:
    frames = {name: [answer.frame for answer in pressed] for name, pressed in answers.items()}
    settled = f"settled {p95(answer.settled for answer in answers[_LARGE]):,.1f}"
    for name in (_LARGE, _MARKED):
        aim = _AIM if name == _LARGE else ""
        yield Measure(f"{walk}, {name}: p50", milliseconds(frames[name]), milliseconds(frames[_PLAIN]))
        note = settled if name == _LARGE else ""
        yield Measure(f"{walk}, {name}: p95", p95(frames[name]), p95(frames[_PLAIN]), aim, note=note)
    yield Measure(f"{walk}, {_PLAIN}, by the {_BARE}: p95", p95(frames[_PLAIN]), p95(frames[_BARE]), _BARE_AIM)
