"""Sentences of a paragraph, by rule: no model has to be loaded to know the sentence under the caret."""

from __future__ import annotations

import re

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
    "eq sec ch pp p vol art ed eds trans approx est dept".split()
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

_WORD_BEFORE = re.compile(r"[\w.]+\Z")
_WORD_AFTER = re.compile(r"[\w]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]\Z")


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of the paragraph `text[start:end]` as (start, end), without the white space around them.

    They are in order and do not overlap; every code point that is not white space lies in one.
    """
    found: list[tuple[int, int]] = []
    begin = start
    for candidate in _END.finditer(text, start, end):
        if not candidate["gap"]:
            stop, resume = candidate.end(), candidate.end()
        elif _ends_sentence(text, candidate, start, end):
            stop, resume = candidate.start("gap"), candidate.end()
        else:
            continue
        _append_trimmed(found, text, begin, stop)
        begin = resume
    _append_trimmed(found, text, begin, end)
    return found


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
    if text[after].islower():
        return False
    if candidate["stop"] != ".":
        return True
    before = _WORD_BEFORE.search(text[max(start, candidate.start() - 24) : candidate.start()])
    word = before.group() if before else ""
    following = _WORD_AFTER.match(text, after, min(end, after + 24))
    next_word = following.group() if following else ""
    key = word.lower()
    if key in _NEVER_LAST and not candidate["closers"]:
        return False
    if key == "no" and not next_word.isdigit():
        return True  # "He said no." against "No. 5"
    if key in _SELDOM_LAST or (_INITIALS.match(word) and word != "I"):
        return next_word.lower() in _STARTERS
    return True
