"""One name, one type: mentions relabelled by what the whole document says, and those that are no names left out."""

from __future__ import annotations

from collections.abc import Iterable

from store.entities.components import evidence, lexicon
from store.entities.components.kinds import is_name
from store.entities.components.passages import Passage
from store.entities.components.tally import Tally, key_of
from store.records import Entity


def one_type(tally: Tally, seen: Passage, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of a passage, each name with the type that it has in the document.

    A mention whose own neighbours speak for the type that it has keeps it: Washington said this in Washington.
    """
    settled = []
    for entity in entities:
        if is_name(entity.label):
            key = key_of(seen.text[entity.start : entity.end])
            if _is_only_initial(tally, seen, entity, key):
                continue
            verdict = tally.verdict(key)
            if verdict and verdict.label != entity.label:
                own, other = evidence.type_of(entity.label), evidence.type_of(verdict.label)
                if own == other or (verdict.score > tally.scores(key)[own] and _spoken_for(seen, entity) != own):
                    entity = Entity(entity.start, entity.end, verdict.label)
        settled.append(entity)
    return settled


def _is_only_initial(tally: Tally, seen: Passage, entity: Entity, key: str) -> bool:
    """Whether it is ordinary words that the document has with a capital only where any word has one."""
    first, last = seen.covered(entity.start, entity.end)
    if first >= last or tally.seen[key]:
        return False
    words = seen.words[first:last]
    if words[0].telling and (len(words) > 1 or not words[0].initial):
        return False
    return all(lexicon.is_ordinary(word.text) and not lexicon.is_listed(word.text.title()) for word in words)


def _spoken_for(seen: Passage, entity: Entity) -> str | None:
    first, last = seen.covered(entity.start, entity.end)
    spoken_for = evidence.of_neighbours(seen, first, last) if first < last else None
    return spoken_for[0] if spoken_for else None
