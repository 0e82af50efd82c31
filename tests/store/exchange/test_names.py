"""The names that leave with an article: what people vouch for, and the model's own only if they are asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.entities.gold import Decision
from store.exchange.exporting import pieces
from store.exchange.importing import import_files
from store.exchange.losses import Losses
from store.exchange.names import entities_of, gold_of
from store.exchange.selection import Selection, moment
from store.exchange.sheets import sheets
from store.library import Library
from store.records import Entity, Found
from tests.conftest import ROOT, article
from tests.store.exchange import generated
from tests.store.exchange.shared import exported, job_for, lines, span, taken_in
from tests.store.helpers import copied, execute, found

HERE = article("Ada met Bo in Oslo. The AI of Oslo was in May.")
UNDECIDED = "names that nobody decided on (--predictions gives them)"
DISAGREED = "names that annotators disagree on, where the newest decision counts"


@pytest.fixture
def read(library: Library) -> Library:
    """A library with an article that a pipeline has read, of which nothing is decided."""
    library.articles.add([HERE])
    said = found(HERE.text, ("Ada", "ORG"), ("Bo", "PERSON"), ("Oslo", "GPE"), ("May", "DATE"))
    library.predictions.keep(HERE.id, "p 1", [said])
    return library


@pytest.fixture
def bobs(library_path: Path, read: Library) -> Library:
    """The same library, of bob's."""
    del read
    return Library(library_path, annotator="bob")


def decide(owner: Library, what: Decision, quote: str, label: str) -> None:
    place = span(HERE.text, quote)
    owner.decisions.decide(HERE, what, place, label, predicted=Entity(*place, label), pipeline="p 1")


def named(library: Library, *, predictions: bool | None = False, **chosen: Any) -> tuple[list[str], dict[str, int]]:
    """The names of the article with their labels, and what is lost."""
    losses = Losses()
    (sheet,) = sheets(library, Selection(**chosen))
    names = entities_of(sheet, losses, predictions=predictions)
    return [f"{HERE.text[name.start : name.end]} {name.label}" for name in names], losses.counts()


def test_what_nobody_decided_on_comes_only_if_it_is_asked_for(read: Library) -> None:
    assert named(read) == ([], {UNDECIDED: 4})
    assert named(read, predictions=None) == ([], {})
    assert named(read, predictions=True) == (["Ada ORG", "Bo PERSON", "Oslo GPE", "May DATE"], {})


def test_what_people_vouch_for_comes_and_what_they_reject_does_not(read: Library) -> None:
    decide(read, Decision.RELABEL, "Ada", "PERSON")
    decide(read, Decision.ACCEPT, "Bo", "PERSON")
    decide(read, Decision.REJECT, "May", "DATE")
    read.rules.add("AI", "PRODUCT")
    assert named(read) == (["Ada PERSON", "Bo PERSON", "AI PRODUCT"], {UNDECIDED: 1})
    with_the_models = ["Ada PERSON", "Bo PERSON", "Oslo GPE", "AI PRODUCT"]
    assert named(read, predictions=True) == (with_the_models, {})
    assert named(read, labels=frozenset({"PERSON"})) == (["Ada PERSON", "Bo PERSON"], {})


def test_of_two_annotators_the_newest_decision_counts(read: Library, bobs: Library) -> None:
    decide(read, Decision.RELABEL, "Ada", "PERSON")
    decide(read, Decision.ACCEPT, "Bo", "PERSON")
    decide(bobs, Decision.ACCEPT, "Ada", "ORG")
    decide(bobs, Decision.REJECT, "Bo", "PERSON")
    assert named(read) == (["Ada ORG"], {DISAGREED: 2, UNDECIDED: 2})
    assert named(read, annotators=frozenset({"ada"})) == (["Ada PERSON", "Bo PERSON"], {UNDECIDED: 2})


def test_a_decision_that_is_not_selected_still_counts_against_a_rule(read: Library) -> None:
    read.rules.add("Oslo", "ORG")
    decide(read, Decision.REJECT, "Oslo", "GPE")
    read.annotations.tag(HERE, 0, 19, "CLAIM")
    for selection in (Selection(), Selection(labels=frozenset({"CLAIM", "ORG"}))):
        (sheet,) = sheets(read, selection)
        assert [(one.label, one.start) for one in gold_of(sheet)] == [("ORG", HERE.text.rindex("Oslo"))]


def test_names_are_chosen_by_the_time_of_their_decision(read: Library) -> None:
    decide(read, Decision.ACCEPT, "Ada", "ORG")
    execute(read.path, "UPDATE annotation SET updated = '2020-01-01T00:00:00.000000Z'")
    decide(read, Decision.ACCEPT, "Bo", "PERSON")
    assert named(read, predictions=None, since=moment("2021-01-01")) == (["Bo PERSON"], {})


