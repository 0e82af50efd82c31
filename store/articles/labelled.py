"""What a plain text says of itself in lines such as `Author: Ada Lovelace`, at its beginning or its end.

Only where it is plainly there: the lines stand together, each has one of the labels and a value, and nothing but the
title stands before them. The text is not changed by it.
"""

from __future__ import annotations

import re

_LABELS = {
    "author": "author",
    "authors": "author",
    "byline": "author",
    "by": "author",
    "source": "source",
    "publication": "source",
    "publisher": "source",
    "published": "published",
    "published on": "published",
    "date": "published",
    "url": "url",
    "link": "url",
    "title": "title",
}
_LINE = re.compile(rf"[ \t]*({'|'.join(_LABELS)})[ \t]*:[ \t]+(\S.{{0,299}}?)[ \t]*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s/]+\S*", re.IGNORECASE)

_LOOKED_AT = 4_000
"""Code points at either end of the text."""

_MOST = 8
"""Lines that are looked at from either end; a text that is all labels is a list, not an article."""


def fields(text: str) -> dict[str, str]:
    """`title`, `author`, `source`, `url` and `published`, as far as the lines say; the first to say it is believed."""
    if ":" not in text[:_LOOKED_AT] and ":" not in text[-_LOOKED_AT:]:
        return {}
    first = _lines(text[:_LOOKED_AT])
    last = _lines(text[-_LOOKED_AT:])[::-1]
    found: dict[str, str] = {}
    for lines in (_labelled(first) or _labelled(first[1:]), _labelled(last)):
        for label, value in lines:
            name = _LABELS[label.lower()]
            if name == "published" and not any(sign.isdigit() for sign in value):
                continue
            if _ADDRESS.fullmatch(value):
                found.setdefault("url", value)
                continue
            if name != "url":
                found.setdefault(name, value)
    return found


def is_labelled(line: str) -> bool:
    """Whether a line says something of the text and is none of it."""
    return _LINE.fullmatch(line) is not None


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _labelled(lines: list[str]) -> list[tuple[str, str]]:
    """The label and value of the lines from the first on, up to one that has no label."""
    found = []
    for line in lines[:_MOST]:
        match = _LINE.fullmatch(line)
        if match is None:
            break
        found.append((match[1], match[2]))
    return found
