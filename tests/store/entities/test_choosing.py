"""Which pipeline reads a text: the forced one, the language's, the usual one, or none and a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.entities.choosing import Pipelines
from store.entities.layers import Layers
from store.entities.pipelines import DEFAULT, Pipeline, PipelineError
from store.text.language import guess
from tests.store.text.sentences_by_language import OTHERS, SENTENCES

GERMAN = " ".join(SENTENCES["de"])
ENGLISH = " ".join(SENTENCES["en"])


def test_english_is_read_with_the_usual_pipeline_and_so_is_what_cannot_be_told() -> None:
    assert Pipelines().for_language(guess(ENGLISH)).name == DEFAULT
    assert Pipelines().for_language(guess("Oslo 2024")).name == DEFAULT


def test_a_text_in_a_language_without_a_pipeline_is_not_read_with_the_english_one() -> None:
    with pytest.raises(PipelineError) as refused:
        Pipelines().for_language(guess(GERMAN))
    assert refused.value.sentence == (
        "No names are marked: the text seems to be German; install a pipeline for it"
        " (python3 -m spacy download de_core_news_sm), or force one with --pipeline NAME."
    )


def test_where_spacy_has_no_pipeline_none_is_suggested() -> None:
    with pytest.raises(PipelineError, match="seems to be Hungarian, for which no pipeline is installed"):
        Pipelines().for_language(guess(" ".join(OTHERS["hu"])))


def test_the_reader_may_force_a_pipeline() -> None:
    assert Pipelines(forced=DEFAULT).for_language(guess(GERMAN)).name == DEFAULT


def test_each_language_may_have_its_own(small_pipelines: Path) -> None:
    german = str(small_pipelines / "german")
    chosen = Pipelines(by_language={"de": german})
    assert chosen.for_language(guess(GERMAN)).name == german
    assert chosen.for_language(guess(ENGLISH)).name == DEFAULT
    assert chosen.named == (DEFAULT, german)


def test_the_usual_pipeline_is_for_its_language_and_an_installed_one_for_the_others(small_pipelines: Path) -> None:
    german = str(small_pipelines / "german")
    assert Pipelines(german).for_language(guess(GERMAN)).name == german
    assert Pipelines(german).for_language(guess(ENGLISH)).name == DEFAULT


def test_a_pipeline_that_is_named_and_missing_is_not_got_round() -> None:
    assert Pipelines("no_such_pipeline").for_language(guess(ENGLISH)).name == "no_such_pipeline"
    assert Pipelines("no_such_pipeline").for_language(guess(GERMAN)).name == "no_such_pipeline"


@pytest.mark.parametrize(("name", "why"), [("newer", "needs spaCy"), ("blank", "has no component that finds names")])
def test_a_pipeline_that_cannot_be_used_is_refused_before_it_is_started(
    small_pipelines: Path, name: str, why: str
) -> None:
    with pytest.raises(PipelineError, match=why):
        Pipelines(forced=str(small_pipelines / name)).for_language(guess(ENGLISH))


def test_the_layers_go_with_every_pipeline() -> None:
    bare = Layers.none()
    assert Pipelines(layers=bare).for_language(guess(ENGLISH)) == Pipeline(DEFAULT, bare)


def test_a_name_or_a_pipeline_is_the_usual_one() -> None:
    assert Pipelines.of("xx_one") == Pipelines("xx_one")
    assert Pipelines.of(Pipeline("xx_one", Layers.none())) == Pipelines("xx_one", layers=Layers.none())
    assert Pipelines.of(Pipelines(forced="xx")) == Pipelines(forced="xx")
