"""Is a library sound? Everything that can be found out about a file without changing it.

SQLite checks its pages and references; what only postil knows is checked here: that an article's id is the hash of its
text, that an annotation quotes what stands at its offsets, and that the full text index says what the tables say.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from store import header
from store.database import LOCK_WAIT, explain
from store.errors import LibraryError
from store.kinds import Kind
from store.metadata.fields import COLUMNS

_SHOWN = 20
"""Findings of one sort that are told one by one; the rest are counted."""

_INDEXES = {"article_words": "articles", "note_words": "notes", "relation_words": "notes on relations"}

_ASIDE = "go back to a copy of the library, or keep this file aside and report it"


@dataclass(frozen=True, slots=True)
class Sound:
    """What was looked at."""

    articles: int
    annotations: int


def check(path: Path) -> Iterator[str]:
    """What is wrong with the library at `path`, a sentence each, which says what to do; nothing if it is sound.

    Others may go on reading and writing, but for the moment in which the index is compared.

    Raises:
        LibraryError: there is no library at `path`, it is of another schema, or it cannot be read at all.
    """
    header.check(path)
    if not path.exists() or not path.stat().st_size:
        raise LibraryError(f"There is no library at {path} yet: name another with --library.")
    try:
        with closing(_connect(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            header.refuse_newer(path, version)
            if version < header.SCHEMA:
                raise LibraryError(
                    f"{path} has schema {version}, from an earlier postil: open it once, then check it again."
                )
            damage = list(_damage(connection))
            yield from damage
            if not damage:  # what SQLite cannot read, nobody can check further
                yield from _few(_articles(connection))
                yield from _few(_provenance(connection))
                yield from _few(_corrections(connection))
                yield from _few(_annotations(connection))
                yield from _few(_changes(connection))
                yield from _words(connection)
    except sqlite3.Error as error:
        raise explain(error, path) from error


def count(path: Path) -> Sound:
    """How many articles and annotations the library at `path` holds, withdrawn ones too.

    Raises:
        LibraryError: it cannot be read.
    """
    try:
        with closing(_connect(path)) as connection:
            articles, annotations = (
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("article", "annotation")
            )
            return Sound(articles, annotations)
    except sqlite3.Error as error:
        raise explain(error, path) from error


def rebuild_search(path: Path) -> None:
    """Make the full text index anew from the tables.

    Raises:
        LibraryError: the library cannot be written; the index is as it was.
    """
    header.check(path)
    try:
        with closing(_connect(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for index in _INDEXES:
                connection.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
            connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=LOCK_WAIT, isolation_level=None)


def _few(findings: Iterator[str]) -> Iterator[str]:
    """The first findings of a sort, and how many more there are."""
    more = 0
    for number, finding in enumerate(findings):
        if number < _SHOWN:
            yield finding
        else:
            more += 1
    if more:
        yield f"… and {more:,} more of this sort."


def _damage(connection: sqlite3.Connection) -> Iterator[str]:
    for (said,) in connection.execute(f"PRAGMA integrity_check({_SHOWN})"):
        if said != "ok":
            yield f"The file is damaged ({' '.join(said.split())}): {_ASIDE}."
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_SHOWN):
        yield f"Row {row} of {table} refers to no row of {parent}: {_ASIDE}."


def _articles(connection: sqlite3.Connection) -> Iterator[str]:
    for key, title, length, text in connection.execute("SELECT id, title, length, text FROM article"):
        if hashlib.sha256(text.encode()).hexdigest() != key:
            yield f"The text of the article {key[:12]} ({title}) was changed since it was added: {_ASIDE}."
        elif len(text) != length:
            yield f"The article {key[:12]} ({title}) has {len(text):,} code points, not {length:,}: {_ASIDE}."


def _provenance(connection: sqlite3.Connection) -> Iterator[str]:
    for key, meta in connection.execute("SELECT article_id, meta FROM provenance"):
        if not _is_json(meta, dict):
            yield f"What the source of the article {key[:12]} says is no JSON object: {_ASIDE}."


def _corrections(connection: sqlite3.Connection) -> Iterator[str]:
    for column in COLUMNS:
        for key in connection.execute(
            f"SELECT article_id FROM correction JOIN article ON article.id = article_id WHERE field = '{column}'"
            f" AND {column} IS NOT CASE WHEN withdrawn IS NULL THEN value ELSE original END"
        ):
            yield f"The {column} of the article {key[0][:12]} is not what its correction says: {_ASIDE}."


def _annotations(connection: sqlite3.Connection) -> Iterator[str]:
    kinds = {kind.value for kind in Kind}
    rows = connection.execute(
        'SELECT article_id, id, kind, start, "end", pieces, quote, prefix, suffix, attributes FROM annotation'
        " ORDER BY article_id"
    )
    texts = connection.cursor()
    here, text = None, ""
    for article, key, kind, start, end, pieces, quote, prefix, suffix, attributes in rows:
        if article != here:  # one text at a time
            here, (text,) = article, texts.execute("SELECT text FROM article WHERE id = ?", (article,)).fetchone()
        wrong = None
        if kind not in kinds:
            wrong = f"is a {kind}, which postil does not know"
        elif not _is_json(attributes, dict):
            wrong = "has attributes that are no JSON object"
        elif (start is None) != (end is None):
            wrong = "has a start without an end, or an end without a start"
        elif start is not None and not 0 <= start < end <= len(text):
            wrong = f"stands at {start}:{end}, outside its text of {len(text):,} code points"
        elif start is not None and text[start:end] != quote:
            wrong = f"does not quote what stands at {start}:{end}"
        elif start is not None and not (text[:start].endswith(prefix) and text.startswith(suffix, end)):
            wrong = f"does not stand between the words it names, at {start}:{end}"
        elif not _are_pieces(pieces, start, end):
            wrong = "has pieces that do not follow each other from its start to its end"
        if wrong:
            yield f"The annotation {key} on the article {article[:12]} {wrong}: {_ASIDE}."


def _changes(connection: sqlite3.Connection) -> Iterator[str]:
    known = "json_array(article_id, field)"
    for table, name in (("annotation", "id"), ("relation", "id"), ("rule", "id"), ("correction", known)):
        for seq, key in connection.execute(
            f"SELECT seq, subject_id FROM change WHERE subject = '{table}'"
            f" AND subject_id NOT IN (SELECT {name} FROM {table})"
            f" AND subject_id NOT IN (SELECT key FROM aside WHERE subject = '{table}')"  # gone with a merge undone
        ):
            yield f"Entry {seq} of the journal speaks of the {table} {key}, which is not there: {_ASIDE}."


def _words(connection: sqlite3.Connection) -> Iterator[str]:
    connection.execute("BEGIN IMMEDIATE")  # FTS5 takes the command for a write, though it writes nothing
    try:
        for index, what in _INDEXES.items():
            try:
                # Rank 1 compares an external content index with the table that it is over.
                connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
            except sqlite3.DatabaseError:
                yield (
                    f"The full text index over the {what} does not say what they say:"
                    " postil check --rebuild-search makes it anew."
                )
    finally:
        connection.execute("ROLLBACK")


def _is_json(text: str, kind: type) -> bool:
    try:
        return isinstance(json.loads(text), kind)
    except ValueError:
        return False


def _are_pieces(text: str, start: int | None, end: int | None) -> bool:
    """Whether `text` is `[]`, or `[start, end]` pairs that ascend and lie apart from `start` to `end`."""
    if text == "[]":
        return True
    try:
        borders = [border for first, last in json.loads(text) for border in (first, last)]
        ascending = all(before < after for before, after in pairwise(borders))
    except (ValueError, TypeError):
        return False
    return len(borders) > 2 and ascending and (borders[0], borders[-1]) == (start, end)
