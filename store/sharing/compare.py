"""Comparing: what somebody else's library has that ours has not, what both changed, and where people disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Connection

from store.database import Database
from store.kinds import Kind
from store.sharing import scheme
from store.sharing.brought import Brought
from store.sharing.differences import differences
from store.sharing.foreign import Foreign, open_foreign
from store.sharing.shared import ANNOTATION, TABLES, Row

_KEPT = 1000
"""Disagreements that are told one by one; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of some words."""

    annotator: str
    label: str
    start: int
    """Code point."""
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two people, one in each library, who marked the same words and say different things of them."""

    article_id: str
    article_title: str
    ours: Said
    theirs: Said


@dataclass
class Comparison:
    """How two libraries differ."""

    brought: Brought
    """What a merge would bring to ours."""
    only_ours: Counter[str] = field(default_factory=Counter)
    """Rows that theirs has not, by table."""
    changed: list[tuple[str, str]] = field(default_factory=list)
    """Annotations that both have in different versions: what they are on, and which version is newer."""
    disagreements: list[Disagreement] = field(default_factory=list)
    """The first thousand, by article."""
    disagreeing: int = 0
    """How many disagreements there are."""


def compare(database: Database, path: Path, progress: Callable[[int], None] = lambda _: None) -> Comparison:
    """Compare the library at `path`, which nobody has open, with ours. Nothing is written.

    Raises:
        ForeignLibraryError: it is no sound library.
        LibraryError: ours cannot be read.
    """
    with open_foreign(path) as other, database.reading() as session:
        connection = session.connection()
        comparison = Comparison(Brought(path))
        comparison.brought.count_scheme(scheme.joined(connection, other))
        for found in differences(connection, other):
            comparison.brought.count(found)
            if found.shared is ANNOTATION:
                comparison.changed += [
                    (str(two.ours["quote"] or two.ours["note"]), "theirs" if two.changes else "ours")
                    for two in found.two[: _KEPT - len(comparison.changed)]
                ]
            progress(found.rows)
        comparison.brought.with_what_was_skipped(other)
        for shared in TABLES:
            if shared.numbered:
                known = sum(
                    counter[shared.name]
                    for counter in (
                        comparison.brought.same,
                        comparison.brought.older,
                        comparison.brought.dated,
                        comparison.brought.updated,
                        comparison.brought.withdrawn,
                    )
                )
                here = connection.exec_driver_sql(f"SELECT count(*) FROM {shared.name}").scalar_one()
                comparison.only_ours[shared.name] = here - known
        for disagreement in _disagreements(connection, other):
            comparison.disagreeing += 1
            if len(comparison.disagreements) < _KEPT:
                comparison.disagreements.append(disagreement)
        return comparison


def _disagreements(connection: Connection, other: Foreign) -> Iterator[Disagreement]:
    names = {row["id"]: str(row["name"]) for row in other.annotators()}
    standing = (row for row in other.annotations() if row["withdrawn"] is None and row["start"] is not None)
    for article_id, group in groupby(standing, key=lambda row: str(row["article_id"])):
        theirs = [row for row in group if _says(row)]
        ours = [row for row in _ours(connection, article_id) if _says(row)] if theirs else []
        if not ours:
            continue
        title = connection.exec_driver_sql("SELECT title FROM article WHERE id = ?", (article_id,)).scalar_one()
        for one, another in _on_the_same_words(ours, theirs):
            if one["annotator_id"] != another["annotator_id"] and _says(one) != _says(another):
                yield Disagreement(
                    article_id, title, _said(one, one["name"]), _said(another, names[another["annotator_id"]])
                )


def _ours(connection: Connection, article_id: str) -> Iterator[dict[str, Any]]:
    columns = ("annotator_id", "name", "kind", "label", "start", "end", "quote", "attributes")
    rows = connection.exec_driver_sql(
        'SELECT annotator_id, name, kind, label, start, "end", quote, attributes FROM annotation'
        " JOIN annotator ON annotator.id = annotator_id"
        " WHERE article_id = ? AND withdrawn IS NULL AND start IS NOT NULL",
        (article_id,),
    )
    return (dict(zip(columns, row, strict=True)) for row in rows)


def _says(row: Row) -> str:
    """What the row says of its words, as far as two people can disagree about it; empty for a note."""
    label = str(row["label"] or "")
    if row["kind"] == Kind.ENTITY:
        return f"no {label}" if orjson.loads(row["attributes"]).get("decision") == "reject" else label
    return label if row["kind"] == Kind.CLAIM else ""


def _on_the_same_words(ours: Sequence[Row], theirs: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The pairs of which each covers half of the other at least."""
    ours, theirs = (sorted(rows, key=lambda row: (row["start"], row["end"])) for rows in (ours, theirs))
    open_: list[Row] = []
    following = iter(ours)
    candidate = next(following, None)
    for their in theirs:
        while candidate is not None and candidate["start"] < their["end"]:
            open_.append(candidate)
            candidate = next(following, None)
        open_ = [row for row in open_ if row["end"] > their["start"]]
        for row in open_:
            if row["kind"] == their["kind"] and _half(row, their):
                yield row, their


def _half(one: Row, other: Row) -> bool:
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return bool(2 * shared >= max(one["end"] - one["start"], other["end"] - other["start"]))


def _said(row: Row, annotator: str) -> Said:
    return Said(annotator, _says(row), row["start"], row["end"], row["quote"])
