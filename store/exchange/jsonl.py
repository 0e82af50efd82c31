"""postil's own JSONL: one article a line, nothing left out. Described by docs/postil-1.schema.json."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Row

from store.exchange import Job
from store.exchange.names import gold_of
from store.exchange.passages import META as SAID
from store.exchange.passages import Passage, Unit, meta_of, passages
from store.exchange.sheets import ANNOTATION, PROVENANCE, Sheet, is_decision
from store.kinds import Grouping, Kind
from store.records import Annotation, Carried, Rule

SCHEMA = "postil/1"
"""Raised when a reader of the old shape would misunderstand the new one."""

META = (*SAID, "format", "added")
"""What is said of an article, where it is known."""

GROUPS = {Grouping.TAG.value: "tags", Grouping.COLLECTION.value: "collections"}
"""What the tags and the collections of an article are called."""

_FIELDS = ("id", "annotator", "created", "updated", "note", "kind", "label", "start", "end", "text")
_values = itemgetter(*(ANNOTATION.index("quote" if name == "text" else name) for name in _FIELDS))
_WITHDRAWN, _START, _KIND, _ATTRIBUTES, _PIECES = map(
    ANNOTATION.index, ("withdrawn", "start", "kind", "attributes", "pieces")
)
_SETTLED = Kind.SETTLED.value
_DECIDED = frozenset((Kind.ENTITY.value, Kind.FOLD.value, _SETTLED))


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The articles, or parts of them, a line each."""
    unit, rules = Unit(job.unit), list[Rule]()
    for sheet in sheets:
        rules = [*sheet.rules]
        for line in [_line(sheet)] if unit is Unit.ARTICLE else _parts(sheet, unit, job):
            yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
    everywhere = sum(rule.article_id is None for rule in rules)
    job.losses.add("rules about names (postil rules --export writes them)", everywhere)
    job.losses.add("rules about names in one article", len(rules) - everywhere)


def _line(sheet: Sheet) -> dict[str, Any]:
    standing = [row for row in sheet.annotations if row[_WITHDRAWN] is None]
    spans = [row for row in standing if row[_START] is not None]
    decided = [row for row in standing if row[_KIND] in _DECIDED]
    decisions = [row for row in decided if is_decision(row)]
    if decided:
        spans = [row for row in spans if row[_KIND] not in _DECIDED]
    line = _head(sheet.article) | {
        "text": sheet.article.text,
        "meta": _meta(sheet.article),
        **_corrections(sheet),
        **_provenance(sheet.article),
        **_groups([row for row in sheet.groups if row.withdrawn is None]),
        "spans": [_span(row) for row in spans],
        "notes": [_note(row) for row in standing if row[_START] is None and row[_KIND] != _SETTLED],
        "entities": _gold(sheet),
        "predictions": _predictions(sheet),
        "decisions": [_span(row) for row in decisions],
        "relations": [_relation(row) for row in sheet.relations if row.withdrawn is None and not row.loose],
    }
    if sheet.predictions:
        line["read"] = _read(sheet)
    line |= _folds(sheet, decided)
    if sheet.orphaned:
        line["orphaned"] = [_orphan(one) for one in sheet.orphaned]
    withdrawn = _withdrawn(sheet)
    return line | {"withdrawn": withdrawn} if withdrawn else line


def _withdrawn(sheet: Sheet) -> dict[str, Any]:
    """What stands no more; rows of it are here only if they were asked for."""
    rows = [row for row in sheet.annotations if row[_WITHDRAWN] is not None]
    relations = [row for row in sheet.relations if row.withdrawn is not None or row.loose]
    groups = _groups([row for row in sheet.groups if row.withdrawn is not None])
    corrections = [_correction(row) | {"withdrawn": row.withdrawn} for row in sheet.corrections if row.withdrawn]
    if not rows and not relations and not groups and not corrections:
        return {}
    return (
        ({"corrections": corrections} if corrections else {})
        | groups
        | {
            "spans": [_gone(row) for row in rows if row.start is not None and row.kind not in _DECIDED],
            "notes": [
                _note(row) | {"withdrawn": row.withdrawn} for row in rows if row.start is None and row.kind != _SETTLED
            ],
            "decisions": [_gone(row) for row in rows if is_decision(row)],
            "relations": [_relation(row) | {"withdrawn": row.withdrawn} for row in relations],
        }
        | _settlings([row for row in rows if row.kind in _DECIDED], _gone)
    )


def _folds(sheet: Sheet, decided: Iterable[Row[Any]]) -> dict[str, Any]:
    """What is folded, if somebody looked, and what people decided on it and on other versions."""
    folds = {}
    if sheet.folds is not None:
        left = {run.start for run in sheet.folded}
        folds["folds"] = [
            {
                "start": run.start,
                "end": run.end,
                "kinds": run.kinds,
                "count": run.count,
                "state": "detected" if run.start in left else "text",
            }
            for run in sheet.folds
        ]
    return folds | _settlings(decided, _span)


