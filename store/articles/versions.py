"""Versions of one text among the articles of a library: found when an article comes in, by a sketch of its paragraphs.

Which articles are versions follows from their texts alone (`store.text.likeness`), so that it does not matter in which
order they came, and two libraries with the same articles know the same versions.
"""

from __future__ import annotations

from collections.abc import Mapping

import orjson
from sqlalchemy import Connection

from store.text import likeness

_SUSPECTS = """
SELECT (SELECT id FROM article WHERE number = one), (SELECT id FROM article WHERE number = other) FROM (
    SELECT new.article_number AS one, old.article_number AS other
    FROM sketch AS new JOIN sketch AS old ON old.print = new.print AND old.article_number <> new.article_number
    WHERE new.article_number IN (SELECT value FROM json_each(?))
    GROUP BY 1, 2 HAVING sum(new.share) >= ? AND sum(old.share) >= ?
)
"""


def enter(connection: Connection, texts: Mapping[str, str]) -> None:
    """Sketch articles that have just come in, by their ids, and note which of the others are versions of them."""
    sketches = {article_id: sketch for article_id, text in texts.items() if (sketch := likeness.sketch(text))}
    rows = connection.exec_driver_sql(
        "SELECT id, number FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (orjson.dumps(list(sketches)).decode(),),
    )
    numbers = {row.id: row.number for row in rows}
    if not numbers:
        return
    connection.exec_driver_sql(
        "INSERT INTO sketch (print, article_number, share) VALUES (?, ?, ?)",
        [(print_, numbers[key], share) for key, sketch in sketches.items() for print_, share in sketch],
    )
    suspects = connection.exec_driver_sql(
        _SUSPECTS, (orjson.dumps(list(numbers.values())).decode(), likeness.SUSPECT, likeness.SUSPECT)
    ).all()
    versions = {(min(pair), max(pair)) for pair in suspects if likeness.alike(*_texts(connection, *pair))}
    if versions:
        connection.exec_driver_sql("INSERT INTO variant (article_id, other_id) VALUES (?, ?)", sorted(versions))


def _texts(connection: Connection, *article_ids: str) -> list[str]:
    statement = "SELECT text FROM article WHERE id = ?"
    return [connection.exec_driver_sql(statement, (key,)).scalar_one() for key in article_ids]
