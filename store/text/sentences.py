"""Sentences of a paragraph, by rule: no model has to be loaded to know the sentence under the caret."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"""
    (?<![.!?…]) (?P<stop> [.!?…]+ ) [*_]{0,2} (?P<closers> ["'”’»)\]]* ) [*_]{0,2} (?P<gap> \s+ )
  | [。！？｡]+ [」』”’）】]*
    """,
    re.VERBOSE,
)
_OPENERS = "\"'“‘«([*_¿¡—–- \t\n"

_NEVER_LAST = frozenset(
    "mr mrs ms messrs dr prof sen rep gov gen col capt lt sgt maj hon rev st mt ft vs v eg ie cf al fig figs "
    "eq sec ch pp p vol art ed eds trans approx est dept tab p.s p.p.s n.b "
    "str sra srta mme mlle".split()
)
"""Abbreviations that a name, a number or the rest of the phrase follows."""

_SELDOM_LAST = frozenset(
    "inc corp ltd co bros plc llc jr sr esq etc no nos jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed "
    "thu fri sat sun a.m p.m am pm u.s u.k u.n e.u d.c ph.d b.c a.d".split()
)
"""Abbreviations that end a sentence only if the next word plainly begins one."""

_STARTERS = frozenset(
    "a an the this that these those it its he she they we you his her their our my i in on at by for from with but and "
    "so yet or if when while after before since as although though because however there here what who why how where "
    "some many most few all no not last next then now one two".split()
)
"""Words that, with a capital, begin a sentence after an abbreviation."""

_MONTHS = frozenset("januar februar märz april mai juni juli august september oktober november dezember".split())
"""After a number and a stop, which is how German writes an ordinal."""

_WORD_BEFORE = re.compile(r"[\w.'’]+\Z")
_WORD_AFTER = re.compile(r"[\w]+")
_NUMBER = re.compile(r"\s*\d{1,2}[.)]")
_ITEM = re.compile(r"[ \t]*(?:[-*+•][ \t]|\d{1,3}[.)][ \t])")
_MARKED = re.compile(r"[ \t]*#{1,6}[ \t]")
_SALUTATION = re.compile(
    r"(?:(?:dear|hi|hello|hey)\b[^.!?]{0,60}|(?:best|kind|yours|sincerely|regards|love|cheers|thanks)\b[^.!?]{0,30}),",
    re.IGNORECASE,
)
_LONGEST_HEADING = 60
"""Code points of a line that may be a heading without being marked as one."""

_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of the paragraph `text[start:end]` as (start, end), without the white space around them.

    They are in order and do not overlap; every code point that is not white space lies in one.
    """
    found: list[tuple[int, int]] = []
    for begin, stop in _whole_lines(text, start, end):
        _find(found, text, begin, stop)
    return found


def _find(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add the sentences of lines that belong together."""
    begin = start
    for candidate in _END.finditer(text, start, end):
        if not candidate["gap"]:
            stop, resume = candidate.end(), candidate.end()
        elif _NUMBER.fullmatch(text, begin, candidate.start("gap")):
            continue  # `1. Mix the flour` is one sentence, not two
        elif _ends_sentence(text, candidate, start, end):
            stop, resume = candidate.start("gap"), candidate.end()
        else:
            continue
        _append_trimmed(found, text, begin, stop)
        begin = resume
    _append_trimmed(found, text, begin, end)


def _whole_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The pieces of a paragraph that a line end parts for certain: items, headings, salutations.

    Any other line end was put there by whoever wrapped the text.
    """
    if text.find("\n", start, end) < 0:
        yield start, end
        return
    longest = max(map(len, text[start:end].split("\n")))
    begin = line = start
    while (stop := text.find("\n", line, end)) >= 0:
        if _ITEM.match(text, stop + 1, end) or _stands_alone(
            text[line:stop], text, stop + 1, end, longest, line == start
        ):
            yield begin, stop
            begin = stop + 1
        line = stop + 1
    yield begin, end


def _stands_alone(line: str, text: str, following: int, end: int, longest: int, first: bool) -> bool:
    """Whether a line is no part of what follows: marked as a heading, a greeting, or ended long before it was full."""
    if _MARKED.match(line) or _SALUTATION.fullmatch(line.strip()):
        return True
    words = line.strip()
    if not first or not words or len(words) > _LONGEST_HEADING or not words[-1].isalnum():
        return False
    next_word = _WORD_AFTER.match(text, following, end)
    return next_word is not None and next_word[0][0].isupper() and len(line) + 1 + len(next_word[0]) < longest // 2


def _append_trimmed(found: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        found.append((start, end))


def _ends_sentence(text: str, candidate: re.Match[str], start: int, end: int) -> bool:
    after = candidate.end()
    while after < end and text[after] in _OPENERS:
        after += 1
    if after >= end:
        return True
    if text[after].islower() and not text[after + 1 : after + 2].isupper():  # `iPhone` may begin one
        return False
    if text[after] in ".…":
        return False  # dots apart, as ellipses are set
    if candidate["stop"] != ".":
        return True
    before = _WORD_BEFORE.search(text[max(start, candidate.start() - 24) : candidate.start()])
    word = before.group() if before else ""
    following = _WORD_AFTER.match(text, after, min(end, after + 24))
    next_word = following.group() if following else ""
    key = word.lower()
    if next_word.lower() in _MONTHS and key.isdigit() and len(key) < 3:
        return False
    if (key in _NEVER_LAST or key.endswith("str")) and not candidate["closers"]:
        return False
    if key == "no" and not next_word.isdigit():
        return True  # "He said no." against "No. 5"
    if key in _SELDOM_LAST or (_INITIALS.match(word) and word != "I"):
        return next_word.lower() in _STARTERS
    return True
