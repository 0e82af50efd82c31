"""What a person asks: words, "phrases", beginnings*, and filters like by:ada or before:2024-05."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from store.errors import SearchError
from store.search import words
from store.search.words import Term

FILTERS = {
    "label": "annotations with this label",
    "by": "annotations of this annotator",
    "entity": "articles that have this name, as a pipeline found it and people decided",
    "source": "articles whose source has these words",
    "tag": "articles that have this tag",
    "in": "articles in this collection",
    "before": "articles published (or else added) before this day, month or year",
    "after": "articles published (or else added) after it",
}
"""The filters by name, and what they leave."""

_PART = re.compile(r"(?:(?P<filter>[^\W\d_]+):)?(?:\"(?P<phrase>[^\"]*)\"(?P<star>\*)?|(?P<word>[^\s\"]+))")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class Query:
    """What is sought; everything in it has to hold."""

    terms: tuple[Term, ...]
    filters: Mapping[str, str]

    @property
    def match(self) -> str:
        """The terms for FTS5's MATCH. Each is quoted, so that nothing of them is taken for an operator."""
        return " AND ".join(f'"{" ".join(one.words)}"{" *" if one.prefix else ""}' for one in self.terms)


def parse(text: str) -> Query:
    """The query that a line means.

    Raises:
        SearchError: a quotation is not closed, there is no such filter, a date is none, or nothing is sought.
    """
    if text.count('"') % 2:
        raise SearchError("A quotation mark of the query is not closed: a phrase stands between two.")
    terms: list[Term] = []
    filters: dict[str, str] = {}
    for part in _PART.finditer(text):
        value = part["phrase"] if part["phrase"] is not None else part["word"]
        name = (part["filter"] or "").lower()
        if name:
            filters[name] = _checked(name, value)
            continue
        prefix = bool(part["star"]) or (part["word"] or "").endswith("*")
        sought = words.term(value, prefix=prefix)
        if sought is not None:
            terms.append(sought)
    if not terms and not filters:
        raise SearchError("There is no word in the query: write what is sought, as words or filters like by:ada.")
    return Query(tuple(terms), filters)


def _checked(name: str, value: str) -> str:
    if name not in FILTERS:
        near = difflib.get_close_matches(name, FILTERS, 1)
        meant = f"did you mean {near[0]}:?" if near else f"there are {', '.join(f'{known}:' for known in FILTERS)}."
        raise SearchError(f'There is no filter {name}: {meant} (To search for such words, put them in "quotes".)')
    if not value:
        raise SearchError(f"The filter {name}: says nothing: write its value behind the colon.")
    if name in {"before", "after"} and not _DATE.fullmatch(value):
        raise SearchError(f"{value} is no date: write {name}:2024, {name}:2024-05 or {name}:2024-05-31.")
    return value
