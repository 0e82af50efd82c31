"""Words that are never names."""

from __future__ import annotations

import pytest

from store.entities.components.never import without_words
from tests.store.entities.components.marked import marked, unmarked


@pytest.mark.parametrize(
    "words", ["AI", "GPU", "GPUs", "APIs", "CEO", "ada@example.org", "https://example.org", "…", "💖", "seafood"]
)
@pytest.mark.parametrize("label", ["GPE", "PERSON", "ORG"])
def test_words_addresses_and_signs_are_no_names(words: str, label: str) -> None:
    text, entities = unmarked(f"It is [{words}|{label}] there.")
    assert without_words(text, entities) == []


@pytest.mark.parametrize(
    "said",
    [
        "[Inflection AI|ORG]",
        "[NATO|ORG]",
        "[IRA|ORG]",
        "[brett|PERSON]",
        "[Apple|ORG]",
        "on [Monday|DATE]",
        "[5|CARDINAL]",
    ],
)
def test_names_that_hold_such_a_word_and_figures_stay(said: str) -> None:
    text, entities = unmarked(said)
    assert marked(text, without_words(text, entities)) == said
