"""Merging: two people's libraries of the same articles, against a plain sqlite3 loop that copies the rows.

Ours checks the other file, compares every row with what is there, and keeps a copy of the library from before; the loop
trusts the file and copies what it finds. Both write into the same tables with the same indexes and triggers.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from store.care.copies import copy_to
from store.library import Library
from tests.benchmarks import bulk
from tests.benchmarks.measures import Measure, in_turns, milliseconds

_CLAIMS_AN_ARTICLE = 100
_ARTICLE_LENGTH = 6_000
"""Code points."""

_AT_ONCE = 10_000

_AIM = "4x"


def measure(rounds: int, *, annotations: int) -> Iterator[Measure]:
    """The time of a merge, and of undoing it."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        ours, theirs = (_library(home, who, annotations) for who in ("ada", "bob"))
        merges, copies = in_turns(rounds, partial(_merge, home, ours, theirs), partial(_copy, home, ours, theirs))
        what = f"{annotations:,} annotations"
        merged, undone = [first for first, _ in merges], [second for _, second in merges]
        copied = [first for first, _ in copies]
        yield Measure(f"merge of {what} into {what}", milliseconds(merged), milliseconds(copied), _AIM)
        yield Measure(f"undoing the merge of {what}", milliseconds(undone), milliseconds(copied))


def _library(home: Path, who: str, annotations: int) -> Path:
    path, copy = home / f"{who}'s.db", home / f"{who}.db"
    articles = max(1, annotations // _CLAIMS_AN_ARTICLE)
    with Library(path, annotator=who) as library:
        bulk.many_articles(library, articles, length=_ARTICLE_LENGTH, claims_each=_CLAIMS_AN_ARTICLE)
    copy_to(path, copy)
    return copy


def _merge(home: Path, ours: Path, theirs: Path) -> tuple[float, float]:
    target = home / "merged" / "library.db"
    target.parent.mkdir()
    shutil.copyfile(ours, target)
    with Library(target, annotator="ada") as library:
        began = perf_counter()
        library.sharing.merge([theirs])
        merged = perf_counter()
        library.history.undo()
        undone = perf_counter()
    shutil.rmtree(target.parent)
    return merged - began, undone - merged


def _copy(home: Path, ours: Path, theirs: Path) -> tuple[float, float]:
    target = home / "copied.db"
    shutil.copyfile(ours, target)
    began = perf_counter()
    with closing(sqlite3.connect(theirs)) as source, closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for table in ("annotator", "article", "annotation"):
            names = [row[1] for row in source.execute(f"PRAGMA table_info({table})") if row[1] != "number"]
            columns = ", ".join(f'"{name}"' for name in names)
            rows = source.execute(f"SELECT {columns} FROM {table}")
            while batch := rows.fetchmany(_AT_ONCE):
                connection.executemany(
                    f"INSERT OR IGNORE INTO {table} ({columns}) VALUES ({', '.join('?' * len(names))})", batch
                )
        connection.commit()
    took = perf_counter() - began
    for companion in ("", "-wal", "-shm"):
        target.with_name(target.name + companion).unlink(missing_ok=True)
    return took, 0.0
