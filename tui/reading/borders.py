"""The borders of a name, moved by a word or by a sign. Pure; spans are code points and stay whole clusters."""

from __future__ import annotations

from typing import Literal

from store.entities.gold import LONGEST
from store.text import graphemes, words
from tui.reading.page import Span

Side = Literal["start", "end"]
Unit = Literal["word", "sign"]


def moved(text: str, span: Span, side: Side, direction: int, unit: Unit) -> Span:
    """The span with one border a word or a sign further on (1) or back (-1).

    It never gets empty, longer than a name may be, or out of the text: where it would, it stays as it is.
    """
    start, end = span
    if side == "end":
        end = _end_on(text, end, unit) if direction > 0 else _end_back(text, span, unit)
    else:
        start = _start_back(text, start, unit) if direction < 0 else _start_on(text, span, unit)
    return (start, end) if 0 <= start < end <= len(text) and end - start <= LONGEST else span


def _end_on(text: str, end: int, unit: Unit) -> int:
    if end >= len(text):
        return end
    if unit == "sign":
        return graphemes.end_of(text, end)
    position = end
    while position < len(text) and text[position].isspace():
        position += 1
    return words.word_at(text, position)[1] if position < len(text) else end


def _end_back(text: str, span: Span, unit: Unit) -> int:
    start, end = span
    if unit == "sign":
        return graphemes.before(text, end)
    position = words.word_at(text, end - 1)[0]
    while position > start and text[position - 1].isspace():
        position -= 1
    return position if position > start else end


def _start_back(text: str, start: int, unit: Unit) -> int:
    if start == 0:
        return 0
    if unit == "sign":
        return graphemes.before(text, start)
    position = start - 1
    while position > 0 and text[position].isspace():
        position -= 1
    return start if text[position].isspace() else words.word_at(text, position)[0]


def _start_on(text: str, span: Span, unit: Unit) -> int:
    start, end = span
    if unit == "sign":
        return graphemes.end_of(text, start)
    position = words.word_at(text, start)[1]
    while position < end and text[position].isspace():
        position += 1
    return position
