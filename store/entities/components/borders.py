"""Where names begin and end: without possessive, quotation marks, article or punctuation around them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.entities.components.kinds import is_name
from store.records import Entity

_BEFORE = re.compile(r"(?:[\s\"'“”‘’«»()\[\]{}*_`~|<>#@,;:!?…–—-]+|(?:[Tt]he|[Aa]n?|THE)\s+(?=\S))+")
"""What may stand before a name without being of it."""

_AFTER = re.compile(r"(?:[\s\"“”‘«»()\[\]{}*_`~|<>#,;:!?…–—-]+|['’](?:[sS])?|(?<=[a-z]{4})\.)+\Z")
"""What may stand after a name without being of it: a full stop may, but not that of an abbreviation."""


def mend(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of `text` with the borders of names drawn in; what nothing is left of is left out."""
    mended = []
    for entity in entities:
        if is_name(entity.label):
            start, end = drawn_in(text, entity.start, entity.end)
            if start >= end:
                continue
            entity = Entity(start, end, entity.label)
        mended.append(entity)
    return mended


def drawn_in(text: str, start: int, end: int) -> tuple[int, int]:
    """The borders of the name in `text[start:end]` without what does not belong to it."""
    name = text[start:end]
    before = _BEFORE.match(name)
    if before:
        start += before.end()
        name = text[start:end]
    after = _AFTER.search(name)
    if after:
        end -= len(name) - after.start()
    return start, end
