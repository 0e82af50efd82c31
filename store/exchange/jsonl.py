"""postil's own JSONL: one article a line, nothing left out. Described by docs/postil-1.schema.json."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import orjson
from sqlalchemy import Row, Select, literal_column, select
from sqlmodel import Session

from store.entities import rules, training
from store.library import Library
from store.models import Annotation, Annotator, Article, Prediction, Relation, table
from store.records import Entity, Found, Kind, Rule
from store.rows import annotation_record

SCHEMA = "postil/1"
"""Raised when a reader of the old shape would misunderstand the new one."""

_BATCH = 64
"""Articles read at a time."""

_META = ("title", "author", "source", "url", "published", "format", "added")


def write(library: Library) -> Iterator[bytes]:
    """The library's articles, a line each, in the order of their titles, all from one consistent view of it."""
    article = table(Article)
    with library.database.reading() as session:
        ids = session.connection().scalars(select(article.c.id).order_by(article.c.listing, article.c.id)).all()
        standing = rules.standing(session)
        for start in range(0, len(ids), _BATCH):
            yield from _lines(session, ids[start : start + _BATCH], standing)


def _lines(session: Session, ids: Sequence[str], standing: Sequence[Rule]) -> Iterator[bytes]:
    # Core rows, not objects: an export of a million annotations must not build a million of them.
    article, annotation, annotator, prediction = (table(m) for m in (Article, Annotation, Annotator, Prediction))
    articles = {row.id: row for row in _rows(session, select(article).where(article.c.id.in_(ids)))}
    annotations = _by_article(
        _rows(
            session,
            select(annotation, annotator.c.name.label("annotator"))
            .join(annotator)
            .where(annotation.c.article_id.in_(ids), annotation.c.withdrawn.is_(None))
            .order_by(annotation.c.start, annotation.c.end.desc(), annotation.c.id),
        )
    )
    predictions = _by_article(
        _rows(
            session,
            select(prediction, literal_column("prediction.rowid").label("written"))
            .where(prediction.c.article_id.in_(ids))
            .order_by(prediction.c.pipeline, prediction.c.start),
        )
    )
    relations = _by_article(_relations(session, ids))
    for article_id in ids:
        line = _line(
            articles[article_id], annotations[article_id], predictions[article_id], relations[article_id], standing
        )
        yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def _relations(session: Session, ids: Sequence[str]) -> Sequence[Row[Any]]:
    """The relations that lead from an annotation on one of the articles, whose article their rows name."""
    annotation, annotator, relation = (table(m) for m in (Annotation, Annotator, Relation))
    target = annotation.alias("target")
    return _rows(
        session,
        select(
            relation,
            annotation.c.article_id,
            target.c.article_id.label("target_article"),
            annotator.c.name.label("annotator"),
        )
        .join(annotation, annotation.c.id == relation.c.source_id)
        .join(target, target.c.id == relation.c.target_id)
        .join(annotator, annotator.c.id == relation.c.annotator_id)
        .where(
            annotation.c.article_id.in_(ids), *(part.c.withdrawn.is_(None) for part in (relation, annotation, target))
        )
        .order_by(relation.c.id),
    )


def _line(
    article: Row[Any],
    annotations: list[Row[Any]],
    predictions: list[Row[Any]],
    relations: list[Row[Any]],
    standing: Sequence[Rule],
) -> dict[str, Any]:
    text: str = article.text
    decisions = [row for row in annotations if row.kind == Kind.ENTITY and row.start is not None]
    if decisions:
        annotations = [row for row in annotations if row.kind != Kind.ENTITY]
    return {
        "schema": SCHEMA,
        "id": article.id,
        "offset_unit": "codepoint",
        "text": text,
        "meta": {name: value for name in _META if (value := getattr(article, name)) is not None},
        "spans": [_span(row) for row in annotations if row.start is not None],
        "notes": [_whole(row) for row in annotations if row.start is None],
        "entities": _gold(article, decisions, predictions, standing),
        "predictions": [
            {"start": start, "end": end, "label": label, "text": text[start:end], "pipeline": row.pipeline}
            for row in predictions
            for start, end, label in orjson.loads(row.entities)
        ],
        "decisions": [_span(row) for row in decisions],
        "relations": [
            _whole(row)
            | {
                "label": row.label,
                "source": row.source_id,
                "target": row.target_id,
                "target_article": row.target_article,
                "attributes": orjson.loads(row.attributes),
            }
            for row in relations
        ],
    }


def _gold(
    article: Row[Any], decisions: list[Row[Any]], predictions: list[Row[Any]], standing: Sequence[Rule]
) -> list[dict[str, Any]]:
    """The names that somebody vouches for, over what the pipeline said that read the article last."""
    if not decisions and not standing:
        return []
    last = max(predictions, key=lambda row: row.written).pipeline if predictions else None
    found = [
        Found(row.start, row.end, [Entity(*entity) for entity in orjson.loads(row.entities)])
        for row in predictions
        if row.pipeline == last
    ]
    decided = [annotation_record(row, row.annotator) for row in decisions]
    text: str = article.text
    return [
        {
            "start": one.start,
            "end": one.end,
            "label": one.label,
            "text": text[one.start : one.end],
            "annotator": one.annotator,
            "decision": one.decision,
            "id": one.id,
            "pipeline": one.pipeline,
        }
        for one in training.of_everybody(text, article.id, found, decided, standing)
    ]


def _span(row: Row[Any]) -> dict[str, Any]:
    pieces = {} if row.pieces == "[]" else {"pieces": orjson.loads(row.pieces)}
    return (
        _whole(row)
        | pieces
        | {
            "kind": row.kind,
            "label": row.label,
            "start": row.start,
            "end": row.end,
            "text": row.quote,
            "attributes": orjson.loads(row.attributes),
        }
    )


def _whole(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "annotator": row.annotator,
        "created": row.created,
        "updated": row.updated,
        "note": row.note,
    }


def _rows(session: Session, statement: Select[Any]) -> Sequence[Row[Any]]:
    return session.connection().execute(statement).all()


def _by_article(rows: Sequence[Row[Any]]) -> dict[str, list[Row[Any]]]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row.article_id].append(row)
    return grouped
