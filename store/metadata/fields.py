"""The fields of an article's metadata that people may correct: what each takes, and how it is typed. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum

from store.scheme.parts import Attribute, Type
from store.scheme.values import typed
from store.text.language import code_of, name_of


class Field(StrEnum):
    """A field of an article's metadata."""

    TITLE = "title"
    AUTHOR = "author"
    SOURCE = "source"
    URL = "url"
    PUBLISHED = "published"
    LANGUAGE = "language"


COLUMNS = (Field.TITLE, Field.AUTHOR, Field.SOURCE, Field.URL, Field.PUBLISHED)
"""Those that are columns of an article."""

ALWAYS_SAID = frozenset({Field.TITLE, Field.LANGUAGE})
"""Those that cannot be emptied: an article has a title, and its text is in a language."""

ONE_EACH = frozenset({Field.TITLE, Field.URL})
"""Those that two articles do not have in common, so that nobody means to give one to several."""

LONGEST = 1_000_000
"""Code points, as of any other title or author; that of a URL or a language is far smaller by its form."""

ATTRIBUTES = (
    Attribute("title", Type.TEXT, required=True, guideline="What the article is called."),
    Attribute("author", Type.TEXT, guideline="Who wrote it, as the source gives it; several with commas."),
    Attribute("source", Type.TEXT, guideline="Who published it: the paper, the site, the agency."),
    Attribute("url", Type.URL, guideline="Where it was published, with https://."),
    Attribute("published", Type.TEXT, guideline="When it was published: best as 2024, 2024-05 or 2024-05-31, which "
              "before: and after: find; the source's own words are kept too."),
    Attribute("language", Type.TEXT, guideline="What the text is in: a code as de, or its English name. Names are "
              "found by a pipeline for it."),
)  # fmt: skip
"""The fields as a form shows them, in its order."""

_BY_FIELD = {Field(attribute.name): attribute for attribute in ATTRIBUTES}
_NOT_ONE_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_DATE = re.compile(r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)(?:[T ][0-9:.+Z-]+)?").fullmatch
_CODE = re.compile(r"[a-z]{2,3}").fullmatch


def checked(field: Field, text: str) -> str | None:
    """What was typed for a field, as it is kept; None where nothing but blanks was typed.

    Raises:
        ValueError: it does not fit, as half a sentence: `“ftp:x”: it is no URL; write it with https://`.
    """
    text = text.encode("utf-8", "replace").decode().strip()  # a shell may hand over half a surrogate pair
    if not text:
        if field in ALWAYS_SAID:
            raise ValueError(f"an article always has a {field}: say it, or go back to what was found")
        return None
    if field is Field.LANGUAGE:
        code = code_of(text)
        if code is None:
            raise ValueError(f"“{text[:40]}” is no language: write a code as de, or its English name")
        return code
    if field is Field.URL:
        text = str(typed(_BY_FIELD[field], text))
    if (wrong := problem(field, text)) is not None:
        raise ValueError(wrong)
    return text


def advice(field: Field, text: str) -> str:
    """What is worth knowing of a value that fits; empty if nothing is."""
    if field is Field.LANGUAGE:
        return name_of(code_of(text) or "")
    if field is Field.PUBLISHED and text.strip() and not _is_date(text.strip()):
        return "kept as it is; before: and after: find dates written as 2024-05-31, 2024-05 or 2024"
    return ""


def problem(field: Field, value: str) -> str | None:
    """Why a value is not one that `checked` gives, as half a sentence that begins with `it`; None if it is one."""
    if not value.strip():
        return "it is empty"
    if len(value) > LONGEST:
        return f"it is longer than {LONGEST:,} code points"
    if _NOT_ONE_LINE.search(value):
        return "it is not one line"
    if field is Field.LANGUAGE and not _CODE(value):
        return "it is no code of a language"
    if field is Field.URL:
        try:
            typed(_BY_FIELD[field], value)
        except ValueError:
            return "it is no URL"
    return None


def _is_date(text: str) -> bool:
    """Whether a text begins with a day, a month or a year of the calendar, and goes on with no more than a time."""
    found = _DATE(text)
    if found is None:
        return False
    try:
        datetime.fromisoformat(f"{found[1]}-01-01"[:10])
    except ValueError:
        return False
    return True
