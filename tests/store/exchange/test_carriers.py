"""Prodigy and Label Studio, which give back the fields that they do not know; and doccano, which does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.exchange.importing import import_files
from store.exchange.recognizing import recognize
from store.kinds import Kind
from store.library import Library
from tests.store.exchange import generated
from tests.store.exchange.shared import (
    FIREMEN,
    export_to,
    exported,
    firemen,
    job_for,
    lines,
    said,
    span,
    taken_in,
)
from tests.store.helpers import copied, query

SPAN = {
    "type": "object",
    "required": ["start", "end", "token_start", "token_end", "label"],
    "properties": {name: {"type": "integer"} for name in ("start", "end", "token_start", "token_end")},
}
PRODIGY = {
    "type": "object",
    "required": ["text", "spans", "tokens", "meta", "_input_hash", "_task_hash", "_view_id", "answer"],
    "properties": {
        "spans": {"type": "array", "items": SPAN},
        "tokens": {"type": "array", "items": {"required": ["text", "start", "end", "id", "ws"]}},
        "relations": {
            "type": "array",
            "items": {
                "required": ["head", "child", "head_span", "child_span", "label"],
                "properties": {"head_span": SPAN, "child_span": SPAN},
            },
        },
        "_input_hash": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1},
        "answer": {"enum": ["accept", "reject", "ignore"]},
    },
}
"""The shape that Prodigy documents for spans and relations."""

DOCCANO = {
    "type": "object",
    "required": ["text", "entities", "relations", "Comments"],
    "properties": {
        "entities": {
            "type": "array",
            "items": {
                "required": ["id", "start_offset", "end_offset", "label"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "integer"},
                    "start_offset": {"type": "integer", "minimum": 0},
                    "end_offset": {"type": "integer", "minimum": 1},
                    "label": {"type": "string", "minLength": 1},
                },
            },
        },
        "relations": {
            "type": "array",
            "items": {
                "required": ["id", "from_id", "to_id", "type"],
                "properties": {name: {"type": "integer"} for name in ("id", "from_id", "to_id")},
            },
        },
        "Comments": {"type": "array", "items": {"type": "string"}},
    },
}
"""The shape that doccano documents for relation extraction."""

REGION = {
    "type": "object",
    "required": ["type"],
    "oneOf": [
        {
            "required": ["id", "from_name", "to_name", "value"],
            "properties": {
                "type": {"const": "labels"},
                "value": {
                    "required": ["start", "end", "labels"],
                    "properties": {"labels": {"type": "array", "items": {"type": "string"}, "minItems": 1}},
                },
            },
        },
        {
            "required": ["from_id", "to_id", "direction"],
            "properties": {"type": {"const": "relation"}, "labels": {"type": "array"}},
        },
    ],
}
LABELSTUDIO = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["data", "annotations", "predictions"],
        "properties": {
            "data": {"type": "object", "required": ["text"]},
            **{
                name: {
                    "type": "array",
                    "items": {
                        "required": ["result"],
                        "properties": {"result": {"type": "array", "items": REGION}, "completed_by": False},
                    },
                }
                for name in ("annotations", "predictions")
            },
        },
    },
}
"""The shape that Label Studio documents for import."""


@pytest.fixture
def other(tmp_path: Path) -> Library:
    return Library(tmp_path / "other.db", annotator="carol")


@pytest.fixture
def bobs(library: Library) -> Library:
    return Library(library.path, annotator="bob")


def test_prodigy_has_a_task_for_each_annotator(library: Library, bobs: Library) -> None:
    here = firemen(library, bobs)
    job = job_for("prodigy")
    tasks = lines(exported(library, "prodigy", job))
    for task in tasks:
        jsonschema.validate(task, PRODIGY)
        for marked in task["spans"]:
            first, last = task["tokens"][marked["token_start"]], task["tokens"][marked["token_end"]]
            assert (first["start"], last["end"]) == (marked["start"], marked["end"])
    adas, his = tasks
    assert (adas["_annotator_id"], his["_annotator_id"]) == ("ada", "bob")
    assert adas["_input_hash"] == his["_input_hash"]
    assert adas["_task_hash"] != his["_task_hash"]
    assert [task["meta"]["id"] for task in tasks] == [here.id] * 2
    quotes = [FIREMEN[marked["start"] : marked["end"]] for marked in adas["spans"]]
    assert quotes == ["firemen drive firetrucks", "Ada", "東京は大きい", "Cafe\u0301s"]
    (relation,) = adas["relations"]
    assert (relation["head"], relation["child"]) == (adas["spans"][0]["token_end"], adas["spans"][1]["token_end"])
    assert job.losses.counts() == {}


def test_prodigy_says_which_spans_do_not_end_where_tokens_do(library: Library) -> None:
    here = firemen(library)
    library.annotations.tag(here, *span(FIREMEN, "iremen driv"))
    job = job_for("prodigy")
    (task,) = lines(exported(library, "prodigy", job))
    (odd,) = [marked for marked in task["spans"] if FIREMEN[marked["start"] : marked["end"]] == "iremen driv"]
    assert (odd["token_start"], odd["token_end"]) == (1, 2)
    assert job.losses.sentence("prodigy") == (
        "prodigy could not carry all of it: spans that do not begin and end where tokens do (1)."
    )


def test_doccano_counts_utf_16_units(library: Library) -> None:
    firemen(library)
    job = job_for("doccano", names=True, predictions=True)
    (line,) = lines(exported(library, "doccano", job))
    jsonschema.validate(line, DOCCANO)
    as_units = FIREMEN.encode("utf-16-le")
    quotes = [
        as_units[2 * entity["start_offset"] : 2 * entity["end_offset"]].decode("utf-16-le")
        for entity in line["entities"]
    ]
    assert quotes == ["firemen drive firetrucks", "Ada", "東京は大きい", "Cafe\u0301s", "Ada", "東京"]
    assert line["entities"][0]["start_offset"] == 8
    assert line["Comments"] == ["all of them?\nreally", "Which?", "Who wrote this?"]
    (relation,) = line["relations"]
    assert (relation["from_id"], relation["to_id"], relation["type"]) == (0, 1, "attributed_to")
    assert job.losses.counts() == {"owners of annotations": 5, "notes on spans, given as comments on the text": 2}


def test_label_studio_keeps_people_and_predictions_apart(library: Library, bobs: Library) -> None:
    firemen(library, bobs)
    (task,) = tasks = orjson.loads(exported(library, "labelstudio", job_for("labelstudio", predictions=True)))
    jsonschema.validate(tasks, LABELSTUDIO)
    assert [annotation["annotator"] for annotation in task["annotations"]] == ["ada", "bob"]
    regions = [region for annotation in task["annotations"] for region in annotation["result"]]
    values = [region["value"] for region in regions if region["type"] == "labels"]
    assert all(FIREMEN[value["start"] : value["end"]] == value["text"] for value in values)
    assert regions[0]["meta"]["text"] == ["all of them?\nreally"]
    (prediction,) = task["predictions"]
    assert [region["value"]["text"] for region in prediction["result"]] == ["Ada", "東京"]


def test_an_empty_library_is_an_empty_array_for_label_studio(library: Library) -> None:
    assert orjson.loads(exported(library, "labelstudio")) == []


@pytest.mark.parametrize("name", ["prodigy", "labelstudio"])
def test_what_went_through_comes_back_with_its_id(
    library: Library, bobs: Library, other: Library, tmp_path: Path, name: str
) -> None:
    here = firemen(library, bobs)
    path = export_to(library, name, tmp_path / "export")
    assert recognize(path) == name
    taken_in(other, path)
    assert other.annotations.of(here.id) == [
        _with_owner(annotation, other) for annotation in library.annotations.of(here.id)
    ]
    (ours,), (theirs,) = library.relations.of(here.id), other.relations.of(here.id)
    assert (ours.id, ours.label, ours.source_id, ours.target_id) == (
        theirs.id, theirs.label, theirs.source_id, theirs.target_id)  # fmt: skip
    again = taken_in(library, path)
    assert (again.files[0][2].annotations, again.relations) == (0, 0)


def _with_owner(annotation: Any, library: Library) -> Any:
    """The annotation with the key that its owner has in another library."""
    import dataclasses

    (key,) = query(library.path, "SELECT id FROM annotator WHERE name = ?", annotation.annotator)
    return dataclasses.replace(annotation, annotator_id=key)


def test_through_doccano_comes_what_it_has_fields_for(library: Library, other: Library, tmp_path: Path) -> None:
    here = firemen(library)
    path = export_to(library, "doccano", tmp_path / "export")
    assert recognize(path) == "doccano"
    taken_in(other, path)
    ours, theirs = library.annotations.of(here.id), other.annotations.of(here.id)
    spans = [(a.start, a.end, a.label or "NOTE") for a in ours if not a.whole_article]
    assert [(a.start, a.end, a.label) for a in theirs if not a.whole_article] == spans
    assert sorted(a.note for a in theirs if a.whole_article) == ["Which?", "Who wrote this?", "all of them?\nreally"]
    assert {a.annotator for a in theirs} == {"carol"}
    assert [r.label for r in other.relations.of(here.id)] == ["attributed_to"]
    assert taken_in(other, path).files[0][2].annotations == 0


@settings(max_examples=10, deadline=None)
@given(st.data(), st.sampled_from(["prodigy", "labelstudio"]))
def test_nothing_that_people_said_is_lost_on_the_way(blank_library: Path, data: st.DataObject, name: str) -> None:
    with copied(blank_library) as one, copied(blank_library) as other:
        here = generated.fill(data, one.path, one)
        generated.set_attributes(data, one.path)
        taken_in(other, export_to(one, name, one.path.with_name("export")), format_name=name)
        for article in here:
            ours, theirs = one.annotations.of(article.id), other.annotations.of(article.id)
            assert sorted(map(repr, map(said, theirs))) == sorted(map(repr, map(said, ours)))


# What the tools themselves write


PRODIGYS_OWN = {
    "text": "Ada says 👍 Bob lies.\r\nCarol too.",
    "spans": [
        {"start": 0, "end": 3, "token_start": 0, "token_end": 0, "label": "PERSON"},
        {"start": 11, "end": 19, "label": "CLAIM"},
        {"start": 22, "end": 27, "label": "PERSON"},
    ],
    "relations": [
        {
            "head": 3,
            "child": 0,
            "head_span": {"start": 11, "end": 19, "label": "CLAIM"},
            "child_span": {"start": 0, "end": 3, "label": "PERSON"},
            "label": "attributed_to",
        }
    ],
    "meta": {"source": "A paper"},
    "_annotator_id": "set-bob",
    "_timestamp": 1700000000,
    "answer": "accept",
}


def test_a_task_of_prodigys(other: Library, tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl"
    rejected = {"text": "Not this.", "spans": [{"start": 0, "end": 3, "label": "CLAIM"}], "answer": "reject"}
    path.write_bytes(orjson.dumps(PRODIGYS_OWN) + b"\n" + orjson.dumps(rejected))
    report = taken_in(other, path)
    (_, name, arrived) = report.files[0]
    assert (name, arrived.articles, arrived.annotations, report.relations) == ("prodigy", 2, 3, 1)
    (row,) = [row for row in other.articles.rows() if row.source == "A paper"]
    made = other.annotations.of(row.id)
    assert [(a.kind, a.label, a.quote) for a in made] == [
        (Kind.ENTITY, "PERSON", "Ada"),
        (Kind.CLAIM, "CLAIM", "Bob lies"),
        (Kind.ENTITY, "PERSON", "Carol"),  # after a CRLF, which is one code point in the library
    ]
    assert {(a.annotator, a.created) for a in made} == {("set-bob", "2023-11-14T22:13:20.000000Z")}


def test_the_two_shapes_of_doccano(other: Library, tmp_path: Path) -> None:
    path = tmp_path / "admin.jsonl"
    path.write_bytes(
        orjson.dumps({"id": 1, "text": "👍 EU rejects German call", "label": [[3, 5, "ORG"], [14, 20, "MISC"]]})
        + b"\n"
        + orjson.dumps({"text": "A whole text", "label": ["spam"]})
        + b"\n"
        + orjson.dumps({"text": "👍 half", "label": [[1, 3, "X"]]})
    )
    report = import_files(other, [path])
    assert report.problems == [f"{path}, line 3: label 1 was left out: 1 is inside a sign of two UTF-16 units"]
    quotes = [a.quote for row in other.articles.rows() for a in other.annotations.of(row.id)]
    assert quotes == ["", "EU", "German"]


LABEL_STUDIOS_OWN = [
    {
        "id": 1,
        "data": {"text": "Ada says 👍 Bob lies."},
        "annotations": [
            {
                "id": 7,
                "completed_by": {"id": 3, "email": "bob@example.org"},
                "was_cancelled": False,
                "created_at": "2024-02-03T10:00:00.5Z",
                "result": [
                    {"id": "r1", "from_name": "label", "to_name": "text", "type": "labels",
                     "value": {"start": 11, "end": 19, "text": "Bob lies", "labels": ["CLAIM"]}},
                    {"id": "r2", "from_name": "label", "to_name": "text", "type": "labels",
                     "value": {"start": 12, "end": 20, "text": "Bob lies", "labels": ["EVIDENCE"]}},
                    {"id": "r1", "from_name": "why", "to_name": "text", "type": "textarea",
                     "value": {"start": 11, "end": 19, "text": ["No proof"]}},
                    {"id": "r1", "from_name": "kind", "to_name": "text", "type": "choices",
                     "value": {"start": 11, "end": 19, "choices": ["bold"]}},
                    {"type": "relation", "from_id": "r1", "to_id": "r2", "direction": "left", "labels": ["supports"]},
                    {"id": "r9", "type": "labels", "value": {"start": 2, "end": 5, "text": "Bob", "labels": ["X"]}},
                ],
            },
            {"completed_by": 12, "was_cancelled": True, "result": []},
        ],
        "predictions": [],
    }
]  # fmt: skip


def test_a_task_of_label_studios(other: Library, tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    path.write_bytes(orjson.dumps(LABEL_STUDIOS_OWN, option=orjson.OPT_INDENT_2))
    report = import_files(other, [path])
    assert report.problems == [
        f"{path}, line 2: an annotation was left out: it stands at 2:5, where the text does not say “Bob”"
    ]
    (row,) = other.articles.rows()
    made = other.annotations.of(row.id)
    assert {(a.quote, a.annotator, a.created) for a in made} == {
        ("Bob lies", "bob@example.org", "2024-02-03T10:00:00.500000Z")
    }
    assert sorted((a.label, a.note, dict(a.attributes)) for a in made) == [
        ("CLAIM", "No proof", {"kind": ["bold"]}),
        ("EVIDENCE", "", {}),
    ]
    (relation,) = other.relations.of(row.id)
    labels = {a.id: a.label for a in made}
    assert (labels[relation.source_id], labels[relation.target_id]) == ("EVIDENCE", "CLAIM")


def test_the_short_export_of_label_studio(other: Library, tmp_path: Path) -> None:
    path = tmp_path / "short.json"
    task = {"text": "Bob lies.", "id": 4, "annotator": 2, "annotation_id": 9, "created_at": "2024-02-03T10:00:00Z",
            "label": [{"start": 0, "end": 3, "text": "Bob", "labels": ["PERSON"]}]}  # fmt: skip
    path.write_bytes(orjson.dumps([task]))
    taken_in(other, path)
    (row,) = other.articles.rows()
    (made,) = other.annotations.of(row.id)
    assert (made.quote, made.label, made.annotator) == ("Bob", "PERSON", "user 2")
