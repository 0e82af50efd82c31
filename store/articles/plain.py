"""Plain text: the text is the file, and the title its first line if that is short enough to be one."""

from __future__ import annotations

from pathlib import Path

from store.articles.identity import article_id
from store.records import Article

_LONGEST_TITLE = 160
"""Code points; a longer first line is a paragraph."""


def read(text: str, path: Path) -> Article:
    """An article of the canonical `text` that `path` holds."""
    first_line = text.lstrip().partition("\n")[0].strip()
    return Article(
        id=article_id(text),
        text=text,
        title=first_line if 0 < len(first_line) <= _LONGEST_TITLE else path.stem,
        path=str(path),
    )
