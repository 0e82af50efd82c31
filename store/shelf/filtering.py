"""What the line above the library's list asks for: words, and `tag:budget`, `in:"Elections 2024"`, `is:archived`."""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy
from sqlalchemy import ColumnElement, Connection

from store import models
from store.kinds import Grouping, State
from store.models import table
from store.shelf import groups, putting_away

PREFIXES = {"tag": Grouping.TAG, "in": Grouping.COLLECTION}
"""What stands before the name of a tag and of a collection."""

_STATES = {state.value: state for state in State}
STANDINGS = ("archived", "deleted", *_STATES)
"""What may stand behind `is:`."""

# A quotation that is not closed is one that is still being typed.
_PART = re.compile(
    r"""(?P<empty>(?:tag|in|is):(?=\s|$))|(?:(?P<filter>tag|in|is):)?(?:"(?P<quoted>[^"]*)"?|(?P<word>[^\s"]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a line asks for; everything in it has to hold."""

    words: tuple[str, ...] = ()
    """Casefolded."""
    groups: tuple[tuple[Grouping, str], ...] = ()
    standings: tuple[str, ...] = ()
    """The beginning of one of `STANDINGS`, or what is none."""


def parse(line: str) -> Asked:
    """What the line asks for. Anything can be typed: what is no filter is words, and half a filter asks for nothing."""
    words: list[str] = []
    grouped: list[tuple[Grouping, str]] = []
    standings: list[str] = []
    for part in _PART.finditer(line):
        if part["empty"]:
            continue
        value = part["quoted"] if part["quoted"] is not None else part["word"]
        name = (part["filter"] or "").lower()
        if not name:
            words += value.casefold().split()
        elif not value.strip():
            continue
        elif name == "is":
            standings.append(value.lower())
        else:
            grouped.append((PREFIXES[name], value))
    return Asked(tuple(words), tuple(grouped), tuple(standings))


def quoted(kind: Grouping, name: str) -> str:
    """The filter that asks for a tag or a collection."""
    prefix = next(prefix for prefix, one in PREFIXES.items() if one is kind)
    return f'{prefix}:"{name}"' if " " in name else f"{prefix}:{name}"


def conditions(connection: Connection, line: str, annotator_id: str) -> list[ColumnElement[bool]]:
    """SQL conditions on rows of `article`; indexes answer them, and no text is read for them.

    Args:
        connection: the library.
        line: what is asked for.
        annotator_id: whose states `is:done` means.
    """
    asked, article = parse(line), table(models.Article)
    found: list[ColumnElement[bool]] = [article.c.listing.contains(word, autoescape=True) for word in asked.words]
    found += [groups.grouped(connection, article.c.id, kind, said) for kind, said in asked.groups]
    meant = [next((one for one in STANDINGS if one.startswith(said)), None) for said in asked.standings]
    if "deleted" in meant:
        found.append(putting_away.deleted(article.c.id))
    elif "archived" in meant:
        found.append(putting_away.archived(article.c.id))
    else:
        found.append(putting_away.listed(article.c.id))
    for one in meant:
        if one is None:
            found.append(sqlalchemy.false())
        elif one in _STATES:
            found.append(_in_state(article.c.id, _STATES[one], annotator_id))
    return found


def _in_state(article_id: ColumnElement[str], state: State, annotator_id: str) -> ColumnElement[bool]:
    """SQL: whether it is in a state, as `store.articles.courses` has them."""
    place, choice = table(models.ReadingState), table(models.ReadingChoice)
    decided = sqlalchemy.exists().where(
        choice.c.article_id == article_id, choice.c.annotator_id == annotator_id, choice.c.state.is_not(None)
    )
    if state in (State.DONE, State.SKIPPED):
        return decided.where(choice.c.state == state.value)
    opened = sqlalchemy.exists().where(place.c.article_id == article_id, place.c.annotator_id == annotator_id)
    as_decided = decided.where(choice.c.state == state.value)
    return as_decided | (~decided & (opened if state is State.READING else ~opened))
