"""An anchor says where a span stands and what it says, in code points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text.anchors import CONTEXT, Anchor, anchor
from tests.store.strategies import articles, spans


def test_an_anchor_keeps_the_words_and_what_stands_around_them() -> None:
    text = "The mayor said that the bridge is safe."
    assert anchor(text, 20, 38) == Anchor(
        start=20, end=38, quote="the bridge is safe", prefix="The mayor said that ", suffix="."
    )


def test_offsets_are_code_points() -> None:
    text = "👨🏻‍🚒 firemen drive firetrucks"
    assert anchor(text, 19, 29).quote == "firetrucks"


def test_of_a_long_text_only_32_code_points_on_either_side_are_kept() -> None:
    kept = anchor("a" * 100 + "quote" + "b" * 100, 100, 105)
    assert (kept.prefix, kept.suffix) == ("a" * CONTEXT, "b" * CONTEXT)


def test_a_span_may_be_the_whole_text() -> None:
    assert anchor("all", 0, 3) == Anchor(start=0, end=3, quote="all", prefix="", suffix="")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 6), (5, 6), (9, 9)])
def test_a_span_that_is_empty_or_not_in_the_text_has_no_anchor(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"no span {start}\.\.{end} in a text of 5 code points"):
        anchor("words", start, end)


@settings(max_examples=60, deadline=None)
@given(articles, st.data())
def test_what_an_anchor_says_stands_in_the_text_where_it_says(text: str, data: st.DataObject) -> None:
    start, end = data.draw(spans(text))
    kept = anchor(text, start, end)
    assert (kept.start, kept.end, kept.quote) == (start, end, text[start:end])
    around = kept.prefix + kept.quote + kept.suffix
    assert text.startswith(around, start - len(kept.prefix))
    assert len(kept.prefix) == min(CONTEXT, start)
    assert len(kept.suffix) == min(CONTEXT, len(text) - end)
