"""postil's own JSONL, read: the other half of `jsonl`, so that an export of the import is the same to the byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from store.exchange.documents import each, expect, records
from store.exchange.incoming import (
    BadRecordError,
    Belonging,
    Corrected,
    Incoming,
    Link,
    Mark,
    Predicted,
    Record,
    time_or_none,
    uuid_or_none,
)
from store.exchange.jsonl import GROUPS, META, SCHEMA
from store.exchange.sheets import PROVENANCE
from store.kinds import Grouping, Kind
from store.metadata.fields import ALWAYS_SAID, Field, problem
from store.records import Provenance
from store.shelf.groups import is_name
from store.text import stretches

_FIELDS = frozenset(Field)
_KINDS = {kind.value: kind for kind in Kind}


def read(path: Path) -> Iterator[Incoming]:
    """The records of an export of whole articles."""
    return records(path, _record)


def _record(place: str, line: Any) -> Iterator[Incoming]:
    schema = expect(line, "schema", str)
    if schema != SCHEMA:
        raise BadRecordError(f"its schema is {schema}, and this postil reads {SCHEMA}: install the one that wrote it")
    if "part" in line:
        raise BadRecordError("it is a part of an article: export with --unit article to import it again")
    if line.get("offset_unit") != "codepoint":
        raise BadRecordError("its offset_unit is not codepoint")
    meta = expect(line, "meta", dict)
    record = Record(
        place,
        text=expect(line, "text", str),
        article_id=expect(line, "id", str),
        title=expect(meta, "title", str),
        meta={name: expect(meta, name, str) for name in META if meta.get(name) is not None},
    )
    if record.meta.get("added") != time_or_none(record.meta.get("added")):
        raise BadRecordError("its field added is not a time in UTC with microseconds")
    if record.meta.get("format") not in {"text", "markdown"}:
        raise BadRecordError("its format is neither text nor markdown")
    if "provenance" in line:
        record.provenance = _provenance(expect(line, "provenance", dict))
    gone = expect(line, "withdrawn", dict, {})
    for kind, name in GROUPS.items():
        each(record, expect(line, name, list, []), kind, partial(_belong, record, kind))
        each(record, expect(gone, name, list, []), kind, partial(_belong, record, kind))
    for corrections in (expect(line, "corrections", list, []), expect(gone, "corrections", list, [])):
        each(record, corrections, "correction", lambda one: record.corrections.append(_correction(one)))
    each(record, expect(line, "spans", list), "span", lambda span: record.marks.append(_span(span)))
    each(record, expect(line, "decisions", list, []), "decision", lambda one: record.marks.append(_span(one)))
    each(record, expect(line, "notes", list), "note", lambda note: record.marks.append(_note(note)))
    _settlings(record, line)
    record.folded = "folds" in line
    each(record, expect(line, "relations", list), "relation", lambda link: record.links.append(_link(link)))
    each(record, expect(gone, "spans", list, []), "span", lambda span: record.marks.append(_span(span)))
    each(record, expect(gone, "decisions", list, []), "decision", lambda one: record.marks.append(_span(one)))
    each(record, expect(gone, "notes", list, []), "note", lambda note: record.marks.append(_note(note)))
    _settlings(record, gone)
    each(record, expect(gone, "relations", list, []), "relation", lambda link: record.links.append(_link(link)))
    # What is gold follows from the decisions. Before there were any, what was predicted was called `entities`.
    said = "predictions" if "predictions" in line else "entities"
    _predicted(record, expect(line, said, list), expect(line, "read", dict, {}))
    yield record


def _settlings(record: Record, line: Mapping[str, Any]) -> None:
    """The decisions on what is folded, which once came among the spans, and on what stays on other versions."""
    own, settled = expect(line, "fold_decisions", list, []), expect(line, "settled", list, [])
    each(record, own, "decision on a fold", lambda one: record.marks.append(_span(one)))
    each(record, settled, "settled annotation", lambda one: record.marks.append(_note(one)))


def _provenance(told: Mapping[str, Any]) -> Provenance:
    words = {name: expect(told, name, str) for name in PROVENANCE[1:-1] if told.get(name) is not None}
    return Provenance(expect(told, "extractor", str), **words, meta=expect(told, "meta", dict, {}))


def _belong(record: Record, kind: str, line: Any) -> None:
    name, updated = expect(line, "name", str), expect(line, "updated", str)
    withdrawn = None if line.get("withdrawn") is None else expect(line, "withdrawn", str)
    if not is_name(name):
        raise BadRecordError("its name is not one that it could have in postil")
    if any(time is not None and time_or_none(time) != time for time in (updated, withdrawn)):
        raise BadRecordError("its time is not a time in UTC with microseconds")
    record.groups.append(Belonging(Grouping(kind), name, expect(line, "annotator", str), updated, withdrawn))


def _correction(line: Any) -> Corrected:
    name, withdrawn = expect(line, "field", str), _text_or_none(line, "withdrawn")
    if name not in _FIELDS:
        raise BadRecordError(f"it is of {name}, which this postil does not know")
    made = Corrected(
        Field(name),
        _text_or_none(line, "value"),
        _text_or_none(line, "original"),
        expect(line, "annotator", str),
        expect(line, "updated", str),
        withdrawn,
    )
    for time in (made.updated, withdrawn):
        if time is not None and time_or_none(time) != time:
            raise BadRecordError("its time is not one in UTC with microseconds")
    if made.value is None and withdrawn is None and made.field in ALWAYS_SAID:
        raise BadRecordError(f"it says that an article has no {name}")
    if made.value is not None and (withdrawn is not None or (wrong := problem(made.field, made.value))):
        raise BadRecordError("it was taken back and still says something" if withdrawn else f"of its value, {wrong}")
    if (made.original is None) if made.field is Field.TITLE else (made.field is Field.LANGUAGE and made.original):
        raise BadRecordError(f"what the source says is not the {name} of an article")
    return made


def _span(span: Any) -> Mark:
    kind = expect(span, "kind", str)
    if kind not in _KINDS:
        raise BadRecordError(f"it is a {kind}, which this postil does not know")
    mark = _note(span)
    mark.kind = _KINDS[kind]
    mark.start, mark.end = expect(span, "start", int), expect(span, "end", int)
    mark.quote = expect(span, "text", str)
    pieces = expect(span, "pieces", list, [])
    if not all(isinstance(piece, list) and [type(border) for border in piece] == [int, int] for piece in pieces):
        raise BadRecordError("its pieces are not pairs of whole numbers")
    mark.pieces = [(start, end) for start, end in pieces]
    return mark


def _note(note: Any) -> Mark:
    kind = expect(note, "kind", str, "note")
    mark = Mark(_text_or_none(note, "label"), kind=_KINDS.get(kind, Kind.NOTE), note=expect(note, "note", str))
    mark.attributes = expect(note, "attributes", dict, {})
    _owned(mark, note)
    return mark


def _link(line: Any) -> Link:
    link = Link(expect(line, "label", str), expect(line, "source", str), expect(line, "target", str))
    link.note, link.attributes = expect(line, "note", str), expect(line, "attributes", dict)
    _owned(link, line)
    return link


def _owned(thing: Mark | Link, line: Mapping[str, Any]) -> None:
    """Whose it is, since when, and what it is called."""
    thing.annotator = expect(line, "annotator", str)
    thing.id = uuid_or_none(line.get("id"))
    if thing.id is None:
        raise BadRecordError("its id is not a UUID")
    times = {name: line[name] for name in ("created", "updated", "withdrawn") if line.get(name) is not None}
    for name, time in times.items():
        if time_or_none(time) != time:
            raise BadRecordError(f"its field {name} is not a time in UTC with microseconds")
    thing.created, thing.updated = expect(line, "created", str), expect(line, "updated", str)
    thing.withdrawn = times.get("withdrawn")


def _text_or_none(line: Mapping[str, Any], name: str) -> str | None:
    return None if line.get(name) is None else expect(line, name, str)


def _predicted(record: Record, entities: list[Any], read: Mapping[str, Any]) -> None:
    """What each pipeline said, by the stretches that it read; where they are not told, by the usual ones."""
    assert record.text is not None
    said: dict[str, list[tuple[int, int, str]]] = {pipeline: [] for pipeline in read}
    for number, entity in enumerate(entities, 1):
        try:
            start, end = expect(entity, "start", int), expect(entity, "end", int)
            if not 0 <= start < end <= len(record.text):
                raise BadRecordError(f"it stands at {start}:{end}, outside the text")
            said.setdefault(expect(entity, "pipeline", str), []).append((start, end, expect(entity, "label", str)))
        except BadRecordError as error:
            record.problems.append(f"prediction {number} was left out: {error}")
    for pipeline, found in said.items():
        borders = _borders(record.text, read.get(pipeline))
        stretch = [Predicted(pipeline, start, end, []) for start, end in borders]
        rest = iter(found)
        entity = next(rest, None)
        for index, part in enumerate(stretch):
            last = index == len(stretch) - 1
            inside = []
            while entity is not None and (last or entity[0] < part.end):
                inside.append(entity)
                entity = next(rest, None)
            part.entities = inside
        known = pipeline in read
        record.predicted += [part for part in stretch if known or part.entities]


def _borders(text: str, read: Any) -> list[tuple[int, int]]:
    if (
        isinstance(read, list)
        and read
        and all(isinstance(p, list) and [type(b) for b in p] == [int, int] for p in read)
    ):
        return [(start, end) for start, end in read]
    starts = stretches.cut(text)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
