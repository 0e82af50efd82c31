"""Words: where the caret's word motions stop, and how many an article has."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Han: written without spaces, so each sign counts as a word."""

_JOINERS = "\u200c\u200d"
"""Zero-width signs inside a word: the one of Persian and Hindi that keeps letters apart, and the one that joins."""

_SPACE, _WORD, _SIGN, _IDEO = range(4)


@cache
def _ideographs() -> re.Pattern[str]:
    """One kana or Han sign. So many signs are slow to compile, and every start would wait for it: when it is needed."""
    return re.compile(f"[{_IDEOGRAPH}]")


@cache
def _counted() -> re.Pattern[str]:
    """What counts as one word in a text with such signs."""
    return re.compile(f"[{_IDEOGRAPH}]|[^\\s{_IDEOGRAPH}]+")


def count_words(text: str) -> int:
    """How many words a reader would say the text has: runs between white space; each kana or Han sign is one."""
    if text.isascii() or not _ideographs().search(text):
        return len(text.split())
    return len(_counted().findall(text))


def next_word(text: str, offset: int, limit: int) -> int:
    """The start of the first word after `offset`, looking no further than `limit` (returned if there is none)."""
    position = offset
    kind = _kind(text, position) if position < limit else _SPACE
    position += 1
    while position < limit:
        here = _kind(text, position)
        if here != _SPACE and (here != kind or here == _IDEO) and not _joins(text, position):
            return position
        kind = here
        position += 1
    return limit


def previous_word(text: str, offset: int, limit: int) -> int:
    """The start of the word that begins before `offset`, looking no further back than `limit`."""
    position = offset - 1
    while position > limit:
        here = _kind(text, position)
        if here != _SPACE and not _joins(text, position) and (here == _IDEO or _kind(text, position - 1) != here):
            return position
        position -= 1
    return limit


def word_at(text: str, offset: int) -> tuple[int, int]:
    """The run of one kind (word, signs, space or one ideograph) that holds the code point at `offset`."""
    kind = _kind(text, offset)
    start, end = offset, offset + 1
    while start > 0 and (_joins(text, start) or (kind != _IDEO and _kind(text, start - 1) == kind)):
        start -= 1
    while end < len(text) and (_joins(text, end) or (kind != _IDEO and _kind(text, end) == kind)):
        end += 1
    return start, end


def _kind(text: str, position: int) -> int:
    character = text[position]
    if character.isspace():
        return _SPACE
    if _ideographs().match(character):
        return _IDEO
    if character.isalnum() or character == "_" or character in _JOINERS or _is_mark(character):
        return _WORD
    if character in "'’-" and 0 < position < len(text) - 1:  # it's, well-known
        return _WORD if text[position - 1].isalnum() and text[position + 1].isalnum() else _SIGN
    return _SIGN


def _joins(text: str, position: int) -> bool:
    """Whether the code point belongs to the cluster before it, so that no word can begin here."""
    return text[position] in _JOINERS or _is_mark(text[position]) or (position > 0 and text[position - 1] == "\u200d")


def _is_mark(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character).startswith("M")
