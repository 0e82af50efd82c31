"""The named entities that leave with an article. Here it is decided which they are, and every format asks here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from store.entities import gold, training
from store.entities.gold import Standing
from store.entities.training import GoldEntity
from store.exchange.losses import Losses
from store.exchange.sheets import Sheet
from store.records import Annotation, Entity, Found, Rule


def gold_of(sheet: Sheet) -> Iterator[GoldEntity]:
    """The names that a person vouches for and that are selected, annotator by annotator, each in text order."""
    if not sheet.decisions and not sheet.rules:
        return
    updated = {one.id: one.updated for one in _vouched(sheet)}
    text, key = sheet.article.text, sheet.article.id
    for one in training.of_everybody(text, key, read_last(sheet), sheet.decisions, sheet.rules):
        if sheet.selection.takes(label=one.label, updated=updated[one.id]):
            yield one


def entities_of(sheet: Sheet, losses: Losses, *, predictions: bool | None = None) -> list[Entity]:
    """The names of an article as the formats for training have them: in text order, none over another.

    Those that people vouch for; where annotators contradict each other, the newest decision counts. What is left out
    for that is counted in `losses`.

    Args:
        sheet: the article.
        losses: where names are counted that annotators disagree on, and those that nobody decided on.
        predictions: whether the latter come too: what the pipeline said that read the article last. With None they
            do not, and it is no loss.
    """
    text, key, found = sheet.article.text, sheet.article.id, read_last(sheet)
    if not found and not sheet.decisions and not sheet.rules:
        return []
    updated = {one.id: one.updated for one in _vouched(sheet)}
    decided, undecided = list[Entity](), list[Entity]()
    for name in gold.shown(text, key, found, sheet.decisions, sheet.rules):
        if sheet.selection.takes(label=name.label, updated=updated.get(name.source)):
            fits = undecided if name.standing is Standing.UNDECIDED else decided
            fits.append(Entity(name.start, name.end, name.label))
    if len({one.annotator for one in _vouched(sheet)}) > 1:
        everybodys = {(one.start, one.end, one.label) for one in gold_of(sheet)}
        contradicted = everybodys - {(one.start, one.end, one.label) for one in decided}
        losses.add("names that annotators disagree on, where the newest decision counts", len(contradicted))
    if predictions is False:
        losses.add_each("names that nobody decided on (--predictions gives them)", undecided)
    return apart([*decided, *undecided] if predictions else decided)


def _vouched(sheet: Sheet) -> list[Annotation | Rule]:
    return [*sheet.decisions, *sheet.rules]


def read_last(sheet: Sheet) -> list[Found]:
    """What the pipeline said that read the article last, stretch by stretch."""
    if not sheet.predictions:
        return []
    last = max(sheet.predictions, key=lambda row: row.written).pipeline
    return [
        Found(row.start, row.end, [Entity(*entity) for entity in orjson.loads(row.entities)])
        for row in sheet.predictions
        if row.pipeline == last
    ]


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
