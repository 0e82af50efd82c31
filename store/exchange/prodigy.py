"""Prodigy's JSONL: a task a line, one for each annotator of a text, with spans, tokens and relations between them.

The last token of a span is `token_end`, inclusive; a relation names the last tokens of its ends. What Prodigy has no
field for is in `postil`, which it keeps, as it keeps every field that it does not know.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from store.exchange import Job
from store.exchange.carrying import by_annotator, count_pieces, extra, extra_of_relation, label_of
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.records import Annotation, Entity, Relation
from store.text.tokens import covering, fits, tokens

_Tokens = Sequence[tuple[int, int]]


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The tasks, those of one text together; a text that nobody annotated is one task without an annotator."""
    for passage in passages(sheets, Unit(job.unit), job.losses, predictions=job.predictions if job.names else None,
                             furniture=job.furniture):  # fmt: skip
        count_pieces(passage, job.losses)
        cut = tokens(passage.text)
        tasks = [_task(passage, cut, job, *theirs) for theirs in by_annotator(passage)]
        tasks = tasks or [_task(passage, cut, job, None, (), (), ())]
        yield b"".join(orjson.dumps(task, option=orjson.OPT_APPEND_NEWLINE) for task in tasks)


def _task(
    passage: Passage,
    cut: _Tokens,
    job: Job,
    annotator: str | None,
    spans: Sequence[Annotation],
    notes: Sequence[Annotation],
    relations: Sequence[Relation],
) -> dict[str, Any]:
    text = passage.text
    everybodys = {span.id: span for span in passage.spans}
    marked = [
        _span(span, cut, job) | {"postil": extra(span, furniture=passage.is_furniture(span.start, span.end))}
        for span in spans
    ]
    if job.names:
        marked += [_place(entity, cut, job) | {"label": entity.label} for entity in passage.entities]
    task: dict[str, Any] = {
        "text": text,
        "spans": marked,
        "tokens": [
            {"text": text[start:end], "start": start, "end": end, "id": number, "ws": text[end : end + 1].isspace()}
            for number, (start, end) in enumerate(cut)
        ],
        "relations": [
            _relation(relation, everybodys[relation.source_id], everybodys[relation.target_id], cut, job)
            for relation in relations
            if relation.source_id in everybodys and relation.target_id in everybodys
        ],
        "meta": passage.meta | {"id": passage.key},
        "_input_hash": _hash(text),
        "_task_hash": _hash(f"{passage.key}\n{annotator}"),
        "_session_id": annotator,
        "_annotator_id": annotator,
        "_view_id": "relations" if relations else "spans_manual",
        "answer": "accept",
    }
    job.losses.add("relations from or to notes on articles", len(relations) - len(task["relations"]))
    if notes:
        task["postil"] = {"notes": [extra(note) for note in notes]}
    return task


def _span(span: Annotation, cut: _Tokens, job: Job) -> dict[str, Any]:
    return _place(span, cut, job) | {"label": label_of(span)}


def _place(span: Annotation | Entity, cut: _Tokens, job: Job) -> dict[str, Any]:
    assert span.start is not None
    assert span.end is not None
    covered = covering(cut, span.start, span.end)
    if not fits(cut, covered, span.start, span.end):
        job.losses.add("spans that do not begin and end where tokens do")
    place = {"start": span.start, "end": span.end}
    return place if covered is None else place | {"token_start": covered[0], "token_end": covered[1]}


def _relation(relation: Relation, source: Annotation, target: Annotation, cut: _Tokens, job: Job) -> dict[str, Any]:
    head, child = _span(source, cut, job), _span(target, cut, job)
    return {
        "head": head.get("token_end", 0),
        "child": child.get("token_end", 0),
        "head_span": head,
        "child_span": child,
        "label": relation.label,
        "postil": extra_of_relation(relation),
    }


def _hash(text: str) -> int:
    """A signed number of 32 bits that stands for the text, as Prodigy has them to know tasks by."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big", signed=True)
