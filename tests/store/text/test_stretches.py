"""A text cut into bounded pieces, by nothing but what it says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text.graphemes import start_of
from store.text.stretches import LONGEST, cut
from tests.store.helpers import at_most
from tests.store.strategies import CLUSTERS

blocks = st.sampled_from([*CLUSTERS, *"x .。漢\u2028", "\n", "word ", "One. ", "A line\n", "The end.\n\n", " \n \n"])
long_texts = st.lists(st.tuples(blocks, st.integers(1, 6000)), max_size=8).map(
    lambda parts: "".join(block * times for block, times in parts)
)


def stretches(text: str) -> list[str]:
    starts = cut(text)
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


@pytest.mark.parametrize("text", ["", "One line.", "x" * LONGEST])
def test_a_short_text_is_one_stretch(text: str) -> None:
    assert cut(text) == [0]


def test_a_stretch_ends_where_a_paragraph_does() -> None:
    paragraph = "x" * 5000 + "\n\n"
    assert stretches(paragraph * 3) == [paragraph] * 3


def test_the_blank_lines_after_a_paragraph_belong_to_its_stretch() -> None:
    first = "x" * 5000 + "\n \n\t\n"
    assert stretches(first + "y" * 5000) == [first, "y" * 5000]


def test_a_paragraph_too_long_for_a_stretch_is_cut_after_a_line() -> None:
    lines = ("x" * 99 + "\n") * 100
    assert all(stretch.endswith("\n") for stretch in stretches(lines))


def test_a_line_too_long_for_a_stretch_is_cut_after_a_sentence() -> None:
    line = "Nothing else was said. " * 500
    assert all(stretch.endswith("said. ") for stretch in stretches(line))


def test_a_sentence_too_long_for_a_stretch_is_cut_after_a_word() -> None:
    assert all(stretch.endswith("word ") for stretch in stretches("word " * 3000))


def test_chinese_is_cut_after_a_full_stop() -> None:
    assert all(stretch.endswith("。") for stretch in stretches("没有别的话。" * 3000))


def test_a_word_too_long_for_a_stretch_is_cut_between_clusters() -> None:
    assert all(stretch.startswith("👨🏻‍🚒") for stretch in stretches("x" + "👨🏻‍🚒" * 5000)[1:])


@pytest.mark.parametrize("line", ["x" * 8192, "x" * 8191 + " ", "x " * 4096])
def test_a_line_end_stays_with_its_line(line: str) -> None:
    assert not any(stretch.startswith("\n") for stretch in stretches(f"{line}\n{line}\n"))


def test_a_full_stop_stays_with_its_sentence() -> None:
    line = "没有别的话可说。" * 1024
    assert not any(stretch.startswith("。") for stretch in stretches(f"{line}\n{line}"))


def test_what_is_added_at_the_end_moves_no_cut_before_it() -> None:
    text = "Nothing else was said. " * 1000
    assert cut(text + "But then it was.")[:-1] == cut(text)[:-1]


def test_a_cluster_longer_than_a_stretch_is_cut_all_the_same() -> None:
    text = "a" + "\u0301" * (LONGEST + 1)
    with at_most(seconds=1):
        assert "".join(stretches(text)) == text


@pytest.mark.parametrize("cluster", [" \u0301", "。\ufe00"], ids=["a mark alone", "a full stop's variant"])
def test_no_cut_is_inside_a_cluster(cluster: str) -> None:
    text = "x" * 8000 + cluster + "x" * 8000
    assert [start_of(text, start) for start in cut(text)] == cut(text)


@settings(max_examples=40, deadline=None)
@given(long_texts)
def test_stretches_cover_the_text_without_gaps_and_are_bounded(text: str) -> None:
    assert "".join(stretches(text)) == text
    assert max(map(len, stretches(text))) <= LONGEST
    assert all(stretches(text)) or not text
