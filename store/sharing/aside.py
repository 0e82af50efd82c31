"""Taking a merge back, and bringing it back again: each row that it changed lies aside in the state it had before.

A merge may bring a million rows, so that it has one entry in the journal and not one a row. What it replaced is kept in
the table `aside`; what it added is known by the numbers of its rows. To undo it is to swap each row with what lies
aside of it, and to redo it is to swap again.

What people have done since on what the merge brought is theirs and stays, with what it stands on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import orjson
from sqlalchemy import Connection

from store.articles import versions
from store.errors import AnnotationError
from store.metadata import languages
from store.sharing import people
from store.sharing.shared import ARTICLE, SHELF, TABLES, Row, SharedTable

_BATCH = 1000

Numbers = Mapping[str, tuple[int, int]]
"""By table, the numbers of the first and the last row that a merge added."""


def keep(connection: Connection, step: str, shared: SharedTable, rows: Mapping[str, Row | None]) -> None:
    """Keep aside what rows were before the merge `step`, by what they are known as; None for one that was not there."""
    if rows:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO aside (step, subject, key, state) VALUES (?, ?, ?, ?)",
            [(step, shared.name, key, None if row is None else _dump(row)) for key, row in rows.items()],
        )


def undo(connection: Connection, step: str, seq: int, numbers: Numbers) -> None:
    """Put everything that the merge `step`, entry `seq` of the journal, has changed back to what it was before.

    Raises:
        AnnotationError: somebody merged after it.
    """
    _refuse_if_merged_since(connection, seq)
    for name, (first, last) in numbers.items():
        connection.exec_driver_sql(
            # Of several libraries that came in together, a later one may have changed what an earlier one added.
            "INSERT OR REPLACE INTO aside (step, subject, key)"
            f" SELECT ?, ?, id FROM {name} WHERE number BETWEEN ? AND ?",
            (step, name, first, last),
        )
    _leave_what_was_worked_on(connection, step, seq)
    _take_along_what_hangs_on(connection, step)
    _swap(connection, step)


def redo(connection: Connection, step: str, seq: int) -> None:
    """Bring back everything that the merge `step`, entry `seq` of the journal, had changed.

    Raises:
        AnnotationError: somebody merged after it.
    """
    _refuse_if_merged_since(connection, seq)
    _swap(connection, step)


def _refuse_if_merged_since(connection: Connection, seq: int) -> None:
    later = connection.exec_driver_sql(
        "SELECT name FROM change JOIN annotator ON annotator.id = annotator_id"
        " WHERE seq > ? AND action = 'merge' AND undone = 0 ORDER BY seq DESC",
        (seq,),
    ).first()
    if later:
        raise AnnotationError(f"{later[0]} has merged another library since: that merge has to be undone first.")


def _leave_what_was_worked_on(connection: Connection, step: str, seq: int) -> None:
    """Rows that somebody has changed since stay as they are, and so does what rows that stay refer to."""
    changed = "SELECT subject_id FROM change WHERE seq > :seq AND reverses IS NULL AND undone = 0 AND subject = "
    annotations, relations, rules, articles, groups = map(
        _going, ("annotation", "relation", "rule", "article", "membership")
    )
    for name, stays in (
        ("relation", f"{changed} 'relation'"),
        ("rule", f"{changed} 'rule'"),
        ("reading_choice", f"{changed} 'reading_choice'"),
        ("correction", f"{changed} 'correction'"),
        ("annotation", f"{changed} 'annotation'"),
        ("membership", f"{changed} 'membership'"),
        *(
            ("annotation", f"SELECT {end} FROM relation WHERE withdrawn IS NULL AND id NOT IN {relations}")
            for end in ("source_id", "target_id")
        ),
        ("article", f"SELECT article_id FROM annotation WHERE withdrawn IS NULL AND id NOT IN {annotations}"),
        ("article", f"SELECT article_id FROM rule WHERE article_id IS NOT NULL AND withdrawn IS NULL"
                    f" AND id NOT IN {rules}"),
        ("article", "SELECT article_id FROM membership WHERE withdrawn IS NULL"
                    f" AND json_array(article_id, kind, name) NOT IN {groups}"),
        ("article", "SELECT article_id FROM change WHERE seq > :seq AND reverses IS NULL AND undone = 0"
                    " AND subject = 'membership'"),
        # An annotation that goes may be withdrawn by now; one that stays needs its article all the same.
        ("article", f"SELECT article_id FROM annotation WHERE id IN ({changed} 'annotation')"),
        ("article", f"SELECT article_id FROM rule WHERE article_id IS NOT NULL AND id IN ({changed} 'rule')"),
        ("article", f"SELECT subject_id ->> 0 FROM change WHERE subject_id IN ({changed} 'correction')"),
        ("label", f"SELECT label FROM annotation WHERE label IS NOT NULL AND article_id NOT IN {articles}"
                  f" AND id NOT IN {annotations}"),
        ("scheme_attribute", "SELECT given.key FROM annotation, json_each(attributes) AS given"
                             f" WHERE kind = 'claim' AND attributes <> '{{}}' AND article_id NOT IN {articles}"
                             f" AND annotation.id NOT IN {annotations}"),
        ("scheme_relation", f"SELECT label FROM relation WHERE id NOT IN {relations}"),
    ):  # fmt: skip
        connection.exec_driver_sql(
            f"DELETE FROM aside WHERE step = :step AND subject = '{name}' AND key IN ({stays})",
            {"step": step, "seq": seq},
        )


def _take_along_what_hangs_on(connection: Connection, step: str) -> None:
    """What nobody misses goes with what it stands on: withdrawn rows, reading positions, that it was put away."""
    articles, annotations = _going("article"), _going("annotation")
    for name, key, hangs in (
        ("annotation", "id", f"article_id IN {articles}"),
        ("relation", "id", f"source_id IN {annotations} OR target_id IN {annotations}"),
        ("rule", "id", f"article_id IN {articles}"),
        ("provenance", "article_id", f"article_id IN {articles}"),
        ("correction", "json_array(article_id, field)", f"article_id IN {articles}"),
        ("source", "json_array(article_id, kind, place)", f"article_id IN {articles}"),
        ("reading_state", "json_array(article_id, annotator_id)", f"article_id IN {articles}"),
        ("membership", "json_array(article_id, kind, name)", f"article_id IN {articles}"),
        ("shelf", "article_id", f"article_id IN {articles}"),
        ("reading_choice", "json_array(article_id, annotator_id)", f"article_id IN {articles}"),
        ("prediction", "json_array(article_id, pipeline, start)", f"article_id IN {articles}"),
    ):
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO aside (step, subject, key) SELECT :step, '{name}', {key} FROM {name} WHERE {hangs}",
            {"step": step},
        )


def _going(table: str) -> str:
    """SQL for the rows of a table that came with the merge and go with it."""
    return f"(SELECT key FROM aside WHERE step = :step AND subject = '{table}' AND state IS NULL)"


def _swap(connection: Connection, step: str) -> None:
    """Give every row the state that lies aside of it, and lay aside the one it had."""
    # What refers to each other comes and goes in one transaction: it is looked at when all of it is done.
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for shared in (*TABLES, SHELF):
        for aside in _asides(connection, step, shared):
            present = shared.find(connection, aside)
            wanted = {key: orjson.loads(state) for key, state in aside.items() if state is not None}
            shared.delete(connection, [row for key, row in present.items() if key not in wanted])
            shared.update(connection, [row for key, row in wanted.items() if key in present])
            new = [row for key, row in wanted.items() if key not in present]
            shared.insert(connection, new)
            if shared is ARTICLE:
                texts = {row["id"]: row["text"] for row in new}
                versions.enter(connection, texts)
                languages.enter(connection, texts)
            connection.exec_driver_sql(
                "UPDATE aside SET state = ? WHERE step = ? AND subject = ? AND key = ?",
                [(_dump(present[key]) if key in present else None, step, shared.name, key) for key in aside],
            )
    people.rename(connection)


def _asides(connection: Connection, step: str, shared: SharedTable) -> Iterator[dict[str, str | None]]:
    """What lies aside of a table, a few rows at a time, by what they are known as."""
    after = ""
    while True:
        rows = connection.exec_driver_sql(
            "SELECT key, state FROM aside WHERE step = ? AND subject = ? AND key > ? ORDER BY key LIMIT ?",
            (step, shared.name, after, _BATCH if shared is not ARTICLE else 50),
        ).all()
        if not rows:
            return
        yield {key: state for key, state in rows}  # noqa: C416 -- rows are no pairs to mypy
        after = rows[-1][0]


def _dump(row: Row) -> str:
    return orjson.dumps(dict(row)).decode()
