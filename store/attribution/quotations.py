"""Quotations in a text: what stands between quotation marks, over paragraphs as newspapers set them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from store.attribution.records import Span

_MARK = re.compile("[\"“”„«»‘]|(?:(?<=\\s)|(?<=^))'(?=\\w)", re.MULTILINE)
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’"}
_SINGLE_END = re.compile("[.,!?…]'(?!\\w)|[.,!?…]’(?!\\w)")
_CURLY_SINGLE_END = re.compile("’(?!\\w)")
_BEFORE_OPENING = " \t\n([—–-/"


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation in one paragraph."""

    start: int
    """Code point of its opening mark."""
    end: int
    """Behind its closing mark, or the end of the paragraph."""
    closed: bool
    """Whether it has a closing mark; if not, the next paragraph may go on with it."""
    goes_on: bool = False
    """Whether it goes on with one of the paragraph before."""


def quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations in paragraphs that follow each other, in order.

    A paragraph that begins with a mark, after one whose last quotation was not closed, goes on with it.
    """
    found: list[Quotation] = []
    for start, end in paragraphs:
        before = found[-1] if found and not found[-1].closed else None
        here = _in_paragraph(text, start, end)
        if here and before is not None and here[0].start <= start + 1:
            here[0] = Quotation(here[0].start, here[0].end, here[0].closed, goes_on=True)
        elif before is not None:
            found[-1] = Quotation(before.start, before.end, True, before.goes_on)
        found += here
    if found and not found[-1].closed and found[-1].end == paragraphs[-1][1]:
        found[-1] = Quotation(found[-1].start, found[-1].end, True, found[-1].goes_on)
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    position = start
    while (mark := _MARK.search(text, position, end)) is not None:
        opening, sign = mark.start(), mark[0]
        position = mark.end()
        if sign == '"' and opening > start and text[opening - 1] not in _BEFORE_OPENING:
            continue  # inches
        if sign not in _CLOSERS and sign not in "\"'":
            continue  # a closing mark by itself
        closing = _closing(text, sign, position, end)
        if closing is not None:
            found.append(Quotation(opening, closing, True))
            position = closing
        elif sign in '"“„«':
            found.append(Quotation(opening, end, False))
            break
    return found


def _closing(text: str, sign: str, start: int, end: int) -> int | None:
    """Behind the mark that closes the quotation which `sign` opened."""
    if sign == "'":
        found = _SINGLE_END.search(text, start, end)
        return found.end() if found else None
    if sign == "‘":
        found = _CURLY_SINGLE_END.search(text, start, end)
        return found.end() if found else None
    closers = _CLOSERS.get(sign, sign)
    places = [place for closer in closers if (place := text.find(closer, start, end)) >= 0]
    return min(places) + 1 if places else None
