"""Where an article's text came from, as names and values to be read by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from store.metadata.door import Told


def told_of(told: Told) -> list[tuple[str, str]]:
    """What is known of where the text came from; what is not known is left out."""
    article, provenance = told.article, told.article.provenance
    rows = [
        ("file", article.path),
        ("part", provenance and provenance.part),
        ("fetched", provenance and provenance.fetched),
        ("added", told.added),
        ("read by", provenance and provenance.extractor),
        ("declared language", provenance and provenance.language),
        ("words", f"{told.words:,}"),
        ("code points", f"{len(article.text):,}"),
        ("format", article.format),
        ("text's SHA-256", article.id),
        ("original's SHA-256", provenance and provenance.original),
    ]
    meta = _flat("", provenance.meta) if provenance else []
    return [(name, value) for name, value in rows if value] + [(f"source: {name}", value) for name, value in meta]


def _flat(name: str, value: Any) -> list[tuple[str, str]]:
    """What the source says, a row a value: of objects their fields, of lists their items in one row."""
    if isinstance(value, Mapping):
        return [one for key, part in value.items() for one in _flat(f"{name}.{key}" if name else str(key), part)]
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [(name, ", ".join(str(part) for part in value))]
    return [(name, str(value))]
