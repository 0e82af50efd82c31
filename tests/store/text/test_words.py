"""Words: counted as a reader would, and stepped over as a caret should."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text.words import count_words, next_word, previous_word, word_at
from tests.store.strategies import prose, texts


def stops(text: str) -> list[str]:
    """The text, cut wherever the caret stops on its way forward."""
    cuts = [0]
    while cuts[-1] < len(text):
        cuts.append(next_word(text, cuts[-1], len(text)))
    return [text[start:end] for start, end in itertools.pairwise(cuts)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  \n ", 0),
        ("One two.", 2),
        ("well-known — yes", 3),
        ("café crème", 2),
        ("東京", 2),
        ("東京 Tokyo", 3),
        ("ロンドンbridge", 5),
    ],
)
def test_words_are_counted_by_white_space_and_ideographs_one_by_one(text: str, count: int) -> None:
    assert count_words(text) == count


def test_the_caret_stops_at_words_and_at_runs_of_signs() -> None:
    assert stops("It said: (no) more.") == ["It ", "said", ": ", "(", "no", ") ", "more", "."]


@pytest.mark.parametrize("word", ["it's", "well-known", "l’eau", "snake_case", "e\u0301te\u0301", "42nd"])
def test_the_caret_goes_over_what_is_one_word(word: str) -> None:
    assert stops(f"{word} x") == [f"{word} ", "x"]


def test_the_caret_stops_at_every_ideograph() -> None:
    assert stops("東京に") == ["東", "京", "に"]


def test_the_caret_never_stops_inside_a_cluster() -> None:
    assert stops("a 👨🏻‍🚒 か\u3099き") == ["a ", "👨🏻‍🚒 ", "か\u3099", "き"]


def test_the_caret_goes_back_to_the_start_of_the_word_it_is_in() -> None:
    assert previous_word("One two", 6, 0) == 4
    assert previous_word("One two", 4, 0) == 0
    assert previous_word("One two", 0, 0) == 0


def test_the_caret_goes_no_further_than_the_limit() -> None:
    assert next_word("One two three", 4, 6) == 6
    assert previous_word("One two three", 6, 5) == 5


@pytest.mark.parametrize(
    ("offset", "word"), [(0, "It’s"), (2, "It’s"), (3, "It’s"), (4, " "), (5, "東"), (6, "京"), (7, "..."), (9, "...")]
)
def test_the_word_under_the_caret_is_the_run_of_its_kind(offset: int, word: str) -> None:
    text = "It’s 東京..."
    start, end = word_at(text, offset)
    assert text[start:end] == word


@settings(max_examples=60, deadline=None)
@given(texts | prose)
def test_going_forward_passes_the_whole_text_and_going_back_stops_at_the_same_places(text: str) -> None:
    assert "".join(stops(text)) == text
    forward = [0]
    while forward[-1] < len(text):
        forward.append(next_word(text, forward[-1], len(text)))
    back = [len(text)]
    while back[-1] > 0:
        back.append(previous_word(text, back[-1], 0))
    assert set(forward) == set(back)


@settings(max_examples=60, deadline=None)
@given(texts.filter(bool), st.data())
def test_the_word_under_the_caret_holds_the_caret(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text) - 1))
    start, end = word_at(text, offset)
    assert start <= offset < end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="ascii")))
def test_english_is_counted_the_same_alone_and_beside_another_script(text: str) -> None:
    assert count_words(f"{text} 東") == count_words(text) + 1
