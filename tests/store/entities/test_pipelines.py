"""A pipeline is named with its version, without spaCy."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import pytest

from store.entities.layers import Layers
from store.entities.pipelines import DEFAULT, Pipeline, PipelineError, identity
from store.errors import PostilError


def test_the_default_pipeline_is_installed_with_postil() -> None:
    assert identity(Pipeline(DEFAULT, Layers.none())) == f"{DEFAULT} {metadata.version(DEFAULT)}"


def test_a_folder_is_named_by_what_it_says_it_is(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text(json.dumps({"lang": "de", "name": "news", "version": "1.2.3"}))
    assert identity(Pipeline(str(tmp_path), Layers.none())) == "de_news 1.2.3"


@pytest.mark.parametrize("meta", [None, "", "{", "[]", '"text"', "null", '{"lang": "de"}'])
def test_a_folder_that_is_no_pipeline_is_refused(tmp_path: Path, meta: str | None) -> None:
    if meta is not None:
        (tmp_path / "meta.json").write_text(meta)
    with pytest.raises(PipelineError, match=r"No names are marked: .* is not the folder of a spaCy pipeline\."):
        identity(str(tmp_path))


def test_a_pipeline_that_is_not_installed_is_refused_with_the_way_out() -> None:
    with pytest.raises(PipelineError) as refused:
        identity("xx_no_such_pipeline")
    assert refused.value.sentence == (
        "No names are marked: the pipeline xx_no_such_pipeline is not installed "
        "(python3 -m pip install xx_no_such_pipeline)."
    )


def test_the_error_is_one_of_postils() -> None:
    assert issubclass(PipelineError, PostilError)
