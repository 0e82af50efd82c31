"""From a row of the library to the record that leaves it."""

from __future__ import annotations

from typing import Any

import orjson
from sqlalchemy import Row

from store import models
from store.records import Annotation, Kind, Rule


def annotation_record(row: models.Annotation | Row[Any], annotator: str) -> Annotation:
    """The record of a row; `annotator` is the owner's name."""
    return Annotation(
        id=row.id,
        article_id=row.article_id,
        kind=Kind(row.kind),
        label=row.label,
        start=row.start,
        end=row.end,
        quote=row.quote,
        note=row.note,
        annotator=annotator,
        annotator_id=row.annotator_id,
        created=row.created,
        updated=row.updated,
        attributes=orjson.loads(row.attributes),
        pieces=() if row.pieces == "[]" else tuple((start, end) for start, end in orjson.loads(row.pieces)),
    )


def rule_record(row: models.Rule | Row[Any], annotator: str) -> Rule:
    """The record of a rule's row; `annotator` is the owner's name."""
    return Rule(
        id=row.id,
        pattern=row.pattern,
        label=row.label,
        case_sensitive=bool(row.case_sensitive),
        article_id=row.article_id,
        note=row.note,
        annotator=annotator,
        annotator_id=row.annotator_id,
        created=row.created,
        updated=row.updated,
    )
