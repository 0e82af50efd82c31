"""Prodigy's JSONL, read: what was accepted, with its spans and relations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.exchange.carrying import restore, restore_link
from store.exchange.documents import each, expect, records
from store.exchange.incoming import BadRecordError, Incoming, Link, Mark, Record, time_or_none

_NO_SPAN = "a relation's head or child is no span of the task"


def read(path: Path) -> Iterator[Incoming]:
    """The records of the tasks; one that was rejected or ignored brings its text and nothing else."""
    return records(path, _task)


def _task(place: str, task: Any) -> Iterator[Incoming]:
    text = expect(task, "text", str)
    meta = expect(task, "meta", dict, {})
    known = {name: meta[name] for name in ("author", "source", "url", "published") if isinstance(meta.get(name), str)}
    title = meta.get("title")
    record = Record(place, text=text, title=title if isinstance(title, str) else None, meta=known)
    if task.get("answer", "accept") != "accept":
        yield record
        return
    annotator = task.get("_annotator_id") or task.get("_session_id")
    owner = annotator if isinstance(annotator, str) else None
    made = time_or_none(task.get("_timestamp"))

    def span(value: Any) -> None:
        start, end, label = expect(value, "start", int), expect(value, "end", int), expect(value, "label", str)
        mark = Mark(label, start, end, annotator=owner, created=made, key=(start, end, label))
        record.marks.append(restore(mark, value.get("postil")))
        if record.marks[-1].id is not None:
            record.marks[-1].key = record.marks[-1].id

    def relation(value: Any) -> None:
        ends = [expect(value, name, dict, {}) for name in ("head_span", "child_span")]
        head, child = ((end.get("start"), end.get("end"), end.get("label")) for end in ends)
        link = Link(expect(value, "label", str), head, child, annotator=owner, created=made)
        if not isinstance(value.get("postil"), dict) and not {head, child} <= named:
            raise BadRecordError(_NO_SPAN)
        record.links.append(restore_link(link, value.get("postil")))

    def note(value: Any) -> None:
        record.marks.append(restore(Mark(None, note=expect(value, "note", str), annotator=owner), value))

    each(record, expect(task, "spans", list, []), "span", span)
    named = {mark.key for mark in record.marks}
    each(record, expect(task, "relations", list, []), "relation", relation)
    each(record, expect(expect(task, "postil", dict, {}), "notes", list, []), "note", note)
    yield record
