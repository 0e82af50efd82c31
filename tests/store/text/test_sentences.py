"""Sentences by rule: where English, Chinese and Japanese end them, and where only an abbreviation ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text.sentences import sentences
from tests.store.helpers import at_most, pieces, uncovered
from tests.store.strategies import prose, texts


def of(text: str) -> list[str]:
    return pieces(text, sentences(text, 0, len(text)))


@pytest.mark.parametrize(
    "parts",
    [
        ["One thing.", "Another thing!", "A third?", "A fourth…", "The rest"],
        ["He left.", "“Why?” she asked.", "Nobody knew."],
        ["“It is over.”", "She closed the door."],
        ["It cost $3.5 million.", "That was in 2019.", "2020 was worse."],
        ["(He had said so.)", "Then he went."],
        ["**It is bold.**", "It is not."],
        ["Really?!", "Yes."],
        ["Was it him?", "¿Quién sabe?", "Nobody."],
    ],
    ids=lambda parts: parts[0],
)
def test_a_stop_before_a_capital_ends_a_sentence(parts: list[str]) -> None:
    assert of(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Mills met Mr. and Mrs. Orr at St. Mary's.",
        "See e.g. Fig. 3 and pp. 4 to 6 of Smith et al. (2019).",
        "The U.S. Senate voted at 5 p.m. Eastern time.",
        "J. R. R. Tolkien wrote it.",
        "Acme Inc. Chairman Bo Lee resigned.",
        "It is No. 5 of them.",
        "Visit example.com for more.",
        "He said that... it was nothing.",
        "It grew by 3.5 percent.",
    ],
)
def test_an_abbreviation_ends_no_sentence(text: str) -> None:
    assert of(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["They moved to the U.S.", "The rest stayed."],
        ["She works for Acme Inc.", "It makes anvils."],
        ["It shut at 5 p.m.", "Then it rained."],
        ["He said no.", "Nobody asked again."],
        ["So do I.", "We all do."],
    ],
    ids=lambda parts: parts[0],
)
def test_an_abbreviation_ends_a_sentence_if_the_next_word_begins_one(parts: list[str]) -> None:
    assert of(" ".join(parts)) == parts


def hard_cases() -> Iterator[tuple[str, list[str]]]:
    """Paragraphs of `sentences.txt`, and the sentences that a reader finds in them."""
    for line in Path(__file__).with_name("sentences.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            parts = re.split(r"⏎?‖ ?", line)
            text = re.sub(r"‖ ?", "", line).replace("⏎", "\n")
            yield text, [part.replace("⏎", "\n").strip() for part in parts]


UNSOLVED = {"I asked the gov. He shrugged.", "We met Ann\nLee and her brother at the station of\nDunmore."}
"""Cases that only their meaning decides. What is solved has to leave this list."""


def test_the_hard_cases_are_many() -> None:
    assert len(list(hard_cases())) >= 150


@pytest.mark.parametrize(("text", "parts"), hard_cases(), ids=lambda value: str(value)[:40])
def test_a_hard_case(text: str, parts: list[str]) -> None:
    assert (of(text) == parts) is (text not in UNSOLVED)


def test_what_is_wrapped_without_end_takes_linear_time() -> None:
    text = "A line of a text that was wrapped by somebody.\n" * 20_000
    with at_most(20):
        assert len(of(text)) == 20_000


def test_chinese_and_japanese_need_no_space() -> None:
    assert of("市长同意。桥关闭了！为什么？「没有人知道。」他说。") == [
        "市长同意。",
        "桥关闭了！",
        "为什么？",
        "「没有人知道。」",
        "他说。",
    ]


def test_white_space_around_a_sentence_is_not_part_of_it() -> None:
    text = "  One.\n  Two.  "
    assert sentences(text, 0, len(text)) == [(2, 6), (9, 13)]


def test_only_the_named_part_of_the_text_is_looked_at() -> None:
    text = "One. Two. Three."
    assert pieces(text, sentences(text, 5, 9)) == ["Two."]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_white_space_has_no_sentence(text: str) -> None:
    assert of(text) == []


@settings(max_examples=60, deadline=None)
@given(texts | prose, st.data())
def test_sentences_are_in_order_apart_and_cover_everything_but_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentences(text, start, end)
    assert all(start <= a < b <= end for a, b in found)
    assert not uncovered(text[start:end], [(a - start, b - start) for a, b in found]).strip()
    assert all(piece == piece.strip() for piece in pieces(text, found))
