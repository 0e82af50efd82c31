"""What two libraries share, table by table: how a row is known in both, and which of two versions of it stands.

Each rule takes the greater (or the smaller) of two versions in an order of all possible versions. That is what makes a
merge idempotent, commutative and associative: the state-based replicated types of Shapiro, Preguiça, Baquero and
Zawirski, "A comprehensive study of Convergent and Commutative Replicated Data Types" (INRIA RR-7506, 2011), section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import Connection
from sqlmodel import SQLModel

from store import bulk, models
from store.metadata import laying

Row = Mapping[str, Any]
"""A row's columns but its number, which means nothing outside its file."""


@dataclass(frozen=True)
class SharedTable:
    """A table of which two libraries may hold versions of one row."""

    model: type[SQLModel]
    key: tuple[str, ...]
    """The columns by which a row is known in every library."""
    time: str | None
    """The column that says which of two versions stands, before their content does."""
    earliest: bool = False
    """Whether the earlier version stands, and not the later."""
    own: frozenset[str] = field(default=frozenset())
    """Columns that each library has for itself: they stay as they are, and are empty in a new row."""

    @cached_property
    def name(self) -> str:
        """The table's name."""
        return str(self.model.__tablename__)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The table's columns but `number`."""
        return tuple(name for name in self.model.model_fields if name != "number")

    @cached_property
    def numbered(self) -> bool:
        """Whether its rows have numbers, which grow with each new row."""
        return "number" in self.model.model_fields

    def known_as(self, row: Row) -> str:
        """What the journal and `aside` know the row by: its one key, or all of them as a JSON array."""
        parts = [row[column] for column in self.key]
        return str(parts[0]) if len(parts) == 1 else orjson.dumps(parts).decode()

    def stands(self, one: Row, other: Row) -> bool:
        """Whether `one` stands against `other`; of two that say the same, either does."""
        if self.earliest:
            return self._order(one) <= self._order(other)
        return self._order(one) >= self._order(other)

    def same(self, one: Row, other: Row) -> bool:
        """Whether both say the same, but for what each library has for itself."""
        return all(one[name] == other[name] for name in self._compared)

    def find(self, connection: Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The rows that the library has of those known as `keys`, by what they are known as."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        if len(self.key) == 1:
            condition = f'"{self.key[0]}" IN (SELECT value FROM json_each(?))'
            wanted = orjson.dumps(list(keys)).decode()
        else:
            columns = ", ".join(f'"{name}"' for name in self.key)
            values = ", ".join(f"value ->> {position}" for position in range(len(self.key)))
            condition = f"({columns}) IN (SELECT {values} FROM json_each(?))"
            wanted = f"[{','.join(keys)}]"
        rows = connection.exec_driver_sql(f"SELECT {names} FROM {self.name} WHERE {condition}", (wanted,))
        found = (dict(zip(self.columns, row, strict=True)) for row in rows)
        return {self.known_as(row): row for row in found}

    def insert(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Put in rows that the library does not have."""
        bulk.insert(connection, self.model, rows)

    def update(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Put rows in the place of those that the library has."""
        if rows:
            names = ", ".join(f'"{name}" = :{name}' for name in self.columns if name not in self._kept)
            condition = " AND ".join(f'"{name}" = :{name}' for name in self.key)
            connection.exec_driver_sql(f"UPDATE {self.name} SET {names} WHERE {condition}", rows)

    def delete(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Take rows out."""
        if rows:
            condition = " AND ".join(f'"{name}" = :{name}' for name in self.key)
            connection.exec_driver_sql(f"DELETE FROM {self.name} WHERE {condition}", rows)

    def _order(self, row: Row) -> tuple[Any, list[tuple[bool, Any]]]:
        # None is no value that could be compared: it comes before all others.
        content = [(row[name] is not None, 0 if row[name] is None else row[name]) for name in self._compared]
        return row[self.time] if self.time else 0, content

    @cached_property
    def _kept(self) -> frozenset[str]:
        """The columns that an update leaves as they are."""
        return frozenset(self.key)

    @cached_property
    def _compared(self) -> tuple[str, ...]:
        return tuple(name for name in self.columns if name not in self.own)


class ArticleTable(SharedTable):
    """Articles as their sources give them, so that two versions of one do not differ in what people corrected.

    What people say of them is a table of its own, and is laid over what is written here.
    """

    def find(self, connection: Connection, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
        """The articles that the library has, with what their sources say."""
        found = super().find(connection, keys)
        laying.as_given(connection, found)
        return found

    def update(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Let articles say what another source says, but for what was corrected."""
        super().update(connection, rows)
        if rows:
            laying.lay_again(connection, [row["id"] for row in rows])


class CorrectionTable(SharedTable):
    """Corrections, which their articles show as long as they are there; `original` is made here, and not taken over."""

    def insert(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Put in corrections, and show them."""
        super().insert(connection, rows)
        laying.begin(connection, map(_pair, rows))

    def update(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Change corrections, and show them so."""
        super().update(connection, rows)
        laying.show(connection, map(_pair, rows))

    def delete(self, connection: Connection, rows: Sequence[Row]) -> None:
        """Take corrections out: what the sources say stands again."""
        laying.end(connection, map(_pair, rows))
        super().delete(connection, rows)

    @cached_property
    def _kept(self) -> frozenset[str]:
        return frozenset(self.key) | self.own


def _pair(row: Row) -> laying.Pair:
    return row["article_id"], row["field"]


LABEL = SharedTable(models.Label, ("name",), None)
SCHEME_ATTRIBUTE = SharedTable(models.SchemeAttribute, ("name",), None)
SCHEME_RELATION = SharedTable(models.SchemeRelation, ("name",), None)
ARTICLE = ArticleTable(models.Article, ("id",), "added", earliest=True, own=frozenset({"path"}))
PROVENANCE = SharedTable(models.Provenance, ("article_id",), None)
CORRECTION = CorrectionTable(models.Correction, ("article_id", "field"), "updated", own=frozenset({"original"}))
SOURCE = SharedTable(models.Source, ("article_id", "kind", "place"), "seen", earliest=True)
ANNOTATION = SharedTable(models.Annotation, ("id",), "updated")
RELATION = SharedTable(models.Relation, ("id",), "updated")
RULE = SharedTable(models.Rule, ("id",), "updated")
MEMBERSHIP = SharedTable(models.Membership, ("article_id", "kind", "name"), "updated")
READING_STATE = SharedTable(models.ReadingState, ("article_id", "annotator_id"), "updated")
READING_CHOICE = SharedTable(models.ReadingChoice, ("article_id", "annotator_id"), "updated")
PREDICTION = SharedTable(models.Prediction, ("article_id", "pipeline", "start"), None)

TABLES = (
    LABEL, SCHEME_ATTRIBUTE, SCHEME_RELATION, ARTICLE, PROVENANCE, SOURCE, CORRECTION, ANNOTATION, RELATION, RULE,
    MEMBERSHIP, READING_STATE, READING_CHOICE, PREDICTION,
)  # fmt: skip
"""In an order in which each comes after those that it refers to."""

SHELF = SharedTable(models.Shelf, ("article_id",), "updated")
"""Known in the same way, and shared with nobody."""
