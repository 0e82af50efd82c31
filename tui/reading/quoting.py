"""A quotation with its source, as it is copied out of postil."""

from __future__ import annotations

import re

_MEANINGFUL = re.compile(r"([\\`*_\[\]<>])")
"""Signs that mean something anywhere in Markdown."""

_AT_A_LINES_START = re.compile(r"^(\s*)([#>+-]|\d+[.)])", re.MULTILINE)
"""Signs that mean something where a line begins."""


def as_text(
    quote: str,
    title: str,
    source: str | None = None,
    published: str | None = None,
    url: str | None = None,
    note: str = "",
) -> str:
    """`“quote” (Title, Source, 2024-05-01, URL)`, and the note under it."""
    about = ", ".join(part for part in (title, source, published, url) if part)
    return f"“{quote}” ({about})" + (f"\n{note}" if note else "")


def as_markdown(
    quote: str,
    title: str,
    source: str | None = None,
    published: str | None = None,
    url: str | None = None,
    note: str = "",
) -> str:
    """A block quotation with a line for its source, and the note under it as a paragraph of its own."""
    lines = "\n".join(f"> {line}".rstrip() for line in _escaped(quote).split("\n"))
    linked = f"[{_escaped(title)}](<{url.replace('>', '%3E')}>)" if url else _escaped(title)
    about = ", ".join([linked, *(_escaped(part) for part in (source, published) if part)])
    return f"{lines}\n>\n> — {about}\n" + (f"\n{note}\n" if note else "")


def _escaped(text: str) -> str:
    escaped = _MEANINGFUL.sub(r"\\\1", text)
    return _AT_A_LINES_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", escaped)
