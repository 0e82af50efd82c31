"""doccano's JSONL for sequence labelling with relations: a text a line. Its offsets count UTF-16 units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from store.exchange import Job
from store.exchange.carrying import count_pieces, label_of
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.text.units import Utf16


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The texts, a line each; what is written in notes comes as comments on the whole text."""
    for passage in passages(sheets, Unit(job.unit), job.losses, predictions=job.predictions if job.names else None,
                             furniture=job.furniture):  # fmt: skip
        yield orjson.dumps(_line(passage, job), option=orjson.OPT_APPEND_NEWLINE)


def _line(passage: Passage, job: Job) -> dict[str, Any]:
    units = Utf16(passage.text)
    marks = [(span.start, span.end, label_of(span)) for span in passage.spans]
    if job.names:
        marks += [(entity.start, entity.end, entity.label) for entity in passage.entities]
    numbers = {span.id: number for number, span in enumerate(passage.spans)}
    inside = [r for r in passage.relations if r.source_id in numbers and r.target_id in numbers]
    comments = [annotation.note for annotation in (*passage.spans, *passage.notes) if annotation.note]
    _count(passage, job)
    return {
        "text": passage.text,
        "entities": [
            {"id": number, "start_offset": units.unit(start or 0), "end_offset": units.unit(end or 0), "label": label}
            for number, (start, end, label) in enumerate(marks)
        ],
        "relations": [
            {"id": number, "from_id": numbers[r.source_id], "to_id": numbers[r.target_id], "type": r.label}
            for number, r in enumerate(inside)
        ],
        "Comments": comments,
    } | {name: value for name, value in (passage.meta | {"article": passage.key}).items() if name != "text"}


def _count(passage: Passage, job: Job) -> None:
    count_pieces(passage, job.losses)
    annotations = [*passage.spans, *passage.notes]
    job.losses.add("owners of annotations", len(annotations))
    job.losses.add("notes on spans, given as comments on the text", sum(bool(span.note) for span in passage.spans))
    job.losses.add("annotations' attributes", sum(bool(annotation.attributes) for annotation in annotations))
    whole = {note.id for note in passage.notes}
    loose = [r for r in passage.relations if {r.source_id, r.target_id} & whole]
    job.losses.add_each("relations from or to notes on articles", loose)
    job.losses.add("notes on relations", sum(bool(relation.note) for relation in passage.relations))
