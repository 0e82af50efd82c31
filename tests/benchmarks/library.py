"""A library of 50,000 articles and 1,000,000 annotations: opening it and tagging in it against an empty one.

And how fast 10,000 articles are added, against `executemany` into the same table with the same full text index.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from store.articles import plain
from store.library import Library
from store.records import Article
from tests.benchmarks import bulk, commands, texts
from tests.benchmarks.measures import Measure, in_turns, milliseconds

_ARTICLES, _CLAIMS_EACH, _LENGTH = 50_000, 20, 1_000
_ADDED = 10_000
_TAGS = 50
_BATCH = 32
"""Articles that `postil add` adds in one transaction."""


def measure(rounds: int) -> Iterator[Measure]:
    """Opening, the first page of the list, a filter, an article, a tag; adding."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        large, small = _library(home / "large.db", _ARTICLES), _library(home / "small.db", 1)
        for what, act, aim in (
            ("open the library", _open, "1.3x"),
            ("its first page of rows", _page, ""),
            ("a filter of two words", _filter, ""),
            ("open an article", _article, ""),
            ("what is next to do", _next, ""),
            ("its figures", _figures, ""),
            (f"{_TAGS} tags", _tag, "1.5x"),
        ):
            ours, floor = in_turns(rounds, partial(act, large), partial(act, small))
            yield Measure(f"{what}: {_ARTICLES:,} articles : 1", milliseconds(ours), milliseconds(floor), aim)
        text = texts.make(_LENGTH)
        articles = [plain.read(f"Number {number}\n\n{text}", Path(f"{number}.txt")) for number in range(_ADDED)]
        blank = _library(home / "blank.db", 0)
        ours, floor = in_turns(rounds, partial(_add, blank, articles), partial(_raw, blank, articles))
        yield Measure(f"add {_ADDED:,} articles : executemany", milliseconds(ours), milliseconds(floor), "3x")


def _library(path: Path, articles: int) -> Path:
    with Library(path, annotator=commands.ANNOTATOR) as library:
        if articles:
            bulk.many_articles(library, articles, length=_LENGTH, claims_each=_CLAIMS_EACH)
    return path


def _open(path: Path) -> float:
    started = perf_counter()
    Library(path, annotator=commands.ANNOTATOR).close()
    return perf_counter() - started


def _page(path: Path) -> float:
    with Library(path, annotator=commands.ANNOTATOR) as library:
        started = perf_counter()
        library.articles.page()
        return perf_counter() - started


def _filter(path: Path) -> float:
    with Library(path, annotator=commands.ANNOTATOR) as library:
        started = perf_counter()
        library.articles.page("bridge harbour")
        library.articles.count("bridge harbour")
        return perf_counter() - started


def _article(path: Path) -> float:
    with Library(path, annotator=commands.ANNOTATOR) as library:
        key = library.articles.page(size=1)[0].id
        started = perf_counter()
        library.articles.get(key)
        library.annotations.of(key)
        return perf_counter() - started


def _next(path: Path) -> float:
    with Library(path, annotator=commands.ANNOTATOR) as library:
        started = perf_counter()
        library.reading.next()
        return perf_counter() - started


def _figures(path: Path) -> float:
    with Library(path, annotator=commands.ANNOTATOR) as library:
        started = perf_counter()
        library.figures.count()
        return perf_counter() - started


def _tag(path: Path) -> float:
    with Library(path, annotator=commands.ANNOTATOR) as library:
        article = library.articles.get(library.articles.page(size=1)[0].id)
        assert article is not None
        done = len(library.annotations.of(article.id))
        started = perf_counter()
        for number in range(done, done + _TAGS):  # a place of its own each round
            library.annotations.tag(article, number % 100, number % 100 + 2 + number // 100)
        return perf_counter() - started


def _add(blank: Path, articles: list[Article]) -> float:
    path = _copy(blank)
    with Library(path, annotator=commands.ANNOTATOR) as library:
        started = perf_counter()
        for first in range(0, len(articles), _BATCH):
            library.articles.add(articles[first : first + _BATCH])
        return perf_counter() - started


def _raw(blank: Path, articles: list[Article]) -> float:
    connection = sqlite3.connect(_copy(blank), isolation_level=None)
    connection.execute("PRAGMA synchronous = FULL")
    started = perf_counter()
    for first in range(0, len(articles), _BATCH):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO article (id, title, format, path, added, words, length, listing, text)"
            " VALUES (?, ?, ?, ?, '2026', 1, ?, ?, ?)",
            [
                (one.id, one.title, one.format, one.path, len(one.text), one.title.casefold(), one.text)
                for one in articles[first : first + _BATCH]
            ],
        )
        connection.execute("COMMIT")
    seconds = perf_counter() - started
    connection.close()
    return seconds


def _copy(blank: Path) -> Path:
    path = blank.with_name("copy.db")
    for companion in ("", "-wal", "-shm"):
        Path(f"{path}{companion}").unlink(missing_ok=True)
    shutil.copyfile(blank, path)
    return path
