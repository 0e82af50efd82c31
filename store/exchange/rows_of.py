"""Annotations as rows of a table: what `csv` and `parquet` have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from store.exchange.losses import Losses
from store.exchange.passages import META, Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.records import Annotation

COLUMNS = {
    "article": "text",
    "title": "text",
    "author": "text",
    "source": "text",
    "url": "text",
    "published": "text",
    "language": "text",
    "annotation": "text",
    "annotator": "text",
    "kind": "text",
    "label": "text",
    "start": "number",
    "end": "number",
    "pieces": "text",
    "quote": "text",
    "context": "text",
    "note": "text",
    "attributes": "text",
    "created": "text",
    "updated": "text",
}
"""The columns and what is in each. `context` is the sentence, or are the sentences, that the quote stands in; `pieces`
and `attributes` are JSON; `start` and `end` count code points of the article."""


def rows(sheets: Iterable[Sheet], losses: Losses) -> Iterator[list[dict[str, Any]]]:
    """The annotations of each article, those on the whole of it first."""
    for sheet in sheets:
        (whole,) = passages([sheet], Unit.ARTICLE, losses)
        losses.add_each("relations", whole.relations)
        losses.add_each("names", whole.entities)
        # The passages of an article's annotations come in the order of its spans.
        around = passages([sheet], Unit.ANNOTATION, Losses())
        found = [_row(whole, note, "") for note in whole.notes]
        found += [_row(whole, span, part.text) for span, part in zip(whole.spans, around, strict=True)]
        yield found


def _row(passage: Passage, annotation: Annotation, context: str) -> dict[str, Any]:
    meta = passage.meta
    return {
        "article": passage.article.id,
        **{name: meta.get(name) for name in META},
        "annotation": annotation.id,
        "annotator": annotation.annotator,
        "kind": annotation.kind.value,
        "label": annotation.label,
        "start": annotation.start,
        "end": annotation.end,
        "pieces": orjson.dumps(annotation.pieces).decode() if annotation.pieces else None,
        "quote": annotation.quote,
        "context": context,
        "note": annotation.note,
        "attributes": orjson.dumps(annotation.attributes).decode(),
        "created": annotation.created,
        "updated": annotation.updated,
    }
