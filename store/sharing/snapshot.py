"""A snapshot to give away: one file, of one moment, with what was chosen and no trace of anything else.

What is chosen is copied into a new library, so that there is nothing to be purged from it. What tells of the giver and
not of the articles stays at home unless it is asked for: the journal, how far somebody has read, what pipelines said,
and in which folder an article was found.

An annotation or a relation that was withdrawn travels, so that a merge knows; what its owner wrote in it was taken
back, and stays at home too. It keeps its quote, which is the article's, and its owner, label and times.

What anybody corrected in an article's metadata goes with the article, whoever is chosen: it is what the article says.
"""

from __future__ import annotations

import sqlite3
import stat
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from store.care import copies
from store.database import LOCK_WAIT, Database, explain
from store.errors import CopyError, LibraryError
from store.shelf.putting_away import kept_in

TAKEN = (
    "annotator", "article", "provenance", "source", "correction", "language", "sketch", "variant", "label",
    "scheme_attribute", "scheme_relation", "annotation", "relation", "rule", "membership", "reading_state",
    "reading_choice", "prediction", "change",
)  # fmt: skip
"""The tables that `share` knows how to choose from."""

AT_HOME = ("aside", "draft", "name", "name_total", "name_stale", "folding", "shelf")
"""The tables that never go along: what merges here replaced, what was typed and not saved, what is made anew from the
others, and what was put away here. An archived article goes along like any other; a deleted one does not."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What goes into a snapshot; what is empty chooses everything.

    A choice of annotators or labels, and not of articles, chooses the articles that have an annotation by or with them.
    """

    articles: Sequence[str] = ()
    """Ids."""
    annotators: Sequence[str] = ()
    """Names of owners."""
    labels: Sequence[str] = ()
    """Names of labels: of annotations, not of relations."""
    positions: bool = False
    """Whether reading positions go along, and what their readers have done, skipped and queued."""
    journal: bool = False
    """Whether the journal goes along, and with it all that was ever written in what goes along."""
    predictions: bool = False
    """Whether what pipelines said goes along."""


@dataclass(frozen=True, slots=True)
class Shared:
    """How many of each went into a snapshot."""

    articles: int
    annotations: int
    """Those that stand."""
    relations: int
    """Those that stand."""
    withdrawn: int
    """Annotations and relations that were withdrawn."""
    annotators: int
    cut: int
    """Relations that stand and were left out because the annotation at one of their ends was."""
    positions: int
    """Articles of somebody's of which it is told how far they are: where, or whether done, skipped or queued."""
    changes: int
    predictions: int
    """Stretches that a pipeline has read."""


def share(path: Path, target: Path, choice: Choice | None = None) -> Shared:
    """Write what was chosen of the library at `path` to `target`, which must not exist; what went into it.

    Others may read and write the library meanwhile. The snapshot is a library of its own, in one file without a log,
    and on the disk when it gets its name. The scheme goes along whole.

    Raises:
        CopyError: `target` exists or cannot be written, or what was chosen is not in the library.
        LibraryError: there is no library at `path`, or it cannot be read.
    """
    copies.require(path)
    Database(path).close()  # brings an older one up to date
    target = target.parent.resolve() / target.name
    copies.require_free(target)
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as folder:
            built = Path(folder) / "snapshot.db"
            _make(built, target)
            built.chmod(stat.S_IMODE(path.stat().st_mode))
            try:
                with closing(_connect(built, path)) as connection:
                    shared = _fill(connection, choice or Choice())
            except sqlite3.Error as error:
                raise _explained(error, path, target) from error
            copies.copy_to(built, target)
    except OSError as error:
        raise CopyError(f"{target} cannot be written ({error.strerror}): name another file.") from error
    return shared


def _make(built: Path, target: Path) -> None:
    try:
        Database(built).close()
    except LibraryError as error:  # its sentence names a file that nobody knows
        raise CopyError(f"{target} cannot be written: free some room, or name another file.") from error


def _explained(error: sqlite3.Error, path: Path, target: Path) -> CopyError | LibraryError:
    said = str(error)
    if "full" in said or "disk I/O" in said:  # reading asks for no room
        return CopyError(f"{target} cannot be written ({said}): free some room, or name another file.")
    return explain(error, path)


