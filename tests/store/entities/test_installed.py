"""What is installed is told by metadata, and what cannot be used is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.entities import installed
from store.entities.pipelines import DEFAULT, PipelineError
from tests.store.helpers import run_python


def test_the_pipeline_that_comes_with_postil_is_found_with_what_it_is_made_of() -> None:
    (found,) = [one for one in installed.pipelines() if one.name == DEFAULT]
    assert (found.language, found.version, found.problem) == ("en", "3.8.0", "")
    assert "ner" in found.components
    assert found.finds_entities


def test_a_folder_is_listed_when_it_is_named(ruler: str) -> None:
    assert [one.name for one in installed.pipelines((ruler, DEFAULT))][-1] == ruler
    assert ruler not in [one.name for one in installed.pipelines()]


@pytest.mark.parametrize("name", ["xx_no_such_pipeline", "hypothesis", "json", "no name at all", ".", ""])
def test_what_is_no_pipeline_is_not_found(name: str) -> None:
    assert installed.find(name) is None


@pytest.mark.parametrize(
    "meta", ["", "{", "[]", "null", '{"lang": "de"}', '{"lang": "de", "version": "1", "pipeline": 7}']
)
def test_a_folder_with_broken_metadata_is_not_found(tmp_path: Path, meta: str) -> None:
    (tmp_path / "meta.json").write_text(meta)
    assert installed.find(str(tmp_path)) is None


def test_a_pipeline_for_a_newer_spacy_is_refused(small_pipelines: Path) -> None:
    name = str(small_pipelines / "newer")
    with pytest.raises(PipelineError) as refused:
        installed.require_usable(name)
    assert refused.value.sentence == (
        f"No names are marked: the pipeline {name} needs spaCy >=99.0.0,<100.0.0,"
        f" and {installed.spacy_version()} is installed."
    )


def test_a_pipeline_without_a_component_for_names_is_refused(small_pipelines: Path) -> None:
    with pytest.raises(PipelineError, match=r"blank has no component that finds names\.$"):
        installed.require_usable(str(small_pipelines / "blank"))


def test_what_is_missing_is_left_to_whoever_starts_it(ruler: str) -> None:
    installed.require_usable("xx_no_such_pipeline")
    installed.require_usable(ruler)


@pytest.mark.parametrize(
    ("wanted", "have", "newer"),
    [
        (">=3.8.0,<3.9.0", "3.8.7", False),
        (">=3.8.0,<3.9.0", "3.7.5", True),
        (">=3.1.0,<3.2.0", "3.8.7", False),  # an older one is tried
        (">=4.0.0.dev0", "3.8.7", True),
        ("==3.8.7", "3.8.7", False),
        ("~=3.9", "3.8.7", True),
        ("", "3.8.7", False),
        ("whatever", "3.8.7", False),
    ],
)
def test_only_what_lies_above_the_installed_version_is_newer(wanted: str, have: str, newer: bool) -> None:
    assert installed.needs_newer(wanted, have) is newer


def test_the_language_is_in_the_name_or_in_the_folder(small_pipelines: Path) -> None:
    assert installed.language_of("de_core_news_sm") == "de"
    assert installed.language_of(str(small_pipelines / "german")) == "de"
    assert installed.language_of("no such") is None


def test_nothing_of_this_imports_spacy() -> None:
    code = (
        "import sys; from store.entities import installed; installed.pipelines(); installed.best_for('en');"
        "print('spacy' in sys.modules)"
    )
    assert run_python(code) == "False"
