"""spaCy in a process of its own: what it finds, in what order it reads, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from store.entities.layers import Layers
from store.entities.pipelines import DEFAULT, Pipeline, PipelineError, identity
from store.entities.process import EntityProcess, ProcessEnded, as_prose
from tests.store.strategies import texts

SOON = 30.0
"""Seconds in which something has to happen on the slowest machine."""


@pytest.fixture(scope="module")
def english() -> Iterator[EntityProcess]:
    """The process with the pipeline that is installed with postil, ready."""
    process = EntityProcess(DEFAULT)
    process.wait_until_ready()
    yield process
    process.close()


def found(process: EntityProcess, text: str, start: int = 0, end: int | None = None) -> list[tuple[str, str]]:
    """What the process finds in `text[start:end]`: the words and their labels."""
    end = len(text) if end is None else end
    process.ask(text, start, end)
    answer = process.receive()
    assert (answer.start, answer.end) == (start, end)
    assert all(start <= entity.start < entity.end <= end for entity in answer.entities)
    return [(text[entity.start : entity.end], entity.label) for entity in answer.entities]


# The process


def test_people_and_places_are_found(english: EntityProcess) -> None:
    assert found(english, "Angela Merkel met Emmanuel Macron in Paris on Monday.") == [
        ("Angela Merkel", "PERSON"),
        ("Emmanuel Macron", "PERSON"),
        ("Paris", "GPE"),
        ("Monday", "DATE"),
    ]


def test_a_text_without_names_has_none(english: EntityProcess) -> None:
    assert found(english, "It is closed.") == []
    assert found(english, " \n\n ") == []
    assert found(english, "") == []


def test_offsets_are_those_of_the_whole_text(english: EntityProcess) -> None:
    text = "👨🏻‍🚒 e\u0301 東京\n\nNothing here.\n\nAngela Merkel lives in Berlin.\n\nParis."
    start = text.index("Angela")
    assert found(english, text, start, text.index("\n\nParis")) == [("Angela Merkel", "PERSON"), ("Berlin", "GPE")]


def test_a_name_over_two_lines_of_a_wrapped_paragraph_is_one(english: EntityProcess) -> None:
    text = (
        "The talks about the bridge were opened on Tuesday morning by Chancellor Angela\n"
        "Merkel, who had come from Berlin."
    )
    assert ("Angela\nMerkel", "PERSON") in found(english, text)


def test_no_name_goes_from_one_paragraph_into_the_next(english: EntityProcess) -> None:
    assert ("Angela Merkel", "PERSON") in found(english, "# Angela Merkel\n\nParis is far away.")


def test_answers_come_in_the_order_of_the_questions(english: EntityProcess) -> None:
    text = "Angela Merkel.\n\nIn Berlin."
    english.ask(text, 16, 26)
    english.ask(text, 0, 14)
    assert english.waiting == 2
    assert (english.receive().start, english.receive().start) == (16, 0)
    assert english.waiting == 0


def test_signs_of_every_kind_are_survived(english: EntityProcess) -> None:
    assert isinstance(found(english, "\x00\x1b[31m\u2028\u202e\ufeff{}[]\"'\\\n\n---\n\n" + "\u0301" * 50), list)


@pytest.mark.parametrize(
    ("paragraph", "prose"),
    [
        ("Some\nwords.", "Some words."),
        ("## Heading", "   Heading"),
        ("> quoted", "  quoted"),
        ("- item", "  item"),
        ("> - ## all of them", "       all of them"),
        ("  * indented", "    indented"),
        ("#hashtag", "#hashtag"),
        ("-5 degrees", "-5 degrees"),
        ("a # b", "a # b"),
        ("", ""),
    ],
)
def test_the_model_sees_no_line_ends_and_no_markdown_before_the_words(paragraph: str, prose: str) -> None:
    assert as_prose(paragraph) == prose


@settings(max_examples=60, deadline=None)
@given(texts)
def test_what_the_model_sees_is_as_long_as_the_text_and_differs_only_in_spaces(text: str) -> None:
    prose = as_prose(text)
    assert len(prose) == len(text)
    assert all(new in {old, " "} for old, new in zip(text, prose, strict=True))


# Articles of several stretches


STRETCHES = [
    "Paula Strandvik lost the vote.\n\n",
    "It was for Strandvik, and AI.\n\n",
    "Then Strandvik's lawyer came.\n",
]


def test_a_stretch_of_an_article_is_a_draft_and_a_whole_article_is_not(english: EntityProcess) -> None:
    english.ask("Oslo.\n\nBergen.", 0, 7)
    english.ask("Oslo.", 0, 5)
    assert (english.receive().draft, english.receive().draft) == (True, False)


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_stretches_are_settled_to_what_the_article_is_at_once_in_whatever_order_they_were_read(
    english: EntityProcess, order: list[int]
) -> None:
    text = "".join(STRETCHES)
    spans = [(text.index(stretch), text.index(stretch) + len(stretch)) for stretch in STRETCHES]
    drafts = {}
    for index in order:
        english.ask(text, *spans[index])
        drafts[index] = english.receive()
    settled = list(english.settle(text, [drafts[index] for index in sorted(drafts)]))
    assert [(stretch.start, stretch.end) for stretch in settled] == spans
    assert not any(stretch.draft for stretch in settled)
    english.ask(text, 0, len(text))
    at_once = english.receive()
    assert [entity for stretch in settled for entity in stretch.entities] == at_once.entities
    names = [(text[entity.start : entity.end], entity.label) for entity in at_once.entities]
    assert names == [("Paula Strandvik", "PERSON"), ("Strandvik", "PERSON"), ("Strandvik", "PERSON")]


def test_what_the_reader_lists_has_the_last_word(tmp_path: Path) -> None:
    names = tmp_path / "names.jsonl"
    names.write_text('{"label": "FAC", "pattern": "Paula Strandvik"}\n')
    process = EntityProcess(Pipeline(DEFAULT, Layers(patterns=(names,))))
    process.wait_until_ready()
    assert found(process, "Paula Strandvik lost.") == [("Paula Strandvik", "FAC")]
    process.close()


# Pipelines


def test_a_pipeline_may_be_a_folder(ruler: str) -> None:
    assert identity(Pipeline(ruler, Layers.none())) == "en_ruler 0.0.0"
    process = EntityProcess(ruler)
    process.wait_until_ready()
    assert found(process, "Ada Berg left Oslo.") == [("Ada Berg", "PERSON"), ("Oslo", "GPE")]
    process.close()


def test_a_package_that_is_no_pipeline_is_refused_with_a_sentence() -> None:
    process = EntityProcess("hypothesis")
    with pytest.raises(PipelineError, match=r"the pipeline hypothesis cannot be used \(ValueError: it has no config"):
        process.wait_until_ready()
    process.close()


def test_what_lies_in_the_working_folder_is_not_imported(
    ruler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("spacy.py", "json.py", "store.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong one')")
    monkeypatch.chdir(tmp_path)
    process = EntityProcess(ruler)
    process.wait_until_ready()
    process.close()


# The worker, on its own


def worker(pipeline: str, *questions: object, before: str = "") -> list[object]:
    """What the worker answers to a whole input, after which it has to end by itself."""
    code = f"import sys; {before}\nsys.argv[0] = 'worker'\nfrom store.entities.worker import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", code, pipeline, Layers.none().to_json()],
        input="".join(json.dumps(question) + "\n" for question in questions),
        capture_output=True,
        text=True,
        check=True,
        timeout=SOON,
    )
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_the_worker_answers_whatever_the_pipeline_prints_and_ends_when_its_input_does(ruler: str) -> None:
    chatty = (
        "import spacy; load = spacy.load\n"
        "def loud(*a, **k): print('loading', flush=True); return load(*a, **k)\n"
        "spacy.load = loud"
    )
    question = {"paragraphs": [[0, "Ada Berg left."], [100, "Oslo"]]}
    assert worker(ruler, question, {"paragraphs": []}, before=chatty) == [
        {"ready": True},
        {"entities": [[0, 8, "PERSON"], [100, 104, "GPE"]]},
        {"entities": []},
    ]


def test_a_pipeline_without_a_component_for_entities_is_refused(ruler: str) -> None:
    assert worker(str(Path(ruler).with_name("blank"))) == [
        {"failed": "ValueError: the pipeline has no component that finds entities"}
    ]


# How it ends


def kill(process: EntityProcess) -> None:
    os.kill(process._child.pid, signal.SIGKILL)
    process._child.wait()


def test_a_process_that_was_killed_is_said_to_have_ended(ruler: str) -> None:
    process = EntityProcess(ruler)
    process.wait_until_ready()
    process.ask("Oslo", 0, 4)
    process.receive()
    kill(process)
    with pytest.raises(ProcessEnded, match=r"ended unexpectedly .it was killed, as a machine does"):
        process.receive()
    with pytest.raises(PipelineError, match="ended unexpectedly"):
        process.ask("Oslo", 0, 4)
    process.close()


def test_a_process_can_be_closed_at_once_and_twice(ruler: str) -> None:
    process = EntityProcess(ruler)
    process.close()
    process.close()
    with pytest.raises(PipelineError, match="ended unexpectedly"):
        process.ask("Oslo", 0, 4)
    with pytest.raises(PipelineError, match="ended unexpectedly"):
        process.wait_until_ready()
