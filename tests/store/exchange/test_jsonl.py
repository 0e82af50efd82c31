"""postil's JSONL: one article a line, with everything that is known of it, as docs/postil-1.schema.json says."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.articles import markdown
from store.articles.identity import article_id
from store.entities.gold import Decision
from store.errors import ExportError
from store.exchange import format_called, formats
from store.exchange.exporting import pieces as write
from store.library import Library
from store.metadata.fields import Field
from store.records import Entity, Found
from tests.conftest import ROOT, SAMPLES, article
from tests.store.helpers import copied, found, plans, statements
from tests.store.strategies import articles, spans

SCHEMA = orjson.loads((ROOT / "docs/postil-1.schema.json").read_bytes())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def exported(library: Library) -> list[dict[str, Any]]:
    """The lines of the export, read back; each is what the schema says."""
    lines = [orjson.loads(piece) for piece in write(library)]
    for line in lines:
        VALIDATOR.validate(line)
    return lines


def only_line(library: Library) -> dict[str, Any]:
    (line,) = exported(library)
    return line


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": "postil/2"},
        {"offset_unit": "utf-16"},
        {"text": ""},
        {"id": "0" * 63},
        {"extra": 1},
        {"meta": {}},
        {"notes": [{}]},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_the_schema_tells_wrong_from_right(library: Library, wrong: dict[str, Any]) -> None:
    library.articles.add([article("Some words.")])
    line = only_line(library)
    assert not VALIDATOR.is_valid(line | wrong)


def test_an_empty_library_is_an_empty_file(library: Library) -> None:
    assert list(write(library)) == []


def test_a_line_says_what_the_article_is_and_where_it_came_from(library: Library) -> None:
    source = (SAMPLES / "ai-money-race.md").read_text("utf-8")
    added = markdown.read(source, Path("ai-money-race.md"))
    library.articles.add([added])
    line = only_line(library)
    assert line["schema"] == "postil/1"
    assert line["offset_unit"] == "codepoint"
    assert line["id"] == article_id(line["text"]) == added.id
    assert line["text"] == added.text
    assert line["meta"].pop("added").endswith("Z")
    assert line["meta"].pop("language") == "en"
    fields = ("title", "author", "source", "url", "published", "format")
    assert line["meta"] == {name: getattr(added, name) for name in fields if getattr(added, name) is not None}


def test_an_article_nobody_has_touched_has_a_line_too(library: Library) -> None:
    library.articles.add([article("Some words.")])
    line = only_line(library)
    assert (line["spans"], line["notes"], line["entities"], line["relations"]) == ([], [], [], [])


def test_a_claim_is_a_span(library: Library) -> None:
    here = article("The bridge is safe.")
    library.articles.add([here])
    claim = library.annotations.tag(here, 4, 18)
    claim = library.annotations.edit_note(claim.id, "Says who?")
    assert only_line(library)["spans"] == [
        {
            "id": claim.id,
            "kind": "claim",
            "label": "CLAIM",
            "start": 4,
            "end": 18,
            "text": "bridge is safe",
            "annotator": "ada",
            "created": claim.created,
            "updated": claim.updated,
            "note": "Says who?",
            "attributes": {},
        }
    ]


def test_a_note_on_words_is_a_span_without_a_label(library: Library) -> None:
    here = article("The bridge is safe.")
    library.articles.add([here])
    library.annotations.note(here, (4, 10), "Which one?")
    (span,) = only_line(library)["spans"]
    assert (span["kind"], span["label"], span["text"], span["note"]) == ("note", None, "bridge", "Which one?")


def test_a_note_on_the_article_stands_apart_from_the_spans(library: Library) -> None:
    here = article("The bridge is safe.")
    library.articles.add([here])
    note = library.annotations.note(here, None, "Who wrote this?")
    line = only_line(library)
    assert line["spans"] == []
    assert line["notes"] == [
        {
            "id": note.id,
            "annotator": "ada",
            "created": note.created,
            "updated": note.updated,
            "note": "Who wrote this?",
        }
    ]


def test_metadata_is_exported_as_it_stands_and_what_was_corrected_beside_it(library: Library) -> None:
    one = dataclasses.replace(article("One two three."), title="Home", author="admin")
    library.articles.add([one])
    library.metadata.correct([one.id], {Field.AUTHOR: "", Field.LANGUAGE: "German", Field.TITLE: "Numbers"})
    library.metadata.correct([one.id], {}, [Field.TITLE])
    line = only_line(library)
    assert {name: line["meta"].get(name) for name in ("title", "author", "language")} == {
        "title": "Home", "author": None, "language": "de",
    }  # fmt: skip
    for correction in line["corrections"]:
        assert correction.pop("annotator") == "ada"
        assert correction.pop("updated").endswith("Z")
    assert line["corrections"] == [
        {"field": "author", "value": None, "original": "admin"},
        {"field": "language", "value": "de", "original": None},
    ]


def test_what_pipelines_said_is_exported_with_their_names(library: Library) -> None:
    here = article("Angela Merkel left Berlin.")
    library.articles.add([here])
    library.predictions.keep(here.id, "b 2.0", [found(here.text, ("Berlin", "GPE"))])
    library.predictions.keep(here.id, "a 1.0", [found(here.text, ("Angela Merkel", "PERSON"), ("Berlin", "GPE"))])
    line = only_line(library)
    assert [(e["pipeline"], e["label"], e["text"]) for e in line["predictions"]] == [
        ("a 1.0", "PERSON", "Angela Merkel"),
        ("a 1.0", "GPE", "Berlin"),
        ("b 2.0", "GPE", "Berlin"),
    ]
    assert (line["entities"], line["decisions"]) == ([], []), "nobody vouches for them"


def test_gold_is_what_was_accepted_relabelled_moved_added_or_ruled_minus_what_was_rejected(
    library: Library, library_path: Path
) -> None:
    here = article("Angela Merkel left Berlin for the AI of Bonn in May.")
    predicted = [(name, label) for name, label in (("Angela", "GPE"), ("Berlin", "GPE"), ("Bonn", "ORG"), ("May", "X"))]
    stretch = found(here.text, *predicted)
    library.articles.add([here])
    library.predictions.keep(here.id, "a 1.0", [stretch])
    angela, berlin, bonn, may = stretch.entities
    for what, span, label, about in (
        (Decision.BORDER, (0, 13), "PERSON", angela),
        (Decision.ACCEPT, (berlin.start, berlin.end), "GPE", berlin),
        (Decision.REJECT, (may.start, may.end), "X", may),
    ):
        library.decisions.decide(here, what, span, label, predicted=about, pipeline="a 1.0")
    library.rules.add("AI", "PRODUCT")
    with Library(library_path, annotator="bob") as other:
        other.decisions.decide(here, Decision.RELABEL, (bonn.start, bonn.end), "GPE", predicted=bonn, pipeline="a 1.0")
    line = only_line(library)
    assert [(e["text"], e["label"], e["annotator"], e["decision"], e["pipeline"]) for e in line["entities"]] == [
        ("Angela Merkel", "PERSON", "ada", "border", "a 1.0"),
        ("Berlin", "GPE", "ada", "accept", "a 1.0"),
        ("AI", "PRODUCT", "ada", "rule", None),
        ("Bonn", "GPE", "bob", "relabel", "a 1.0"),
    ]
    assert [(d["text"], d["attributes"]["decision"], d["attributes"]["predicted"][2]) for d in line["decisions"]] == [
        ("Angela Merkel", "border", "GPE"),
        ("Berlin", "accept", "GPE"),
        ("Bonn", "relabel", "ORG"),
        ("May", "reject", "X"),
    ]
    assert len(line["predictions"]) == 4
    assert line["spans"] == []


def test_what_is_withdrawn_or_undone_is_not_exported(library: Library) -> None:
    here = article("The bridge is safe.")
    library.articles.add([here])
    library.annotations.withdraw(library.annotations.tag(here, 0, 3).id)
    library.annotations.tag(here, 4, 10)
    library.history.undo()
    library.annotations.tag(here, 11, 13)
    assert [span["text"] for span in only_line(library)["spans"]] == ["is"]


def test_everybodys_annotations_are_exported_in_the_order_of_the_text(library: Library, library_path: Path) -> None:
    here = article("One two three.")
    library.articles.add([here])
    library.annotations.tag(here, 8, 13)
    library.annotations.tag(here, 0, 3)
    with Library(library_path, annotator="bob") as bobs:
        bobs.annotations.tag(here, 0, 7)
    assert [(span["annotator"], span["text"]) for span in only_line(library)["spans"]] == [
        ("bob", "One two"),
        ("ada", "One"),
        ("ada", "three"),
    ]


def test_a_relation_stands_with_the_article_that_it_leads_from(library: Library) -> None:
    here, there = article("Apples are red."), article("Berries are red.")
    library.articles.add([here, there])
    one, other = library.annotations.tag(here, 0, 15), library.annotations.tag(there, 0, 16)
    key = library.relations.relate(one.id, other.id, "supports", note="the same colour")
    first, second = exported(library)
    assert second["relations"] == []
    (relation,) = first["relations"]
    ends = {"source": one.id, "target": other.id, "target_article": there.id}
    assert relation.items() >= (ends | {"id": key, "label": "supports", "note": "the same colour"}).items()


def test_a_relation_to_what_was_withdrawn_is_not_exported(library: Library) -> None:
    here = article("Apples are red.")
    library.articles.add([here])
    one, other = library.annotations.tag(here, 0, 15), library.annotations.tag(here, 0, 6)
    library.relations.relate(one.id, other.id, "supports")
    library.annotations.withdraw(other.id)
    assert only_line(library)["relations"] == []


def test_articles_come_in_the_order_of_their_titles(library: Library) -> None:
    library.articles.add(article(title) for title in ["cherry", "Apple", "banana"])
    assert [line["meta"]["title"] for line in exported(library)] == ["Apple", "banana", "cherry"]


def test_every_line_ends_in_a_line_end_and_holds_no_other(library: Library) -> None:
    library.articles.add([article("One.\n\nTwo.\u2028Three.\u0085")])
    (piece,) = write(library)
    assert piece.count(b"\n") == 1
    assert piece.endswith(b"}\n")


def test_the_export_shows_one_moment(library: Library, library_path: Path) -> None:
    here = article("b")
    library.articles.add([article("a"), here])
    pieces = write(library)
    first = orjson.loads(next(pieces))
    with Library(library_path, annotator="bob") as bobs:
        bobs.articles.add([article("c")])
        bobs.annotations.tag(here, 0, 1)
    rest = [orjson.loads(piece) for piece in pieces]
    assert [line["text"] for line in [first, *rest]] == ["a", "b"]
    assert rest[0]["spans"] == []


# Streams


def test_the_export_reads_no_more_than_it_has_to_before_the_first_line(library: Library) -> None:
    library.articles.add(article(f"Words {n}") for n in range(200))
    with statements() as seen:
        pieces = write(library)
        assert seen == []
        next(pieces)
        before_the_first, largest = len(seen), max(len(parameters) for _, parameters in seen)
        rest = list(pieces)
    assert len(rest) == 199
    # The ids, the rules, what may have versions; then seven tables, and the versions, for the first of them.
    assert before_the_first == 11
    assert largest <= 64 + 1  # articles, and what a draft is called
    assert len(seen) == 3 + 4 * 8


def test_an_export_that_is_given_up_leaves_the_library_free(library: Library, library_path: Path) -> None:
    library.articles.add([article("a"), article("b")])
    pieces = write(library)
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    library.close()
    assert [file.name for file in library_path.parent.iterdir()] == ["library.db"]


def test_the_export_searches_annotations_and_predictions_by_article(library: Library, library_path: Path) -> None:
    library.articles.add(article(f"Words {n}") for n in range(10))
    with statements() as seen:
        list(write(library))
    steps = plans(library_path, seen)
    named = ("article", "rule", "annotation", "prediction", "relation", "folding")
    assert [step for step in steps if step.startswith("SCAN") and step.split()[1] in named] == [
        "SCAN article USING COVERING INDEX article_by_listing",
        "SCAN rule",  # all of them are wanted, once
    ]


# The registry


def test_the_formats_are_known_by_name(library: Library) -> None:
    assert formats() == sorted(formats())
    library.articles.add([article("a")])
    assert list(write(library, "jsonl")) == list(write(library))


def test_a_format_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(ExportError, match=r"There is no format latin: postil exports .*jsonl"):
        format_called("latin")


# The law


@settings(max_examples=50, deadline=None)
@given(articles, st.data())
def test_every_span_stands_in_the_text_where_it_says(blank_library: Path, text: str, data: st.DataObject) -> None:
    here = article(text)
    chosen = data.draw(st.lists(spans(text), max_size=4, unique=True))
    noted = data.draw(
        st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip)
    )
    with copied(blank_library) as library:
        library.articles.add([here])
        for start, end in chosen:
            library.annotations.tag(here, start, end)
        if noted:
            library.annotations.note(here, chosen[0] if chosen else None, noted)
        entities = [Entity(start, end, "X") for start, end in sorted(chosen)]
        library.predictions.keep(here.id, "p 1", [Found(0, len(text), entities)])
        line = only_line(library)
    assert line["text"] == text
    for span in [*line["spans"], *line["entities"], *line["predictions"]]:
        assert line["text"][span["start"] : span["end"]] == span["text"]
    tagged = [(span["start"], span["end"]) for span in line["spans"] if span["kind"] == "claim"]
    assert tagged == sorted(chosen, key=lambda span: (span[0], -span[1]))
    assert [note["note"] for note in [*line["spans"], *line["notes"]] if note["note"]] == ([noted] if noted else [])
