"""Where names begin and end: without possessive, quotation marks, article or punctuation around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from store.entities.components import lexicon
from store.entities.components.kinds import is_name
from store.records import Entity

_BEFORE = re.compile(r"(?:[^\w$&@#]+|(?:[Tt]he|THE|[Aa]n?)\s+(?=\S))+")
"""What may stand before a name without being of it."""

_AFTER = re.compile(r"(?:\s+['’]?[sS](?![\w.])|['’][sS]?|[^\w.)!+%'’]+|(?<=[a-z]{4})\.|(?<=\s)[.)!+%])+\Z")
"""What may stand after a name without being of it: a full stop may, but not that of an abbreviation."""

_NUMBER = re.compile(r"\s+[\d][\w.,:/-]*\Z")
"""A score, an age or a year after the name of a person or a place."""

_BREAK = re.compile(r"\s+[-–—/:|]+\s+|\s*[;|]\s+|\s+\(\s*|\s*,\s+(?=[A-Z][\w.]*\s+[A-Z])")
"""What stands between two names and never inside one of a person or a place."""

_NUMBERLESS = frozenset("PERSON PER GPE LOC NORP".split())


def mend(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of `text` with the borders of names drawn in; what nothing is left of is left out."""
    return [
        mended
        for entity in entities
        for mended in (_pieces(text, entity) if is_name(entity.label) else [entity])
        if mended.start < mended.end
    ]


def _pieces(text: str, entity: Entity) -> Iterator[Entity]:
    """A name drawn in; of one of a person or a place, each piece that a dash or a bracket cuts it into."""
    if entity.label not in _NUMBERLESS:
        yield Entity(*drawn_in(text, entity.start, entity.end), entity.label)
        return
    start = entity.start
    for cut in [*_BREAK.finditer(text, entity.start, entity.end), None]:
        begin, end = drawn_in(text, start, cut.start() if cut else entity.end)
        number = _NUMBER.search(text, begin, end)
        if number and number.end() == end:
            begin, end = drawn_in(text, begin, number.start())
        if begin < end and (start == entity.start or text[begin].isupper()):
            yield Entity(begin, end, entity.label)
        start = cut.end() if cut else entity.end


def drawn_in(text: str, start: int, end: int) -> tuple[int, int]:
    """The borders of the name in `text[start:end]` without what does not belong to it."""
    before = _BEFORE.match(text, start, end)
    if before:
        start = before.end()
    name = text[start:end]
    after = _AFTER.search(name)
    if after:
        name = name[: after.start()]
    if not name.islower():
        name = _without_small_words(name)
    return start, start + len(name)


def _without_small_words(name: str) -> str:
    """The name without ordinary words in small letters after it."""
    while (space := name.rfind(" ")) > 0:
        word = name[space + 1 :]
        if not (word.isalpha() and word.islower() and lexicon.is_ordinary(word)):
            break
        name = name[:space].rstrip(" ,;:-")
    return name
