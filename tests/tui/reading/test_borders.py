"""The borders of a name, moved by words and by signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import graphemes
from tests.store.strategies import articles, spans
from tui.reading.borders import Side, Unit, moved

TEXT = "The  Amazon Web Services' firm"


def at(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.mark.parametrize(
    ("words", "side", "direction", "unit", "then"),
    [
        ("Amazon", "end", 1, "word", "Amazon Web"),
        ("Amazon Web", "end", -1, "word", "Amazon"),
        ("Amazon", "end", -1, "word", "Amazon"),
        ("Web", "start", -1, "word", "Amazon Web"),
        ("Amazon Web", "start", 1, "word", "Web"),
        ("Web", "start", 1, "word", "Web"),
        ("Amazon", "start", -1, "word", "The  Amazon"),
        ("The", "start", -1, "word", "The"),
        ("firm", "end", 1, "word", "firm"),
        ("Services", "end", 1, "word", "Services'"),
        ("Web", "end", 1, "sign", "Web "),
        ("Web", "end", -1, "sign", "We"),
        ("Web", "start", -1, "sign", " Web"),
        ("Web", "start", 1, "sign", "eb"),
    ],
)
def test_a_border_moves_by_a_word_or_a_sign_and_never_too_far(
    words: str, side: Side, direction: int, unit: Unit, then: str
) -> None:
    start, end = moved(TEXT, at(words), side, direction, unit)
    assert TEXT[start:end] == then


def test_a_family_of_emoji_is_one_sign() -> None:
    assert moved("a👨🏻‍🚒b", (0, 1), "end", 1, "sign") == (0, 5)


@given(
    st.data(), articles, st.sampled_from(["start", "end"]), st.sampled_from([1, -1]), st.sampled_from(["word", "sign"])
)
def test_whatever_the_text_a_span_of_whole_clusters_stays_one(
    data: st.DataObject, text: str, side: Side, direction: int, unit: Unit
) -> None:
    span = graphemes.snap(text, *data.draw(spans(text)))
    start, end = moved(text, span, side, direction, unit)
    assert 0 <= start < end <= len(text)
    if unit == "sign":
        assert graphemes.snap(text, start, end) == (start, end)
