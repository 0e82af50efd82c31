"""Markdown's signs inside a paragraph: code, links, strong and emphasis, after CommonMark 0.31, in linear time.

Runs of `*` and `_` are paired as the appendix "A parsing strategy" of that specification says. Raw HTML and footnotes
stay plain. A sign that a combining mark stands on, or that joins the one before it, is no sign.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal, NamedTuple

from store.text import graphemes

Style = Literal["heading", "strong", "emphasis", "code", "quote", "link", "quiet"]
"""What a piece of text is; `quiet` are the signs that say so."""


class StyledSpan(NamedTuple):
    """A piece of a text, never empty, and what it is."""

    start: int
    """Code point."""
    end: int
    style: Style


_TOKEN = re.compile(
    r"\\[!-/:-@\[-`{-~]|`+|\*+|_+|!?\[|\]"
    r"|<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*+|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w.-]++)>"
)
_BACKQUOTES = re.compile("`+")
_TARGET = re.compile(
    r"""\(\s*+
    (?:<[^<>\n]*+>|(?!<)(?:[^\s()\\]++|\\\S|\((?:[^\s()\\]++|\\\S)*+\))*+)  # where the link leads
    (?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?+                              # its title
    \s*+\)""",
    re.VERBOSE,
)
"""What follows a link's text. Nothing in it is tried twice."""


_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]")
"""What may follow a link's text instead: the name of a reference."""


def styled(content: str, references: Container[str] = ()) -> list[StyledSpan]:
    """The pieces of one paragraph, with lines apart by LF, in no order; spans nest or are apart, but never cross.

    Args:
        content: the paragraph.
        references: names of links that are defined somewhere in the article, as `reference` writes them.
    """
    return _Paragraph(content, references).read()


def reference(label: str) -> str:
    """The name of a reference, alike for all ways of writing it."""
    return " ".join(label.casefold().split())


@dataclass(slots=True)
class _Run:
    """A run of `*` or `_`; what is not used up yet is `start..end`."""

    sign: str
    start: int
    end: int
    length: int
    """What it had at first."""
    opens: bool
    closes: bool


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A `[` or `![` that may begin a link."""

    start: int
    end: int
    runs: int
    """How many runs stand before it."""

    @property
    def image(self) -> bool:
        return self.end - self.start == 2


class _Paragraph:
    def __init__(self, content: str, references: Container[str]) -> None:
        self._content = content
        self._references = references
        self._is_ascii = content.isascii()
        self._found: list[StyledSpan] = []
        self._runs: list[_Run] = []
        self._brackets: list[_Bracket] = []
        self._dead = 0  # brackets below this index stand before a link, which no other link may hold
        self._backquotes: dict[int, list[int]] = {}
        for match in _BACKQUOTES.finditer(content):
            if self._is_whole(*match.span()):
                self._backquotes.setdefault(len(match[0]), []).append(match.start())

    def read(self) -> list[StyledSpan]:
        position = 0
        while token := _TOKEN.search(self._content, position):
            start, end = token.span()
            position = self._take(start, end) if self._is_whole(start, end) else end
        self._pair(self._runs)
        return self._found

    def _take(self, start: int, end: int) -> int:
        """Note what the token `start..end` means; where to go on."""
        match self._content[start]:
            case "\\":
                self._add(start, start + 1, "quiet")
            case "`":
                return self._code(start, end)
            case "*" | "_":
                self._runs.append(self._run(start, end))
            case "[" | "!":
                self._brackets.append(_Bracket(start, end, len(self._runs)))
            case "]":
                return self._link(start, end)
            case _:
                self._add(start, start + 1, "quiet")
                self._add(start + 1, end - 1, "link")
                self._add(end - 1, end, "quiet")
        return end

    def _code(self, start: int, end: int) -> int:
        closers = self._backquotes.get(end - start, ())
        index = bisect_left(closers, end)
        if index == len(closers):
            return end
        close = closers[index]
        self._add(start, end, "quiet")
        self._add(end, close, "code")
        self._add(close, close + end - start, "quiet")
        return close + end - start

    def _link(self, start: int, end: int) -> int:
        if not self._brackets:
            return end
        bracket = self._brackets.pop()
        dead = len(self._brackets) < self._dead and not bracket.image
        self._dead = min(self._dead, len(self._brackets))
        close = None if dead else self._link_end(bracket.end, start, end)
        if close is None or not self._is_whole(start, close):
            return end
        self._add(bracket.start, bracket.end, "quiet")
        self._add(bracket.end, start, "link")
        self._add(start, close, "quiet")
        self._pair(self._runs[bracket.runs :])
        del self._runs[bracket.runs :]
        if not bracket.image:
            self._dead = len(self._brackets)
        return close

    def _link_end(self, words: int, start: int, end: int) -> int | None:
        """Where a link ends whose text is `words..start`; None if it leads nowhere."""
        target = _TARGET.match(self._content, end)
        if target is not None:
            return target.end()
        label = _LABEL.match(self._content, end)
        name = label[1] if label is not None and label[1].strip() else self._content[words:start]
        if reference(name) not in self._references:
            return None
        return end if label is None else label.end()

    def _run(self, start: int, end: int) -> _Run:
        sign = self._content[start]
        before = self._content[start - 1] if start else " "
        after = self._content[end] if end < len(self._content) else " "
        opens = not after.isspace() and (not _is_punctuation(after) or before.isspace() or _is_punctuation(before))
        closes = not before.isspace() and (not _is_punctuation(before) or after.isspace() or _is_punctuation(after))
        if sign == "_" and opens and closes:  # inside a word it is no sign
            opens, closes = _is_punctuation(before), _is_punctuation(after)
        return _Run(sign, start, end, end - start, opens, closes)

    def _pair(self, runs: list[_Run]) -> None:
        """Find what the runs emphasise."""
        openers: list[tuple[int, _Run]] = []
        bottoms: dict[tuple[str, bool, int], int] = {}  # openers before these have been tried in vain
        for order, run in enumerate(runs):
            kind = (run.sign, run.opens, run.length % 3)
            while run.closes and run.start < run.end:
                index = len(openers) - 1
                while index >= 0 and openers[index][0] >= bottoms.get(kind, 0) and not _fit(openers[index][1], run):
                    index -= 1
                if index < 0 or openers[index][0] < bottoms.get(kind, 0):
                    bottoms[kind] = order
                    break
                del openers[index + 1 :]
                opener = openers[index][1]
                signs = min(2, opener.end - opener.start, run.end - run.start)
                self._add(opener.end - signs, opener.end, "quiet")
                self._add(opener.end, run.start, "strong" if signs == 2 else "emphasis")
                self._add(run.start, run.start + signs, "quiet")
                opener.end -= signs
                run.start += signs
                if opener.start == opener.end:
                    openers.pop()
            if run.opens and run.start < run.end:
                openers.append((order, run))

    def _add(self, start: int, end: int, style: Style) -> None:
        if start < end:
            self._found.append(StyledSpan(start, end, style))

    def _is_whole(self, start: int, end: int) -> bool:
        """Whether no cluster reaches over either end."""
        if self._is_ascii:
            return True
        return graphemes.start_of(self._content, start) == start and graphemes.start_of(self._content, end) == end


def _fit(opener: _Run, closer: _Run) -> bool:
    if opener.sign != closer.sign:
        return False
    if not (opener.closes or closer.opens):
        return True
    return (opener.length + closer.length) % 3 != 0 or (opener.length % 3 == 0 and closer.length % 3 == 0)


def _is_punctuation(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "PS"
