"""Import: JSONL with many annotations into an empty library, against a plain loop that inserts the same rows.

Each takes place in a process of its own, from the opening of the library to the commit; the imports are done before.
The loop checks nothing and keeps no journal. *memory* is what the process holds at its fullest beyond what it held
before; its floor is the same import of a tenth of the annotations, since it ought not to grow with them.

Run as a program, this module is that process: `WAY FILE LIBRARY`, which answers with one line of JSON.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import orjson

from store.exchange.importing import import_files
from store.library import Library
from tests.benchmarks import commands, export
from tests.benchmarks.measures import Measure, in_turns, milliseconds
from tests.benchmarks.terminal import environment, memory

_AIM, _MEMORY_AIM = "3x", "flat"
_CONTEXT = 32
_AT_ONCE = 10_000

_numbers = count()


def measure(rounds: int, *, annotations: int = export.ANNOTATIONS) -> Iterator[Measure]:
    """Time against the loop, memory against a tenth."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        large, small = _file(home, annotations), _file(home, annotations // 10)
        ours, floor = in_turns(rounds, partial(_run, "postil", large, home), partial(_run, "sqlite3", large, home))
        if ours[0].lines != floor[0].lines:
            raise RuntimeError(f"postil took in {ours[0].lines} annotations, the loop {floor[0].lines}")
        yield Measure(
            f"import of {annotations:,} annotations",
            milliseconds(run.seconds for run in ours),
            milliseconds(run.seconds for run in floor),
            _AIM,
            note="with the journal, every anchor checked",
        )
        full, tenth = in_turns(rounds, partial(_run, "postil", large, home), partial(_run, "postil", small, home))
        yield Measure(
            f"memory for {annotations:,} : {annotations // 10:,}",
            median(run.megabytes for run in full),
            median(run.megabytes for run in tenth),
            _MEMORY_AIM,
            unit="MB",
        )


def _file(home: Path, annotations: int) -> Path:
    file = home / f"{annotations}.jsonl"
    export.postil(export.library(home, annotations), file)
    return file


def _run(way: str, file: Path, home: Path) -> export.Export:
    library = home / f"{next(_numbers)}.db"
    Library(library, annotator=commands.ANNOTATOR).close()
    command = commands.helper("imports", way, str(file), str(library))
    done = subprocess.run(command, env=environment(home), check=True, stdout=subprocess.PIPE)
    library.unlink()
    return export.Export(**json.loads(done.stdout))


def postil(file: Path, library: Path) -> None:
    """What `postil import` does, without the bar."""
    with Library(library, annotator=commands.ANNOTATOR) as opened:
        import_files(opened, [file])


def loop(file: Path, library: Path) -> None:
    """The least code that makes the same articles and annotations, in a library with the same indexes."""
    connection = sqlite3.connect(library)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    people = dict(connection.execute("SELECT name, id FROM annotator"))
    rows: list[tuple[object, ...]] = []
    insert = f"INSERT INTO annotation VALUES (NULL, {', '.join('?' * 16)})"
    with file.open("rb") as lines:
        for line in lines:
            said = orjson.loads(line)
            text, meta = said["text"], said["meta"]
            connection.execute(
                "INSERT INTO article (id, title, format, added, words, length, listing, text) VALUES (?,?,?,?,?,?,?,?)",
                (said["id"], meta["title"], meta["format"], meta["added"], len(text.split()), len(text),
                 meta["title"].casefold(), text),
            )  # fmt: skip
            for span in said["spans"]:
                start, end = span["start"], span["end"]
                rows.append(
                    (span["id"], said["id"], people[span["annotator"]], span["kind"], span["label"], start, end, "[]",
                     span["text"], text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT], span["note"],
                     "{}", span["created"], span["updated"], None)
                )  # fmt: skip
            if len(rows) >= _AT_ONCE:
                connection.executemany(insert, rows)
                rows.clear()
    connection.executemany(insert, rows)
    connection.commit()
    connection.close()


def _main(way: str, file: Path, library: Path) -> None:
    before = memory("self", "VmRSS")
    started = perf_counter()
    {"postil": postil, "sqlite3": loop}[way](file, library)
    seconds = perf_counter() - started
    connection = sqlite3.connect(library)
    (number,) = connection.execute("SELECT count(*) FROM annotation").fetchone()
    connection.close()
    print(json.dumps({"seconds": seconds, "megabytes": memory("self", "VmHWM") - before, "lines": number}))


if __name__ == "__main__":
    _main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
