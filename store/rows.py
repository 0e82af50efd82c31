"""From a row of the library to the record that leaves it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
import sqlalchemy
from sqlalchemy import Connection, Row

from store import models
from store.kinds import Kind
from store.models import table
from store.records import Annotation, Relation, Rule


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


def standing_on(connection: Connection, article_id: str) -> Sequence[Row[Any]]:
    """The rows of everybody's annotations that stand on an article, with their owners' names as `annotator`.

    They are in text order, those on the whole article first, and rows and not objects: an article may carry 100,000
    annotations, and is opened while somebody waits.
    """
    annotation, annotator = table(models.Annotation), table(models.Annotator)
    statement = (
        sqlalchemy.select(annotation, annotator.c.name.label("annotator"))
        .join(annotator)
        .where(annotation.c.article_id == article_id, annotation.c.withdrawn.is_(None))
        .order_by(annotation.c.start, annotation.c.end.desc(), annotation.c.id)
    )
    return connection.execute(statement).all()


def relation_record(row: Row[Any]) -> Relation:
    """The record of a relation's row, which has its owner's name as `annotator`."""
    return Relation(
        id=row.id,
        label=row.label,
        source_id=row.source_id,
        target_id=row.target_id,
        note=row.note,
        annotator=row.annotator,
        annotator_id=row.annotator_id,
        created=row.created,
        updated=row.updated,
        attributes=orjson.loads(row.attributes),
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
