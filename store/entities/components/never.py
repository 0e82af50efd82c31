"""Words that are never names, taken out of a pipeline's answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.entities.components import lexicon
from store.entities.components.kinds import is_name
from store.records import Entity

_PLURAL = re.compile(r"(?<=[A-Z])(?:s|['’]s)$")


def without_words(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of `text` but those that are, word for word, on the list of words that are never names."""
    return [entity for entity in entities if not (is_name(entity.label) and is_never(text[entity.start : entity.end]))]


def is_never(words: str) -> bool:
    """Whether each of the words is on the list, in the singular or in the plural."""
    return all(_PLURAL.sub("", word) in lexicon.never() for word in words.split())
