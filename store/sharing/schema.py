"""Knowing our own schema to the letter: what a file must have in it, and may not have beside it.

A view, a trigger, an index or a constraint of somebody else's is a program that SQLite would run for us. So a file's
whole schema is compared with the one that our migrations make, entry by entry, before anything is asked of a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

Entry: TypeAlias = tuple[str, str, str, str]
"""A row of `sqlite_schema`: its type, its name, its table and its SQL, with white space made plain."""

_STATISTICS = {
    ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
}
"""What `postil compact` leaves for SQLite's planner, and not every library has."""

TABLES = (
    "annotator",
    "article",
    "provenance",
    "correction",
    "source",
    "label",
    "scheme_attribute",
    "scheme_relation",
    "annotation",
    "relation",
    "rule",
    "membership",
    "reading_state",
    "reading_choice",
    "prediction",
)
"""What is read of somebody's library; the journal and the full text are not."""

SELECT = "SELECT type, name, tbl_name, sql FROM sqlite_schema"


def difference(rows: Iterable[tuple[object, ...]], version: int) -> str | None:
    """What the schema whose rows (by `SELECT`) these are has or lacks against ours of that version; None if nothing.

    It is told as the sort and the name of one entry: `the view secrets`.
    """
    found = [entry(row) for row in rows]
    ours = entries(version)
    for one in found:
        if one not in ours and one not in _STATISTICS:
            return f"the {_shown(one[0])} {_shown(one[1])} is not ours"
    for missing in sorted(ours.difference(found)):
        return f"the {missing[0]} {missing[1]} is missing"
    return None if len(found) == len(set(found)) else "an entry is there twice"


@cache
def entries(version: int) -> frozenset[Entry]:
    """The schema that our migrations up to `version` make, made anew in memory."""
    from sqlalchemy import create_engine

    from store.migrations.upgrade import migrate

    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            migrate(connection, version)
            return frozenset(entry(tuple(row)) for row in connection.exec_driver_sql(SELECT))
    finally:
        engine.dispose()


def tables(version: int) -> list[str]:
    """Those of `TABLES` that a library of that version has."""
    there = {name for kind, name, _, _ in entries(version) if kind == "table"}
    return [name for name in TABLES if name in there]


def entry(row: tuple[object, ...]) -> Entry:
    """The row with the white space of its SQL made plain; anything but text becomes text that is not ours."""
    kind, name, of, sql = ("" if part is None else part if isinstance(part, str) else repr(part) for part in row)
    return kind, name, of, " ".join(sql.split())


def _shown(name: str) -> str:
    """A name from the file that can be put into a sentence."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in name[:60])
    return plain or "entry without a name"
