"""Motions: where a key takes the caret. Pure functions of the layout and the caret's offset.

Every motion looks at the stretch it is in, and then at the next one, never at the whole text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from store.text import graphemes, words
from tui.reading.layout import Layout
from tui.reading.page import Page, Span

_FAR = 4096
"""Code points that a word motion looks ahead: one page of spaces, not ten megabytes of them."""


def last_offset(page: Page) -> int:
    """The last offset where a caret may stand: on the last cluster that is not a line end."""
    return graphemes.before(page.text, page.end)


def right(layout: Layout, caret: int) -> int:
    """One cluster on, over the line end where the line is done."""
    text = layout.page.text
    following = graphemes.end_of(text, caret)
    if following < len(text) and text[following] == "\n" and text[caret] != "\n":
        following += 1
    return min(following, last_offset(layout.page))


def left(layout: Layout, caret: int) -> int:
    """One cluster back."""
    text = layout.page.text
    preceding = graphemes.before(text, caret)
    if preceding > 0 and text[preceding] == "\n" and text[preceding - 1] != "\n":
        return graphemes.before(text, preceding)
    return preceding


def word_forward(layout: Layout, caret: int) -> int:
    """The start of the next word."""
    page = layout.page
    limit = min(len(page.text), caret + _FAR)
    position = caret
    while position < limit:
        position = words.next_word(page.text, position, limit)
        start = graphemes.start_of(page.text, position)
        if start > caret:
            return min(start, last_offset(page))
    return min(graphemes.end_of(page.text, caret), last_offset(page))


def word_back(layout: Layout, caret: int) -> int:
    """The start of this word, or of the one before."""
    text = layout.page.text
    return graphemes.start_of(text, words.previous_word(text, caret, max(0, caret - _FAR))) if caret else 0


def sentence_forward(layout: Layout, caret: int) -> int:
    """The start of the next sentence; the end of the text after the last."""
    return _next_start(layout.page, layout.page.sentences, caret)


def sentence_back(layout: Layout, caret: int) -> int:
    """The start of this sentence, or of the one before."""
    return _previous_start(layout.page, layout.page.sentences, caret)


def paragraph_forward(layout: Layout, caret: int) -> int:
    """The start of the next paragraph; the end of the text after the last."""
    return _next_start(layout.page, layout.page.paragraphs, caret)


def paragraph_back(layout: Layout, caret: int) -> int:
    """The start of this paragraph, or of the one before."""
    return _previous_start(layout.page, layout.page.paragraphs, caret)


def word_end(layout: Layout, caret: int) -> int:
    """The last cluster of this word, or from there of the next one."""
    page = layout.page
    if not page.text:
        return 0
    start = caret
    while True:
        if not page.text[start : start + 1].isspace():
            _, end = words.word_at(page.text, start)
            last = graphemes.before(page.text, end)
            if last > caret:
                return min(last, last_offset(page))
        following = word_forward(layout, start)
        if following <= start:
            return following
        start = following


def sentence_end(layout: Layout, caret: int) -> int:
    """The last cluster of this sentence, or from there of the next one."""
    return _next_end(layout.page, layout.page.sentences, caret)


def paragraph_end(layout: Layout, caret: int) -> int:
    """The last cluster of this paragraph, or from there of the next one."""
    return _next_end(layout.page, layout.page.paragraphs, caret)


def line_start(layout: Layout, caret: int) -> int:
    """The start of the row."""
    return graphemes.start_of(layout.page.text, layout.span(layout.row_of(caret))[0])


def line_end(layout: Layout, caret: int) -> int:
    """The last cluster of the row that is not white space."""
    start, end = layout.span(layout.row_of(caret))
    text = layout.page.text
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return min(max(start, graphemes.before(text, end)) if end > start else start, last_offset(layout.page))


def top(layout: Layout, caret: int) -> int:  # noqa: ARG001 -- every motion has the same shape
    """The start of the text."""
    return 0


def bottom(layout: Layout, caret: int) -> int:  # noqa: ARG001
    """The end of the text."""
    return last_offset(layout.page)


def rows(layout: Layout, caret: int, count: int, column: int) -> int:
    """`count` rows down, or up where it is negative, as near to the cell `column` as the row has text."""
    while True:
        row = layout.row_of(caret)
        target = max(0, min(row + count, layout.total - 1))
        layout.span(target)
        if layout.row_of(caret) == row:  # else a stretch on the way had another number of rows than estimated
            break
    return min(layout.offset_at(target, column), last_offset(layout.page))


MOTIONS: dict[str, Callable[[Layout, int], int]] = {
    "left": left,
    "right": right,
    "word_forward": word_forward,
    "word_back": word_back,
    "sentence_forward": sentence_forward,
    "sentence_back": sentence_back,
    "paragraph_forward": paragraph_forward,
    "paragraph_back": paragraph_back,
    "line_start": line_start,
    "line_end": line_end,
    "top": top,
    "bottom": bottom,
}
"""The motions that need nothing but the caret, by the names that `tui.actions` calls them."""

EXTENDING = MOTIONS | {
    "word_forward": word_end,
    "sentence_forward": sentence_end,
    "paragraph_forward": paragraph_end,
}
"""The same while a selection grows forward: it takes in whole words, sentences and paragraphs, and no sign more."""


def _next_start(page: Page, of: Callable[[int], list[Span]], caret: int) -> int:
    for index in range(page.index_of(caret), len(page)):
        spans = of(index)
        for start, _ in spans[bisect_right(spans, caret, key=lambda span: span[0]) :]:
            snapped = graphemes.start_of(page.text, start)
            if snapped > caret:
                return min(snapped, last_offset(page))
    return last_offset(page)


def _next_end(page: Page, of: Callable[[int], list[Span]], caret: int) -> int:
    for index in range(page.index_of(caret), len(page)):
        spans = of(index)
        for _, end in spans[bisect_right(spans, caret, key=lambda span: span[1]) :]:
            last = graphemes.before(page.text, end)
            if last > caret:
                return last
    return last_offset(page)


def _previous_start(page: Page, of: Callable[[int], list[Span]], caret: int) -> int:
    for index in range(page.index_of(caret), -1, -1):
        spans = of(index)
        preceding = bisect_left(spans, caret, key=lambda span: span[0]) - 1
        if preceding >= 0:
            return graphemes.start_of(page.text, spans[preceding][0])
    return 0
