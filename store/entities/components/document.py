"""The layers that look at a whole document: recall and consistency, over the tally of its names."""

from __future__ import annotations

from collections.abc import Iterable

from store.entities.components import evidence
from store.entities.components.kinds import is_name
from store.entities.components.passages import Passage, passage
from store.entities.components.tally import Tally, candidates, key_of
from store.records import Entity
from store.text.paragraphs import paragraphs

_LEAD = 0.3
"""By how much a name's other type must lead before a mention is relabelled."""


def one_type(tally: Tally, passage: Passage, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a passage, each name with the type that it has in the document."""
    settled = []
    for entity in entities:
        if is_name(entity.label):
            name = passage.text[entity.start : entity.end]
            verdict = tally.verdict(key_of(name))
            if verdict and verdict[0] != entity.label:
                label, score, _ = verdict
                own = tally.scores(key_of(name))[evidence.type_of(entity.label)]
                if evidence.type_of(label) == evidence.type_of(entity.label) or score - own > _LEAD:
                    entity = Entity(entity.start, entity.end, label)
        settled.append(entity)
    return settled


def found_again(tally: Tally, passage: Passage, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a passage, and the names that were missed in it."""
    kept = list(entities)
    taken = [(passage.index(entity.start), passage.index(entity.end)) for entity in kept]
    words = passage.words
    for first, last in candidates(passage, taken, tally.small):
        start, end = words[first].start, words[last - 1].end
        key = key_of(passage.text[start:end])
        verdict = tally.verdict(key)
        if words[first].initial and not (tally.seen[key] or tally.votes.get(key)) and (not verdict or verdict[1] < 1.5):
            continue
        kept.append(Entity(start, end, verdict[0] if verdict else _unknown(passage.text[start:end])))
    return sorted(kept, key=lambda entity: entity.start)


def _unknown(name: str) -> str:
    """The likeliest label of a name of which nothing is known."""
    return "PERSON" if " " in name else "ORG"


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


def whole(text: str, entities: Iterable[Entity], *, consistency: bool = True, recall: bool = True) -> list[Entity]:
    """The entities of a document that is at hand as a whole."""
    kept = list(entities)
    parts = []
    for start, end in paragraphs(text, 0, len(text)):
        inside = [
            Entity(entity.start - start, entity.end - start, entity.label)
            for entity in kept
            if start <= entity.start and entity.end <= end
        ]
        parts.append((start, text[start:end], inside))
    tally = Tally()
    for _, part, inside in parts:
        tally.add(passage(part), inside)
    return [
        Entity(start + entity.start, start + entity.end, entity.label)
        for start, part, inside in parts
        for entity in settled(tally, part, inside, consistency=consistency, recall=recall)
    ]
