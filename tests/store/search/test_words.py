"""Our idea of a word is the index's: what it finds, we find in the text."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from hypothesis import example, given
from hypothesis import strategies as st

from store.search.words import Term, find, term, words

LETTERS = st.text("aAbBéÉeé ñöÖøß'’-–.,:;!?()\"\n 12½ЯяЖжΣσς", max_size=40)


def test_a_word_is_found_by_its_letters_whatever_their_case_and_accents() -> None:
    assert find("Le CAFÉ, là", Term(("cafe",))) == (3, 7)
    assert find("Le cafe\u0301, là", Term(("cafe",))) == (3, 8)
    assert find("cafeteria", Term(("cafe",))) is None
    assert find("cafeteria", Term(("cafe",), prefix=True)) == (0, 9)


def test_a_phrase_is_words_that_follow_each_other_whatever_stands_between() -> None:
    assert find("the money; race", Term(("money", "race"))) == (4, 15)
    assert find("money for the race", Term(("money", "race"))) is None
    assert find("the the race", Term(("the", "race"))) == (4, 12)


@given(LETTERS, LETTERS, st.booleans())
@example("a_b", "b", False)
@example("Σ", "ς", False)
def test_we_find_what_fts5_finds(text: str, query: str, prefix: bool) -> None:
    sought = term(query, prefix=prefix)
    if sought is None:
        return
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61 remove_diacritics 2')")
        connection.execute("INSERT INTO t VALUES (?)", (text,))
        match = f'"{" ".join(sought.words)}"{" *" if prefix else ""}'
        theirs = connection.execute("SELECT 1 FROM t WHERE t MATCH ?", (match,)).fetchone() is not None
    assert (find(text, sought) is not None) == theirs


@given(LETTERS)
def test_words_stand_apart_and_in_order(text: str) -> None:
    end = 0
    for first, last, word in words(text):
        assert end <= first < last <= len(text)
        assert word
        end = last
