"""Paragraphs: blocks between blank lines, and single lines that are paragraphs of their own.

A file may put each paragraph on one line, or wrap it over many; menus and headings are short lines. So a
line end inside a block ends the paragraph unless the line was plainly wrapped there.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"[^\n]+")
_OWN_LINE = re.compile(r"(?:#{1,6}|[-*+•]|\d{1,3}[.)]|>|\|)\s")
"""Markdown that always starts a paragraph of its own: headings, list items, quotations, table rows."""

_WRAP_NARROWEST = 40
_WRAP_WIDEST = 100
"""Columns between which text files are wrapped by hand or by mail programs."""


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs in `text[start:end]` as (start, end), without the line end; blank lines belong to none."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text, start, end) if not m.group().isspace()]
    found: list[tuple[int, int]] = []
    for line in lines:
        if found and _continues(text, found[-1], line):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _continues(text: str, paragraph: tuple[int, int], line: tuple[int, int]) -> bool:
    """Whether `line` goes on with the paragraph before it: was that line's end put there by wrapping?"""
    if line[0] != paragraph[1] + 1 or _OWN_LINE.match(text, line[0]):
        return False
    last = text.rfind("\n", paragraph[0], paragraph[1]) + 1 or paragraph[0]
    if text.startswith("#", last):
        return False
    length = paragraph[1] - last
    if not _WRAP_NARROWEST <= length <= _WRAP_WIDEST:
        return False
    first_word = text.find(" ", line[0], line[1])
    word = (first_word if first_word >= 0 else line[1]) - line[0]
    # A wrapped line is one that the next word would have made too long. Where the paragraph has no other line
    # to take the width from, 72 is what mail and most editors wrap at.
    widest = max((len(row) for row in text[paragraph[0] : last].split("\n")), default=0)
    return length + 1 + word > max(widest, 64)
