"""What is laid over a pipeline: chosen in config.toml, and told apart by a digest."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.entities import layers
from store.entities.layers import SWITCHES, Layers
from store.entities.pipelines import DEFAULT, Pipeline, PipelineError, identity
from store.errors import SettingsError

CONFIG = Path("/home/ada/config.toml")


def test_all_layers_are_on_and_each_can_be_switched_off() -> None:
    assert Layers.read({}, CONFIG) == Layers()
    for name in SWITCHES:
        assert not getattr(Layers.read({name: False}, CONFIG), name)


def test_files_of_patterns_are_looked_for_beside_config_toml() -> None:
    assert Layers.read({"patterns": ["names.jsonl", "/other.jsonl"]}, CONFIG).patterns == (
        Path("/home/ada/names.jsonl"),
        Path("/other.jsonl"),
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            {"colour": True},
            "has entities.colour, which postil does not know: it knows "
            "gazetteer, never, borders, recall, consistency, patterns.",
        ),
        ({"recall": "yes"}, "says entities.recall = 'yes': write true or false."),
        ({"patterns": "a.jsonl"}, "says entities.patterns = 'a.jsonl': write a list of files, as [\"names.jsonl\"]."),
        ({"patterns": [1]}, 'says entities.patterns = [1]: write a list of files, as ["names.jsonl"].'),
        (
            {"patterns": ["~nobody_here/a"]},
            "says entities.patterns = ['~nobody_here/a'], but there is no such home folder.",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Layers.read(said, CONFIG)
    assert refused.value.sentence == f"{CONFIG} {sentence}"


def test_they_come_back_from_json() -> None:
    chosen = Layers(recall=False, patterns=(Path("/a.jsonl"),))
    assert Layers.from_json(chosen.to_json()) == chosen


def test_each_choice_version_and_list_has_a_digest_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = tmp_path / "names.jsonl"
    names.write_text('{"label": "ORG", "pattern": "Quarnby"}\n')
    digests = [Layers().digest(), Layers(recall=False).digest(), Layers(patterns=(names,)).digest()]
    names.write_text('{"label": "GPE", "pattern": "Quarnby"}\n')
    digests.append(Layers(patterns=(names,)).digest())
    monkeypatch.setattr(layers, "VERSION", layers.VERSION + 1)
    digests.append(Layers().digest())
    assert len({*digests}) == len(digests)
    assert all(len(digest) == 8 for digest in digests)
    assert Layers().digest() == Layers().digest()
    assert Layers.none().digest() == ""


def test_what_answers_are_kept_under_names_the_layers_too(tmp_path: Path) -> None:
    bare, ours = identity(Pipeline(DEFAULT, Layers.none())), identity(DEFAULT)
    assert ours == f"{bare} +postil {Layers().digest()}"
    (tmp_path / "names.jsonl").write_text("{")
    with pytest.raises(PipelineError, match=r"No names are marked: .*names.jsonl, line 1 is not JSON"):
        identity(Pipeline(DEFAULT, Layers(patterns=(tmp_path / "names.jsonl",))))
