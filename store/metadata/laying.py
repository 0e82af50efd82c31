"""Corrections laid over what sources say: an article's columns say what stands, a correction what stood there before.

So whatever lists, finds or exports articles sees corrected values and need not know of corrections, and what the source
says is not lost. The functions here keep both true in the caller's transaction, whoever writes to either table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from sqlalchemy import Connection

from store.metadata.fields import COLUMNS

Pair = tuple[str, str]
"""An article's id and a field, by which a correction is known."""


def listing(title: str, source: str | None, author: str | None) -> str:
    """What the library's table sorts an article by and filters in."""
    return " ".join(part for part in (title, source, author) if part).casefold()


def begin(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Corrections have come in: keep what stands in their articles as what the source says, and show them."""
    pairs = list(pairs)
    for field, ids in _by_field(pairs):
        connection.exec_driver_sql(
            f"UPDATE correction SET original = (SELECT {field} FROM article WHERE id = article_id)"
            f" WHERE field = '{field}' AND article_id IN (SELECT value FROM json_each(?))",
            (ids,),
        )
    show(connection, pairs)


def show(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Corrections were changed or taken back: let their articles say what stands now."""
    pairs = list(pairs)
    for field, ids in _by_field(pairs):
        here = f"field = '{field}'"
        stands = "CASE WHEN withdrawn IS NULL THEN value ELSE original END"
        standing = f"SELECT {stands} FROM correction WHERE article_id = id AND {here}"
        connection.exec_driver_sql(
            f"UPDATE article SET {field} = ({standing}) WHERE id IN (SELECT article_id FROM correction WHERE {here}"
            f" AND {stands} IS NOT article.{field} AND article_id IN (SELECT value FROM json_each(?)))",
            (ids,),
        )
    _list_anew(connection, {article for article, _ in pairs})


def end(connection: Connection, pairs: Iterable[Pair]) -> None:
    """Corrections are about to go: let their articles say what the source says."""
    pairs = list(pairs)
    for field, ids in _by_field(pairs):
        connection.exec_driver_sql(
            f"UPDATE article SET {field} ="
            f" (SELECT original FROM correction WHERE article_id = id AND field = '{field}')"
            f" WHERE id IN (SELECT article_id FROM correction WHERE field = '{field}'"
            " AND article_id IN (SELECT value FROM json_each(?)))",
            (ids,),
        )
    _list_anew(connection, {article for article, _ in pairs})


def lay_again(connection: Connection, article_ids: Iterable[str]) -> None:
    """Articles were written as a source gives them: keep that, and show their corrections again."""
    begin(
        connection,
        [
            (row[0], row[1])
            for row in connection.exec_driver_sql(
                "SELECT article_id, field FROM correction WHERE article_id IN (SELECT value FROM json_each(?))",
                (_json(article_ids),),
            )
        ],
    )


def as_given(connection: Connection, articles: Mapping[str, dict[str, Any]]) -> None:
    """Put what their sources say into rows of articles, by their ids; nothing is written."""
    rows = connection.exec_driver_sql(
        "SELECT article_id, field, original FROM correction WHERE field <> 'language'"
        " AND article_id IN (SELECT value FROM json_each(?))",
        (_json(articles),),
    )
    put(articles, ((row[0], row[1], row[2]) for row in rows))


def put(articles: Mapping[str, dict[str, Any]], originals: Iterable[tuple[str, str, str | None]]) -> None:
    """Put originals, each with its article and field, into rows of articles, by their ids."""
    for article_id, field, original in originals:
        row = articles[article_id]
        row[field] = original
        row["listing"] = listing(row["title"], row["source"], row["author"])


def _by_field(pairs: Iterable[Pair]) -> Iterable[tuple[str, str]]:
    """The fields that are columns of an article, each with the ids of the articles as JSON."""
    pairs = list(pairs)
    for column in COLUMNS:
        if ids := [article for article, field in pairs if field == column]:
            yield column.value, _json(ids)


def _list_anew(connection: Connection, article_ids: Iterable[str]) -> None:
    rows = connection.exec_driver_sql(
        "SELECT id, title, source, author, listing FROM article WHERE id IN (SELECT value FROM json_each(?))",
        (_json(article_ids),),
    )
    # Not by SQLite, whose lower() knows no letters but those of English.
    changed = [(now, key) for key, *said, before in rows if (now := listing(*said)) != before]
    if changed:
        connection.exec_driver_sql("UPDATE article SET listing = ? WHERE id = ?", changed)


def _json(ids: Iterable[str]) -> str:
    return orjson.dumps(list(ids)).decode()
