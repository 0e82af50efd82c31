"""The scheme of a library: its labels, what annotations say, and what a change of it orphans."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from store.errors import AnnotationError
from store.library import Library
from store.scheme.parts import Definition
from store.scheme.values import Value
from tests.conftest import article

WORDS = article("One two three four.")


def test_a_new_library_has_the_labels_of_claims_in_their_order(library: Library) -> None:
    labels = library.scheme.labels()
    assert [(label.position, label.name, label.key, label.color) for label in labels] == [
        (1, "CLAIM", "C", "claim"),
        (2, "SOURCE", "S", "source"),
        (3, "CUE", "U", "cue"),
        (4, "EVIDENCE", "E", "evidence"),
    ]
    assert all(label.guideline for label in labels)


def test_a_span_is_tagged_with_a_label_of_the_scheme_and_no_other(library: Library) -> None:
    library.articles.add([WORDS])
    assert library.annotations.tag(WORDS, 0, 3, "SOURCE").label == "SOURCE"
    with pytest.raises(AnnotationError, match="has no label PROOF"):
        library.annotations.tag(WORDS, 0, 3, "PROOF")


def test_the_pieces_of_a_span_are_kept_undone_and_redone(library: Library) -> None:
    library.articles.add([WORDS])
    tagged = library.annotations.tag(WORDS, 0, 13, pieces=[(0, 3), (8, 13)])
    assert (tagged.pieces, tagged.quote) == (((0, 3), (8, 13)), "One two three")
    library.history.undo()
    library.history.redo()
    assert [one.pieces for one in library.annotations.of(WORDS.id)] == [((0, 3), (8, 13))]
    library.annotations.tag(WORDS, 0, 13)  # the whole of it is another span
    with pytest.raises(AnnotationError, match="already"):
        library.annotations.tag(WORDS, 0, 13, pieces=[(0, 3), (8, 13)])


@pytest.mark.parametrize(
    "pieces", [[(0, 13)], [(8, 13), (0, 3)], [(0, 5), (4, 13)], [(0, 3), (3, 13)], [(1, 3), (8, 13)], [(0, 3), (8, 12)]]
)
def test_pieces_that_are_no_parts_of_the_span_are_refused(library: Library, pieces: list[tuple[int, int]]) -> None:
    library.articles.add([WORDS])
    with pytest.raises(AnnotationError, match="from its start to its end"):
        library.annotations.tag(WORDS, 0, 13, pieces=pieces)
    assert library.annotations.of(WORDS.id) == []


def test_a_new_library_has_the_default_attributes_and_relations(library: Library) -> None:
    scheme = library.scheme.definition()
    claim = [attribute.name for attribute in scheme.of_label("CLAIM")]
    assert {"claim_type", "checkworthiness", "priority", "claimant", "verdict", "claim_date", "confidence"} < {*claim}
    assert [attribute.name for attribute in scheme.of_label("CUE")] == ["confidence"]
    assert [one.name for one in scheme.relations] == ["attributed_to", "cued_by", "supports", "attacks", "same_as"]
    supports = scheme.relations[2]
    assert supports.allows("EVIDENCE", "CLAIM")
    assert not supports.allows("CUE", "CLAIM")
    assert all(label.examples for label in scheme.labels)


def test_an_attribute_is_said_and_taken_back_each_an_act_of_its_own(library: Library) -> None:
    library.articles.add([WORDS])
    claim = library.annotations.tag(WORDS, 0, 7)
    library.annotations.set_attribute(claim.id, "claim_type", ["causal"])
    said = library.annotations.set_attribute(claim.id, "verdict", "refuted")
    assert said.attributes == {"claim_type": ["causal"], "verdict": "refuted"}
    assert library.annotations.set_attribute(claim.id, "claim_type", None).attributes == {"verdict": "refuted"}
    kept = []
    for _ in range(3):
        library.history.undo()
        kept.append(library.annotations.of(WORDS.id)[0].attributes)
    assert kept == [{"claim_type": ["causal"], "verdict": "refuted"}, {"claim_type": ["causal"]}, {}]


def test_several_attributes_are_one_act(library: Library) -> None:
    library.articles.add([WORDS])
    claim = library.annotations.tag(WORDS, 0, 7)
    library.annotations.set_attributes(claim.id, {"priority": 3, "verdict": "refuted"})
    library.history.undo()
    assert [one.attributes for one in library.annotations.of(WORDS.id)] == [{}]


def test_a_claim_is_tagged_with_what_it_says_in_one_act(library: Library) -> None:
    library.articles.add([WORDS])
    assert library.annotations.tag(WORDS, 0, 7, attributes={"priority": 1}).attributes == {"priority": 1}
    library.history.undo()
    assert library.annotations.of(WORDS.id) == []


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("weight", 3, "no attribute weight for CLAIM"),
        ("priority", 9, "priority was not set: it is not a whole number from 0 to 3"),
        ("claimant_span", {"quote": "One", "start": 1, "end": 4}, "not what stands there"),
    ],
)
def test_what_does_not_fit_the_scheme_is_refused(library: Library, name: str, value: Value, why: str) -> None:
    library.articles.add([WORDS])
    claim = library.annotations.tag(WORDS, 0, 7)
    with pytest.raises(AnnotationError, match=why):
        library.annotations.set_attribute(claim.id, name, value)
    assert library.annotations.of(WORDS.id)[0].attributes == {}


def test_only_the_owner_says_something_in_an_annotation(library: Library) -> None:
    library.articles.add([WORDS])
    claim = library.annotations.tag(WORDS, 0, 7)
    with Library(library.path, annotator="ben") as bens, pytest.raises(AnnotationError, match="only its owner"):
        bens.annotations.set_attribute(claim.id, "priority", 1)


def test_a_change_that_orphans_nothing_is_made_at_once(library: Library) -> None:
    scheme = library.scheme.definition()
    new = replace(scheme, labels=scheme.labels[:1], attributes=[], relations=[])
    assert library.scheme.replace(new) == []
    assert library.scheme.definition() == new


def test_a_change_is_an_act_that_undo_takes_back_and_redo_brings_back(library: Library) -> None:
    before = library.scheme.definition()
    new = replace(before, labels=before.labels[:1], attributes=before.attributes[:2], relations=[])
    library.scheme.replace(new)
    library.scheme.replace(new)  # changes nothing, and is no act
    (change,) = library.history.changes()
    assert (change.annotator, change.action, change.undone) == ("ada", "change scheme", False)
    undone = library.history.undo()
    assert undone is not None
    assert undone.action == "change scheme"
    assert library.scheme.definition() == before
    library.history.redo()
    assert library.scheme.definition() == new
    with Library(library.path, annotator="ben") as bens:
        bens.scheme.replace(before)
    with pytest.raises(AnnotationError, match="changed by somebody else since"):
        library.history.undo()
    assert library.scheme.definition() == before


def test_what_a_change_would_orphan_is_counted_and_asked_for_and_stays(library: Library) -> None:
    library.articles.add([WORDS])
    one, two = library.annotations.tag(WORDS, 0, 3), library.annotations.tag(WORDS, 4, 7)
    cue = library.annotations.tag(WORDS, 8, 13, "CUE")
    library.annotations.set_attributes(one.id, {"claim_type": ["causal", "quote"], "priority": 3})
    library.annotations.set_attributes(two.id, {"claim_type": ["causal"], "priority": 1, "verdict": "refuted"})
    library.relations.relate(one.id, cue.id, "cued_by")
    library.relations.relate(one.id, two.id, "supports")
    scheme = library.scheme.definition()
    changed: dict[str, dict[str, Any]] = {"claim_type": {"options": ("quote", "other")}, "priority": {"most": 2.0}}
    new = Definition(
        [label for label in scheme.labels if label.name != "CUE"],
        [replace(one, **changed.get(one.name, {})) for one in scheme.attributes if one.name != "verdict"],
        [one for one in scheme.relations if one.name != "supports"],
    )
    lost = {found.what: found.count for found in library.scheme.replace(new)}
    assert lost == {
        "the label CUE": 1,
        "claim_type = causal": 2,
        "priority of CLAIM": 1,
        "verdict of CLAIM": 1,
        "the relation supports": 1,
    }
    assert library.scheme.definition() == scheme
    library.scheme.replace(new, orphan=True)
    now = library.scheme.definition()
    assert [label.name for label in now.labels] == ["CLAIM", "SOURCE", "EVIDENCE"]
    assert (now.attributes, now.relations) == (new.attributes, new.relations)
    kept = {found.id: found for found in library.annotations.of(WORDS.id)}
    assert kept[cue.id].label == "CUE"
    assert kept[one.id].attributes == {"claim_type": ["causal", "quote"], "priority": 3}
    assert len(library.relations.of(WORDS.id)) == 2
