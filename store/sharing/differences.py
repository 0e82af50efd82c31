"""What somebody else's library has that ours has not, and what both have in different versions. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection

from store.sharing.shared import (
    ANNOTATION,
    ARTICLE,
    CORRECTION,
    MEMBERSHIP,
    PREDICTION,
    PROVENANCE,
    READING_CHOICE,
    READING_STATE,
    RELATION,
    RULE,
    SOURCE,
    Row,
    SharedTable,
)

if TYPE_CHECKING:
    from store.sharing.foreign import Foreign

T = TypeVar("T")

_BATCH = 2000
"""Rows that are looked up together; of articles fewer, since each brings its text."""
_ARTICLES = 50


@dataclass(frozen=True, slots=True)
class Two:
    """Two versions of one row that do not say the same."""

    ours: Row
    theirs: Row
    stands: Row
    """The one that a merge keeps, with what is our library's own."""

    @property
    def changes(self) -> bool:
        """Whether a merge changes our row."""
        return self.stands is not self.ours

    @property
    def differ_in(self) -> set[str]:
        """The columns in which both differ, what each library has for itself among them."""
        return {name for name, value in self.ours.items() if self.theirs[name] != value}


@dataclass(frozen=True, slots=True)
class Differences:
    """How a few rows of one table differ."""

    shared: SharedTable
    new: Sequence[Row]
    """Rows that ours has not, as a merge would add them."""
    two: Sequence[Two]
    same: int
    """How many rows say the same in both."""

    @property
    def rows(self) -> int:
        """How many rows of theirs these are."""
        return len(self.new) + len(self.two) + self.same


def differences(
    connection: Connection, foreign: Foreign, owners: Mapping[str, str] | None = None
) -> Iterator[Differences]:
    """How the library differs from `foreign`, table by table, each after those that it refers to, a few rows a time.

    What is yielded may be written before the next is asked for. `owners` says whose work is to be taken for whose, by
    ids: rows of the former become the latter's, also those that came in by an earlier merge.
    """
    readers: list[tuple[SharedTable, Callable[[], Iterable[dict[str, Any]]], int]] = [
        (ARTICLE, foreign.articles, _ARTICLES),
        (PROVENANCE, foreign.provenances, _BATCH),
        (CORRECTION, foreign.corrections, _BATCH),
        (SOURCE, foreign.sources, _BATCH),
        (ANNOTATION, foreign.annotations, _BATCH),
        (RELATION, foreign.relations, _BATCH),
        (RULE, foreign.rules, _BATCH),
        (MEMBERSHIP, foreign.memberships, _BATCH),
        (READING_STATE, foreign.reading_states, _BATCH),
        (READING_CHOICE, foreign.reading_choices, _BATCH),
        (PREDICTION, foreign.predictions, _BATCH),
    ]
    for shared, rows, size in readers:
        for batch in _batches(rows(), size):
            yield _compare(connection, shared, batch, owners or {})


def _compare(
    connection: Connection, shared: SharedTable, batch: list[dict[str, Any]], owners: Mapping[str, str]
) -> Differences:
    theirs = {shared.known_as(row): row for row in (_owned(row, owners) for row in batch)}
    ours = shared.find(connection, theirs)
    new, two = [], []
    for key, row in theirs.items():
        mine = ours.get(key)
        if mine is None:
            new.append(row | dict.fromkeys(shared.own))
        elif not shared.same(mine, row):
            two.append(_two(shared, mine, row, owners))
    return Differences(shared, new, two, len(theirs) - len(new) - len(two))


def _two(shared: SharedTable, ours: dict[str, Any], theirs: Row, owners: Mapping[str, str]) -> Two:
    mine = _owned(ours, owners)
    stands: Row = mine if shared.stands(mine, theirs) else dict(theirs) | {name: ours[name] for name in shared.own}
    return Two(ours, theirs, ours if stands == ours else stands)


def _owned(row: dict[str, Any], owners: Mapping[str, str]) -> dict[str, Any]:
    owner = owners.get(row.get("annotator_id", ""))
    return row if owner is None else row | {"annotator_id": owner}


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
