"""A text cut into stretches: the bounded pieces that all lazy work is done by.

Wrapping, sentences, entities and highlighting each take a stretch at a time, so none of them ever has to
look at a whole article. A stretch ends where a paragraph does if one ends in reach, else where a line, a
sentence or a word does. The cuts depend on nothing but the text, so what is known of a stretch can be kept.
"""

from __future__ import annotations

import re

from store.text import graphemes

LONGEST = 8192
"""Code points a stretch may hold."""

_EARLIEST = 4096
"""Code points after which the end of a paragraph is taken as the end of the stretch."""

_LAST_LOOK = 1024
"""Code points before the longest end in which the end of a sentence is looked for."""

_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…]['\"”’»)\]]*\s+|[。！？]")


def cut(text: str) -> list[int]:
    """The start of every stretch, ascending, the first being 0.

    Each stretch runs to the start of the next, the last to the end of the text; the stretches cover the text
    without gaps, and each holds at most `LONGEST` code points.
    """
    starts = [0]
    while len(text) - starts[-1] > LONGEST:
        starts.append(_end_of_stretch(text, starts[-1]))
    return starts


def _end_of_stretch(text: str, start: int) -> int:
    end = _wanted_end(text, start, start + LONGEST)
    if text[end] == "\n" and text[end - 1] != "\n":
        end = _wanted_end(text, start, end - 1)  # a line end stays with its line
    end = graphemes.start_of(text, end)
    return end if end > start else start + LONGEST  # a cluster longer than a stretch is no text of any language


def _wanted_end(text: str, start: int, high: int) -> int:
    low = start + _EARLIEST
    blank = _BLANK_LINES.search(text, low, high)
    if blank:
        return blank.end()
    newline = text.rfind("\n", low, high)
    if newline >= 0:
        return newline + 1
    last = None
    for last in _SENTENCE_END.finditer(text, high - _LAST_LOOK, high):  # noqa: B007 -- the last one is wanted
        pass
    if last:
        return last.end()
    space = text.rfind(" ", low, high)
    return space + 1 if space >= 0 else high
