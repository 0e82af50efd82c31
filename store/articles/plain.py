"""Plain text: the text is the file, and the title its first line if that is short enough to be one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.articles import decoding, labelled
from store.articles.identity import article_id, canonical
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    from store.articles.sources import Source

EXTRACTOR = "postil text 1"
"""The number goes up when the same file would give another text."""

_LONGEST_TITLE = 160
"""Code points; a longer first line is a paragraph."""

_LOOKED_AT = 4_000
"""Code points in which there is a title, if there is one."""


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The one article of a text file."""
    article = read(whole_text(source), Path(source.name))
    yield dataclasses.replace(
        article, path=source.path, url=article.url or source.url, provenance=source.provenance(EXTRACTOR)
    )


def whole_text(source: Source) -> str:
    """The canonical text of a source that is nothing else.

    Raises:
        ArticleError: it is no text, in an unknown encoding, or empty.
    """
    text = canonical(decoding.text_of(source, source.read()))
    if not text.strip():
        raise ArticleError(f"{source.name} is empty: there is nothing to read.")
    return text


def read(text: str, path: Path) -> Article:
    """An article of the canonical `text` that `path` holds, with what its first and last lines say of it."""
    said = labelled.fields(text)
    return Article(
        id=article_id(text),
        text=text,
        title=said.get("title") or title_of(text) or path.stem,
        author=said.get("author"),
        source=said.get("source"),
        url=said.get("url"),
        published=said.get("published"),
        path=str(path),
    )


def title_of(text: str) -> str:
    """The first line of a text that is not labelled, or nothing if it is too long to be a title."""
    lines = (line.strip() for line in text.lstrip()[:_LOOKED_AT].split("\n"))
    first_line = next((line for line in lines if line and not labelled.is_labelled(line)), "")
    return first_line if len(first_line) <= _LONGEST_TITLE else ""
