"""Relations that wait until everything that they may lead to has come in: on the disk, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import Connection

_AT_ONCE = 5_000


class Staging:
    """A temporary table of the connection, with the relations as JSON."""

    def __init__(self, connection: Connection) -> None:
        """Begin with none."""
        self._connection = connection
        connection.exec_driver_sql("DROP TABLE IF EXISTS temp.waiting")
        connection.exec_driver_sql("CREATE TEMP TABLE waiting (place TEXT, source_id TEXT, target_id TEXT, row TEXT)")

    def add(self, relations: Sequence[tuple[str, dict[str, Any]]]) -> None:
        """Keep relations: where each was read, and its row."""
        if relations:
            self._connection.exec_driver_sql(
                "INSERT INTO waiting VALUES (?, ?, ?, ?)",
                [(place, row["source_id"], row["target_id"], orjson.dumps(row).decode()) for place, row in relations],
            )

    def complete(self, problems: list[str]) -> Iterator[list[tuple[dict[str, Any], str]]]:
        """The relations whose ends are there, with the article that each leads from, some at a time.

        Of the others `problems` tells why they are left out.
        """
        for (place,) in self._connection.exec_driver_sql(
            "SELECT place FROM waiting WHERE source_id = target_id"
            " OR NOT EXISTS (SELECT 1 FROM annotation WHERE id = source_id)"
            " OR NOT EXISTS (SELECT 1 FROM annotation WHERE id = target_id) ORDER BY rowid"
        ):
            problems.append(f"{place}: a relation was left out: it leads to an annotation that is not there")
        last = 0
        while True:
            rows = self._connection.exec_driver_sql(
                "SELECT waiting.rowid, row, article_id FROM waiting JOIN annotation ON annotation.id = source_id"
                " WHERE waiting.rowid > ? AND source_id <> target_id"
                " AND EXISTS (SELECT 1 FROM annotation WHERE id = target_id) ORDER BY waiting.rowid LIMIT ?",
                (last, _AT_ONCE),
            ).all()
            if not rows:
                return
            last = rows[-1][0]
            yield [(orjson.loads(row), article) for _, row, article in rows]

    def close(self) -> None:
        """Forget them."""
        self._connection.exec_driver_sql("DROP TABLE temp.waiting")
