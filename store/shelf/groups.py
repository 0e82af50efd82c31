"""Tags and collections: articles brought together under a name, by whoever works in the library."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

import orjson
import sqlalchemy
from sqlalchemy import ColumnElement, Connection, func

from store import journaled, models
from store.clock import now
from store.database import Database
from store.errors import GroupError
from store.kinds import Grouping
from store.models import table
from store.records import Group
from store.sharing.shared import MEMBERSHIP
from store.shelf.putting_away import kept

LONGEST = 100
"""Code points of a name."""

WORDS: Final = {Grouping.TAG: "tag", Grouping.COLLECTION: "collection"}


def checked(name: str) -> str:
    """The name as it is kept: without white space around it, and with single spaces inside.

    Raises:
        GroupError: nothing can be called so.
    """
    plain = unicodedata.normalize("NFC", " ".join(name.split()))
    if not plain:
        raise GroupError("A tag or a collection needs a name: write one.")
    if len(plain) > LONGEST:
        raise GroupError(f"{plain[:40]}… is too long for a name: it may have {LONGEST} characters.")
    if '"' in plain or any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in plain):
        raise GroupError(f"{plain!a} cannot be a name: leave out quotation marks and control characters.")
    return plain


def is_name(name: str) -> bool:
    """Whether a name is one that is kept."""
    try:
        return checked(name) == name
    except GroupError:
        return False


def meant(connection: Connection, kind: Grouping, said: str) -> list[str]:
    """The names that a filter means: the one that is called so in any case, or else those that begin so."""
    wanted = " ".join(said.split()).casefold()
    names = _names(connection, kind)
    return [name for name in names if name.casefold() == wanted] or [
        name for name in names if name.casefold().startswith(wanted)
    ]


def members(kind: Grouping, names: Sequence[str]) -> sqlalchemy.Select[Any]:
    """SQL: the ids of the articles that have one of these tags, or are in one of these collections."""
    row = table(models.Membership)
    return sqlalchemy.select(row.c.article_id).where(
        row.c.kind == kind.value, row.c.name.in_(names), row.c.withdrawn.is_(None)
    )


def grouped(connection: Connection, article_id: ColumnElement[Any], kind: Grouping, said: str) -> ColumnElement[bool]:
    """SQL: whether an article has the tag, or is in the collection, that a filter means."""
    return article_id.in_(members(kind, meant(connection, kind, said)))


def _names(connection: Connection, kind: Grouping) -> Sequence[str]:
    row = table(models.Membership)
    names = sqlalchemy.select(row.c.name).where(row.c.kind == kind.value, row.c.withdrawn.is_(None)).distinct()
    return connection.scalars(names.order_by(row.c.name)).all()


class Groups:
    """The tags and collections of a library, changed for one annotator; each act is one step of the journal."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read from and write to `database`."""
        self._database = database
        self._annotator_id = annotator_id

    def all(self, kind: Grouping) -> list[Group]:
        """Those that there are, by name, with how many articles they have."""
        row = table(models.Membership)
        count = func.count(sqlalchemy.case((kept(row.c.article_id), 1)))
        statement = (
            sqlalchemy.select(row.c.name, count)
            .where(row.c.kind == kind.value, row.c.withdrawn.is_(None))
            .group_by(row.c.name)
        )
        with self._database.reading() as session:
            found = session.connection().execute(statement).all()
        return sorted((Group(kind, name, number) for name, number in found), key=lambda one: one.name.casefold())

    def on(self, kind: Grouping, article_ids: Sequence[str]) -> dict[str, int]:
        """Of those that some articles have: how many of these articles have each."""
        with self._database.reading() as session:
            found = session.connection().exec_driver_sql(
                "SELECT name, count(*) FROM membership WHERE kind = ? AND withdrawn IS NULL"
                " AND article_id IN (SELECT value FROM json_each(?)) GROUP BY name",
                (kind.value, orjson.dumps(list(article_ids)).decode()),
            )
            return {name: number for name, number in found}  # noqa: C416 -- rows are no pairs to mypy

    def called(self, kind: Grouping, name: str) -> str:
        """The tag or collection that somebody means, in the spelling that it has.

        Raises:
            GroupError: there is none.
        """
        with self._database.reading() as session:
            return _called(session.connection(), kind, name)

    def add(self, kind: Grouping, name: str, article_ids: Sequence[str]) -> int:
        """Give articles a tag, or put them into a collection, made if there is none; how many did not have it.

        Raises:
            GroupError: nothing can be called so.
        """
        with self._database.writing() as session:
            connection = session.connection()
            name = _spelling(connection, kind, checked(name))
            return self._write(connection, kind, name, article_ids, f"add {kind}", journaled.step(), stands=True)

    def remove(self, kind: Grouping, name: str, article_ids: Sequence[str]) -> int:
        """Take a tag from articles, or take them out of a collection; how many had it.

        Raises:
            GroupError: there is none of that name.
        """
        with self._database.writing() as session:
            connection = session.connection()
            name = _called(connection, kind, name)
            return self._write(connection, kind, name, article_ids, f"remove {kind}", journaled.step(), stands=False)

    def rename(self, kind: Grouping, name: str, new: str) -> int:
        """Call a tag or a collection otherwise; if there is one of the new name, both become one. How many articles.

        Raises:
            GroupError: there is none of that name, or nothing can be called so.
        """
        new = checked(new)
        with self._database.writing() as session:
            connection = session.connection()
            name = _called(connection, kind, name)
            # Another spelling of the same name is what is asked for; another name is taken as it is spelt already.
            new = new if new.casefold() == name.casefold() else _spelling(connection, kind, new)
            if new == name:
                return 0
            step, ids = journaled.step(), connection.scalars(members(kind, [name])).all()
            self._write(connection, kind, name, ids, f"rename {kind}", step, stands=False)
            self._write(connection, kind, new, ids, f"rename {kind}", step, stands=True)
            return len(ids)

    def _write(
        self,
        connection: Connection,
        kind: Grouping,
        name: str,
        article_ids: Sequence[str],
        action: str,
        step: str,
        *,
        stands: bool,
    ) -> int:
        at, count = now(), 0

        def known(article_id: str) -> str:
            return MEMBERSHIP.known_as({"article_id": article_id, "kind": kind.value, "name": name})

        for batch in journaled.batches(dict.fromkeys(article_ids)):
            before = MEMBERSHIP.find(connection, map(known, batch))
            rows = []
            for article_id in batch:
                row = before.get(known(article_id))
                if (row is not None and row["withdrawn"] is None) == stands:
                    continue
                rows.append(
                    {
                        "article_id": article_id,
                        "kind": kind.value,
                        "name": name,
                        "annotator_id": self._annotator_id,
                        "updated": at,
                        "withdrawn": None if stands else at,
                    }
                )
            journaled.write(connection, MEMBERSHIP, rows, action=action, step=step)
            count += len(rows)
        return count


def _spelling(connection: Connection, kind: Grouping, name: str) -> str:
    """The name as it is spelt already, if it is used in any case."""
    return next((known for known in _names(connection, kind) if known.casefold() == name.casefold()), name)


def _called(connection: Connection, kind: Grouping, name: str) -> str:
    names = _names(connection, kind)
    wanted = unicodedata.normalize("NFC", " ".join(name.split())).casefold()
    for known in sorted(names, key=lambda known: known != name):
        if known.casefold() == wanted:
            return known
    near = difflib.get_close_matches(name, names, 1)
    what = WORDS[kind]
    hint = f"did you mean {near[0]}?" if near else f"postil {'tag' if kind is Grouping.TAG else 'collect'} lists them."
    raise GroupError(f"There is no {what} {name}: {hint}")
