"""Markdown, with what YAML front matter says of it. The text is the Markdown source after the front matter."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from store.articles.identity import article_id
from store.errors import ArticleError
from store.records import Article

_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(?P<yaml>.*?\n)?(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)\s*", re.DOTALL)
_LONGEST_FRONT_MATTER = 65_536
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>.+?)[ \t]*#*$", re.MULTILINE)
_FIELDS = ("title", "author", "source", "url", "published")


def read(text: str, path: Path) -> Article:
    """An article of the canonical Markdown that `path` holds.

    Raises:
        ArticleError: the front matter is not YAML, or nothing follows it.
    """
    fields, body = _front_matter(text, path)
    if not body.strip():
        raise ArticleError(f"{path} has front matter but no text after it: there is nothing to read.")
    heading = _HEADING.search(body)
    return Article(
        id=article_id(body),
        text=body,
        title=fields.pop("title", "") or (heading["title"] if heading else path.stem),
        format="markdown",
        path=str(path),
        **fields,
    )


def _front_matter(text: str, path: Path) -> tuple[dict[str, str], str]:
    """The known fields of the front matter, and the text after it (all of it, where there is none)."""
    block = _FRONT_MATTER.match(text, 0, _LONGEST_FRONT_MATTER) if text.startswith("---") else None
    if not block:
        return {}, text
    import yaml

    try:
        # The loader in C, where it was built, reads a thousand files in the time of a hundred; both are the safe one.
        values = yaml.load(block["yaml"] or "", Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 2} of " if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise ArticleError(
            f"The front matter in {line}{path} is not YAML ({problem}): mend it or take it out."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"The front matter of {path} is not YAML ({error}): mend it or take it out.") from error
    if values is not None and not isinstance(values, dict):
        return {}, text  # two rules with text between them, not front matter
    found = {name: _as_text((values or {}).get(name)) for name in _FIELDS}
    return {name: value for name, value in found.items() if value}, text[block.end() :]


def _as_text(value: object) -> str | None:
    """A scalar, or a list of scalars, as one line of text; anything else is not a field we know."""
    match value:
        case bool() | None:
            return None
        case str():
            # The loader in Python lets half a surrogate pair through, which no file and no library can hold.
            return " ".join(value.encode("utf-8", "replace").decode().split())
        case date():
            return value.isoformat()
        case int() | float():
            return str(value)
        case list():
            parts = [_as_text(item) for item in value if not isinstance(item, list | dict)]
            return ", ".join(part for part in parts if part)
        case _:
            return None
