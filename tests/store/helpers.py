"""What the tests of the store share: looking on from outside, and waiting no longer than is sensible."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import Engine, event

from store.library import Library
from store.records import Article, Entity, Found

Spans = Sequence[tuple[int, int]]


def run_python(code: str, *arguments: str | Path, folder: Path | None = None) -> str:
    """What `code` prints in a fresh Python process."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout.strip()


def uncovered(text: str, spans: Spans) -> str:
    """What of the text lies in none of the spans, which have to be in order, inside the text and apart."""
    outside, position = "", 0
    for start, end in spans:
        assert position <= start < end <= len(text)
        outside += text[position:start]
        position = end
    return outside + text[position:]


def pieces(text: str, spans: Spans) -> list[str]:
    """The text of each span."""
    return [text[start:end] for start, end in spans]


@contextmanager
def statements() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is run in the block, with its parameters; not those that begin or end a transaction."""
    seen: list[tuple[str, Any]] = []

    def look(_connection: object, _cursor: object, statement: str, parameters: Any, _context: object, _: bool) -> None:
        if not statement.startswith("BEGIN"):
            seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", look)


def plans(path: Path, seen: Sequence[tuple[str, Any]]) -> list[str]:
    """How SQLite goes about the statements: a line a step of `EXPLAIN QUERY PLAN`."""
    with connect(path) as connection:
        return [row[3] for said, given in seen for row in connection.execute(f"EXPLAIN QUERY PLAN {said}", given)]


@contextmanager
def connect(path: Path) -> Iterator[sqlite3.Connection]:
    """The file as another program would open it, without any help of ours."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        yield connection
    finally:
        connection.close()


def query(path: Path, sql: str, *parameters: object) -> list[Any]:
    """The rows of a query that another program makes; of one column, its values."""
    with connect(path) as connection:
        rows = connection.execute(sql, parameters).fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def execute(path: Path, sql: str) -> None:
    """Do with the file what another program would."""
    with connect(path) as connection:
        connection.executescript(sql)


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of the folder by name, with the hash of its bytes."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir() if file.is_file()}


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """A file or folder that this user cannot write. Root can write everything, except what is immutable."""
    mode = path.stat().st_mode
    as_root = os.geteuid() == 0
    if as_root:
        if shutil.which("chattr") is None or subprocess.run(["chattr", "+i", path], capture_output=True).returncode:
            pytest.skip("root can write everything here: run as another user, or where chattr +i works")
    else:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield
    finally:
        if as_root:
            subprocess.run(["chattr", "-i", path], check=True)
        else:
            path.chmod(mode)


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """A disk on which no file of this process can grow beyond `size` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fail what would never end."""

    def give_up(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"this took longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def copied(blank_library: Path) -> Iterator[Library]:
    """An empty library of ada's that is gone after the block: for laws, which need many."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        shutil.copyfile(blank_library, path)
        with Library(path, annotator="ada") as library:
            yield library


def quotes(library: Library, article: Article) -> list[str]:
    """What the annotations that stand on the article quote."""
    return [annotation.quote for annotation in library.annotations.of(article.id)]


def found(text: str, *quotes_and_labels: tuple[str, str]) -> Found:
    """What a pipeline would say that found these words in a text of one stretch."""
    entities = [Entity(text.index(q), text.index(q) + len(q), label) for q, label in quotes_and_labels]
    return Found(0, len(text), entities)
