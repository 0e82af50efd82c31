"""An older library of somebody's, told anew in today's schema.

Migrations write, and nothing writes into a stranger's file, not even into a copy: its triggers and its full text would
have a say. So its rows are carried over into a new library of the same age, which then is migrated as our own would be.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store.sharing import schema
from store.sharing.clock import Clock

_BATCH = 500


def renewed(source: sqlite3.Connection, version: int, target: Path, clock: Clock) -> None:
    """Make `target` a library of the newest schema with the rows of `source`, whose schema is exactly our `version`.

    The rows are as good or bad as they were: they are looked at afterwards.

    Raises:
        sqlite3.Error: a row does not go into our tables, or the time is over.
    """
    from sqlalchemy import create_engine
    from sqlalchemy.exc import DBAPIError

    from store.migrations.upgrade import migrate

    engine = create_engine(f"sqlite:///{target}")
    try:
        with engine.begin() as connection:
            migrate(connection, version)
        with closing(sqlite3.connect(target, isolation_level=None)) as filled:
            filled.execute("PRAGMA synchronous = OFF")  # it is gone when it has been read
            filled.execute("BEGIN")
            for table in schema.tables(version):
                if table == "label" or table.startswith("scheme_"):
                    filled.execute(f"DELETE FROM {table}")  # those of a new library
                _carry(source, filled, table, clock)
            filled.execute("COMMIT")
        with engine.begin() as connection:
            migrate(connection)
    except DBAPIError as error:
        raise sqlite3.DatabaseError(str(error.orig)) from error
    finally:
        engine.dispose()


def _carry(source: sqlite3.Connection, target: sqlite3.Connection, table: str, clock: Clock) -> None:
    columns = [(name, kind) for _, name, kind, *_ in target.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{name}"' for name, _ in columns)
    # As bytes, so that text that is not UTF-8 comes over as it is.
    values = ", ".join("CAST(? AS TEXT)" if kind == "TEXT" else "?" for _, kind in columns)
    source.text_factory = bytes
    try:
        rows = source.execute(f"SELECT {names} FROM {table}")
        while True:
            with clock.running():
                batch = rows.fetchmany(_BATCH)
            if not batch:
                return
            target.executemany(f"INSERT INTO {table} ({names}) VALUES ({values})", batch)
    finally:
        source.text_factory = str
