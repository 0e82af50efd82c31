"""A caret stands before a grapheme cluster, never in one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from store.text.graphemes import before, end_of, snap, start_of
from tests.store.strategies import CLUSTERS, SIGNS

texts = st.lists(st.sampled_from([*SIGNS, *CLUSTERS]), max_size=40).map("".join)


def boundaries(text: str) -> list[int]:
    """Where clusters start, found by walking the whole text from its beginning."""
    offsets = [0]
    for cluster in iter_graphemes(text):
        offsets.append(offsets[-1] + len(cluster))
    return offsets


@pytest.mark.parametrize("cluster", CLUSTERS)
def test_a_cluster_is_one_step(cluster: str) -> None:
    text = f"a{cluster}b"
    assert end_of(text, 1) == 1 + len(cluster)
    assert before(text, 1 + len(cluster)) == 1
    assert {start_of(text, offset) for offset in range(1, 1 + len(cluster))} == {1}


def test_letters_are_steps_of_their_own() -> None:
    assert [start_of("abc", offset) for offset in range(4)] == [0, 1, 2, 3]
    assert [end_of("abc", offset) for offset in range(4)] == [1, 2, 3, 3]


def test_flags_in_a_row_are_paired_from_the_first() -> None:
    text = "🇩🇪" * 100
    assert start_of(text, 151) == 150
    assert end_of(text, 150) == 152


def test_a_letter_with_a_hundred_marks_is_one_cluster() -> None:
    text = "a" + "\u0301" * 100 + "b"
    assert start_of(text, 50) == 0
    assert end_of(text, 0) == 101
    assert snap(text, 50, 51) == (0, 101)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a" + "\u0301" * 300, id="marks"),
        pytest.param("क" + "\u094dक" * 150, id="a conjunct"),
        pytest.param("🇩🇪" * 150, id="flags"),
        pytest.param("👨" + "\u200d👨" * 150, id="a family"),
    ],
)
def test_however_long_a_row_or_a_cluster_is_its_signs_agree_on_where_it_starts(text: str) -> None:
    walked = boundaries(text)
    assert sorted({start_of(text, offset) for offset in range(len(text) + 1)}) == walked


def test_before_the_first_cluster_is_the_start_of_the_text() -> None:
    assert before("abc", 0) == 0
    assert before("", 0) == 0


def test_offsets_outside_the_text_are_brought_back_into_it() -> None:
    assert start_of("abc", -1) == 0
    assert start_of("abc", 99) == 3
    assert snap("abc", -5, 99) == (0, 3)


def test_an_empty_span_snaps_to_the_cluster_it_stands_before() -> None:
    assert snap("a👨🏻‍🚒b", 1, 1) == (1, 5)


def test_nothing_can_be_snapped_to_at_the_end_of_a_text() -> None:
    assert snap("abc", 3, 3) == (3, 3)
    assert snap("", 0, 0) == (0, 0)


def test_a_prepended_sign_and_the_marks_after_its_base_are_one_cluster() -> None:
    text = "\u0600" + "1\u0301"  # the Arabic number sign goes before a number
    assert end_of(text, 0) == 3
    assert start_of(text, 2) == 0


@settings(max_examples=60, deadline=None)
@given(texts)
def test_starts_and_ends_are_those_of_a_walk_through_the_whole_text(text: str) -> None:
    walked = boundaries(text)
    assert sorted({start_of(text, offset) for offset in range(len(text) + 1)}) == walked
    assert [end_of(text, start) for start in walked[:-1]] == walked[1:]
    assert [before(text, end) for end in walked[1:]] == walked[:-1]


@settings(max_examples=60, deadline=None)
@given(texts, st.integers(-2, 60), st.integers(-2, 60))
def test_snapping_covers_the_span_and_snapping_again_changes_nothing(text: str, start: int, end: int) -> None:
    snapped = snap(text, start, end)
    inside_start, inside_end = min(max(start, 0), len(text)), min(max(end, 0), len(text))
    assert snapped[0] <= inside_start
    assert snapped[1] >= inside_end
    assert snap(text, *snapped) == snapped
    assert set(snapped) <= set(boundaries(text))
