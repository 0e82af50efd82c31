"""Tokens, for the formats that count in them: words, numbers, signs; never a space, never half a grapheme cluster."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import regex

_TOKEN = regex.compile(
    r"""
    [\p{Han}\p{Hiragana}\p{Katakana}] \p{M}*                                   # written without spaces: each a word
  | (?: (?![\p{Han}\p{Hiragana}\p{Katakana}]) [\p{L}\p{N}_] [\p{M}\u200c\u200d]*
      | (?<=[\p{L}\p{N}\p{M}]) ['’-] (?=[\p{L}\p{N}])                            # it's, well-known
      | (?<=\p{Nd}) [.,] (?=\p{Nd})                                            # 3.5, 1,000
    )+
  | (?! [\s\x1c-\x1f] ) \X
    """,
    regex.VERBOSE,
)


def tokens(text: str) -> list[tuple[int, int]]:
    """The tokens as (start, end), in order and apart; every code point that is no space lies in one."""
    return [match.span() for match in _TOKEN.finditer(text)]


def covering(found: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    """The first and the last token that the span `start` to `end` touches; None if it touches none."""
    first = bisect_right(found, start, key=lambda token: token[1])
    last = bisect_left(found, end, key=lambda token: token[0]) - 1
    return (first, last) if first <= last else None


def fits(found: Sequence[tuple[int, int]], covered: tuple[int, int] | None, start: int, end: int) -> bool:
    """Whether the span begins where its first token does and ends where its last one does."""
    return covered is not None and (found[covered[0]][0], found[covered[1]][1]) == (start, end)
