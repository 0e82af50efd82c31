"""What a person asks: words, "phrases", beginnings*, #tags, and filters like by:ada or before:2024-05."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from store.errors import SearchError
from store.search import words
from store.search.words import Term
from store.text import tags
from store.text.language import code_of

FILTERS = {
    "label": "annotations with this label",
    "by": "annotations of this annotator",
    "entity": "articles that have this name, as a pipeline found it and people decided",
    "title": "articles whose title has these words",
    "author": "articles whose author has these words",
    "source": "articles whose source has these words",
    "tag": "articles that have this tag",
    "in": "articles in this collection",
    "language": "articles in this language, as de or German",
    "before": "articles published (or else added) before this day, month or year",
    "after": "articles published (or else added) after it",
}
"""The filters by name, and what they leave."""

_PART = re.compile(r"(?:(?P<filter>[^\W\d_]+):)?(?:\"(?P<phrase>[^\"]*)\"(?P<star>\*)?|(?P<word>[^\s\"]+))")
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True, slots=True)
class SoughtTag:
    """A tag that a note has to have, or one under it."""

    name: str
    """Folded."""
    prefix: bool = False
    """Whether the name may go on."""

    @property
    def term(self) -> Term:
        """The words that every note with the tag has, and others have too."""
        found = words.term(self.name, prefix=self.prefix)
        assert found is not None  # a tag has a letter
        return found

    def is_in(self, note: str) -> bool:
        """Whether a note has it."""
        folded = (tags.fold(tag.name) for tag in tags.tags(note))
        return any(name.startswith(self.name) if self.prefix else tags.is_under(name, self.name) for name in folded)


@dataclass(frozen=True, slots=True)
class Query:
    """What is sought; everything in it has to hold."""

    terms: tuple[Term, ...]
    filters: Mapping[str, str]
    tags: tuple[SoughtTag, ...] = ()

    @property
    def match(self) -> str:
        """The terms and the words of the tags for FTS5's MATCH.

        Each is quoted, so that nothing of them is taken for an operator.
        """
        sought = [*self.terms, *(tag.term for tag in self.tags)]
        return " AND ".join(f'"{" ".join(one.words)}"{" *" if one.prefix else ""}' for one in sought)


def parse(text: str) -> Query:
    """The query that a line means.

    Raises:
        SearchError: a quotation is not closed, there is no such filter, a date is none, or nothing is sought.
    """
    if text.count('"') % 2:
        raise SearchError("A quotation mark of the query is not closed: a phrase stands between two.")
    terms: list[Term] = []
    filters: dict[str, str] = {}
    sought_tags: list[SoughtTag] = []
    for part in _PART.finditer(text):
        value = part["phrase"] if part["phrase"] is not None else part["word"]
        name = (part["filter"] or "").lower()
        if name:
            filters[name] = _checked(name, value)
            continue
        prefix = bool(part["star"]) or (part["word"] or "").endswith("*")
        tag = tags.only_tag((part["word"] or "").removesuffix("*"))
        if tag is not None:
            sought_tags.append(SoughtTag(tags.fold(tag), prefix))
            continue
        sought = words.term(value, prefix=prefix)
        if sought is not None:
            terms.append(sought)
    if not (terms or filters or sought_tags):
        raise SearchError("There is no word in the query: write what is sought, as words or filters like by:ada.")
    return Query(tuple(terms), filters, tuple(sought_tags))


def _checked(name: str, value: str) -> str:
    if name not in FILTERS:
        near = difflib.get_close_matches(name, FILTERS, 1)
        meant = f"did you mean {near[0]}:?" if near else f"there are {', '.join(f'{known}:' for known in FILTERS)}."
        raise SearchError(f'There is no filter {name}: {meant} (To search for such words, put them in "quotes".)')
    if not value:
        raise SearchError(f"The filter {name}: says nothing: write its value behind the colon.")
    if name in {"before", "after"} and not _DATE.fullmatch(value):
        raise SearchError(f"{value} is no date: write {name}:2024, {name}:2024-05 or {name}:2024-05-31.")
    if name == "language":
        code = code_of(value)
        if code is None:
            raise SearchError(f"{value} is no language: write language:de or language:German.")
        return code
    return value
