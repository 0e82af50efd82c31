"""W3C Web Annotations: one page (JSON-LD) with an annotation for each of ours, and one for each relation.

An annotation says where it stands by its words and by code points, of the article whose address is `source`; what the
model has no word for is in terms of postil's own, which the page's context declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from store.exchange import Job
from store.exchange.carrying import extra, extra_of_relation
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.kinds import Kind
from store.records import Annotation, Relation
from store.text.anchors import anchor

ANNOTATIONS = "http://www.w3.org/ns/anno.jsonld"
"""The context of the Web Annotation model."""

OWN = {
    "postil": "urn:postil:",
    "postil:carried": {"@type": "@json"},
    "postil:article": {"@type": "@id"},
}
"""The context of what is ours."""

_MOTIVES = {
    Kind.CLAIM: "classifying",
    Kind.NOTE: "commenting",
    Kind.HIGHLIGHT: "highlighting",
    Kind.ENTITY: "identifying",
}


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The page, an annotation a line."""
    head = {"@context": [ANNOTATIONS, OWN], "id": "urn:postil:export", "type": "AnnotationPage"}
    yield orjson.dumps(head)[:-1] + b',"items":['
    separator = b"\n"
    for passage in passages(sheets, Unit.ARTICLE, job.losses):
        job.losses.add_each("names", passage.entities)
        items = [_annotation(passage, annotation) for annotation in (*passage.notes, *passage.spans)]
        items += map(_relation, passage.relations)
        if items:
            yield separator + b",\n".join(map(orjson.dumps, items))
            separator = b",\n"
    yield b"\n]}\n"


def source(passage: Passage) -> str:
    """The address of an article: where it was published, or a name made of its text."""
    url: str | None = passage.article.url
    return url if url and ":" in url and not any(sign.isspace() for sign in url) else f"urn:sha256:{passage.article.id}"


def _annotation(passage: Passage, annotation: Annotation) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = []
    if annotation.label is not None:
        bodies.append({"type": "TextualBody", "purpose": "tagging", "value": annotation.label})
    if annotation.note:
        purpose = {"type": "TextualBody", "purpose": "commenting", "format": "text/markdown"}
        bodies.append(purpose | {"value": annotation.note})
    target: dict[str, Any] = {"source": source(passage)}
    if annotation.start is not None and annotation.end is not None:
        place = anchor(passage.text, annotation.start, annotation.end)
        target["selector"] = [
            {"type": "TextQuoteSelector", "exact": place.quote, "prefix": place.prefix, "suffix": place.suffix},
            {"type": "TextPositionSelector", "start": place.start, "end": place.end},
        ]
    return _made(annotation) | {
        "motivation": _MOTIVES[annotation.kind],
        "body": bodies,
        "target": target,
        "postil:article": f"urn:sha256:{passage.article.id}",
        "postil:carried": extra(annotation, furniture=passage.is_furniture(annotation.start, annotation.end))
        | {"label": annotation.label},
    }


def _relation(relation: Relation) -> dict[str, Any]:
    link: dict[str, Any] = {
        "motivation": "linking",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": relation.label},
            {"type": "SpecificResource", "purpose": "linking", "source": f"urn:uuid:{relation.target_id}"},
        ],
        "target": f"urn:uuid:{relation.source_id}",
        "postil:carried": extra_of_relation(relation),
    }
    return _made(relation) | link


def _made(thing: Annotation | Relation) -> dict[str, Any]:
    return {
        "id": f"urn:uuid:{thing.id}",
        "type": "Annotation",
        "creator": {"type": "Person", "name": thing.annotator},
        "created": thing.created,
        "modified": thing.updated,
    }
