"""Tags in notes: `#budget`, `#topic/energy`.

A tag is a `#` and the letters, digits, `_` and `-` after it, in any script, with at least one letter; `/` leads to a
narrower tag, which the wider one finds too. A tag does not end with `-`, `_` or `/`. No tag is: what stands behind a
letter or a digit (`C#`), or behind `#`, `&`, `/`, `\\`, `=`, `@` or a backquote; a number (`#1`); the sign of a heading
(`# x`); and what is part of a web address, of a link's target (`](#part)`) or of code between backquotes.
Upper and lower case are alike.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

_CHUNK = re.compile(r"\S+")
"""What stands between two spaces: no tag and no address reaches over one."""

_ADDRESS = re.compile(r"://|(?:^|(?<=[(<\"'\[]))(?:www\.|mailto:)", re.IGNORECASE)
_NOT_BEFORE = frozenset("#&/\\=@`_")
_JOINERS = frozenset("_-\u200c\u200d")
"""What joins the letters of a tag: Persian and Indic words are written with joiners."""

_BACKQUOTES = re.compile("`+")


class Tag(NamedTuple):
    """A tag in a text."""

    start: int
    """Code point of the `#`."""
    end: int
    name: str
    """As it is written, without the `#`."""


def tags(text: str) -> Iterator[Tag]:
    """The tags of a note, in the order of the text."""
    if "#" not in text:
        return
    code = _code(text) if "`" in text else []
    for chunk in _CHUNK.finditer(text):
        if "#" not in chunk[0]:
            continue
        start, end = chunk.span()
        address = _ADDRESS.search(chunk[0])
        if address is not None:
            end = start + address.start()
        at = text.find("#", start, end)
        while at >= 0:
            name = _name(text, at + 1, end) if _may_begin(text, at) else ""
            if name and not _is_within(code, at):
                yield Tag(at, at + 1 + len(name), name)
            at = text.find("#", at + 1 + len(name), end)


def fold(name: str) -> str:
    """A tag's name without case, by which it is found. It is never coarser than the folding of the full text index."""
    if name.isascii():
        return name.lower()
    return "".join(map(_fold, unicodedata.normalize("NFC", name)))


def only_tag(text: str) -> str | None:
    """The name of the tag that the whole of a text is; None if it is not a tag."""
    found = next(tags(text), None)
    return found.name if found is not None and (found.start, found.end) == (0, len(text)) else None


def is_under(folded: str, wider: str) -> bool:
    """Whether a tag is `wider` or one of the tags under it; both as `fold` gives them."""
    return folded == wider or folded.startswith(f"{wider}/")


def _fold(sign: str) -> str:
    folded = sign.casefold()
    return folded if len(folded) == 1 else sign.lower()


def _may_begin(text: str, at: int) -> bool:
    """Whether the `#` at an offset may begin a tag, by what stands before it."""
    if not at:
        return True
    before = text[at - 1]
    if before in _NOT_BEFORE or _is_of_word(before):
        return False
    return not (before == "(" and at > 1 and text[at - 2] == "]")


def _name(text: str, start: int, end: int) -> str:
    """The name of the tag that begins at `start` and ends by `end`; empty if there is none."""
    if start >= end or not (text[start].isalnum() or text[start] == "_"):
        return ""
    last = start
    while last < end and (
        _is_of_word(text[last])
        or text[last] in _JOINERS
        or (text[last] == "/" and last + 1 < end and _is_of_word(text[last + 1]))
    ):
        last += 1
    name = text[start:last].rstrip("_-\u200c\u200d")
    return name if any(sign.isalpha() for sign in name) else ""


def _is_of_word(sign: str) -> bool:
    """Whether it is a letter, a digit, or a mark on one."""
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


def _is_within(spans: list[tuple[int, int]], offset: int) -> bool:
    index = bisect_right(spans, offset, key=itemgetter(0)) - 1
    return index >= 0 and offset < spans[index][1]


def _code(text: str) -> list[tuple[int, int]]:
    """Where code stands between backquotes: a run of them is closed by the next of the same length."""
    runs = [match.span() for match in _BACKQUOTES.finditer(text)]
    following: dict[int, list[int]] = {}
    for index in range(len(runs) - 1, -1, -1):
        following.setdefault(runs[index][1] - runs[index][0], []).append(index)
    found = []
    position = 0
    while position < len(runs):
        start, end = runs[position]
        waiting = following[end - start]
        while waiting and waiting[-1] <= position:
            waiting.pop()
        if waiting:
            position = waiting[-1]
            found.append((start, runs[position][1]))
        position += 1
    return found
