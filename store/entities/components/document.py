"""A document settled: its paragraphs' entities once all of them were counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from store.entities.components.consistency import one_type
from store.entities.components.passages import passage
from store.entities.components.recall import found_again
from store.entities.components.tally import Tally
from store.records import Entity
from store.text.paragraphs import paragraphs


def settled(
    tally: Tally, text: str, entities: Iterable[Entity], *, consistency: bool = True, recall: bool = True
) -> list[Entity]:
    """The entities of a paragraph as the tally of its whole document has them; offsets in the paragraph."""
    seen, kept = passage(text), list(entities)
    if consistency:
        kept = one_type(tally, seen, kept)
    if recall:
        kept = found_again(tally, seen, kept)
    return kept


def whole(
    text: str,
    entities: Iterable[Entity],
    *,
    labels: Collection[str] = (),
    english: bool = True,
    listed: Mapping[str, str] | None = None,
    consistency: bool = True,
    recall: bool = True,
) -> list[Entity]:
    """The entities of a document that is at hand as a whole.

    Args:
        text: the document's.
        entities: what the pipeline said of it; they do not overlap.
        labels: those that the pipeline gives.
        english: whether the text is English.
        listed: by key, the labels of names that a list settles.
        consistency: give each name one type.
        recall: add names that were missed.
    """
    kept = list(entities)
    parts = []
    for start, end in paragraphs(text, 0, len(text)):
        inside = [
            Entity(entity.start - start, entity.end - start, entity.label)
            for entity in kept
            if start <= entity.start and entity.end <= end
        ]
        parts.append((start, text[start:end], inside))
    tally = Tally(labels=labels, english=english, listed=listed or {})
    for _, part, inside in parts:
        tally.add(passage(part), inside)
    return [
        Entity(start + entity.start, start + entity.end, entity.label)
        for start, part, inside in parts
        for entity in settled(tally, part, inside, consistency=consistency, recall=recall)
    ]
