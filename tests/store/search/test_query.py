"""Queries: what is understood, and what is asked back."""

from __future__ import annotations

import pytest

from store.errors import SearchError
from store.search.query import SoughtTag, parse
from store.search.words import Term


def test_words_phrases_and_beginnings() -> None:
    assert parse('Café "the money race" fund* co-op').terms == (
        Term(("cafe",)),
        Term(("the", "money", "race")),
        Term(("fund",), prefix=True),
        Term(("co", "op")),
    )


def test_filters_with_words_or_phrases() -> None:
    query = parse('mill by:ada source:"The Quarter Ledger" Before:2024-05')
    assert query.terms == (Term(("mill",)),)
    assert query.filters == {"by": "ada", "source": "The Quarter Ledger", "before": "2024-05"}


def test_tags_are_told_from_words() -> None:
    query = parse('mill #Topic/Energy #über* C# "#quoted" #1 by:ada')
    assert query.tags == (SoughtTag("topic/energy"), SoughtTag("über", prefix=True))
    assert query.terms == (Term(("mill",)), Term(("c",)), Term(("quoted",)), Term(("1",)))
    assert query.match.endswith('"1" AND "topic energy" AND "uber" *')


def test_a_time_and_a_quoted_colon_are_words() -> None:
    assert parse('12:30 "see: below"').terms == (Term(("12", "30")), Term(("see", "below")))


def test_what_fts5_gets_has_no_operators_of_the_readers() -> None:
    assert parse('one OR "a b"* NEAR(x) -y').match == '"one" AND "or" AND "a b" * AND "near x" AND "y"'


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ('"open', "A quotation mark of the query is not closed"),
        ("lable:CLAIM", "There is no filter lable: did you mean label:?"),
        (
            "xyzzy:1",
            "There is no filter xyzzy: there are label:, by:, entity:, title:, author:, source:, tag:, in:, language:, "
            "before:, after:.",
        ),
        ("before:yesterday", "yesterday is no date: write before:2024, before:2024-05 or before:2024-05-31."),
        ('by:""', "The filter by: says nothing"),
        ("", "There is no word in the query"),
        ("*** !!", "There is no word in the query"),
    ],
)
def test_a_query_that_cannot_be_understood_says_why(query: str, sentence: str) -> None:
    with pytest.raises(SearchError) as error:
        parse(query)
    assert error.value.sentence.startswith(sentence)
