"""Label Studio's JSON: an array of tasks, each with an annotation an annotator, and names as a prediction.

Who annotated is not put into `completed_by`: Label Studio refuses a file that names somebody whom it does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from store.exchange import Job
from store.exchange.carrying import by_annotator, count_pieces, extra, extra_of_relation, label_of
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.records import Annotation, Relation


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The array, a task a line."""
    opening = b"[\n"
    for passage in passages(sheets, Unit(job.unit), job.losses, predictions=job.predictions, furniture=job.furniture):
        count_pieces(passage, job.losses)
        yield opening + orjson.dumps(_task(passage, job))
        opening = b",\n"
    yield b"[]\n" if opening == b"[\n" else b"\n]\n"


def _task(passage: Passage, job: Job) -> dict[str, Any]:
    notes = {"notes": [extra(note) for note in passage.notes]} if passage.notes else {}
    return {
        "data": {"text": passage.text, "article": passage.key} | passage.meta | notes,
        "annotations": [
            {
                "was_cancelled": False,
                "ground_truth": False,
                "annotator": annotator,
                "result": [
                    *(_region(passage, span) for span in spans),
                    *_relations(relations, {span.id for span in spans}, job),
                ],
            }
            for annotator, spans, _, relations in by_annotator(passage)
            if spans or relations
        ],
        "predictions": _predictions(passage),
    }


def _region(passage: Passage, span: Annotation) -> dict[str, Any]:
    return {
        "id": span.id,
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "origin": "manual",
        "value": {"start": span.start, "end": span.end, "text": span.quote, "labels": [label_of(span)]},
        "meta": ({"text": [span.note]} if span.note else {})
        | {"postil": extra(span, furniture=passage.is_furniture(span.start, span.end))},
    }


def _relations(relations: Iterable[Relation], own: set[str], job: Job) -> Iterator[dict[str, Any]]:
    """The relations between regions of the same annotation: Label Studio has no others."""
    for relation in relations:
        if {relation.source_id, relation.target_id} <= own:
            yield {
                "type": "relation",
                "from_id": relation.source_id,
                "to_id": relation.target_id,
                "direction": "right",
                "labels": [relation.label],
                "meta": {"postil": extra_of_relation(relation)},
            }
        else:
            job.losses.add("relations to other people's annotations or to notes on articles")


def _predictions(passage: Passage) -> list[dict[str, Any]]:
    if not passage.entities:
        return []
    regions = [
        {
            "id": f"name-{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": entity.start,
                "end": entity.end,
                "text": passage.text[entity.start : entity.end],
                "labels": [entity.label],
            },
        }
        for number, entity in enumerate(passage.entities)
    ]
    return [{"model_version": "postil", "result": regions}]
