"""What may be typed for a field of an article's metadata."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.metadata.fields import Field, advice, checked, problem


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (Field.TITLE, "  The harbour  ", "The harbour"),
        (Field.AUTHOR, " ", None),
        (Field.SOURCE, "Der Bote", "Der Bote"),
        (Field.URL, "https://bote.example/1?a=ä", "https://bote.example/1?a=ä"),
        (Field.PUBLISHED, "12 May 2024", "12 May 2024"),
        (Field.LANGUAGE, "German", "de"),
        (Field.LANGUAGE, "de-AT", "de"),
        (Field.LANGUAGE, "en_US", "en"),
        (Field.LANGUAGE, "no", "nb"),
        (Field.LANGUAGE, "tlh", "tlh"),
        (Field.TITLE, "half a pair: \ud83d", "half a pair: ?"),
    ],
)
def test_what_fits_is_kept_without_the_blanks_around_it(field: Field, typed: str, kept: str | None) -> None:
    assert checked(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed", "wrong"),
    [
        (Field.TITLE, " ", "an article always has a title: say it, or go back to what was found"),
        (Field.LANGUAGE, "", "an article always has a language: say it, or go back to what was found"),
        (Field.LANGUAGE, "Klingon", "“Klingon” is no language: write a code as de, or its English name"),
        (Field.URL, "ftp://x", "“ftp://x”: it is no URL; write it with https://"),
        (Field.URL, "https://a b", "“https://a b”: it is no URL; write it with https://"),
        (Field.AUTHOR, "Ada\nMoreau", "it is not one line"),
        (Field.AUTHOR, "Ada\x1b[2J", "it is not one line"),
        (Field.SOURCE, "x" * 1_000_001, "it is longer than 1,000,000 code points"),
    ],
)
def test_what_does_not_fit_is_half_a_sentence(field: Field, typed: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^") as raised:
        checked(field, typed)
    assert str(raised.value) == wrong


@pytest.mark.parametrize("date", ["2024", "2024-05", "2024-05-31", "2024-05-31T10:00:00Z"])
def test_a_date_that_search_finds_needs_no_advice(date: str) -> None:
    assert advice(Field.PUBLISHED, date) == ""


@pytest.mark.parametrize("words", ["Mai 2024", "2024-13", "31.5.2024", "20240531"])
def test_other_words_for_a_date_are_kept_and_advised_upon(words: str) -> None:
    assert checked(Field.PUBLISHED, words) == words
    assert advice(Field.PUBLISHED, words).startswith("kept as it is; before: and after: find dates")


@given(st.sampled_from([*Field]), st.text(max_size=30))
def test_what_is_kept_is_what_a_library_may_hold_and_stays_so(field: Field, typed: str) -> None:
    try:
        kept = checked(field, typed)
    except ValueError:
        return
    if kept is not None:
        assert problem(field, kept) is None
        assert checked(field, kept) == kept
