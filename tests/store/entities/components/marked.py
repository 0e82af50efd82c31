"""Entities written into a text, so that a test can be read: `[Ada Berg|PERSON] left [Oslo|GPE].`"""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.records import Entity

_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z_]+)\]")


def unmarked(marked: str) -> tuple[str, list[Entity]]:
    """The text without the marks, and the entities that they stand for."""
    text, entities, position = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[position : mark.start()]
        entities.append(Entity(len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        position = mark.end()
    return text + marked[position:], entities


def marked(text: str, entities: Iterable[Entity]) -> str:
    """The text with its entities marked in it."""
    written, position = "", 0
    for entity in entities:
        written += f"{text[position : entity.start]}[{text[entity.start : entity.end]}|{entity.label}]"
        position = entity.end
    return written + text[position:]
