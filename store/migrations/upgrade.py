"""Bring a library to the newest schema in one transaction, with a copy of an older one beside it first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from store.care import copies
from store.errors import CopyError, LibraryWriteError, NotALibraryError
from store.header import APPLICATION_ID, SCHEMA


def upgrade(engine: Engine, path: Path, version: int) -> None:
    """Run every migration after schema `version` (0: an empty file).

    The migrations, `user_version` and `application_id` are one transaction: a crash leaves the file as it was.
    """
    if version:
        _back_up(path, version)
    with _without_foreign_keys(engine) as connection:
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if found >= SCHEMA:
            return  # another process was quicker, and held the lock until it was done
        migrate(connection)
        if dangling := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise NotALibraryError(f"{path} is damaged (a row of {dangling[0]} refers to nothing) and was left alone.")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")


def migrate(connection: Connection, schema: int | None = None) -> None:
    """Run the migrations up to `schema`, or all of them, on a connection and in its transaction.

    They neither look at `user_version` nor set it: Alembic's own table says which of them have been run.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head" if schema is None else f"{schema:04}")


@contextmanager
def _without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """One immediate transaction in which a table may be replaced while others refer to it."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        connection.rollback()
        raw.execute("PRAGMA foreign_keys = OFF")  # nothing, if it came inside the transaction
        try:
            with connection.execution_options(postil_begin="IMMEDIATE").begin():
                yield connection
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _back_up(path: Path, version: int) -> None:
    """Write `NAME.schema-N.backup` beside the library, whole and on the disk before anything is changed."""
    backup = path.with_name(f"{path.name}.schema-{version}.backup")
    if backup.exists():
        return  # made by an earlier try, before anything was changed
    try:
        copies.copy_to(path, backup)
    except CopyError as error:
        if not backup.exists():  # or else another process was quicker
            raise LibraryWriteError(f"{path} was not brought up to date: {error.sentence}") from error
