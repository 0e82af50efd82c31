"""doccano's JSONL, read: sequence labelling, with relations or without, and labels of whole texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.exchange.documents import each, expect, records
from store.exchange.incoming import BadRecordError, Incoming, Link, Mark, Record
from store.text.units import Utf16


def read(path: Path) -> Iterator[Incoming]:
    """The records of the lines. Offsets are taken for UTF-16 units, as doccano counts unless it is told otherwise."""
    return records(path, _line)


def _line(place: str, line: Any) -> Iterator[Incoming]:
    text = expect(line, "text", str)
    meta = {name: line[name] for name in ("author", "source", "url", "published") if isinstance(line.get(name), str)}
    title = line.get("title")
    record = Record(place, text=text, title=title if isinstance(title, str) else None, meta=meta)
    units = Utf16(text)

    def span(start: Any, end: Any, label: Any, key: object = None) -> None:
        if not isinstance(label, str) or not all(isinstance(o, int) and not isinstance(o, bool) for o in (start, end)):
            raise BadRecordError("it is not two whole numbers and a label")
        try:
            record.marks.append(Mark(label, units.code_point(start), units.code_point(end), key=key))
        except ValueError as error:
            raise BadRecordError(str(error)) from error

    def entity(value: Any) -> None:
        start, end = expect(value, "start_offset", int), expect(value, "end_offset", int)
        span(start, end, expect(value, "label", str), value.get("id"))

    def relation(value: Any) -> None:
        record.links.append(
            Link(expect(value, "type", str), expect(value, "from_id", int), expect(value, "to_id", int))
        )

    def label(value: Any) -> None:
        if isinstance(value, str):  # of the whole text
            record.marks.append(Mark(value))
        elif isinstance(value, list) and len(value) == 3:
            span(*value)
        else:
            raise BadRecordError("it is not two whole numbers and a label")

    def comment(value: Any) -> None:
        if not isinstance(value, str):
            raise BadRecordError("it is not a text")
        if value.strip():
            record.marks.append(Mark(None, note=value))

    labels = line.get("label", line.get("labels", []))
    each(record, labels if isinstance(labels, list) else [labels], "label", label)
    each(record, expect(line, "entities", list, []), "entity", entity)
    each(record, expect(line, "relations", list, []), "relation", relation)
    each(record, expect(line, "Comments", list, []), "comment", comment)
    yield record
