"""Start: from the exec of the program to what it first paints, against a Textual hello world in the same terminal.

*first frame* ends with the first piece of output that puts any sign on the screen; *first text* with the piece that
completes the article's first words in the reading pane, or, of the library, the title of its first article. Each start
is followed by one of the hello world, whose first frame is the floor of both. Not in the measure: what postil does
after the text is on screen, and its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from store.library import Library
from tests.benchmarks import bulk, commands, texts
from tests.benchmarks.hello import WORDS
from tests.benchmarks.measures import Measure, in_turns, milliseconds
from tests.benchmarks.terminal import Painted, Terminal

ARTICLES = 50_000
"""In the large library."""

_ARTICLE_LENGTH = 300
"""Code points of each of them: the table never reads a text."""

_FRAME_AIM, _TEXT_AIM, _NO_AIM = "1.5x", "2.5x", ""


def measure(rounds: int) -> Iterator[Measure]:
    """Every start, a few of each."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        files = {name: home / f"article-{size}.txt" for name, size in texts.SIZES.items()}
        for name, size in texts.SIZES.items():
            files[name].write_text(texts.make(size), "utf-8")
        hello = partial(_start, commands.hello(), WORDS, home)
        for name, file in files.items():
            yield from _measure(rounds, f"read {name}, new library", _in_new_libraries(file, home), hello)
            with Library(home / f"{file.stem}.db", annotator=commands.ANNOTATOR) as known:
                bulk.fill(known, texts.article(file.read_text("utf-8"), file), annotations=0, entities=0)
            command = commands.read(file, known.path)
            ours = partial(_start, command, texts.AWAITED, home)
            yield from _measure(rounds, f"read {name}, known to the library", ours, hello)
        with Library(home / "many.db", annotator=commands.ANNOTATOR) as many:
            bulk.many_articles(many, ARTICLES, length=_ARTICLE_LENGTH)
            first = many.articles.page(size=1)[0].title[:24]
        ours = partial(_start, commands.library(many.path), first, home)
        yield from _measure(rounds, f"library of {ARTICLES:,}", ours, hello, text_aim=_TEXT_AIM)
        ours = partial(_start, commands.read(files["6 kB"], many.path), texts.AWAITED, home)
        yield from _measure(rounds, f"read 6 kB, library of {ARTICLES:,}", ours, hello, text_aim=_TEXT_AIM)


def _measure(
    rounds: int, what: str, ours: Callable[[], Painted], hello: Callable[[], Painted], *, text_aim: str = _NO_AIM
) -> Iterator[Measure]:
    ours(), hello()  # the first start of all reads files that later ones find in memory
    starts, hellos = in_turns(rounds, ours, hello)
    floor = milliseconds(start.something for start in hellos)
    yield Measure(f"{what}: first frame", milliseconds(start.something for start in starts), floor, _FRAME_AIM)
    yield Measure(f"{what}: first text", milliseconds(start.text for start in starts), floor, text_aim)


def _start(command: Sequence[str], awaited: str, home: Path) -> Painted:
    with Terminal(command, home=home) as terminal:
        return terminal.until(awaited)


def _in_new_libraries(file: Path, home: Path) -> Callable[[], Painted]:
    numbers = count()

    def start() -> Painted:
        path = home / f"new-{file.stem}-{next(numbers)}.db"
        return _start(commands.read(file, path), texts.AWAITED, home)

    return start
