"""Motions: where each key takes the caret, from anywhere in any text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from tests.store.helpers import at_most
from tests.store.strategies import CLUSTERS, SIGNS, WORDS
from tui.reading import motions
from tui.reading.layout import Layout
from tui.reading.motions import EXTENDING, MOTIONS
from tui.reading.page import Page

Motion = Callable[[Layout, int], int]

PROSE = """# A report

The council met in St. Albans on Monday, said Dr. Smith. It's over!

Nobody else came. "Why?" they asked.
"""
SENTENCE = "Prices in the U.S. rose by 3.5 percent, said Dr. Smith. "

FORWARD = {
    **{name: MOTIONS[name] for name in ("right", "word_forward", "sentence_forward", "paragraph_forward", "bottom")},
    **{f"{name}, selecting": EXTENDING[name] for name in EXTENDING if EXTENDING[name] is not MOTIONS[name]},
}
WITHIN_A_ROW = {name: MOTIONS[name] for name in ("line_start", "line_end")}
BACK = {name: MOTIONS[name] for name in MOTIONS if name not in FORWARD | WITHIN_A_ROW}
EVERY_MOTION = FORWARD | BACK | WITHIN_A_ROW


def laid_out(text: str, width: int = 40) -> Layout:
    layout = Layout(Page(text), width)
    layout.settle(10)
    return layout


def after(text: str, motion: Motion, start: str = "", times: int = 1) -> str:
    """What of the text begins at the caret, after a motion from where `start` is."""
    layout = laid_out(text)
    caret = text.index(start)
    for _ in range(times):
        caret = motion(layout, caret)
    return text[caret:]


def up_to(text: str, motion: Motion, start: str = "", times: int = 1) -> str:
    """What is selected from `start`, after a motion that extends the selection."""
    end = len(text) - len(after(text, motion, start, times)) + 1
    return text[text.index(start) : end]


def borders(text: str) -> list[int]:
    """Where the clusters of a text start."""
    return list(accumulate((len(cluster) for cluster in iter_graphemes(text)), initial=0))[:-1]


def places(text: str) -> list[int]:
    """Where a caret may stand: on a cluster up to the last sign, and on a line end only where its line is empty."""
    last = motions.last_offset(Page(text))
    return [at for at in borders(text) if at <= last and (text[at] != "\n" or at == 0 or text[at - 1] == "\n")]


# Signs


def test_right_goes_sign_by_sign_and_over_line_ends() -> None:
    layout = laid_out("ab\n\nc")
    assert [motions.right(layout, caret) for caret in (0, 1, 3, 4)] == [1, 3, 4, 4]


def test_left_goes_the_same_way_back() -> None:
    layout = laid_out("ab\n\nc")
    assert [motions.left(layout, caret) for caret in (4, 3, 1, 0)] == [3, 1, 0, 0]


def test_one_step_is_one_cluster() -> None:
    text = "a👨🏻‍🚒e\u0301🇩🇪b"
    layout = laid_out(text)
    assert [motions.right(layout, caret) for caret in borders(text)] == [1, 5, 7, 9, 9]
    assert [motions.left(layout, caret) for caret in borders(text)] == [0, 0, 1, 5, 7]


def test_top_and_bottom_are_the_first_and_the_last_sign() -> None:
    layout = laid_out(PROSE)
    assert motions.top(layout, 20) == 0
    assert PROSE[motions.bottom(layout, 0) :] == ".\n"


@pytest.mark.parametrize(
    ("text", "last"), [("", 0), ("\n\n", 0), ("one", 2), ("one\n\n", 2), ("one ", 3), ("e\u0301", 0)]
)
def test_the_caret_stands_on_a_sign_and_not_after_the_text(text: str, last: int) -> None:
    assert motions.last_offset(Page(text)) == last


# Words


def test_w_goes_from_word_to_word_and_stops_at_signs() -> None:
    assert after(PROSE, motions.word_forward, "The").startswith("council")
    assert after(PROSE, motions.word_forward, "Monday").startswith(", said")
    assert after(PROSE, motions.word_forward, "over").startswith("!")
    assert after(PROSE, motions.word_forward, "!").startswith("Nobody")


def test_a_word_may_hold_an_apostrophe() -> None:
    assert after(PROSE, motions.word_forward, "It's").startswith("over")


def test_b_goes_to_the_start_of_the_word_and_then_to_the_one_before() -> None:
    assert after(PROSE, motions.word_back, "uncil").startswith("council")
    assert after(PROSE, motions.word_back, "council").startswith("The")
    assert after(PROSE, motions.word_back, "Nobody").startswith("!")


def test_a_selection_by_words_ends_with_the_last_sign_of_a_word() -> None:
    assert up_to(PROSE, motions.word_end, "The") == "The"
    assert up_to(PROSE, motions.word_end, "The", times=2) == "The council"
    assert up_to(PROSE, motions.word_end, "Monday", times=2) == "Monday,"
    assert up_to(PROSE, motions.word_end, "over", times=3) == "over!\n\nNobody"


def test_a_selection_of_one_sign_grows_to_the_next_word() -> None:
    assert up_to("I came", motions.word_end, "I") == "I came"


@pytest.mark.parametrize("sign", [" ", "\n", " \n"])
def test_words_are_found_however_much_white_space_lies_between(sign: str) -> None:
    gap = sign * 5000
    text = f"one{gap}two"
    layout = laid_out(text)
    caret, steps = 0, 0
    while caret < len(text) - 3:
        caret, steps = motions.word_forward(layout, caret), steps + 1
    assert caret == len(text) - 3
    assert steps <= 1 + len(gap) // 4096 + 1
    assert motions.word_end(layout, 2) == len(text) - 1


def test_an_article_of_white_space_is_crossed_in_a_moment() -> None:
    text = "one" + " " * 200_000 + "two"
    layout = laid_out(text)
    with at_most(seconds=1):
        assert motions.word_end(layout, 2) == len(text) - 1


# Sentences


def test_sentences_are_gone_through_one_by_one_over_paragraphs_and_abbreviations() -> None:
    layout = laid_out(PROSE)
    caret, starts = 0, []
    while caret < motions.last_offset(layout.page):
        caret = motions.sentence_forward(layout, caret)
        starts.append(PROSE[caret : caret + 6])
    assert starts == ["The co", "It's o", "Nobody", '"Why?"', ".\n"]


def test_back_goes_to_the_start_of_the_sentence_and_then_to_the_one_before() -> None:
    assert after(PROSE, motions.sentence_back, "St. Albans").startswith("The council")
    assert after(PROSE, motions.sentence_back, "The council").startswith("# A report")
    assert after(PROSE, motions.sentence_back, "# A report") == PROSE


def test_a_selection_by_sentences_ends_with_the_last_sign_of_a_sentence() -> None:
    first = "The council met in St. Albans on Monday, said Dr. Smith."
    assert up_to(PROSE, motions.sentence_end, "The council") == first
    assert up_to(PROSE, motions.sentence_end, "The council", times=2) == f"{first} It's over!"
    assert up_to(PROSE, motions.sentence_end, "Nobody", times=9) == 'Nobody else came. "Why?" they asked.'


@pytest.mark.parametrize("gap", ["", "\n\n"])
def test_the_end_of_a_stretch_is_no_end_for_sentences(gap: str) -> None:
    text = (SENTENCE * 20 + gap) * 20
    layout = laid_out(text)
    assert len(layout.page) > 1
    starts = [at for at in range(len(text)) if text.startswith(SENTENCE.strip(), at)]
    ends = [start + len(SENTENCE.strip()) - 1 for start in starts]
    assert [motions.sentence_forward(layout, start) for start in starts[:-1]] == starts[1:]
    assert [motions.sentence_back(layout, start) for start in starts[1:]] == starts[:-1]
    assert [motions.sentence_end(layout, start) for start in starts] == ends
    assert [motions.sentence_end(layout, end) for end in ends[:-1]] == ends[1:]


# Paragraphs


def test_paragraphs_are_gone_through_one_by_one() -> None:
    assert after(PROSE, motions.paragraph_forward).startswith("The council")
    assert after(PROSE, motions.paragraph_forward, times=2).startswith("Nobody")
    assert after(PROSE, motions.paragraph_forward, times=3) == ".\n"
    assert after(PROSE, motions.paragraph_back, "else").startswith("Nobody")
    assert after(PROSE, motions.paragraph_back, "Nobody").startswith("The council")


def test_a_selection_by_paragraphs_ends_with_the_last_sign_of_a_paragraph() -> None:
    assert up_to(PROSE, motions.paragraph_end, "St. Albans").endswith("It's over!")
    assert up_to(PROSE, motions.paragraph_end, "# A", times=1) == "# A report"
    assert up_to(PROSE, motions.paragraph_end, "Nobody", times=2).endswith("they asked.")


def test_the_end_of_a_stretch_is_no_end_for_paragraphs() -> None:
    paragraph = SENTENCE * 20 + "\n\n"
    layout = laid_out(paragraph * 20)
    assert len(layout.page) > 1
    caret, starts = 0, [0]
    for _ in range(19):
        caret = motions.paragraph_forward(layout, caret)
        starts.append(caret)
    assert starts == [number * len(paragraph) for number in range(20)]
    assert motions.paragraph_back(layout, starts[-1]) == starts[-2]


# Rows


def test_down_and_up_keep_to_the_column_as_near_as_the_row_has_text() -> None:
    layout = laid_out("long row\nab\n\n東京都に行\n")
    assert [motions.rows(layout, 6, count, 6) for count in (0, 1, 2, 3)] == [6, 10, 12, 16]
    assert motions.rows(layout, 16, -3, 6) == 6


def test_more_rows_than_there_are_lead_to_the_first_or_the_last() -> None:
    layout = laid_out("one\ntwo\nthree\n")
    assert motions.rows(layout, 5, 99, 1) == 9
    assert motions.rows(layout, 5, -99, 1) == 1


@pytest.mark.parametrize("piece", [SENTENCE, "word\n", "東京都に行く。"])
def test_rows_are_counted_over_the_end_of_a_stretch(piece: str) -> None:
    layout = laid_out(piece * (30_000 // len(piece)))
    for start, _ in layout.page.spans()[1:]:
        row = layout.row_of(start)
        assert motions.rows(layout, start, -1, 0) == layout.span(row - 1)[0]
        assert motions.rows(layout, layout.span(row - 1)[0], 1, 0) == start


@pytest.mark.parametrize("piece", ["word\n", "東京都に行く。"])
def test_one_row_up_is_the_row_before_even_while_rows_are_still_estimated(piece: str) -> None:
    text = piece * (30_000 // len(piece))
    page = Page(text)
    start = page.bounds(3)[0]
    assert motions.rows(Layout(page, 80), start, -1, 0) == motions.rows(laid_out(text, 80), start, -1, 0)


# Laws

any_signs = st.lists(st.sampled_from([*SIGNS, *CLUSTERS, "\u200c", "\u0600"]), min_size=1, max_size=40).map("".join)
some_prose = st.lists(
    st.sampled_from([*WORDS, " ", ". ", "! ", "。", "\n", "\n\n", "x" * 90]), min_size=1, max_size=40
).map("".join)
long_prose = st.builds(lambda text, times: f"{text} " * times, some_prose, st.integers(2, 200))
far = st.sampled_from([f"a{gap}b" for gap in (" " * 5000, "\n" * 5000, "x" * 9000, "🚒" * 4500)])
written = any_signs | some_prose | long_prose | far

laws = settings(max_examples=60, deadline=None)


@laws
@given(written, st.data())
def test_every_motion_puts_the_caret_on_a_sign_of_the_text(text: str, data: st.DataObject) -> None:
    layout = laid_out(text)
    caret = data.draw(st.sampled_from(places(text)))
    allowed = set(borders(text))
    for name, motion in EVERY_MOTION.items():
        assert motion(layout, caret) in allowed, name
        assert motion(layout, caret) <= motions.last_offset(layout.page), name


@laws
@given(written, st.data())
def test_forward_is_never_back_nor_back_forward_and_neither_stands_still(text: str, data: st.DataObject) -> None:
    layout = laid_out(text)
    last = motions.last_offset(layout.page)
    caret = data.draw(st.sampled_from(places(text)))
    for name, motion in FORWARD.items():
        assert motion(layout, caret) > caret or caret == last, name
    for name, motion in BACK.items():
        assert motion(layout, caret) < caret or caret == 0, name


@laws
@given(written, st.data(), st.integers(-(10**7), 10**7) | st.integers(-3, 3), st.integers(0, 99), st.integers(1, 99))
def test_rows_put_the_caret_on_a_sign_of_the_text(
    text: str, data: st.DataObject, count: int, column: int, width: int
) -> None:
    layout = laid_out(text, width)
    caret = data.draw(st.sampled_from(places(text)))
    found = motions.rows(layout, caret, count, column)
    assert found in borders(text)
    moved = layout.row_of(found) - layout.row_of(caret)
    assert 0 <= moved <= count or count <= moved <= 0


@settings(max_examples=40, deadline=None)
@given(any_signs | some_prose | far)
def test_any_motion_forward_comes_to_the_end_and_any_back_to_the_start(text: str) -> None:
    layout = laid_out(text)
    last = motions.last_offset(layout.page)
    for name, motion in (FORWARD | BACK).items():
        caret, goal = (0, last) if name in FORWARD else (last, 0)
        for _ in range(len(text)):
            if caret == goal:
                break
            caret = motion(layout, caret)
        assert caret == goal, name


@laws
@given(written, st.data())
def test_h_after_l_comes_back(text: str, data: st.DataObject) -> None:
    layout = laid_out(text)
    caret = data.draw(st.sampled_from(places(text)))
    assert motions.right(layout, caret) == caret or motions.left(layout, motions.right(layout, caret)) == caret


@laws
@given(some_prose | long_prose, st.data())
def test_a_growing_selection_ends_with_the_last_sign_of_a_span(text: str, data: st.DataObject) -> None:
    layout = laid_out(text)
    page = layout.page
    caret = data.draw(st.sampled_from(places(text)))
    stretches = range(len(page))
    for motion, spans in [
        (motions.sentence_end, [span for index in stretches for span in page.sentences(index)]),
        (motions.paragraph_end, [span for index in stretches for span in page.paragraphs(index)]),
    ]:
        ends = [borders(text[start:end])[-1] + start for start, end in spans]
        last = motions.last_offset(page)
        assert motion(layout, caret) == min((end for end in ends if end > caret), default=last)


# What would stop a motion


@pytest.mark.parametrize(
    ("start", "repeated", "end"),
    [
        ("می", "\u200c", "خواهم"),
        ("é", "🏻", " x"),
        ("語。", "\ufe00", "東"),
        ("Done. ", "\u0301", "Next"),
        ("x", "e\u0301" * 6000, "yz"),
        ("a", "\u0301" * 9000, "b"),
    ],
    ids="joiner skin full-stop space long-word long-cluster".split(),
)
def test_no_motion_stops_inside_a_cluster(start: str, repeated: str, end: str) -> None:
    text = start + repeated + end
    layout, allowed = laid_out(text), set(borders(text))
    stops = {motion(layout, caret) for motion in EVERY_MOTION.values() for caret in places(text)[:50]}
    assert stops <= allowed


@pytest.mark.parametrize("name", EVERY_MOTION)
def test_in_an_empty_text_every_motion_stays_where_it_is(name: str) -> None:
    assert EVERY_MOTION[name](laid_out(""), 0) == 0


def test_a_persian_word_with_a_joiner_in_it_is_one_word() -> None:
    text = "می\u200cخواهم بروم"
    assert after(text, motions.word_forward) == "بروم"
    assert up_to(text, motions.word_end) == "می\u200cخواهم"
