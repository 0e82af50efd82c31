"""Taking a proposal of who makes a claim: one act, which overwrites nothing and leaves out what the scheme has not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from store.attribution.proposing import propose
from store.attribution.records import Proposal
from store.errors import AnnotationError
from store.library import Library
from store.records import Annotation
from tests.conftest import article

TEXT = "The port is shut, Ada Moreau said. It was dear, she said. The road is open."
REPORT = article(TEXT)


def claims(library: Library) -> list[Annotation]:
    """Every sentence, tagged."""
    library.articles.add([REPORT])
    return [library.annotations.tag(REPORT, *span) for span in ((0, 34), (35, 57), (58, 75))]


def proposal(claim: Annotation) -> Proposal:
    assert claim.start is not None
    assert claim.end is not None
    found = propose(TEXT, (claim.start, claim.end))
    assert found is not None
    return found


def standing(library: Library) -> dict[str, str]:
    """What was tagged beside claims, and the attributes of claims, by their words."""
    found = library.annotations.of(REPORT.id)
    return {one.quote: str(one.attributes.get("claimant") or one.label) for one in found}


def test_it_says_who_tags_the_words_and_relates_the_claim_to_them(library: Library) -> None:
    claim = claims(library)[0]
    changed = library.attributions.accept(REPORT, claim.id, proposal(claim))
    by_label = {one.label: one for one in changed.values()}
    assert by_label["CLAIM"].attributes == {
        "claimant": "Ada Moreau",
        "claimant_span": {"quote": "Ada Moreau", "start": 18, "end": 28},
        "claimant_kind": "named",
    }
    assert {label: one.quote for label, one in by_label.items() if label != "CLAIM"} == {
        "SOURCE": "Ada Moreau",
        "CUE": "said",
    }
    relations = {(one.label, one.source_id, one.target_id) for one in library.relations.of(REPORT.id)}
    assert relations == {
        ("attributed_to", claim.id, by_label["SOURCE"].id),
        ("cued_by", claim.id, by_label["CUE"].id),
    }


def test_it_is_one_act_that_is_undone_and_redone_whole(library: Library) -> None:
    claim = claims(library)[0]
    before = library.annotations.of(REPORT.id)
    library.attributions.accept(REPORT, claim.id, proposal(claim))
    after = standing(library)
    undone = library.history.undo()
    assert undone is not None
    assert undone.action == "edit"
    assert [(one.label, one.attributes) for one in library.annotations.of(REPORT.id)] == [
        (one.label, one.attributes) for one in before
    ]
    assert library.relations.of(REPORT.id) == []
    library.history.redo()
    assert standing(library) == after
    assert len(library.relations.of(REPORT.id)) == 2


def test_words_that_are_tagged_already_are_not_tagged_again(library: Library) -> None:
    first, second, _ = claims(library)
    source = library.annotations.tag(REPORT, 18, 28, "SOURCE")
    library.relations.relate(first.id, source.id, "attributed_to")
    changed = library.attributions.accept(REPORT, first.id, proposal(first))
    assert source.id not in changed
    library.attributions.accept(REPORT, second.id, proposal(second))
    assert sum(one.label == "SOURCE" for one in library.annotations.of(REPORT.id)) == 2
    assert sum(one.label == "attributed_to" for one in library.relations.of(REPORT.id)) == 2


def test_the_articles_own_claim_has_no_source_and_no_cue(library: Library) -> None:
    claim = claims(library)[2]
    changed = library.attributions.accept(REPORT, claim.id, proposal(claim))
    assert [(one.label, one.attributes) for one in changed.values()] == [("CLAIM", {"claimant_kind": "author"})]


@pytest.mark.parametrize("said", [{"claimant": "the port"}, {"claimant_kind": "author"}])
def test_what_somebody_said_is_not_overwritten(library: Library, said: dict[str, str]) -> None:
    claim = claims(library)[0]
    library.annotations.set_attributes(claim.id, said)
    with pytest.raises(AnnotationError, match="says already who makes it"):
        library.attributions.accept(REPORT, claim.id, proposal(claim))
    assert len(library.annotations.of(REPORT.id)) == 3


def test_only_the_owner_takes_it(library: Library) -> None:
    claim = claims(library)[0]
    with Library(library.path, annotator="ben") as bens, pytest.raises(AnnotationError, match="only its owner"):
        bens.attributions.accept(REPORT, claim.id, proposal(claim))
    assert library.relations.of(REPORT.id) == []


def test_what_the_scheme_has_not_is_left_out(library: Library) -> None:
    claim = claims(library)[0]
    scheme = library.scheme.definition()
    library.scheme.replace(
        replace(
            scheme,
            labels=[one for one in scheme.labels if one.name != "CUE"],
            attributes=[one for one in scheme.attributes if one.name != "claimant_span"],
            relations=[one for one in scheme.relations if one.name != "attributed_to"],
        )
    )
    changed = library.attributions.accept(REPORT, claim.id, proposal(claim))
    assert sorted(str(one.label) for one in changed.values()) == ["CLAIM", "SOURCE"]
    assert changed[claim.id].attributes == {"claimant": "Ada Moreau", "claimant_kind": "named"}
    assert library.relations.of(REPORT.id) == []


def test_a_scheme_that_never_asks_who_says_it_refuses_in_a_sentence(library: Library) -> None:
    claim = claims(library)[0]
    library.scheme.replace(replace(library.scheme.definition(), attributes=[]))
    with pytest.raises(AnnotationError, match="The scheme has no attribute that says who makes a CLAIM"):
        library.attributions.accept(REPORT, claim.id, proposal(claim))
    assert len(library.annotations.of(REPORT.id)) == 3
