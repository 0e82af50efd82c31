"""Paragraphs: blank lines part them, and so do line ends that nobody put there to wrap."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text.paragraphs import paragraphs
from tests.store.helpers import pieces, uncovered
from tests.store.strategies import prose, texts

WRAPPED = """\
The council voted on Monday to close the bridge, after engineers had found
cracks in two of its piers. It will stay closed until the autumn, the mayor
said."""


def of(text: str) -> list[str]:
    return pieces(text, paragraphs(text, 0, len(text)))


def test_blank_lines_part_paragraphs_and_belong_to_none() -> None:
    assert of("One.\n\nTwo.\n \t\nThree.\n") == ["One.", "Two.", "Three."]


def test_short_lines_are_paragraphs_of_their_own() -> None:
    assert of("Home\nNews\nSport") == ["Home", "News", "Sport"]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    line = "Nothing else was said. " * 10
    assert of(f"{line}\n{line}") == [line, line]


def test_lines_that_were_wrapped_are_one_paragraph() -> None:
    assert of(f"{WRAPPED}\n\nMore.") == [WRAPPED, "More."]


@pytest.mark.parametrize("sign", ["# ", "### ", "- ", "* ", "• ", "1. ", "12) ", "> ", "| "])
def test_a_markdown_sign_begins_a_paragraph(sign: str) -> None:
    first, *rest = WRAPPED.splitlines()
    assert of("\n".join([first, sign + "x", *rest]))[:2] == [first, sign + "x"]


def test_nothing_goes_on_with_a_heading() -> None:
    heading = "# " + "A heading as long as a wrapped line of text would be, and then a word"
    assert of(f"{heading}\nincomprehensibly long words follow it") == [
        heading,
        "incomprehensibly long words follow it",
    ]


def test_white_space_before_the_first_sign_is_kept() -> None:
    assert of("  Indented.\n") == ["  Indented."]


def test_only_the_named_part_of_the_text_is_looked_at() -> None:
    text = "One.\nTwo.\nThree."
    assert pieces(text, paragraphs(text, 5, 9)) == ["Two."]


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n"])
def test_a_text_of_white_space_has_no_paragraph(text: str) -> None:
    assert of(text) == []


@settings(max_examples=60, deadline=None)
@given(texts | prose, st.data())
def test_paragraphs_are_in_order_apart_and_cover_everything_but_white_space(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = paragraphs(text, start, end)
    assert all(start <= a < b <= end for a, b in found)
    assert not uncovered(text[start:end], [(a - start, b - start) for a, b in found]).strip()
    assert not any(piece.startswith("\n") or piece.endswith("\n") for piece in pieces(text, found))
