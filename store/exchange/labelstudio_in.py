"""Label Studio's JSON, read: its full exports, and the short ones (JSON-MIN) that give a task's labels as one list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from store.exchange.carrying import restore, restore_link
from store.exchange.documents import each, expect, records
from store.exchange.incoming import BadRecordError, Incoming, Link, Mark, Record, time_or_none

_TEXT = ("text", "article", "content", "body")
"""Where the text of a task is looked for first; else it is the longest text that the task has."""


def read(path: Path) -> Iterator[Incoming]:
    """The records of the tasks. Predictions are left in the file: they are what a model said of another library."""
    return records(path, _task)


def _task(place: str, task: Any) -> Iterator[Incoming]:
    short = "data" not in task if isinstance(task, dict) else False
    data = task if short else expect(task, "data", dict)
    text = _text(data)
    meta = {name: data[name] for name in ("author", "source", "url", "published") if isinstance(data.get(name), str)}
    title = data.get("title")
    record = Record(place, text=text, title=title if isinstance(title, str) else None, meta=meta)
    if short:
        _take_short(record, task)
    else:
        annotations = task.get("annotations", task.get("completions", []))
        if not isinstance(annotations, list):
            raise BadRecordError("its field annotations is not an array")
        each(record, annotations, "annotation", lambda annotation: _take(record, annotation))
        notes = data.get("notes", [])
        each(record, notes if isinstance(notes, list) else [], "note", lambda note: _note(record, note))
    yield record


def _text(data: Mapping[str, Any]) -> str:
    texts = {name: value for name, value in data.items() if isinstance(value, str)}
    found = next((texts[name] for name in _TEXT if name in texts), None)
    if found is None:
        found = max(texts.values(), key=len, default=None)
    if found is None:
        raise BadRecordError("it has no text")
    return found


def _take(record: Record, annotation: Any) -> None:
    if expect(annotation, "was_cancelled", bool, False):
        return
    owner = _owner(annotation)
    made = time_or_none(annotation.get("created_at"))
    changed = time_or_none(annotation.get("updated_at"))

    def region(value: Any) -> None:
        if not isinstance(value, dict):
            raise BadRecordError("it is not a JSON object")
        if value.get("type") == "relation":
            labels = expect(value, "labels", list, [])
            label = str(labels[0]) if labels else "related_to"
            source, target = value.get("from_id"), value.get("to_id")
            if value.get("direction") == "left":
                source, target = target, source
            link = Link(label, source, target, annotator=owner, created=made, updated=changed)
            record.links.append(restore_link(link, _postil(value)))
            return
        said = expect(value, "value", dict)
        about = next((mark for mark in record.marks[before:] if mark.key == value.get("id") is not None), None)
        if about is not None and _say_more(about, str(value.get("from_name")), said):
            return
        for mark in _marks(said, str(value.get("type", "labels"))):
            mark.annotator, mark.created, mark.updated, mark.key = owner, made, changed, value.get("id")
            mark.note = "\n".join(map(str, _meta(value).get("text", []))) or mark.note
            record.marks.append(restore(mark, _postil(value)))

    before = len(record.marks)
    each(record, expect(annotation, "result", list), "region", region)


def _say_more(mark: Mark, name: str, value: Mapping[str, Any]) -> bool:
    """Put what a text area or a choice says of a region that is here already to it; whether it is one of these."""
    if isinstance(value.get("text"), list):
        mark.note = "\n".join(map(str, value["text"]))
    elif isinstance(value.get("choices"), list):
        mark.attributes = {**mark.attributes, name: value["choices"]}
    elif "rating" in value or "number" in value:
        mark.attributes = {**mark.attributes, name: value.get("rating", value.get("number"))}
    else:
        return False
    return True


def _marks(value: Mapping[str, Any], kind: str) -> Iterator[Mark]:
    """The annotations that the value of a region is: one a label, or a note that is a text area's."""
    if isinstance(value.get("text"), list) and "start" not in value:
        yield Mark(None, note="\n".join(map(str, value["text"])))
        return
    labels = value.get(kind) or value.get("labels") or value.get("choices") or []
    if not isinstance(labels, list):
        raise BadRecordError("its labels are not an array")
    if "start" not in value:
        yield from (Mark(str(label)) for label in labels)
        return
    start, end = expect(value, "start", int), expect(value, "end", int)
    quote = value.get("text") if isinstance(value.get("text"), str) else None
    yield from (Mark(str(label), start, end, quote=quote) for label in labels or [None])


def _take_short(record: Record, task: Mapping[str, Any]) -> None:
    owner, made = _owner(task), time_or_none(task.get("created_at"))

    def region(value: Any) -> None:
        if not isinstance(value, dict):
            raise BadRecordError("it is not a JSON object")
        for mark in _marks(value, "labels"):
            mark.annotator, mark.created = owner, made
            record.marks.append(mark)

    lists = (value for value in task.values() if isinstance(value, list))
    for regions in lists:
        each(record, [value for value in regions if isinstance(value, dict) and "start" in value], "region", region)


def _note(record: Record, note: Any) -> None:
    record.marks.append(restore(Mark(None, note=expect(note, "note", str)), note))


def _owner(annotation: Mapping[str, Any]) -> str | None:
    """Who annotated: by name or address; somebody of whom only a number is known is called by it."""
    said = annotation.get("annotator") or annotation.get("completed_by")
    if isinstance(said, dict):
        names = " ".join(str(said[part]) for part in ("first_name", "last_name") if said.get(part))
        said = said.get("email") or names or said.get("id")
    if isinstance(said, int) and not isinstance(said, bool):
        return f"user {said}"
    return said if isinstance(said, str) and said else None


def _meta(value: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = value.get("meta")
    if not isinstance(meta, dict):
        return {}
    text = meta.get("text", [])
    return meta | {"text": text if isinstance(text, list) else [text]}


def _postil(value: Mapping[str, Any]) -> Any:
    return _meta(value).get("postil")
