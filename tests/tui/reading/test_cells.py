"""What is shown of a sign, and how many cells it takes: nothing else may decide where a row ends."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import iter_graphemes

from tests.store.strategies import texts
from tui.reading.cells import Cluster, clusters, fit, is_narrow, one_line, shown, width_of

EVERY_SIGN = "".join(map(chr, range(0x110000))).replace("\n", "")
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
DIRECTION_MARKS = "\u061c\u200e\u200f"
FAMILY = "👨🏻‍👩🏻‍👧🏻‍👦🏻"


@pytest.mark.parametrize(
    ("sign", "seen"),
    [
        ("a", "a"),
        ("東", "東"),
        ("\t", " "),
        ("\x1b", "␛"),
        ("\0", "␀"),
        ("\x7f", "␡"),
        ("\x9b", "\ufffd"),
        ("\xa0", " "),
        ("\xad", "-"),
        ("\u200b", "·"),
        ("\u2028", "␤"),
        ("\u202e", "\ufffd"),
        ("\ud800", "\ufffd"),
    ],
)
def test_every_sign_is_shown_as_something_that_can_be_seen(sign: str, seen: str) -> None:
    assert shown(sign) == seen


def test_no_control_character_of_unicode_is_ever_shown() -> None:
    survivors = [
        f"U+{ord(sign):04X}"
        for sign in shown(EVERY_SIGN)
        if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(sign) in DIRECTIONS
        or sign in DIRECTION_MARKS
    ]
    assert survivors == []


def test_a_stand_in_is_as_long_as_what_it_stands_for() -> None:
    assert [len(shown(sign)) for sign in EVERY_SIGN if len(shown(sign)) != 1] == []


@settings(max_examples=50, deadline=None)
@given(texts)
def test_a_text_is_shown_code_point_for_code_point(text: str) -> None:
    assert shown(text) == "".join(shown(sign) for sign in text)
    assert shown(shown(text)) == shown(text)


def test_line_ends_are_spaces_where_there_is_one_line() -> None:
    assert one_line("A title\nin two lines\x1b[31m") == "A title in two lines␛[31m"


def test_a_narrow_sign_takes_one_cell_joins_nothing_and_is_painted_as_it_is() -> None:
    narrow = [sign for sign in EVERY_SIGN if is_narrow(sign)]
    assert len(narrow) > 1500
    assert shown("".join(narrow)) == "".join(narrow)
    assert all(cell_len(sign) == 1 for sign in narrow)
    assert all(list(iter_graphemes(f"{sign}a{sign}")) == [sign, "a", sign] for sign in narrow)


@pytest.mark.parametrize("sign", ["東", "e\u0301", "ש\u05b8", "❤️", "각", "\u0301", "Ａ", "\t", "\xad"])
def test_what_is_wide_or_joined_or_replaced_is_not_narrow(sign: str) -> None:
    assert not is_narrow(f"plain {sign} text")


def test_a_joined_emoji_is_one_cluster_of_two_cells() -> None:
    fireman, *letters = clusters("👨🏻‍🚒 firemen drive firetrucks")
    assert fireman == Cluster(0, 4, "👨🏻‍🚒", 2)
    assert len(letters) == len(" firemen drive firetrucks")
    assert letters[15] == Cluster(19, 20, "f", 1), "firetrucks starts at code point 19"


@pytest.mark.parametrize(
    ("sign", "width"), [("e\u0301", 1), ("か\u3099", 2), ("❤️", 2), ("🇩🇪", 2), ("1️⃣", 2), ("각", 2), (FAMILY, 2)]
)
def test_a_cluster_takes_the_cells_of_one_sign(sign: str, width: int) -> None:
    assert list(clusters(sign, 7)) == [Cluster(7, 7 + len(sign), sign, width)]


def test_a_mark_without_a_letter_is_seen_on_a_circle() -> None:
    assert list(clusters("\u0301a")) == [Cluster(0, 1, "◌\u0301", 1), Cluster(1, 2, "a", 1)]


def test_clusters_are_those_of_the_text_and_not_of_its_stand_ins() -> None:
    assert list(clusters("\u200b\u0301")) == [Cluster(0, 1, "·", 1), Cluster(1, 2, "◌\u0301", 1)]


def test_a_joiner_that_joins_nothing_does_not_swallow_the_next_sign() -> None:
    assert list(clusters("x\u200dy")) == [Cluster(0, 2, "x", 1), Cluster(2, 3, "y", 1)]


@settings(max_examples=80, deadline=None)
@given(texts, st.integers(0, 1000))
def test_clusters_are_the_signs_of_the_text_in_order_and_each_can_be_seen(text: str, offset: int) -> None:
    found = list(clusters(text, offset))
    assert [text[cluster.start - offset : cluster.end - offset] for cluster in found] == list(iter_graphemes(text))
    assert [cluster.start for cluster in found] == [offset, *(cluster.end for cluster in found)][:-1]
    assert all(cluster.width >= 1 and cluster.shown == shown(cluster.shown) for cluster in found)


@settings(max_examples=80, deadline=None)
@given(texts)
@example("x\u200dy")
@example("\u0301a")
def test_what_is_painted_takes_the_cells_that_were_counted(text: str) -> None:
    painted = [cluster.shown for cluster in clusters(text)]
    assert width_of(text) == sum(map(cell_len, painted)) == cell_len("".join(painted))


@settings(max_examples=80, deadline=None)
@given(texts, texts)
def test_a_text_of_two_lines_is_as_wide_as_both(first: str, second: str) -> None:
    assert width_of(f"{first}\n{second}") == width_of(first) + 1 + width_of(second)


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("word", 6, "word  "),
        ("word", 4, "word"),
        ("words", 4, "wor…"),
        ("東京都", 6, "東京都"),
        ("東京都", 5, "東京…"),
        ("東京都", 4, "東… "),
        ("two\nlines", 9, "two lines"),
        ("word", 1, "…"),
        ("word", 0, ""),
        ("", 2, "  "),
    ],
)
def test_a_text_is_cut_or_filled_to_fit(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


def test_figures_are_filled_from_the_left() -> None:
    assert fit("1,234", 7, right=True) == "  1,234"


@settings(max_examples=80, deadline=None)
@given(texts, st.integers(1, 40), st.booleans())
@example("\u0301", 3, False)
@example("x\u200dab", 6, False)
def test_what_is_fitted_takes_the_width_to_the_cell(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


@settings(max_examples=50, deadline=None)
@given(texts, st.integers(1, 40))
def test_what_is_fitted_is_cut_only_where_it_must_be(text: str, width: int) -> None:
    whole = "".join(cluster.shown for cluster in clusters(text.replace("\n", " ")))
    fitted = fit(text, width)
    if width_of(text) <= width:
        assert fitted == whole.ljust(len(whole) + width - width_of(text))
    else:
        kept = fitted.rstrip(" ").removesuffix("…")
        assert fitted.rstrip(" ").endswith("…")
        assert whole.startswith(kept)


@pytest.mark.parametrize("sign", [FAMILY, "a" + "\u0301" * 20, "a" + "\u0301" * 90], ids=["family", "marks", "more"])
def test_what_is_cut_ends_in_an_ellipsis_however_long_its_clusters_are(sign: str) -> None:
    fitted = fit(sign * 100, 80)
    assert fitted.rstrip(" ").endswith("…")
    assert cell_len(fitted) == 80