def _settlings(decided: Iterable[Row[Any]], made: Callable[[Row[Any]], dict[str, Any]]) -> dict[str, Any]:
    """The decisions that something is the article's own text, and that something stays on another version."""
    rows = list(decided)
    own = [made(row) for row in rows if row.kind == Kind.FOLD]
    settled = [
        _note(row) | ({"withdrawn": row.withdrawn} if row.withdrawn else {}) for row in rows if row.kind == _SETTLED
    ]
    return ({"fold_decisions": own} if own else {}) | ({"settled": settled} if settled else {})


def _orphan(one: Carried) -> dict[str, Any]:
    """An annotation on another version whose words are not in this one."""
    annotation = one.annotation
    return {
        "id": annotation.id,
        "article": annotation.article_id,
        "annotator": annotation.annotator,
        "kind": annotation.kind,
        "label": annotation.label,
        "text": annotation.quote,
        "note": annotation.note,
    }


def _gone(row: Row[Any]) -> dict[str, Any]:
    return _span(row) | {"withdrawn": row.withdrawn}


def _gold(sheet: Sheet) -> list[dict[str, Any]]:
    text: str = sheet.article.text
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
        for one in gold_of(sheet)
    ]


def _predictions(sheet: Sheet) -> list[dict[str, Any]]:
    text: str = sheet.article.text
    return [
        {"start": start, "end": end, "label": label, "text": text[start:end], "pipeline": row.pipeline}
        for row in sheet.predictions
        for start, end, label in orjson.loads(row.entities)
    ]


def _read(sheet: Sheet) -> dict[str, list[tuple[int, int]]]:
    """By pipeline the stretches that it has read; the pipeline that read the article last comes last."""
    read: dict[str, list[tuple[int, int]]] = {}
    written: dict[str, int] = {}
    for pipeline, group in groupby(sheet.predictions, key=lambda row: row.pipeline):
        rows = list(group)
        read[pipeline] = [(row.start, row.end) for row in rows]
        written[pipeline] = max(row.written for row in rows)
    return {pipeline: read[pipeline] for pipeline in sorted(read, key=lambda name: written[name])}


def _parts(sheet: Sheet, unit: Unit, job: Job) -> Iterator[dict[str, Any]]:
    decided = [_span(row) for row in sheet.annotations if is_decision(row) and row[_WITHDRAWN] is None]
    named = _gold(sheet), _predictions(sheet), decided
    for passage in passages([sheet], unit, job.losses, predictions=True, furniture=job.furniture):
        entities, predictions, decisions = ([*_inside(passage, found)] for found in named)
        yield _part(passage) | {"entities": entities, "predictions": predictions, "decisions": decisions}


def _inside(passage: Passage, found: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Those of an article's names that stand in the passage, with its offsets."""
    first, last = passage.start, passage.start + len(passage.text)
    for one in found:
        if first <= one["start"] and one["end"] <= last:
            moved = dict(one) | {"start": one["start"] - first, "end": one["end"] - first}
            match one.get("attributes", {}).get("predicted"):
                case [int(start), int(end), *rest]:
                    predicted = [start - first, end - first, *rest]
                    moved["attributes"] = one["attributes"] | {"predicted": predicted}
            yield moved


def _part(passage: Passage) -> dict[str, Any]:
    furniture = {"furniture": True} if passage.furniture else {}
    return _head(passage.article) | {
        "part": [passage.start, passage.start + len(passage.text)],
        **furniture,
        "text": passage.text,
        "meta": _meta(passage.article),
        **_provenance(passage.article),
        "spans": [_record(span) for span in passage.spans],
        "notes": [],
        "entities": [],
        "predictions": [],
        "decisions": [],
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
    return {name: value for name in META if (value := meta_of(article, name)) is not None}


def _corrections(sheet: Sheet) -> dict[str, list[dict[str, Any]]]:
    """What people corrected in `meta`, and what the source says there; nothing if nobody did."""
    standing = [_correction(row) for row in sheet.corrections if row.withdrawn is None]
    return {"corrections": standing} if standing else {}


def _correction(row: Row[Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("field", "value", "original", "annotator", "updated")}


def _provenance(article: Row[Any]) -> dict[str, dict[str, Any]]:
    """How the text came out of what it was read from, if that is known."""
    if article.told_extractor is None:
        return {}
    told = {name: value for name in PROVENANCE if (value := getattr(article, f"told_{name}")) is not None}
    return {"provenance": told | {"meta": orjson.loads(told["meta"])}}


def _groups(rows: Sequence[Row[Any]]) -> dict[str, list[dict[str, Any]]]:
    """The tags and the collections; nothing of what there is none of."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        said = {"name": row.name, "annotator": row.annotator, "updated": row.updated}
        gone = {} if row.withdrawn is None else {"withdrawn": row.withdrawn}
        found.setdefault(GROUPS[row.kind], []).append(said | gone)
    return {name: found[name] for name in GROUPS.values() if name in found}


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