def _connect(built: Path, path: Path) -> sqlite3.Connection:
    """The new library, with the old one beside it as `own`."""
    uris = [f"{one.resolve().as_uri()}?mode=rw" for one in (built, path)]
    connection = sqlite3.connect(uris[0], uri=True, timeout=LOCK_WAIT, isolation_level=None)
    # Pages are wiped before they are used: what stood in their memory may be what was not chosen.
    for pragma in ("secure_delete = ON", "journal_mode = MEMORY", "synchronous = OFF", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("ATTACH ? AS own", (uris[1],))
    return connection


def _fill(connection: sqlite3.Connection, choice: Choice) -> Shared:
    connection.execute("BEGIN")  # everything from here on is of one moment
    _choose(connection, choice)
    taken_back = (
        {}
        if choice.journal
        else {
            "note": "CASE WHEN withdrawn IS NULL THEN note ELSE '' END",
            "attributes": "CASE WHEN withdrawn IS NULL THEN attributes ELSE '{}' END",
        }
    )
    for table in ("label", "scheme_attribute", "scheme_relation"):
        connection.execute(f"DELETE FROM main.{table}")  # those of a new library
        _copy(connection, table)
    _copy(connection, "annotator", "id IN (SELECT id FROM chosen_owner)", {"here": "0"})
    _copy(connection, "article", "id IN (SELECT id FROM chosen_article)", {"path": "NULL"})
    _copy(connection, "provenance", "article_id IN (SELECT id FROM main.article)")
    for table in ("correction", "language"):
        _copy(connection, table, "article_id IN (SELECT id FROM main.article)")
    _copy(connection, "source", "kind <> 'path' AND article_id IN (SELECT id FROM main.article)")
    _copy(connection, "sketch", "article_number IN (SELECT number FROM main.article)")
    _copy(
        connection,
        "variant",
        " AND ".join(f"{one} IN (SELECT id FROM main.article)" for one in ("article_id", "other_id")),
    )
    _copy(connection, "annotation", "number IN (SELECT number FROM chosen_annotation)", taken_back)
    _copy(connection, "relation", "number IN (SELECT number FROM chosen_relation)", taken_back)
    _copy(connection, "rule", _RULES)
    _copy(connection, "membership", _HERE)
    if choice.positions:
        _copy(connection, "reading_state", _HERE)
        _copy(connection, "reading_choice", _HERE)
    if choice.predictions:
        _copy(connection, "prediction", "article_id IN (SELECT id FROM chosen_article)")
    if choice.journal:
        _copy(connection, "change", _changes(choice))
    shared = _count(connection)
    connection.execute("COMMIT")
    return shared


_RULES = (
    "(article_id IS NULL OR article_id IN (SELECT id FROM chosen_article))"
    " AND annotator_id IN (SELECT id FROM chosen_annotator)"
)
_HERE = "article_id IN (SELECT id FROM chosen_article) AND annotator_id IN (SELECT id FROM chosen_annotator)"


def _changes(choice: Choice) -> str:
    """Which entries of the journal go along: with a choice, those on the rows that do."""
    if not (choice.articles or choice.annotators or choice.labels):
        # A relation's entry names one of its two articles.
        return (
            "subject <> 'shelf' AND (article_id IS NULL OR article_id IN (SELECT id FROM chosen_article))"
            " AND (subject <> 'relation' OR subject_id IN (SELECT id FROM chosen_relation))"
        ) + ("" if choice.positions else " AND subject <> 'reading_choice'")
    return (
        "subject = 'annotation' AND subject_id IN (SELECT id FROM chosen_annotation)"
        " OR subject = 'relation' AND subject_id IN (SELECT id FROM chosen_relation)"
        " OR subject = 'correction' AND article_id IN (SELECT id FROM chosen_article)"
    )


def _choose(connection: sqlite3.Connection, choice: Choice) -> None:
    """Note down in temporary tables which rows go along."""
    _note_down(connection, "annotator", "name", choice.annotators, "has no annotator")
    _note_down(connection, "article", "id", choice.articles, "has no article", kept_in("own", "article.id"))
    for label in choice.labels:
        known = "SELECT 1 FROM own.label WHERE name = ?1 UNION ALL SELECT 1 FROM own.annotation WHERE label = ?1"
        if connection.execute(f"{known} LIMIT 1", (label,)).fetchone() is None:
            raise CopyError(f"The library has no label {label}: check how it is written.")
    labels = f"label IN ({_marks(choice.labels)})" if choice.labels else "true"
    connection.execute(
        "CREATE TEMP TABLE chosen_annotation AS SELECT number, id, article_id, annotator_id FROM own.annotation"
        " WHERE article_id IN (SELECT id FROM chosen_article)"
        f" AND annotator_id IN (SELECT id FROM chosen_annotator) AND {labels}",
        [*choice.labels],
    )
    connection.execute("CREATE UNIQUE INDEX temp.chosen_annotation_by_id ON chosen_annotation (id)")
    if (choice.annotators or choice.labels) and not choice.articles:
        connection.execute(
            "DELETE FROM chosen_article WHERE id NOT IN (SELECT article_id FROM chosen_annotation)",
        )
    source, target = (f"{end}_id IN (SELECT id FROM chosen_annotation)" for end in ("source", "target"))
    connection.execute(
        f"CREATE TEMP TABLE chosen_relation AS SELECT number, id, annotator_id, {source} AND {target} AS whole,"
        f" withdrawn IS NULL AS stands FROM own.relation WHERE ({source} OR {target})"
        " AND annotator_id IN (SELECT id FROM chosen_annotator)"
    )
    connection.execute(
        "CREATE TEMP TABLE cut AS SELECT count(*) AS relations FROM chosen_relation WHERE NOT whole AND stands"
    )
    connection.execute("DELETE FROM chosen_relation WHERE NOT whole")
    owners = [f"SELECT annotator_id AS id FROM {table}" for table in ("chosen_annotation", "chosen_relation")]
    owners.append(f"SELECT annotator_id FROM own.rule WHERE {_RULES}")
    owners.append(f"SELECT annotator_id FROM own.membership WHERE {_HERE}")
    owners.append("SELECT annotator_id FROM own.correction WHERE article_id IN (SELECT id FROM chosen_article)")
    if choice.positions:
        kept = ("reading_state", "reading_choice")
        owners += (f"SELECT annotator_id FROM own.{table} WHERE {_HERE}" for table in kept)
    if choice.journal:
        owners.append(f"SELECT annotator_id FROM own.change WHERE {_changes(choice)}")
    connection.execute(f"CREATE TEMP TABLE chosen_owner AS {' UNION '.join(owners)}")


def _note_down(
    connection: sqlite3.Connection, table: str, column: str, chosen: Sequence[str], none: str, condition: str = "true"
) -> None:
    """Note down the ids of the rows of `table` that fulfil a condition and whose `column` was chosen, or of all."""
    where = f"WHERE {condition}" + (f" AND {column} IN ({_marks(chosen)})" if chosen else "")
    connection.execute(
        f"CREATE TEMP TABLE chosen_{table} AS SELECT id, {column} AS name FROM own.{table} {where}", [*chosen]
    )
    for name in chosen:
        if connection.execute(f"SELECT 1 FROM chosen_{table} WHERE name = ?", (name,)).fetchone() is None:
            raise CopyError(f"The library {none} {name}: check how it is written.")


def _marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _copy(
    connection: sqlite3.Connection, table: str, where: str = "true", instead: dict[str, str] | None = None
) -> None:
    """Copy rows of a table into the new library; `instead` has expressions for columns that do not go as they are."""
    columns = [name for _, name, *_ in connection.execute(f"PRAGMA main.table_info({table})")]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join((instead or {}).get(name, f'"{name}"') for name in columns)
    connection.execute(
        f"INSERT INTO main.{table} ({names}) SELECT {values} FROM own.{table} WHERE {where} ORDER BY rowid"
    )


def _count(connection: sqlite3.Connection) -> Shared:
    def count(table: str, where: str = "true") -> int:
        return int(connection.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])

    acts = ("annotation", "relation")
    return Shared(
        articles=count("main.article"),
        annotations=count("main.annotation", "withdrawn IS NULL"),
        relations=count("main.relation", "withdrawn IS NULL"),
        withdrawn=sum(count(f"main.{table}", "withdrawn IS NOT NULL") for table in acts),
        annotators=count("main.annotator"),
        cut=int(connection.execute("SELECT relations FROM cut").fetchone()[0]),
        positions=count(
            "(SELECT article_id, annotator_id FROM main.reading_state"
            " UNION SELECT article_id, annotator_id FROM main.reading_choice)"
        ),
        changes=count("main.change"),
        predictions=count("main.prediction"),
    )
