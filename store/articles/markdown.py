"""Markdown, with what YAML front matter says of it. The text is the Markdown source after the front matter."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.articles.identity import article_id
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    from store.articles.sources import Source

EXTRACTOR = "postil markdown 1"
"""The number goes up when the same file would give another text."""

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?P<yaml>[^\S\n]*\S.*?\n)??(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)\s*", re.DOTALL)
"""From the first line on, with no blank line before the first field: two rules with prose between them are no front
matter."""

_LONGEST_FRONT_MATTER = 65_536
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>\S.*)$", re.MULTILINE)
_FIELDS = frozenset({"title", "author", "source", "url", "published", "date"})
"""Those that an article has places for."""


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The one article of a Markdown file."""
    from store.articles.plain import whole_text

    path = Path(source.name)
    fields, body = _front_matter(whole_text(source), path)
    article = _article(fields, body, path)
    meta = {name: value for name, value in fields.items() if name not in _FIELDS}
    provenance = source.provenance(EXTRACTOR, language=meta.pop("language", meta.pop("lang", None)), meta=meta)
    yield dataclasses.replace(article, path=source.path, url=article.url or source.url, provenance=provenance)


def read(text: str, path: Path) -> Article:
    """An article of the canonical Markdown that `path` holds.

    Raises:
        ArticleError: the front matter is not YAML, or nothing follows it.
    """
    return _article(*_front_matter(text, path), path)


def _article(fields: dict[str, str], body: str, path: Path) -> Article:
    if not body.strip():
        raise ArticleError(f"{path} has front matter but no text after it: there is nothing to read.")
    heading = _HEADING.search(body)
    return Article(
        id=article_id(body),
        text=body,
        title=fields.get("title", "") or (_title(heading["title"]) if heading else "") or path.stem,
        format="markdown",
        path=str(path),
        author=fields.get("author"),
        source=fields.get("source"),
        url=fields.get("url"),
        published=fields.get("published") or fields.get("date"),
    )


def _title(heading: str) -> str:
    """A heading's words, without the number signs that may close it."""
    words = heading.strip()
    open_ended = words.rstrip("#")
    return open_ended.rstrip() if open_ended[-1:].isspace() or not open_ended else words


def _front_matter(text: str, path: Path) -> tuple[dict[str, str], str]:
    """The fields of the front matter that are not empty, and the text after it (all of it, where there is none)."""
    block = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER) if text.startswith("---") else None
    if not block:
        return {}, text
    import yaml

    try:
        # The base loader leaves every scalar as it is written: a title may be `No`, `12:30` or `007`. The one in C,
        # where it was built, reads a thousand files in the time of a hundred.
        values = yaml.load(block["yaml"] or "", Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.YAMLError as error:
        line = _line(error, block["yaml"] or "")
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        raise ArticleError(
            f"The front matter in line {line} of {path} is not YAML ({problem}): mend it or take it out."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"The front matter of {path} is not YAML ({error}): mend it or take it out.") from error
    if values and not isinstance(values, dict):
        return {}, text  # two rules with text between them, not front matter
    found = {_as_text(name): _as_text(value) for name, value in (values or {}).items()}
    return {name: value for name, value in found.items() if value}, text[block.end() :]


def _line(error: Exception, source: str) -> int:
    """The file's line that YAML complains of; the front matter begins in line 2."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return int(mark.line) + 2
    position = getattr(error, "position", 0)
    if getattr(error, "encoding", None) != "unicode":  # the loader in C counts bytes, the one in Python code points
        return source.encode()[:position].count(b"\n") + 2
    return source.count("\n", 0, position) + 2


def _as_text(value: object) -> str:
    """A scalar, or a list of scalars, as one line of text; empty for anything else, and for YAML's nothing."""
    if isinstance(value, str) and value not in {"~", "null"}:
        # The loader in Python lets half a surrogate pair through, which no file and no library can hold.
        return " ".join(value.encode("utf-8", "replace").decode().split())
    if isinstance(value, list):
        return ", ".join(filter(None, (_as_text(item) for item in value if isinstance(item, str))))
    return ""
