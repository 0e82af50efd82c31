"""Names that are known from a list, laid over a pipeline's answer."""

from __future__ import annotations

from collections.abc import Iterable

from store.entities.components.kinds import is_name
from store.records import Entity


def laid_over(entities: Iterable[Entity], known: Iterable[Entity], *, always: bool = False) -> list[Entity]:
    """The entities with names from a list put in, in place of what overlaps them, but for a longer name that holds one.

    So `Amazon Web Services Summit` is not cut for the sake of `Amazon Web Services`, while `Anthropic` takes the place
    of what a pipeline that never saw the word made of it.

    Args:
        entities: the pipeline's; they do not overlap each other.
        known: the list's, where they stand in the text; nor do they.
        always: put all of them in. What a reader lists has the last word.
    """
    kept = list(entities)
    for name in known:
        around = [entity for entity in kept if entity.start < name.end and name.start < entity.end]
        if always or not any(_holds(entity, name) for entity in around):
            kept = [entity for entity in kept if entity not in around]
            kept.append(name)
    return sorted(kept, key=lambda entity: entity.start)


def _holds(entity: Entity, name: Entity) -> bool:
    """Whether a pipeline's name is longer than the list's name in it."""
    longer = entity.end - entity.start > name.end - name.start
    return is_name(entity.label) and longer and entity.start <= name.start and name.end <= entity.end
