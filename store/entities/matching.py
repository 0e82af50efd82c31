"""Where the patterns of rules stand in a text: whole words, the longest first. Pure, and a stretch at a time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from store.records import Rule

LONGEST = 200
"""Code points that a pattern may have."""

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Han, which are written without spaces: any of them is a word's border."""

_BEFORE, _AFTER = f"(?<![^\\W{_IDEOGRAPH}])", f"(?![^\\W{_IDEOGRAPH}]|[\u0300-\u036f\u200d])"


class Match(NamedTuple):
    """A place that a rule speaks of."""

    start: int
    """Code point in the whole text."""
    end: int
    rule: Rule


@cache
def _word() -> re.Pattern[str]:
    """A word. Compiled when it is needed: most libraries have no rules, and every start would wait for it."""
    return re.compile(f"[{_IDEOGRAPH}]|[^\\W{_IDEOGRAPH}]+")


def normal(pattern: str) -> str:
    """The pattern with each run of white space as one space, and none around it."""
    return " ".join(pattern.split())


def has_a_word(pattern: str) -> bool:
    """Whether there is anything in the pattern that a word could be."""
    return _word().search(pattern) is not None


@lru_cache(4096)
def expression(pattern: str, case_sensitive: bool) -> re.Pattern[str]:
    """What finds the pattern as whole words, whatever white space stands between them."""
    words = r"\s+".join(re.escape(word) for word in pattern.split())
    return re.compile(f"{_BEFORE}{words}{_AFTER}", 0 if case_sensitive else re.IGNORECASE)


def count(text: str, pattern: str, case_sensitive: bool, *, most: int) -> int:
    """In how many places of the text the pattern stands, counted no further than `most`."""
    found = 0
    for found, _ in enumerate(expression(pattern, case_sensitive).finditer(text), 1):
        if found >= most:
            break
    return found


class Matcher:
    """Finds the places of many rules in one pass: each word of the text is looked up among the patterns' first ones."""

    def __init__(self, rules: Iterable[Rule], article_id: str) -> None:
        """Find the rules that hold in an article: those of its own, and those for every article."""
        self._by_word: dict[str, list[tuple[re.Pattern[str], int, Rule]]] = defaultdict(list)
        holding = [rule for rule in rules if rule.article_id in (None, article_id)]
        # Of two for the same words, the nearer scope, the more exact case and the newer one speaks.
        holding.sort(key=lambda rule: rule.updated, reverse=True)
        holding.sort(key=lambda rule: (-len(rule.pattern), rule.article_id is None, not rule.case_sensitive))
        for rule in holding:
            first = _word().search(rule.pattern)
            if first is not None:
                found = expression(rule.pattern, rule.case_sensitive)
                self._by_word[first[0].lower()].append((found, first.start(), rule))

    def __bool__(self) -> bool:
        """Whether there is any rule."""
        return bool(self._by_word)

    def within(self, text: str, start: int, end: int) -> list[Match]:
        """The places in `text[start:end]`, a stretch, in text order and apart; the first and the longest win."""
        if not self._by_word:
            return []
        found: list[Match] = []
        free = start
        for word in _word().finditer(text, start, end):
            for pattern, before, rule in self._by_word.get(word[0].lower(), ()):
                begins = word.start() - before
                if begins < free:
                    continue
                place = pattern.match(text, begins, end)
                if place is not None:
                    found.append(Match(place.start(), place.end(), rule))
                    free = place.end()
                    break
        return found
