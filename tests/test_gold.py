"""Gold: our own fits its articles, and files of every common kind are read alike."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.articles import files
from store.entities.components.kinds import is_name
from store.records import Entity
from store.text.words import count_words
from tests.benchmarks import gold, quality

LINES = [(file, line) for file in quality.OWN for line in file.read_text("utf-8").splitlines()]


def read(folder: Path, content: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """What is read of a file: each document's text, and the words and labels of its names."""
    file = folder / "gold.txt"
    file.write_text(content, "utf-8")
    return [
        (document.text, [(document.text[name.start : name.end], name.label) for name in document.names])
        for document in gold.read(file)
    ]


# Our own


def test_there_is_enough_of_our_own() -> None:
    assert [file.name for file in quality.OWN] == ["development.jsonl", "test.jsonl"]
    words = [sum(count_words(document.text) for document in gold.read(file)) for file in quality.OWN]
    assert min(words) > 1_500


@pytest.mark.parametrize(("file", "line"), LINES, ids=[json.loads(line)["article"] for _, line in LINES])
def test_offsets_fit_the_articles(file: Path, line: str) -> None:
    said = json.loads(line)
    text = files.read(gold.SAMPLES / said["article"]).text
    position = 0
    for start, end, label, words in said["entities"]:
        assert text[start:end] == words, file
        assert start >= position
        assert not text[start - 1].isalnum()
        assert not text[end].isalnum()
        assert is_name(label)
        position = end


# Files of others


def test_conll_has_documents_sentences_and_tags_in_the_last_column(tmp_path: Path) -> None:
    content = (
        "-DOCSTART- -X- -X- O\n\nEU NNP I-NP I-ORG\nrejects VBZ I-VP O\n\n"
        "Peter NNP I-NP I-PER\nBlackburn NNP I-NP I-PER\n"
        "\n-DOCSTART- -X- -X- O\n\nOslo NNP I-NP I-LOC\nBergen NNP I-NP B-LOC\nAda NNP I-NP I-PER\n"
    )
    assert read(tmp_path, content) == [
        ("EU rejects\n\nPeter Blackburn", [("EU", "ORG"), ("Peter Blackburn", "PER")]),
        ("Oslo Bergen Ada", [("Oslo", "LOC"), ("Bergen", "LOC"), ("Ada", "PER")]),
    ]


def test_without_documents_each_sentence_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, "Oslo\tB-location\n#hashtag\tO\n\nAda\tB-person\nBerg\tI-person\n") == [
        ("Oslo #hashtag", [("Oslo", "location")]),
        ("Ada Berg", [("Ada Berg", "person")]),
    ]


def test_universal_ner_counts_its_words_and_tells_the_text(tmp_path: Path) -> None:
    content = (
        "# newdoc id = a\n# sent_id = a-1\n# text = Oslo's mayor\n"
        "1\tOslo\tB-LOC\t-\t-\n2\t's\tO\t-\t-\n3\tmayor\tO\t-\t-\n\n"
        "# sent_id = a-2\n# text = Ada.\n1\tAda\tB-PER\t-\t-\n2\t.\tO\t-\t-\n\n"
        "# newdoc id = b\n# text = No\n1\tNo\tO\t-\t-\n"
    )
    assert read(tmp_path, content) == [("Oslo's mayor\n\nAda.", [("Oslo", "LOC"), ("Ada", "PER")]), ("No", [])]


def test_bioes_is_read_too(tmp_path: Path) -> None:
    assert read(tmp_path, "Ada B-PER\nvan I-PER\nBerg E-PER\nOslo S-LOC\nBergen S-LOC\n")[0][1] == [
        ("Ada van Berg", "PER"),
        ("Oslo", "LOC"),
        ("Bergen", "LOC"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "Ada left Oslo", "entities": [[0, 3, "PER"], [9, 13, "LOC"]]}',
        '{"text": "Ada left Oslo", "spans": [{"start": 9, "end": 13, "label": "LOC"}, [0, 3, "PER"]]}',
        '{"text": "Ada left Oslo", "entities": [{"start_offset": 0, "end_offset": 3, "label": "PER"}, [9, 13, "LOC"]]}',
    ],
)
def test_jsonl_has_spans(tmp_path: Path, line: str) -> None:
    assert read(tmp_path, line + "\n") == [("Ada left Oslo", [("Ada", "PER"), ("Oslo", "LOC")])]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Ada left\n", "line 1 has no word with a tag like O or B-PER."),
        ("Ada O\nleft O\n", "has no names: is the tag in its last column?"),
        ('{"text": "Ada"}\n', "line 1 is no text with entities"),
        ('{"text": "Ada", "entities": [[0, 9, "PER"]]}\n', "line 1: 0 to 9 is not in the text."),
        ("", "has no names"),
    ],
)
def test_what_is_no_gold_is_refused_with_a_sentence(tmp_path: Path, content: str, sentence: str) -> None:
    with pytest.raises(gold.GoldError, match=r"gold\.txt") as refused:
        read(tmp_path, content)
    assert sentence in str(refused.value)


# Scores


def test_scores_are_of_exact_names_and_of_their_types_alone() -> None:
    text = "the Oslo Post and Ada Berg in Oslo on Monday"
    document = gold.Document(text, [Entity(4, 13, "ORG"), Entity(18, 26, "PER"), Entity(30, 34, "LOC")])
    said = [Entity(0, 13, "ORG"), Entity(18, 26, "PERSON"), Entity(30, 34, "PERSON"), Entity(38, 44, "DATE")]
    scores = quality.scored([document], [said])
    assert {name: (round(exact.f1), round(type_.f1)) for name, (exact, type_) in scores.items()} == {
        "PER": (67, 67),
        "LOC": (0, 0),
        "ORG": (0, 100),
        "all": (33, 67),
    }


def test_types_that_the_gold_has_not_are_not_held_against_a_pipeline() -> None:
    document = gold.Document("Ada is Norwegian", [Entity(0, 3, "PER")])
    scores = quality.scored([document], [[Entity(0, 3, "PERSON"), Entity(7, 16, "NORP")]])
    assert [*scores] == ["PER", "all"]
    assert scores["all"][0].precision == 100
