"""Where texts were found: each address and each file that a text came from, once, with the time of the first find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection

from store.clock import now
from store.records import Article, Source

URL = "url"
ITEM = "item"
"""An item of a feed, by the name that the feed gives it for good."""
PATH = "path"
SHARED = frozenset((URL, ITEM))
"""What may be told to others: a path is of a person's own disk."""


def places(article: Article) -> Iterator[tuple[str, str]]:
    """The places that an article comes from, each with its kind.

    What is a part of a file has its own address or name only: `line 17` of the file may be another article tomorrow.
    """
    told = article.provenance
    if article.url:
        yield URL, article.url
    if told is not None and told.part and isinstance(name := told.meta.get("guid"), str) and name != article.url:
        yield ITEM, name
    if article.path and not (told is not None and told.part):
        yield PATH, article.path


def enter(connection: Connection, articles: Iterable[Article], added: Mapping[str, str]) -> None:
    """Note where the articles come from, new ones and known ones; of `added` ones, since when they are here."""
    at = now()
    rows = [
        (article.id, kind, place, added.get(article.id, at)) for article in articles for kind, place in places(article)
    ]
    if rows:
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO source (article_id, kind, place, seen) VALUES (?, ?, ?, ?)", rows
        )


def of(connection: Connection, article_id: str) -> list[Source]:
    """The places at which a text was found, the first one first."""
    rows = connection.exec_driver_sql(
        "SELECT place, seen FROM source WHERE article_id = ? ORDER BY seen, kind DESC, place", (article_id,)
    )
    return [Source(*row) for row in rows]