def test_the_models_own_are_those_of_the_pipeline_that_read_last_even_after_an_import(
    read: Library, tmp_path: Path
) -> None:
    read.predictions.keep(HERE.id, "a 2", [found(HERE.text, ("Oslo", "LOC"))])
    assert named(read, predictions=True)[0] == ["Oslo LOC"]
    (tmp_path / "export.jsonl").write_bytes(exported(read, "jsonl"))
    with Library(tmp_path / "other.db", annotator="carol") as other:
        taken_in(other, tmp_path / "export.jsonl")
        assert named(other, predictions=True)[0] == ["Oslo LOC"]


def test_conll_tags_names_with_the_labels_that_are_asked_for(read: Library) -> None:
    decide(read, Decision.ACCEPT, "Bo", "PERSON")
    decide(read, Decision.ACCEPT, "Oslo", "GPE")
    labels = frozenset({"GPE"})
    said = exported(read, "conll", job_for("conll", labels=labels), Selection(labels=labels)).decode()
    assert [line for line in said.splitlines() if line.endswith(("GPE", "PERSON"))] == ["Oslo -X- -X- B-GPE"]


# jsonl


def test_drafts_of_a_pipeline_are_not_exported(read: Library) -> None:
    read.predictions.keep(HERE.id, "q 1", [Found(0, len(HERE.text), [Entity(0, 3, "LAW")], draft=True)])
    (line,) = lines(exported(read, "jsonl"))
    assert line["read"].keys() == {"p 1"}
    assert {said["pipeline"] for said in line["predictions"]} == {"p 1"}


def test_rules_are_counted_since_no_line_has_them(read: Library) -> None:
    read.rules.add("AI", "PRODUCT")
    read.rules.add("May", None, article_id=HERE.id)
    job = job_for("jsonl")
    (line,) = lines(exported(read, "jsonl", job))
    assert [(one["text"], one["decision"]) for one in line["entities"]] == [("AI", "rule")]
    assert job.losses.counts() == {
        "rules about names (postil rules --export writes them)": 1,
        "rules about names in one article": 1,
    }


def test_a_part_has_its_names_with_its_own_offsets(read: Library) -> None:
    decide(read, Decision.REJECT, "May", "DATE")
    read.decisions.decide(HERE, Decision.ADD, span(HERE.text, "AI"), "PRODUCT")
    first, second = lines(exported(read, "jsonl", job_for("jsonl", unit="sentence")))
    assert [one["text"] for one in first["predictions"]] == ["Ada", "Bo", "Oslo"]
    assert [(one["text"], one["decision"]) for one in second["entities"]] == [("AI", "add")]
    assert [one["text"] for one in second["decisions"]] == ["AI", "May"]
    for one in (*second["entities"], *second["decisions"], *second["predictions"]):
        assert second["text"][one["start"] : one["end"]] == one["text"]
    assert second["decisions"][1]["attributes"]["predicted"] == [*span(second["text"], "May"), "DATE"]


def test_an_export_of_before_there_were_decisions_is_read(read: Library, tmp_path: Path) -> None:
    (line,) = lines(exported(read, "jsonl"))
    del line["decisions"]
    line["entities"] = [said | {"decision": None} for said in line.pop("predictions")]
    (tmp_path / "old.jsonl").write_bytes(orjson.dumps(line))
    with Library(tmp_path / "other.db", annotator="carol") as other:
        taken_in(other, tmp_path / "old.jsonl")
        assert other.predictions.of(HERE.id, "p 1") == read.predictions.of(HERE.id, "p 1")


def test_decisions_come_in_as_they_were_and_the_index_of_names_hears_of_them(read: Library, tmp_path: Path) -> None:
    decide(read, Decision.RELABEL, "Ada", "PERSON")
    decide(read, Decision.REJECT, "Oslo", "GPE")
    (tmp_path / "export.jsonl").write_bytes(exported(read, "jsonl"))
    with Library(tmp_path / "other.db", annotator="carol") as other:
        import_files(other, [tmp_path / "export.jsonl"])
        ours, theirs = read.decisions.of(HERE.id), other.decisions.of(HERE.id)
        told = [(one.id, one.label, one.annotator, one.created, one.updated, one.attributes) for one in ours]
        assert [(o.id, o.label, o.annotator, o.created, o.updated, o.attributes) for o in theirs] == told
        assert list(other.names.refresh()) == [1]
        assert [(name.text, name.label) for name in other.names.find()] == [("Ada", "PERSON"), ("Bo", "PERSON")]


@settings(max_examples=10, deadline=None)
@given(st.data(), st.sampled_from(["article", "sentence", "annotation"]))
def test_every_record_is_what_the_schema_says(blank_library: Path, data: st.DataObject, unit: str) -> None:
    validator = jsonschema.Draft202012Validator(orjson.loads((ROOT / "docs/postil-1.schema.json").read_bytes()))
    with copied(blank_library) as library:
        here = generated.fill(data, library.path, library)
        generated.decide(data, library.path, library, here)
        generated.correct(data, library.path, library, here)
        for piece in pieces(library, "jsonl", Selection(withdrawn=True), job_for("jsonl", unit=unit)):
            record = orjson.loads(piece)
            validator.validate(record)
            for one in (*record["entities"], *record["decisions"], *record["predictions"]):
                assert record["text"][one["start"] : one["end"]] == one["text"]
