"""brat's standoff: a folder with a text and its annotations in two files a record, and the configuration to open it.

What brat has no line for is in a note of the type `Postil`, as JSON, which brat keeps and shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from store.exchange import Job
from store.exchange.carrying import extra, extra_of_relation, label_of
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.exchange.texts import for_file
from store.records import Annotation

_NO_NAME = re.compile(r"[^A-Za-z0-9_-]")


def write(sheets: Iterable[Sheet], job: Job, folder: Path) -> None:
    """Write the files, and `annotation.conf` with the labels and relations that there are."""
    labels: dict[str, None] = {}
    relations: dict[str, None] = {}
    for passage in passages(sheets, Unit(job.unit), job.losses, predictions=job.predictions if job.names else None,
                             furniture=job.furniture):  # fmt: skip
        name = passage.key[:16] + passage.key[64:].replace(":", "-")
        (folder / f"{name}.txt").write_text(for_file(passage.text), "utf-8", newline="\n")
        lines = "".join(f"{line}\n" for line in _lines(passage, job, labels, relations))
        (folder / f"{name}.ann").write_text(lines, "utf-8", newline="\n")
    (folder / "annotation.conf").write_text(_configuration(labels, relations), "utf-8")


def fragments(text: str, span: Annotation) -> list[tuple[int, int]]:
    """The pieces of a span, each cut at line ends, which no span of brat's may hold."""
    assert span.start is not None
    assert span.end is not None
    return [
        (start + match.start(), start + match.end())
        for start, end in span.pieces or [(span.start, span.end)]
        for match in re.finditer("[^\n]+", text[start:end])
    ]


def _lines(passage: Passage, job: Job, labels: dict[str, None], relations: dict[str, None]) -> Iterator[str]:
    text = passage.text
    job.losses.add_each("notes on whole articles", passage.notes)
    keys: dict[str, str] = {}
    notes = 0
    for span in passage.spans:
        parts = fragments(text, span)
        if not parts:
            job.losses.add("spans of nothing but line ends")
            continue
        key = keys[span.id] = f"T{len(keys) + 1}"
        yield _span(key, _name(label_of(span), labels, job), text, parts)
        if span.note:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes {key}\t{' '.join(span.note.split())}"
        notes += 1
        said = extra(span, furniture=passage.is_furniture(span.start, span.end))
        yield f"#{notes}\tPostil {key}\t{orjson.dumps(said | {'label': span.label}).decode()}"
    if job.names:
        for number, entity in enumerate(passage.entities, len(keys) + 1):
            found = [
                (entity.start + match.start(), entity.start + match.end())
                for match in re.finditer("[^\n]+", text[entity.start : entity.end])
            ]
            yield _span(f"T{number}", _name(entity.label, labels, job), text, found)
    number = 0
    for relation in passage.relations:
        source, target = keys.get(relation.source_id), keys.get(relation.target_id)
        if source is None or target is None:
            job.losses.add("relations from or to notes on articles")
            continue
        number += 1
        notes += 1
        yield f"R{number}\t{_name(relation.label, relations, job)} Arg1:{source} Arg2:{target}"
        known = orjson.dumps(extra_of_relation(relation) | {"label": relation.label}).decode()
        yield f"#{notes}\tPostil R{number}\t{known}"


def _span(key: str, label: str, text: str, parts: list[tuple[int, int]]) -> str:
    place = ";".join(f"{start} {end}" for start, end in parts)
    return f"{key}\t{label} {place}\t{' '.join(text[start:end] for start, end in parts)}"


def _name(label: str, seen: dict[str, None], job: Job) -> str:
    """The label as brat lets one be; it is remembered for the configuration."""
    name = _NO_NAME.sub("_", label)
    if name != label:
        job.losses.add("signs in labels that brat does not let be, replaced by _")
    seen.setdefault(name)
    return name


def _configuration(labels: Iterable[str], relations: Iterable[str]) -> str:
    ends = "Arg1:<ANY>, Arg2:<ANY>"
    sections = {
        "entities": labels,
        "relations": [*(f"{name}\t{ends}" for name in relations), f"<OVERLAP>\t{ends}, <OVL-TYPE>:<ANY>"],
        "events": (),
        "attributes": (),
    }
    return "\n".join(f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items())
