"""Where the patterns of rules stand: whole words, the longest first."""

from __future__ import annotations

import pytest

from store.entities.matching import Matcher, count, has_a_word
from store.records import Rule


def rule(pattern: str, label: str | None = "ORG", *, case: bool = True, article: str | None = None) -> Rule:
    return Rule(f"id of {pattern}", pattern, label, case, article, "", "ada", "ada's", "2026", "2026")


def matches(text: str, *rules: Rule, article: str = "here") -> list[str]:
    found = Matcher(rules, article).within(text, 0, len(text))
    return [text[match.start : match.end] for match in found]


@pytest.mark.parametrize(
    ("text", "pattern", "found"),
    [
        ("AI and OpenAI, AI's AIs", "AI", ["AI", "AI"]),
        ("Sam\n Altman said", "Sam Altman", ["Sam\n Altman"]),
        ("GPT-4 and GPT-40", "GPT-4", ["GPT-4"]),
        ("AT&T (AT&T)", "AT&T", ["AT&T", "AT&T"]),
        ("「中国」は中国人", "中国", ["中国", "中国"]),
        ("cafe cafe\u0301", "cafe", ["cafe"]),
        ("a.b* a+b", "a.b*", ["a.b*"]),
        ("(U.S.) U.S", "U.S.", ["U.S."]),
    ],
)
def test_whole_words_are_found(text: str, pattern: str, found: list[str]) -> None:
    assert matches(text, rule(pattern)) == found
    assert count(text, pattern, True, most=100) == len(found)


def test_the_longest_of_two_that_begin_in_one_place_wins() -> None:
    assert matches("Amazon Web Services of Amazon", rule("Amazon"), rule("Amazon Web Services")) == [
        "Amazon Web Services",
        "Amazon",
    ]


def test_case_counts_or_not() -> None:
    assert matches("Us us US", rule("US")) == ["US"]
    assert matches("Us us US", rule("US", case=False)) == ["Us", "us", "US"]


def test_a_rule_of_another_article_does_not_hold_here() -> None:
    assert matches("AI", rule("AI", article="there")) == []
    assert matches("AI", rule("AI", article="here")) == ["AI"]


def test_of_two_rules_for_the_same_words_the_nearer_one_speaks() -> None:
    here, everywhere = rule("AI", "PRODUCT", article="here"), rule("AI", None)
    (match,) = Matcher([everywhere, here], "here").within("AI", 0, 2)
    assert match.rule is here


def test_nothing_is_found_outside_the_stretch() -> None:
    assert [match.start for match in Matcher([rule("AI")], "").within("AI AI AI", 2, 5)] == [3]
    assert Matcher([rule("AI lab")], "").within("AI lab", 0, 4) == []


def test_counting_ends_where_it_is_told_to() -> None:
    assert count("a " * 100, "a", True, most=7) == 7


def test_signs_alone_are_no_words() -> None:
    assert not has_a_word(" – … ")
    assert has_a_word("C++")
