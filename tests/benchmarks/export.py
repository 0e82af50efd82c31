"""Export: a library with many annotations as JSONL, against a plain sqlite3 loop that writes the same lines.

Each takes place in a process of its own, from the opening of the library to the last byte handed to the file; the
imports are done before. *memory* is what the process holds at its fullest (VmHWM) beyond what it held before it opened
the library; its floor is the same export of a tenth of the annotations, since it ought not to grow with them.

Run as a program, this module is that process: `WAY LIBRARY FILE`, which answers with one line of JSON.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson

from store.exchange.exporting import pieces
from store.library import Library
from tests.benchmarks import bulk, commands
from tests.benchmarks.measures import Measure, in_turns, milliseconds
from tests.benchmarks.terminal import environment, memory

ANNOTATIONS = 100_000

_CLAIMS_AN_ARTICLE = 10
_ARTICLE_LENGTH = 1_000
"""Code points."""

_AIM, _MEMORY_AIM = "2x", "flat"


@dataclass(frozen=True, slots=True)
class Export:
    """What one export took."""

    seconds: float
    megabytes: float
    """Of memory beyond what the process held before."""
    lines: int


def measure(rounds: int, *, annotations: int = ANNOTATIONS) -> Iterator[Measure]:
    """Time against the loop, memory against a tenth."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        large, small = library(home, annotations), library(home, annotations // 10)
        ours, floor = in_turns(rounds, partial(_run, "postil", large, home), partial(_run, "sqlite3", large, home))
        if ours[0].lines != floor[0].lines:
            raise RuntimeError(f"postil wrote {ours[0].lines} lines, the loop {floor[0].lines}")
        yield Measure(
            f"JSONL of {annotations:,} annotations",
            milliseconds(export.seconds for export in ours),
            milliseconds(export.seconds for export in floor),
            _AIM,
            note=f"{ours[0].lines:,} lines",
        )
        full, tenth = in_turns(rounds, partial(_run, "postil", large, home), partial(_run, "postil", small, home))
        yield Measure(
            f"memory for {annotations:,} : {annotations // 10:,}",
            median(export.megabytes for export in full),
            median(export.megabytes for export in tenth),
            _MEMORY_AIM,
            unit="MB",
        )


def library(home: Path, annotations: int) -> Path:
    """A library with that many annotations, ten an article."""
    with Library(home / f"{annotations}.db", annotator=commands.ANNOTATOR) as opened:
        articles = max(1, annotations // _CLAIMS_AN_ARTICLE)
        bulk.many_articles(opened, articles, length=_ARTICLE_LENGTH, claims_each=_CLAIMS_AN_ARTICLE)
        opened.languages.refresh()  # as they are when articles come in one by one
    return opened.path


def _run(way: str, library: Path, home: Path) -> Export:
    command = commands.helper("export", way, str(library), str(home / "export.jsonl"))
    done = subprocess.run(command, env=environment(home), check=True, stdout=subprocess.PIPE)
    return Export(**json.loads(done.stdout))


def postil(library: Path, file: Path) -> None:
    """What `postil export` does, without the bar and without the fsync at the end."""
    with Library(library, annotator=commands.ANNOTATOR) as opened, file.open("wb") as output:
        for piece in pieces(opened):
            output.write(piece)


def loop(library: Path, file: Path) -> None:
    """The least code that writes the same lines: a query for the articles, and one for the annotations of each."""
    connection = sqlite3.connect(library)
    connection.row_factory = sqlite3.Row
    meta = ("title", "author", "source", "url", "published", "format", "added")
    with file.open("wb") as output:
        for article in connection.execute("SELECT * FROM article ORDER BY listing, id"):
            spans = connection.execute(
                "SELECT a.id, n.name AS annotator, a.created, a.updated, note, kind, label, start, end, quote AS text, "
                "attributes FROM annotation a JOIN annotator n ON n.id = annotator_id "
                "WHERE article_id = ? AND withdrawn IS NULL ORDER BY start, end DESC, a.id",
                (article["id"],),
            )
            line = {
                "schema": "postil/1",
                "id": article["id"],
                "offset_unit": "codepoint",
                "text": article["text"],
                "meta": {name: article[name] for name in meta if article[name] is not None},
                "spans": [{**dict(span), "attributes": orjson.loads(span["attributes"])} for span in spans],
                "notes": [],
                "entities": [],
                "relations": [],
            }
            output.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    connection.close()


def _main(way: str, library: Path, file: Path) -> None:
    export = {"postil": postil, "sqlite3": loop}[way]
    before = memory("self", "VmRSS")
    started = perf_counter()
    export(library, file)
    seconds = perf_counter() - started
    with file.open("rb") as written:
        lines = sum(1 for _ in written)
    print(json.dumps(asdict(Export(seconds, memory("self", "VmHWM") - before, lines))))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
