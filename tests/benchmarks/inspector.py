"""Opening the inspector: from the key `enter` on a claim to the last byte of the frame that shows the form.

Its floor is one frame of a screen that is painted sixty times a second. The first opening of a session, which imports
the form, is told apart from the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from store.library import Library
from tests.benchmarks import bulk, commands, texts
from tests.benchmarks.measures import Measure, milliseconds, p95
from tests.benchmarks.terminal import Terminal

_FRAME = 1000 / 60
_AIM = "1x"
_A_ROUND = 10
_FORM = "claim_type"
"""What the form shows of every claim."""


def measure(rounds: int) -> Iterator[Measure]:
    """In a short article and in a long one that is marked all over."""
    for name, claims in (("6 kB", 10), ("10 MB", 100_000)):
        with TemporaryDirectory() as folder:
            home = Path(folder)
            first, later = _openings(home, name, claims, _A_ROUND * rounds)
        yield Measure(f"inspector, {name}: first opening", 1000 * first, _FRAME, note="once")
        yield Measure(f"inspector, {name}: p50", milliseconds(later), _FRAME, _AIM)
        yield Measure(f"inspector, {name}: p95", p95(later), _FRAME)


def _openings(home: Path, name: str, claims: int, times: int) -> tuple[float, list[float]]:
    file = home / "article.txt"
    file.write_text(texts.make(texts.SIZES[name]), "utf-8")
    with Library(home / "library.db", annotator=commands.ANNOTATOR) as library:
        article = texts.article(file.read_text("utf-8"), file)
        bulk.fill(library, article, annotations=claims, entities=0)
    with Terminal(commands.read(file, library.path), home=home) as terminal:
        terminal.until(texts.AWAITED)
        terminal.idle()
        terminal.write("]")
        seconds = []
        for _ in range(times + 1):
            seconds.append(terminal.press_until("\r", _FORM))
            terminal.idle()
            terminal.press("\x1b")
            terminal.idle()
    return seconds[0], seconds[1:]
