"""What Markdown's signs mean, line by line, without moving an offset: the text stays as it was written.

Headings, lists, quotations, rules, code and tables, and what `tui.reading.inline` finds in their words. Each stretch
of a page is worked out when it is first looked at, once; only code fences, which reach over stretches, and what links
refer to are looked for in the whole text. HTML stays plain.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from store.text import graphemes
from tui.reading import inline
from tui.reading.inline import Style, StyledSpan
from tui.reading.page import Page, Span

_DEEPEST_HANG = 12
"""Cells; a list nested deeper than this would leave a narrow pane no room."""

_MOST_MARKERS = 8
"""Signs of lists and quotations that are taken off one line."""

_BULLET, _BAR, _DASH = "•", "▏", "─"

_MARKER = re.compile(
    r"[ \t]*+(?:(?P<quote>>)[ \t]?|(?P<bullet>[-*+])(?:[ \t]++|\Z)|(?P<number>[0-9]{1,9})[.)](?:[ \t]++|\Z))"
)
_TASK = re.compile(r"\[[ xX]\][ \t]++")
_RULE = re.compile(r"[ \t]*+(?:(?:\*[ \t]*+){3,}+|(?:-[ \t]*+){3,}+|(?:_[ \t]*+){3,}+)\Z")
_SIGNS = re.compile(r"[^ \t]+")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]++|\Z)")
_UNDERLINE = re.compile(r" {0,3}(=++|-++)[ \t]*+\Z")
_INDENTED = re.compile(r"(?: {4}| {0,3}\t)[ \t]*+[^ \t]")
_COLUMNS = re.compile(r"[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?\Z")
"""The line under the head of a table."""

_PIPE = re.compile(r"(?<!\\)\|")
_DEFINITION = re.compile(r"^ {0,3}\[((?:[^\[\]\\\n]|\\.){1,200}+)\]:[ \t]*+[^ \t\n]", re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(`{3,}+|~{3,}+)([^\n]*+)", re.MULTILINE)


class Heading(NamedTuple):
    """A heading of an article."""

    level: int
    """1 to 6."""
    start: int
    """Code point: where its line starts."""
    title: str
    """Its words on one line, without signs; not made safe for the terminal."""


class _Fence(NamedTuple):
    start: int
    """Where the line of the opening fence starts."""
    close: int
    """Where the line of the closing fence starts; `end` where there is none."""
    end: int


@dataclass(slots=True)
class _Worked:
    """What is known of a stretch."""

    spans: list[StyledSpan] = field(default_factory=list)
    stand_ins: dict[int, str] = field(default_factory=dict)
    hangs: dict[int, int] = field(default_factory=dict)
    headings: list[Heading] = field(default_factory=list)


class Structure:
    """What the signs of a page mean; nothing, and at no cost, where its format is not `markdown`."""

    def __init__(self, page: Page, format: str) -> None:  # noqa: A002 -- what an article calls it
        """Look at nothing yet. `format` is the article's."""
        self._page = page
        self._is_markdown = format == "markdown"
        self._worked: dict[int, _Worked] = {}
        self._nothing = _Worked()
        self._found_fences: list[_Fence] | None = None
        self._found_references: frozenset[str] | None = None

    def hang(self, line_start: int) -> int:
        """Cells, 0 to 12, by which the further rows of the line that starts here go in, to stand under its words."""
        return self._of(self._page.index_of(line_start)).hangs.get(line_start, 0)

    def marks_within(self, start: int, end: int) -> list[StyledSpan]:
        """The spans that share a code point with `start..end`, a piece of one stretch; whole, in text order.

        No span goes over a line end. Of two that share a code point one holds the other and comes first.
        """
        if end <= start:
            return []
        index = self._page.index_of(start)
        spans = self._of(index).spans
        line = self._page.text.rfind("\n", self._page.bounds(index)[0], start) + 1
        first, last = (bisect_left(spans, offset, key=lambda span: span.start) for offset in (line, end))
        return [span for span in spans[first:last] if span.end > start]

    def stand_in(self, offset: int) -> str | None:
        """What is painted instead of the sign here, one cell: a bullet, a quotation's bar or a piece of a rule."""
        return self.stand_ins(self._page.index_of(offset)).get(offset)

    def stand_ins(self, index: int) -> Mapping[int, str]:
        """The same for every sign of a stretch that has one, by offset."""
        return self._of(index).stand_ins

    def headings(self, index: int) -> list[Heading]:
        """The headings of a stretch that have words, in text order."""
        return self._of(index).headings

    def _of(self, index: int) -> _Worked:
        if not self._is_markdown:
            return self._nothing
        if index not in self._worked:
            self._worked[index] = self._work_out(index)
        return self._worked[index]

    def _work_out(self, index: int) -> _Worked:
        text, first = self._page.text, self._page.bounds(index)[0]
        if self._found_references is None:
            self._found_references = _references(text)
        lines = _Lines(text, self._found_references, in_list=index > 0)
        for start, end in self._page.lines(index):
            fence = self._fence_at(start)
            if fence:
                lines.add_code(start, end, "quiet" if start == fence.start or start >= fence.close else "code")
            elif start == first and start and text[start - 1] != "\n":
                lines.add_words(start, end)  # the rest of a line whose beginning is in the stretch before
            else:
                lines.add(start, end)
        return lines.close()

    def _fence_at(self, offset: int) -> _Fence | None:
        if self._found_fences is None:
            self._found_fences = _fences(self._page.text)
        index = bisect_right(self._found_fences, offset, key=lambda fence: fence.start) - 1
        if index < 0 or self._found_fences[index].end <= offset:
            return None
        return self._found_fences[index]


