"""What a whole document says about each of its names."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.entities.components.document import settled, whole
from store.entities.components.passages import passage
from store.entities.components.tally import Tally
from store.records import Entity
from tests.store.entities.components.marked import marked, unmarked
from tests.store.strategies import texts


def consistent(said: str) -> str:
    text, entities = unmarked(said)
    return marked(text, whole(text, entities, recall=False))


def recalled(said: str) -> str:
    text, entities = unmarked(said)
    return marked(text, whole(text, entities, consistency=False))


# One name, one type


def test_the_type_that_a_name_mostly_has_is_the_type_of_all_its_mentions() -> None:
    said = "They saw [Quarnby|ORG] rise. They saw [Quarnby|ORG] fall. They saw [Quarnby|WORK_OF_ART] rest."
    assert consistent(said) == said.replace("WORK_OF_ART", "ORG")


def test_a_full_name_settles_its_short_form() -> None:
    assert consistent("[Paula Strandvik|PERSON] lost. The vote was for [Strandvik|ORG], and [Strandvik|ORG] knew.") == (
        "[Paula Strandvik|PERSON] lost. The vote was for [Strandvik|PERSON], and [Strandvik|PERSON] knew."
    )


def test_an_acronym_settles_with_what_it_stands_for() -> None:
    assert consistent("The [Quarn Valley Trust|ORG] ([QVT|PERSON]) paid. It was [QVT|PERSON] that paid for it.") == (
        "The [Quarn Valley Trust|ORG] ([QVT|ORG]) paid. It was [QVT|ORG] that paid for it."
    )


@pytest.mark.parametrize(
    ("said", "type_"),
    [
        ("he joined [Tarn Valley University|PERSON] then", "ORG"),
        ("they fought the [Battle of Quarnby|PERSON] then", "EVENT"),
        ("he joined [Henry Quarnby|ORG] there", "PERSON"),
        ("he came from [Norway|PERSON] then", "GPE"),
        ("the [Norwegian|ORG] side won again", "NORP"),
        ("he saw Mr [Quarnby|ORG] there, and they met Mr [Quarnby|ORG] again", "PERSON"),
        ("the [Quarnby Act|PERSON] was passed", "LAW"),
    ],
)
def test_the_words_of_a_name_and_those_beside_it_speak_for_a_type(said: str, type_: str) -> None:
    text, entities = unmarked(said)
    assert {entity.label for entity in whole(text, entities, recall=False)} == {type_}


def test_a_mention_whose_neighbours_speak_for_its_own_type_keeps_it() -> None:
    said = "[Quarnby|PERSON] said so, and [Quarnby|PERSON] told them. They met in [Quarnby|GPE] and were glad."
    assert consistent(said) == said


def test_an_ordinary_word_that_has_its_capital_from_the_sentence_is_no_name() -> None:
    assert consistent("[Rumour|ORG] moved faster than they did.") == "Rumour moved faster than they did."
    said = "[Times|ORG] are hard, the [Times|ORG] said to us."
    assert consistent(said) == said


def test_figures_are_left_alone() -> None:
    said = "It was [May|DATE] when [May|PERSON] came; they saw [May|PERSON] and [May|PERSON] saw them."
    assert "[May|DATE]" in consistent(said)


def test_of_another_language_only_the_votes_count() -> None:
    text, entities = unmarked("Er sah [Norway|PER] dort.")
    assert whole(text, entities, english=False, recall=False) == entities


def test_verdicts_are_in_the_scheme_of_the_pipeline() -> None:
    text, entities = unmarked("he came from [Norway|PER] then")
    assert [entity.label for entity in whole(text, entities, labels={"PER", "LOC"})] == ["LOC"]


# Recall


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("They saw [Quarnby|ORG] rise. Then they saw Quarnby fall.", "[Quarnby|ORG] fall"),
        ("They saw [Quarnby|ORG] rise.\n\nQUARNBY FALLS HARD", "[QUARNBY|ORG] FALLS HARD"),
        ("they were met by Henry Quarnby at the door", "by [Henry Quarnby|PERSON] at"),
        ("they asked the Quarn Valley Trust for money", "the [Quarn Valley Trust|ORG] for"),
        ("they went on to Norway in the end", "to [Norway|GPE] in"),
        ("they thanked Wanyonyi for the map", "thanked [Wanyonyi|PERSON] for"),
        ("BUCHAREST 2025-01-30", "[BUCHAREST|GPE] 2025"),
        ("they asked Upal [Chandana|PERSON] for it", "asked [Upal Chandana|PERSON] for"),
        ("they asked President Quarnby for it", "asked President [Quarnby|PERSON] for"),
    ],
)
def test_a_name_that_was_missed_is_found(said: str, found: str) -> None:
    assert found in recalled(said)


@pytest.mark.parametrize(
    "said",
    [
        "This is good. That is not so good.",
        "he said it was VERY good, and Absolutely fine",
        "he studied Mathematics for a year",
        "ALL OF THIS IS IN CAPITALS",
        "A Headline With Capitals Says Little",
        'he said: "Nothing of this is new"',
        "it was on a Monday in June that they met",
        "I think that I am late",
        "the AI and the GPU are new",
        "the [Institute|ORG] for Social Research was there",
        "he was in an KDP-controlled area of it",
        "- Item one of a list that is short",
    ],
)
def test_a_capital_alone_makes_no_name(said: str) -> None:
    assert recalled(said) == said


def test_stretches_that_are_settled_with_one_tally_are_as_the_document_at_once() -> None:
    parts = [
        unmarked("They saw [Paula Strandvik|PERSON] there."),
        unmarked("It was [Strandvik|ORG] who lost, and Strandvik knew."),
        unmarked("For [Strandvik|ORG] it was over."),
    ]
    whole_text = "\n\n".join(text for text, _ in parts)
    entities, at = [], 0
    for text, inside in parts:
        entities += [Entity(at + each.start, at + each.end, each.label) for each in inside]
        at += len(text) + 2
    for order in ([0, 1, 2], [2, 1, 0], [1, 2, 0]):
        tally = Tally()
        for index in order:
            tally.add(passage(parts[index][0]), parts[index][1])
        apart = "\n\n".join(marked(text, settled(tally, text, inside)) for text, inside in parts)
        assert apart == marked(whole_text, whole(whole_text, entities))


@settings(max_examples=150, deadline=None)
@given(st.data(), texts)
def test_entities_stay_in_order_and_apart_and_inside_the_text(data: st.DataObject, text: str) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    labels = st.sampled_from(["PERSON", "ORG", "GPE", "DATE"])
    entities = [
        Entity(a, b, data.draw(labels)) for a, b in zip(cuts[::2], cuts[1::2], strict=False) if text[a:b].strip()
    ]
    after = whole(text, entities)
    assert all(0 <= entity.start < entity.end <= len(text) for entity in after)
    assert all(first.end <= second.start for first, second in pairwise(after))
