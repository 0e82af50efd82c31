"""Files of names in spaCy's format, read with a sentence for every mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.entities.patterns import PatternsError, read


def write(folder: Path, text: str) -> Path:
    file = folder / "names.jsonl"
    file.write_text(text, "utf-8")
    return file


def test_patterns_come_in_their_order_and_empty_lines_say_nothing(tmp_path: Path) -> None:
    one = {"label": "ORG", "pattern": "Quarn Valley Trust", "id": "quarn"}
    two = {"label": "GPE", "pattern": [{"lower": "quarnby"}, {"IS_PUNCT": True, "OP": "?"}]}
    text = '\ufeff{"label": "ORG", "pattern": "Quarn Valley Trust", "id": "quarn"}\n\n'
    text += '{"label": "GPE", "pattern": [{"lower": "quarnby"}, {"IS_PUNCT": true, "OP": "?"}]}\n'
    assert read(write(tmp_path, text)) == [one, two]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a pattern"),
        ('{"label": "ORG", "patern": "a"}', "has the key 'patern': a pattern has label, pattern, id."),
        ('{"pattern": "a"}', "has no label"),
        ('{"label": " ", "pattern": "a"}', "has no label"),
        ('{"label": "ORG"}', "has no pattern"),
        ('{"label": "ORG", "pattern": ""}', "has an empty pattern"),
        ('{"label": "ORG", "pattern": []}', "has no pattern"),
        ('{"label": "ORG", "pattern": ["a"]}', "has no pattern"),
        ('{"label": "ORG", "pattern": "a", "id": 5}', "has an id that is not text"),
        ('{"label": "ORG", "pattern": [{"lowr": "a"}]}', "asks for 'lowr' of a token, which spaCy does not know."),
        ('{"label": "ORG", "pattern": [{"POS": "NOUN"}]}', "asks for 'POS' of a token, which postil's fast pipeline"),
    ],
)
def test_a_mistake_is_told_with_its_file_and_line(tmp_path: Path, line: str, sentence: str) -> None:
    file = write(tmp_path, f'{{"label": "ORG", "pattern": "right"}}\n{line}\n')
    with pytest.raises(PatternsError) as refused:
        read(file)
    assert refused.value.sentence.startswith(f"{file}, line 2 {sentence}")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PatternsError, match=r"nowhere\.jsonl cannot be read"):
        read(tmp_path / "nowhere.jsonl")
