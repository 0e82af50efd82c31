"""A text as a page: its stretches, and what is in each, worked out when it is first looked at."""

from __future__ import annotations

from bisect import bisect_right

from store.text import paragraphs, sentences, stretches
from tui.reading import cells

Span = tuple[int, int]
"""Code points, start inclusive, end exclusive."""

QUOTATION_MARKS = {'"': '"', "“": "”", "„": "“", "«": "»", "‹": "›", "「": "」", "『": "』", "《": "》"}
"""What closes a quotation, by what opens it."""


class Page:
    """A text and, stretch by stretch, its lines, paragraphs and sentences.

    Opening a page costs a few searches however long the text is; everything else is done for the stretch that is
    asked about, once. An index names a stretch; offsets are code points in the whole text.
    """

    def __init__(self, text: str) -> None:
        """Take a canonical text."""
        self.text = text
        self._starts = stretches.cut(text)
        self.end = len(text)
        """Where the last line ends; line ends after it are not a place for a caret."""
        while self.end and text[self.end - 1] == "\n":  # not `rstrip`, which copies ten megabytes at each key
            self.end -= 1
        self._paragraphs: dict[int, list[Span]] = {}
        self._sentences: dict[int, list[Span]] = {}

    def __len__(self) -> int:
        """How many stretches there are, at least 1."""
        return len(self._starts)

    def index_of(self, offset: int) -> int:
        """The stretch that holds the offset."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def bounds(self, index: int) -> Span:
        """Where the stretch starts and ends."""
        last = index + 1 == len(self._starts)
        return self._starts[index], len(self.text) if last else self._starts[index + 1]

    def spans(self) -> list[Span]:
        """The bounds of every stretch."""
        return [self.bounds(index) for index in range(len(self))]

    def lines(self, index: int) -> list[Span]:
        """The stretch's lines without their line ends, empty ones too.

        A line that is cut by the end of a stretch goes on as the first line of the next.
        """
        start, end = self.bounds(index)
        found = []
        for line in self.text[start:end].split("\n"):
            found.append((start, start + len(line)))
            start += len(line) + 1
        if len(found) > 1 and found[-1][0] == found[-1][1]:
            found.pop()  # what follows the last line end belongs to the next stretch
        return found

    def shown(self, start: int, end: int) -> str:
        """`text[start:end]` as it may be painted, code point for code point."""
        return cells.shown(self.text[start:end])

    def paragraphs(self, index: int) -> list[Span]:
        """The stretch's paragraphs."""
        if index not in self._paragraphs:
            self._paragraphs[index] = paragraphs.paragraphs(self.text, *self.bounds(index))
        return self._paragraphs[index]

    def sentences(self, index: int) -> list[Span]:
        """The stretch's sentences."""
        if index not in self._sentences:
            self._sentences[index] = [
                sentence for span in self.paragraphs(index) for sentence in sentences.sentences(self.text, *span)
            ]
        return self._sentences[index]

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence that holds the offset, or after white space the one before it, or else the next one."""
        return self._at(self.sentences(self.index_of(offset)), offset)

    def paragraph_at(self, offset: int) -> Span | None:
        """The paragraph that holds the offset, or on a blank line the one before it, or else the next one."""
        return self._at(self.paragraphs(self.index_of(offset)), offset)

    def quote_at(self, offset: int) -> Span | None:
        """What stands between the quotation marks around the offset, without them; None outside of any.

        The marks are looked for in the offset's paragraph. A straight mark opens and closes by turns.
        """
        paragraph = self.paragraph_at(offset)
        if paragraph is None:
            return None
        found: list[Span] = []
        open_ones: list[tuple[str, int]] = []
        for position in range(*paragraph):
            sign = self.text[position]
            if open_ones and sign == open_ones[-1][0]:
                start = open_ones.pop()[1]
                if start <= offset + 1 and offset <= position:  # on one of the marks counts as inside
                    found.append((start, position))
            elif sign in QUOTATION_MARKS:
                open_ones.append((QUOTATION_MARKS[sign], position + 1))
        inside = [span for span in found if span[0] < span[1]]
        return min(inside, key=lambda span: span[1] - span[0], default=None)

    @staticmethod
    def _at(spans: list[Span], offset: int) -> Span | None:
        if not spans:
            return None
        return spans[max(0, bisect_right(spans, offset, key=lambda span: span[0]) - 1)]
