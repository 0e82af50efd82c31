"""Rows: every offset is in one of them, none is too wide, and it does not matter in which order they are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate, pairwise

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from wcwidth import iter_graphemes

from store.text import stretches
from tests.store.strategies import CLUSTERS, signs, texts
from tui.reading import layout as layout_module
from tui.reading.cells import clusters
from tui.reading.layout import Layout
from tui.reading.page import Page, Span

WIDTHS = st.integers(1, 100)
CJK = "東京都でCafe、「日本語」。〜々（ー）"

pieces = st.one_of(
    texts,
    signs,
    st.sampled_from(["word ", "well-known ", "x" * 120, "\n", "\n\n\n", "   ", "- ", " \n", "\t\x1b[0m", *CLUSTERS]),
    st.text("ab -\n", max_size=60),
    st.text(CJK, max_size=60),
)
plain_pieces = st.sampled_from(
    ["word", "well-known", " ", "  ", "\n", "東京", "、", "e\u0301", "👨🏻‍🚒", "x" * 30, "日本語を" * 9]
)


def written(pieces: SearchStrategy[str]) -> SearchStrategy[str]:
    """Texts of these pieces, said once or over and over."""
    texts = st.lists(pieces, min_size=1, max_size=16).map("".join)
    return texts | st.builds(lambda text, times: f"{text}a " * times, texts, st.sampled_from([2, 6, 20]))


any_text = written(pieces)
"""What texts are made of, in any order."""

plain_text = written(plain_pieces)
"""Texts in which no mark stands on a space."""


@contextmanager
def short_stretches() -> Iterator[None]:
    """Stretches of at most 128 code points, so that a short text has many."""
    with pytest.MonkeyPatch.context() as patch:
        for name, length in {"LONGEST": 128, "_EARLIEST": 64, "_LAST_LOOK": 32}.items():
            patch.setattr(stretches, name, length)
        yield


def short_page(text: str) -> Page:
    with short_stretches():
        return Page(text)


def settled(text: str, width: int) -> Layout:
    layout = Layout(short_page(text), width)
    while not layout.settle(1):
        pass
    return layout


def spans(layout: Layout) -> list[Span]:
    return [layout.span(row) for row in range(layout.total)]


def rows(text: str, width: int) -> list[str]:
    """The rows of a text, spaces that hang over the edge too."""
    layout = Layout(Page(text), width)
    layout.settle(10)
    return [text[slice(*span)] for span in spans(layout)]


# Examples


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("one two three", 8, ["one two ", "three"]),
        ("one two three", 7, ["one two ", "three"]),
        ("one two three", 6, ["one ", "two ", "three"]),
        ("one   two", 4, ["one   ", "two"]),
        ("one\ntwo", 80, ["one", "two"]),
        ("one\n\ntwo\n", 80, ["one", "", "two"]),
        ("", 80, [""]),
        ("\n", 80, [""]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("a well-known fact", 8, ["a well-", "known ", "fact"]),
        ("a -b", 3, ["a -", "b"]),
        ("x     ", 3, ["x     "]),
    ],
)
def test_text_is_broken_after_spaces_and_dashes_and_words_only_where_they_must(
    text: str, width: int, expected: list[str]
) -> None:
    assert rows(text, width) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("東京都に行く", 4, ["東京", "都に", "行く"]),
        ("東京都に行く", 5, ["東京", "都に", "行く"]),
        ("東京 Tokyo", 6, ["東京 ", "Tokyo"]),
        ("東京Tokyo", 6, ["東京", "Tokyo"]),
        ("👨🏻‍🚒👨🏻‍🚒", 3, ["👨🏻‍🚒", "👨🏻‍🚒"]),
        ("東", 1, ["東"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
    ],
)
def test_wide_signs_are_broken_between_clusters(text: str, width: int, expected: list[str]) -> None:
    assert rows(text, width) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("東京都、日本", 6, ["東京", "都、日", "本"]),
        ("日本語。東京", 6, ["日本", "語。東", "京"]),
        ("日本「東京」都", 6, ["日本", "「東", "京」都"]),
        ("東京（都）に", 6, ["東京", "（都）", "に"]),
        ("彼はコーヒーを", 6, ["彼は", "コー", "ヒーを"]),
        ("。。。。", 2, ["。", "。", "。", "。"]),
    ],
)
def test_no_row_begins_or_ends_with_a_sign_that_must_not_while_there_is_another_chance(
    text: str, width: int, expected: list[str]
) -> None:
    assert rows(text, width) == expected


def test_a_tab_is_a_place_to_break_at() -> None:
    assert rows("one\ttwo", 4) == ["one\t", "two"]


def test_a_no_break_space_is_no_place_to_break_at() -> None:
    assert rows("It is 10\xa0km", 8) == ["It is ", "10\xa0km"]


def test_a_width_below_one_is_taken_for_one() -> None:
    assert rows("ab", 0) == ["a", "b"]


def test_rows_outside_the_page_are_taken_for_the_first_or_the_last() -> None:
    layout = Layout(Page("one\ntwo\n"), 80)
    assert layout.span(-5) == (0, 3)
    assert layout.span(99) == (4, 7)


def test_the_column_is_counted_in_cells() -> None:
    layout = Layout(Page("a東e\u0301👨🏻‍🚒b"), 80)
    assert [layout.column_of(offset) for offset in (0, 1, 2, 4, 8)] == [0, 1, 3, 4, 6]


def test_the_second_cell_of_a_wide_sign_is_still_that_sign() -> None:
    layout = Layout(Page("a東b"), 80)
    assert [layout.offset_at(0, column) for column in range(6)] == [0, 1, 1, 2, 2, 2]


def test_an_empty_row_has_one_place_for_the_caret() -> None:
    layout = Layout(Page("one\n\ntwo"), 80)
    assert [layout.offset_at(1, column) for column in (0, 5)] == [4, 4]


def test_settling_takes_no_longer_than_it_may_and_can_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(layout_module, "perf_counter", lambda: next(clock))
    layout = Layout(short_page("word " * 120), 7)
    assert not layout.settle(2)
    assert layout.settle(50)
    assert layout.settled
    assert layout.total == 120


# Laws


@settings(max_examples=80, deadline=None)
@given(any_text, WIDTHS)
@example("a\n\n", 1)
def test_every_offset_is_in_one_row_and_the_rows_are_in_order(text: str, width: int) -> None:
    layout = settled(text, width)
    position = 0
    for start, end in spans(layout):
        assert text[position:start] in {"", "\n"}
        assert position <= start <= end
        position = end
    assert text[position:] in {"", "\n"}
    assert text.count("\n") <= layout.total


@settings(max_examples=80, deadline=None)
@given(any_text, WIDTHS)
def test_the_row_of_an_offset_is_the_one_whose_span_holds_it(text: str, width: int) -> None:
    layout = settled(text, width)
    for row, (start, end) in enumerate(spans(layout)):
        assert {layout.row_of(offset) for offset in range(start, end)} <= {row}
    assert layout.row_of(len(text)) == layout.total - 1


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text("ab -東", max_size=60), max_size=8).map("\n".join), WIDTHS)
def test_a_line_end_belongs_to_the_row_that_it_ends(text: str, width: int) -> None:
    layout = settled(text, width)
    for row, (_, end) in enumerate(spans(layout)):
        assert end == len(text) or layout.row_of(end) == row + (text[end] != "\n")


def test_a_line_as_long_as_a_stretch_has_no_empty_row_after_it() -> None:
    text = "x" * stretches.LONGEST + "\nnext"
    assert "" not in rows(text, 80)


@settings(max_examples=80, deadline=None)
@given(any_text | plain_text | st.text("ab -", max_size=90) | st.text("東京e\u0301 x、（", max_size=90), WIDTHS)
@example(" abc、", 4)
@example("x abc   ）", 5)
@example("a \u200d", 1)
def test_no_row_is_wider_than_the_page(text: str, width: int) -> None:
    layout = settled(text, width)
    for start, end in spans(layout):
        row = list(clusters(text[start:end]))
        while row and row[-1].shown.isspace():  # a space may hang over the edge, with what joins it
            row.pop()
        assert sum(cluster.width for cluster in row) <= width or len(row) == 1


def borders(text: str) -> list[int]:
    """Where the clusters of a text start, and its end."""
    return list(accumulate((len(cluster) for cluster in iter_graphemes(text)), initial=0))


@settings(max_examples=80, deadline=None)
@given(any_text, WIDTHS)
@example("a" * 99 + " \u0301" + "b" * 40, 80)
def test_every_row_starts_with_a_whole_cluster(text: str, width: int) -> None:
    starts = borders(text)
    assume(all(end - start < 64 for start, end in pairwise(starts)))
    assert {start for start, _ in spans(settled(text, width))} <= set(starts)


@settings(max_examples=80, deadline=None)
@given(st.text("東京本、。」「", max_size=60), WIDTHS)
def test_no_row_of_chinese_begins_or_ends_with_a_sign_that_must_not_while_there_is_another_chance(
    text: str, width: int
) -> None:
    def may_break(offset: int) -> bool:
        return text[offset] not in "、。」" and text[offset - 1] != "「"

    starts = [start for start, _ in spans(settled(text, width))]
    for start, following in pairwise(starts):
        assert may_break(following) or not any(may_break(offset) for offset in range(start + 1, following))


@settings(max_examples=80, deadline=None)
@given(any_text, WIDTHS, st.lists(st.tuples(st.booleans(), st.integers(0, 400)), max_size=12))
def test_it_does_not_matter_in_which_order_rows_are_looked_at(
    text: str, width: int, looks: list[tuple[bool, int]]
) -> None:
    eager, lazy = settled(text, width), Layout(short_page(text), width)
    for by_row, number in looks:
        start, end = lazy.span(number) if by_row else lazy.span(lazy.row_of(min(number, len(text))))
        assert eager.span(eager.row_of(start)) == (start, end)
        assert by_row or start <= min(number, len(text)) <= end + 1
    assert lazy.settle(10)
    assert spans(lazy) == spans(eager)


@settings(max_examples=80, deadline=None)
@given(any_text | plain_text, WIDTHS)
@example("\u200b\u0301x", 80)
def test_the_column_of_an_offset_leads_back_to_it(text: str, width: int) -> None:
    layout = settled(text, width)
    for start, end in spans(layout):
        for cluster in clusters(text[start:end], start):
            row, column = layout.row_of(cluster.start), layout.column_of(cluster.start)
            found = {layout.offset_at(row, column + cell) for cell in range(cluster.width)}
            assert found == {cluster.start}
