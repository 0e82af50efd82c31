"""Words that are never names, taken out of a pipeline's answer."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.entities.components import lexicon
from store.entities.components.kinds import is_name
from store.records import Entity

_ADDRESS = re.compile(r"\w@\w|https?:|://|\bwww\.|\.(?:html?|php|pdf|docx?|xls|jpe?g)\b")
_PLURAL = re.compile(r"(?<=[A-Z])(?:s|['’]s)$")


def without_words(text: str, entities: Iterable[Entity]) -> list[Entity]:
    """The entities of `text` but those that are no names.

    That is: words that are all on the list of words that are never names, addresses of the net, signs without a letter,
    and ordinary words without a capital.
    """
    return [entity for entity in entities if not (is_name(entity.label) and _is_none(text[entity.start : entity.end]))]


def _is_none(words: str) -> bool:
    if _ADDRESS.search(words) or not any(letter.isalpha() for letter in words) or is_never(words):
        return True
    return words.islower() and all(lexicon.is_ordinary(word) for word in re.findall(r"\w+", words))


def is_never(words: str) -> bool:
    """Whether each of the words is on the list, in the singular or in the plural."""
    return all(_PLURAL.sub("", word) in lexicon.never() for word in words.split())
