"""Names that are known from a list."""

from __future__ import annotations

import pytest

from store.entities import patterns
from store.entities.components.gazetteer import laid_over
from store.entities.layers import DATA
from tests.store.entities.components.marked import marked, unmarked


def over(said: str, known: str, *, always: bool = False) -> str:
    text, entities = unmarked(said)
    assert unmarked(known)[0] == text
    return marked(text, laid_over(entities, unmarked(known)[1], always=always))


@pytest.mark.parametrize(
    ("said", "known", "after"),
    [
        ("ask Anthropic", "ask [Anthropic|ORG]", "ask [Anthropic|ORG]"),
        ("ask [Anthropic|PERSON]", "ask [Anthropic|ORG]", "ask [Anthropic|ORG]"),
        ("[ask Anthropic|PERSON]", "ask [Anthropic|ORG]", "[ask Anthropic|PERSON]"),
        ("[ask Mistral|PERSON] AI", "ask [Mistral AI|ORG]", "ask [Mistral AI|ORG]"),
        ("a [GPT-4 day|DATE]", "a [GPT-4|PRODUCT] day", "a [GPT-4|PRODUCT] day"),
    ],
)
def test_a_listed_name_takes_the_place_of_all_but_a_longer_one(said: str, known: str, after: str) -> None:
    assert over(said, known) == after


def test_what_the_reader_lists_has_the_last_word() -> None:
    assert over("[ask Anthropic|PERSON]", "ask [Anthropic|ORG]", always=True) == "ask [Anthropic|ORG]"


def test_postils_own_list_is_in_spacys_format_and_in_order() -> None:
    known = [(each["label"], each["pattern"]) for each in patterns.read(DATA / "gazetteer.jsonl")]
    assert known == sorted(set(known))
    assert ("ORG", "Anthropic") in known
    assert {label for label, _ in known} == {"ORG", "PRODUCT", "LOC", "EVENT", "LAW", "WORK_OF_ART"}
