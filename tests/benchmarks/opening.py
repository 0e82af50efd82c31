"""Opening ten megabytes: when the text is there, and whether a key waits while the rest is still being laid out.

An article of 10 MB with its marks and one of 6 kB are opened in turns, each in a library that knows it. As soon as the
first words are on screen, G is pressed, then a search for a word that stands only in the last line is typed, letter by
letter, and gone to. A key that has to wait longer than 100 ms for its frame is one too many.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from store.library import Library
from tests.benchmarks import bulk, commands, texts
from tests.benchmarks.measures import Measure, in_turns, milliseconds
from tests.benchmarks.scroll import ANNOTATIONS, ENTITIES
from tests.benchmarks.terminal import Terminal

_LAST = "zyzzyva"
"""The word that stands only in the last line."""

_TOO_LONG = 0.1
"""Seconds."""

_SMALL, _LARGE = "6 kB", "10 MB"


@dataclass(frozen=True, slots=True)
class _Opening:
    """What one opening brought."""

    text: float
    """Seconds to the first words."""
    end: float
    """Seconds from G to its frame, right after."""
    search: list[float]
    """The same for each key of the search."""

    @property
    def late(self) -> int:
        """Keys whose frame came too late."""
        return sum(seconds > _TOO_LONG for seconds in (self.end, *self.search))


def measure(rounds: int) -> Iterator[Measure]:
    """The first words, the first key, the search, and how many frames came late."""
    with TemporaryDirectory() as folder:
        opened = {size: _command(size, Path(folder)) for size in (_SMALL, _LARGE)}
        _open(opened[_SMALL], Path(folder))  # it compiles modules, which the others then find
        large, small = in_turns(
            rounds, lambda: _open(opened[_LARGE], Path(folder)), lambda: _open(opened[_SMALL], Path(folder))
        )
    figures: list[tuple[str, Callable[[list[_Opening]], float], str, str]] = [
        ("first text", lambda openings: milliseconds(opening.text for opening in openings), "2x", "ms"),
        ("G right after it", lambda openings: milliseconds(opening.end for opening in openings), "", "ms"),
        ("a key of a search to the last line", lambda openings: milliseconds(_search(openings)), "", "ms"),
        ("the slowest of them", lambda openings: 1000 * max(_search(openings)), "", "ms"),
        ("frames over 100 ms", lambda openings: sum(opening.late for opening in openings), "none", "frames"),
    ]
    pressed = sum(len(opening.search) + 1 for opening in large)
    for what, figure, aim, unit in figures:
        note = f"of {pressed}" if unit == "frames" else ""
        yield Measure(f"{_LARGE}: {what}", figure(large), figure(small), aim, unit, note)


def _search(openings: list[_Opening]) -> list[float]:
    return [seconds for opening in openings for seconds in opening.search]


def _command(size: str, home: Path) -> list[str]:
    share = texts.SIZES[size] / texts.SIZES[_LARGE]
    file = home / f"{size}.txt"
    file.write_text(f"{texts.make(texts.SIZES[size])}\nThe last word is {_LAST}.\n", "utf-8")
    with Library(home / f"{size}.db", annotator=commands.ANNOTATOR) as library:
        article = texts.article(file.read_text("utf-8"), file)
        bulk.fill(library, article, annotations=round(ANNOTATIONS * share), entities=round(ENTITIES * share))
    return commands.read(file, library.path)


def _open(command: list[str], home: Path) -> _Opening:
    with Terminal(command, home=home) as terminal:
        painted = terminal.until(texts.AWAITED)
        end = terminal.press("G").frame
        terminal.write("g")
        search = [terminal.press(key).frame for key in ("/", *_LAST, "\r")]
        terminal.idle()
        if not any(_LAST in line for line in terminal.screen.display[:-2]):
            raise RuntimeError("The search did not lead to the last line:\n" + "\n".join(terminal.screen.display))
    return _Opening(painted.text, end, search)