def _references(text: str) -> frozenset[str]:
    """The names of the links that are defined in a text."""
    if "]:" not in text:
        return frozenset()
    return frozenset(inline.reference(match[1]) for match in _DEFINITION.finditer(text))


def _fences(text: str) -> list[_Fence]:
    """The fenced code of a text. The search for each sign costs a millisecond in ten megabytes without one."""
    if "```" not in text and "~~~" not in text:
        return []
    found = []
    opened = None
    for match in _FENCE.finditer(text):
        signs, rest = match[1], match[2]
        if opened is None:
            if signs[0] == "~" or "`" not in rest:
                opened = match
        elif signs.startswith(opened[1]) and not rest.strip(" \t"):
            found.append(_Fence(opened.start(), match.start(), match.end() + 1))
            opened = None
    if opened is not None:
        found.append(_Fence(opened.start(), len(text) + 1, len(text) + 1))
    return found


class _Lines:
    """The lines of a stretch, taken one after the other."""

    def __init__(self, text: str, references: frozenset[str], *, in_list: bool) -> None:
        """Take none yet; with `in_list` they may begin in the middle of a list."""
        self._text = text
        self._references = references
        self._worked = _Worked()
        self._spans: list[StyledSpan] = []
        self._block: list[Span] = []
        """The words of the paragraph that is being read, a span a line."""
        self._quoted = 0
        """How many quotations it stands in."""
        self._listed = False
        """Whether it stands in a list."""
        self._first_line = 0
        """Where the line that it begins in starts."""
        self._in_list = in_list
        """Whether an indented line may belong to an item of a list, and so is no code."""
        self._in_table = False

    def add(self, start: int, end: int) -> None:
        """A line that starts at its beginning and is not in fenced code."""
        line = self._text[start:end]
        if not line.strip(" \t"):
            self._end_block()
            self._in_table = False
            return
        if self._takes_as_block(start, end, line):
            return
        underline = _UNDERLINE.match(line) if self._block and not (self._quoted or self._listed) else None
        if underline:
            self._end_block(level=1 if underline[1][0] == "=" else 2)
            self._mark(start + underline.start(1), start + underline.end(1), "quiet")
            return
        words, quoted, listed = self._take_markers(start, line)
        if listed or line[0] not in " \t":
            self._in_list = listed or (self._in_list and bool(self._block))
        if words:
            self._worked.hangs[start] = min(words, _DEEPEST_HANG)
        heading = _ATX.match(line, words)
        if _RULE.match(line, words):
            self._end_block()
            self._add_rule(start + words, end)
        elif heading:
            self._end_block()
            self._add_heading(start, line, heading)
        else:
            goes_on = bool(self._block) and not listed and quoted in (0, self._quoted)
            if not goes_on:
                self._end_block()
                self._quoted, self._listed, self._first_line = quoted, listed, start
            self.add_words(start + words, end)
            quoted = self._quoted
        if quoted:
            self._mark(start + words, end, "quote")

    def _takes_as_block(self, start: int, end: int, line: str) -> bool:
        """Whether the line is one of a table, of indented code, or tells where links lead; it is marked then."""
        if self._in_table:
            self._add_row(start, end, line)
        elif len(self._block) == 1 and "|" in line and _COLUMNS.match(line) and self._heads_table():
            head_start, head_end = self._block[0]
            self._end_block()
            self._mark_pipes(head_start, self._text[head_start:head_end])
            self._mark(start, end, "quiet")
            self._in_table = True
        elif not (self._block or self._in_list or _MARKER.match(line)) and _INDENTED.match(line):
            self._mark(start, end, "code")
        elif not self._block and _DEFINITION.match(line):
            self._mark(start, end, "quiet")
        else:
            return False
        return True

    def _heads_table(self) -> bool:
        start, end = self._block[0]
        return not (self._quoted or self._listed) and "|" in self._text[start:end]

    def _add_row(self, start: int, end: int, line: str) -> None:
        self._quoted, self._listed, self._first_line = 0, False, start
        self.add_words(start, end)
        self._end_block()
        self._mark_pipes(start, line)

    def _mark_pipes(self, start: int, line: str) -> None:
        for pipe in _PIPE.finditer(line):
            self._mark(start + pipe.start(), start + pipe.end(), "quiet")

    def add_words(self, start: int, end: int) -> None:
        """Words of the paragraph that is being read."""
        line = self._text[start:end]
        bare = line.strip(" \t")
        if bare:
            start += line.index(bare)
            self._block.append((start, start + len(bare)))

    def add_code(self, start: int, end: int, style: Style) -> None:
        """A line of fenced code, or a fence."""
        self._end_block()
        self._mark(start, end, style)

    def close(self) -> _Worked:
        """What the lines say, when all have been added."""
        self._end_block()
        self._worked.spans = _tidy(span for span in self._spans if self._is_whole(span[:2]))
        return self._worked

    def _take_markers(self, start: int, line: str) -> tuple[int, int, bool]:
        """Where in the line the words begin, in how many quotations, and whether a list's sign stands before them."""
        words = quoted = 0
        listed = False
        in_prose = bool(self._block) and not self._listed
        for _ in range(_MOST_MARKERS):
            marker = _MARKER.match(line, words)
            if marker is None or _RULE.match(line, words):
                break
            kind = marker.lastgroup or ""
            sign = start + marker.start(kind)
            if kind == "quote":
                if not self._is_whole((sign, sign + 1)):
                    break
                quoted += 1
            elif in_prose and quoted == self._quoted and (marker.end() == len(line) or marker[kind] not in "1-*+"):
                break  # the line goes on with a year or a dash
            else:
                listed = True
            if kind != "number":
                self._worked.stand_ins[sign] = _BAR if kind == "quote" else _BULLET
                self._mark(sign, sign + 1, "quiet")
            words = marker.end()
        task = _TASK.match(line, words) if listed else None
        return task.end() if task else words, quoted, listed

    def _add_rule(self, start: int, end: int) -> None:
        for signs in _SIGNS.finditer(self._text, start, end):
            self._worked.stand_ins.update(dict.fromkeys(range(*signs.span()), _DASH))
            self._mark(*signs.span(), "quiet")

    def _add_heading(self, start: int, line: str, signs: re.Match[str]) -> None:
        self._mark(start + signs.start(1), start + signs.end(1), "quiet")
        end = len(line.rstrip(" \t"))
        bare = len(line[:end].rstrip("#"))
        if signs.end() <= bare < end and line[bare - 1] in " \t":
            self._mark(start + bare, start + end, "quiet")
            end = bare
        self.add_words(start + signs.end(), start + end)
        self._first_line = start
        self._end_block(level=len(signs[1]))

    def _end_block(self, level: int = 0) -> None:
        """The paragraph is at its end; with a level, 1 to 6, it is a heading."""
        block, self._block = self._block, []
        if not block:
            return
        content = "\n".join(self._text[start:end] for start, end in block)
        places = list(accumulate((end - start + 1 for start, end in block), initial=0))
        found = inline.styled(content, self._references)
        for span in found:
            first = bisect_right(places, span.start) - 1
            for place, (start, end) in zip(places[first:], block[first:], strict=False):
                if place >= span.end:
                    break
                self._mark(max(start, start + span.start - place), min(end, start + span.end - place), span.style)
        if level:
            for start, end in block:
                self._mark(start, end, "heading")
            title = _without_signs(content, found)
            if title:
                self._worked.headings.append(Heading(level, self._first_line, title))

    def _mark(self, start: int, end: int, style: Style) -> None:
        if start < end:
            self._spans.append(StyledSpan(start, end, style))

    def _is_whole(self, span: Span) -> bool:
        """Whether no cluster reaches over either end: over a space that a mark stands on, say."""
        start, end = span
        if self._text[max(0, start - 1) : end + 1].isascii():
            return True
        return graphemes.start_of(self._text, start) == start and graphemes.start_of(self._text, end) == end


def _without_signs(content: str, found: list[StyledSpan]) -> str:
    kept = []
    position = 0
    for start, end, style in sorted(found):
        if style == "quiet":
            kept.append(content[position:start])
            position = end
    return " ".join("".join((*kept, content[position:])).split())


def _tidy(spans: Iterable[StyledSpan]) -> list[StyledSpan]:
    """In text order, the outer one first; none inside another of its style."""
    found: list[StyledSpan] = []
    covered: dict[Style, int] = {}
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > covered.get(span.style, 0):
            covered[span.style] = span.end
            found.append(span)
    return found
