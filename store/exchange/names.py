"""The named entities that leave with an article. One function decides which they are, and every format asks it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import orjson

from store.exchange.sheets import Sheet
from store.records import Entity, Kind


def entities_of(sheet: Sheet) -> list[Entity]:
    """The named entities of an article, as the formats for training have them: in text order, none over another.

    What people decided comes first. Where they said nothing stands what one pipeline said, the one that read most of
    the article (of several the last by name). Of those that overlap the longer stays.
    """
    decided = [row for row in sheet.annotations if row.kind == Kind.ENTITY and row.withdrawn is None]
    rejected = [(row.start, row.end) for row in decided if orjson.loads(row.attributes).get("decision") == "reject"]
    said = [
        Entity(row.start, row.end, row.label) for row in decided if row.label and (row.start, row.end) not in rejected
    ]
    own = apart(said)
    taken = [*((entity.start, entity.end) for entity in own), *rejected]
    free = (entity for entity in _predicted(sheet) if all(e <= entity.start or s >= entity.end for s, e in taken))
    return sorted([*own, *apart(free)], key=lambda entity: entity.start)


def apart(entities: Iterable[Entity]) -> list[Entity]:
    """The entities without those that overlap a longer one, or one of the same length that begins before; ascending."""
    kept: list[Entity] = []
    taken: set[int] = set()
    for entity in sorted(entities, key=lambda e: (e.start - e.end, e.start, e.label)):
        covered = range(entity.start, entity.end)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)


def _predicted(sheet: Sheet) -> list[Entity]:
    read: dict[str, int] = defaultdict(int)
    for row in sheet.predictions:
        read[row.pipeline] += row.end - row.start
    if not read:
        return []
    best = max(read, key=lambda pipeline: (read[pipeline], pipeline))
    rows = (row for row in sheet.predictions if row.pipeline == best)
    return [Entity(*entity) for row in rows for entity in orjson.loads(row.entities)]
