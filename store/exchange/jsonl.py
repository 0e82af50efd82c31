"""postil's own JSONL: one article a line, nothing left out. Described by docs/postil-1.schema.json."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Row

from store.exchange import Job
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import ANNOTATION, PROVENANCE, Sheet
from store.records import Annotation

SCHEMA = "postil/1"
"""Raised when a reader of the old shape would misunderstand the new one."""

META = ("title", "author", "source", "url", "published", "format", "added")
"""What is said of an article, where it is known."""

_FIELDS = ("id", "annotator", "created", "updated", "note", "kind", "label", "start", "end", "text")
_values = itemgetter(*(ANNOTATION.index("quote" if name == "text" else name) for name in _FIELDS))
_WITHDRAWN, _START, _ATTRIBUTES, _PIECES = map(ANNOTATION.index, ("withdrawn", "start", "attributes", "pieces"))


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The articles, or parts of them, a line each."""
    unit = Unit(job.unit)
    for line in map(_line, sheets) if unit is Unit.ARTICLE else map(_part, passages(sheets, unit, job.losses)):
        yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def _line(sheet: Sheet) -> dict[str, Any]:
    text: str = sheet.article.text
    standing = [row for row in sheet.annotations if row[_WITHDRAWN] is None]
    line = _head(sheet.article) | {
        "text": text,
        "meta": _meta(sheet.article),
        **_provenance(sheet.article),
        "spans": [_span(row) for row in standing if row[_START] is not None],
        "notes": [_note(row) for row in standing if row[_START] is None],
        "entities": [
            {
                "start": start,
                "end": end,
                "label": label,
                "text": text[start:end],
                "pipeline": row.pipeline,
                "decision": None,
            }
            for row in sheet.predictions
            for start, end, label in orjson.loads(row.entities)
        ],
        "relations": [_relation(row) for row in sheet.relations if row.withdrawn is None and not row.loose],
    }
    if sheet.predictions:
        line["read"] = {
            pipeline: [(row.start, row.end) for row in rows]
            for pipeline, rows in groupby(sheet.predictions, key=lambda row: row.pipeline)
        }
    withdrawn = _withdrawn(sheet)
    return line | {"withdrawn": withdrawn} if withdrawn else line


def _withdrawn(sheet: Sheet) -> dict[str, Any]:
    """What stands no more; rows of it are here only if they were asked for."""
    rows = [row for row in sheet.annotations if row.withdrawn is not None]
    relations = [row for row in sheet.relations if row.withdrawn is not None or row.loose]
    if not rows and not relations:
        return {}
    return {
        "spans": [_span(row) | {"withdrawn": row.withdrawn} for row in rows if row.start is not None],
        "notes": [_note(row) | {"withdrawn": row.withdrawn} for row in rows if row.start is None],
        "relations": [_relation(row) | {"withdrawn": row.withdrawn} for row in relations],
    }


def _part(passage: Passage) -> dict[str, Any]:
    return _head(passage.article) | {
        "part": [passage.start, passage.start + len(passage.text)],
        "text": passage.text,
        "meta": _meta(passage.article),
        **_provenance(passage.article),
        "spans": [_record(span) for span in passage.spans],
        "notes": [],
        "entities": [
            dataclasses.asdict(entity) | {"text": passage.text[entity.start : entity.end]}
            for entity in passage.entities
        ],
        "relations": [
            {
                "id": relation.id,
                "annotator": relation.annotator,
                "created": relation.created,
                "updated": relation.updated,
                "note": relation.note,
                "label": relation.label,
                "source": relation.source_id,
                "target": relation.target_id,
                "target_article": passage.article.id,
                "attributes": relation.attributes,
            }
            for relation in passage.relations
        ],
    }


def _head(article: Row[Any]) -> dict[str, Any]:
    return {"schema": SCHEMA, "id": article.id, "offset_unit": "codepoint"}


def _meta(article: Row[Any]) -> dict[str, str]:
    return {name: value for name in META if (value := getattr(article, name)) is not None}


def _provenance(article: Row[Any]) -> dict[str, dict[str, Any]]:
    """How the text came out of what it was read from, if that is known."""
    if article.told_extractor is None:
        return {}
    told = {name: value for name in PROVENANCE if (value := getattr(article, f"told_{name}")) is not None}
    return {"provenance": told | {"meta": orjson.loads(told["meta"])}}


def _span(row: Row[Any]) -> dict[str, Any]:
    # By number, and one dictionary: this runs once an annotation, a million times an export.
    span = dict(zip(_FIELDS, _values(row), strict=True))
    span["attributes"] = {} if row[_ATTRIBUTES] == "{}" else orjson.loads(row[_ATTRIBUTES])
    if row[_PIECES] != "[]":
        span["pieces"] = orjson.loads(row[_PIECES])
    return span


def _record(span: Annotation) -> dict[str, Any]:
    line = {
        "id": span.id,
        "annotator": span.annotator,
        "created": span.created,
        "updated": span.updated,
        "note": span.note,
        "kind": span.kind,
        "label": span.label,
        "start": span.start,
        "end": span.end,
        "text": span.quote,
        "attributes": span.attributes,
    }
    return line | {"pieces": span.pieces} if span.pieces else line


def _note(row: Row[Any]) -> dict[str, Any]:
    note = {
        "id": row.id,
        "annotator": row.annotator,
        "created": row.created,
        "updated": row.updated,
        "note": row.note,
    }
    # A note on a whole article is a note and nothing else, but for what came in from elsewhere.
    if row.kind != "note" or row.label is not None:
        note |= {"kind": row.kind, "label": row.label}
    if row.attributes != "{}":
        note["attributes"] = orjson.loads(row.attributes)
    return note


def _relation(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "annotator": row.annotator,
        "created": row.created,
        "updated": row.updated,
        "note": row.note,
        "label": row.label,
        "source": row.source_id,
        "target": row.target_id,
        "target_article": row.target_article,
        "attributes": orjson.loads(row.attributes),
    }
