"""Revisions: which articles are versions of one text, which of two is the newer, and why that is said.

Nothing of it is kept but where texts were found (`store.articles.found_at`) and which of them are alike
(`store.articles.versions`). So it follows from what two libraries join anyway, and does not hang on the order in which
articles came or libraries were merged.
"""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from sqlalchemy import Connection

from store.kinds import Why
from store.records import Version
from store.shelf.putting_away import kept_in

_CROWDED = 32
"""Texts of one place from which on it is not the place of one article: a front page, or a whole site's address."""

_ALONE = """
    NOT EXISTS (
        SELECT 1 FROM provenance AS own JOIN source AS beside
        JOIN provenance AS its ON its.article_id = beside.article_id
        WHERE own.article_id = {one}.article_id AND beside.kind = {one}.kind AND beside.place = {one}.place
        AND beside.article_id <> own.article_id AND its.original = own.original AND its.part IS NOT NULL
    )"""
"""No other part of the same file says that it comes from the same place: else the place tells nothing."""

_PAIRS = f"""
WITH sought AS (SELECT value AS id FROM json_each(?)),
pair AS (
    SELECT mine.article_id AS id, theirs.article_id AS other, mine.kind AS why,
        (theirs.seen, theirs.article_id) > (mine.seen, mine.article_id) AS newer
    FROM sought JOIN source AS mine ON mine.article_id = sought.id
    JOIN source AS theirs ON theirs.kind = mine.kind AND theirs.place = mine.place
        AND theirs.article_id <> mine.article_id
    WHERE (
        SELECT count(*) FROM (SELECT 1 FROM source WHERE kind = mine.kind AND place = mine.place LIMIT {_CROWDED + 1})
    ) <= {_CROWDED} AND {_ALONE.format(one="mine")} AND {_ALONE.format(one="theirs")}
    UNION ALL
    SELECT id, other, 'alike', (
        SELECT (theirs.added, theirs.id) > (mine.added, mine.id) FROM article AS theirs, article AS mine
        WHERE theirs.id = other AND mine.id = likes.id
    ) FROM (
        SELECT article_id AS id, other_id AS other FROM sought JOIN variant ON article_id = sought.id
        UNION ALL SELECT other_id, article_id FROM sought JOIN variant ON other_id = sought.id
    ) AS likes
)
SELECT pair.id, other, why, newer, title, added FROM pair JOIN article ON article.id = other
WHERE {kept_in("main", "other")}
"""


_RANK = {Why.URL: 0, Why.ITEM: 1, Why.PATH: 2, Why.ALIKE: 3}
"""Of several reasons the first says which of two is the newer."""


def of(connection: Connection, article_ids: Sequence[str]) -> dict[str, list[Version]]:
    """The other versions of each of some articles, the oldest first; of what has none there is no entry.

    Two texts of one place are versions whatever they have in common; which is the newer follows from when each was
    first found there, before it does from when they were added.
    """
    found: dict[str, dict[str, Version]] = {}
    rows = connection.exec_driver_sql(_PAIRS, (orjson.dumps(list(article_ids)).decode(),)).all()
    for row in sorted(rows, key=lambda row: _RANK[row.why]):
        found.setdefault(row.id, {}).setdefault(
            row.other, Version(row.other, row.title, row.added, Why(row.why), bool(row.newer))
        )
    return {
        article_id: sorted(versions.values(), key=lambda one: (one.newer, one.added, one.article_id))
        for article_id, versions in found.items()
    }


def candidates(connection: Connection) -> frozenset[str]:
    """The articles that may have other versions: of all others `of` need not be asked."""
    rows = connection.exec_driver_sql(
        "SELECT article_id FROM variant UNION SELECT other_id FROM variant UNION SELECT article_id FROM source"
        " WHERE (kind, place) IN (SELECT kind, place FROM source GROUP BY kind, place HAVING count(*) > 1)"
    )
    return frozenset(rows.scalars())


def superseded(connection: Connection, article_ids: Sequence[str]) -> set[str]:
    """Those of some articles of which the library has a newer version."""
    return {key for key, versions in of(connection, article_ids).items() if versions[-1].newer}
