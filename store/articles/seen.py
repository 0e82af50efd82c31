"""What of new articles was in the library before: which older article each is nearly the same as, and how nearly."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from store.database import Database
from store.records import Seen
from store.shelf.putting_away import kept_in
from store.text import likeness

_OLDER = f"""
SELECT new.id AS id, new.text AS text, old.id AS old_id, old.title AS old_title, old.text AS old_text
FROM json_each(?) AS sought JOIN article AS new ON new.id = sought.value
JOIN (
    SELECT article_id AS one, other_id AS other FROM variant UNION ALL SELECT other_id, article_id FROM variant
) AS pair ON pair.one = new.id
JOIN article AS old ON old.id = pair.other
WHERE old.number < new.number AND {kept_in("main", "old.id")}
ORDER BY old.number
"""


def seen_before(database: Database, article_ids: Sequence[str]) -> dict[str, Seen]:
    """For each of the articles that is a version of an older one: the one that it is most alike, the oldest of such.

    Which articles are versions of each other was found when they came (`store.articles.versions`).
    """
    found: dict[str, Seen] = {}
    with database.reading() as session:
        rows = session.connection().exec_driver_sql(_OLDER, (orjson.dumps(list(article_ids)).decode(),))
        for row in rows:
            same = likeness.resemblance(row.text, row.old_text)
            if row.id not in found or same > found[row.id].same:
                found[row.id] = Seen(row.old_id, row.old_title, same)
    return found
