"""Which labels a pipeline gives to names, from its own description."""

from __future__ import annotations

import json
from pathlib import Path

from store.entities.labels import ENGLISH, labels
from store.entities.pipelines import DEFAULT


def test_the_installed_pipeline_has_those_of_ontonotes() -> None:
    assert labels(DEFAULT) == ENGLISH


def test_a_folder_says_its_own_the_known_ones_first(tmp_path: Path) -> None:
    said = {"labels": {"ner": ["MISC", "PER", "LOC", "ORG"], "tagger": ["NN"]}}
    (tmp_path / "meta.json").write_text(json.dumps(said))
    assert labels(str(tmp_path)) == ["ORG", "LOC", "MISC", "PER"]


def test_what_cannot_be_found_out_is_taken_for_english(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("[]")
    assert labels(str(tmp_path)) == labels("no_such_pipeline") == labels("no/path") == ENGLISH
