"""People of several libraries in one: told apart by their ids, called by the names that they gave.

What somebody is called follows from who has made something in the library, and not from the order in which libraries
were merged, so that every order gives the same export.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has a row in a library."""

    id: str
    given: str
    """The name that the person gave."""
    works: bool
    """Whether anything in the library was made by the person."""


def called(people: Iterable[Person]) -> dict[str, str]:
    """What each person is called, by id: the given name, or for people who share it the name and a part of the id.

    Those who have made nothing never change what those are called who have.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for works in (True, False):
        sharing: dict[str, list[str]] = defaultdict(list)
        for person in sorted(people, key=lambda person: person.id):
            if person.works is works:
                sharing[person.given].append(person.id)
        for given, ids in sorted(sharing.items()):
            for key in ids:
                # The end of a UUIDv7 is chance; its beginning is the time, which two people may share.
                wanted = [*([given] if len(ids) == 1 else []), f"{given} ({key[-4:]})", f"{given} ({key})"]
                names[key] = next((name for name in wanted if name not in taken), wanted[-1])
                taken.add(names[key])
    return names


def rename(connection: Connection) -> list[str]:
    """Call everybody in the library what `called` says; the names that are new and not simply those given."""
    rows = connection.exec_driver_sql(
        "SELECT id, name, given,"
        " EXISTS (SELECT 1 FROM annotation WHERE annotator_id = annotator.id)"
        " OR EXISTS (SELECT 1 FROM relation WHERE annotator_id = annotator.id)"
        " OR EXISTS (SELECT 1 FROM rule WHERE annotator_id = annotator.id)"
        " OR EXISTS (SELECT 1 FROM correction WHERE annotator_id = annotator.id)"
        " FROM annotator"
    ).all()
    names = called([Person(key, given, bool(works)) for key, _, given, works in rows])
    changed = [(key, given, names[key]) for key, name, given, _ in rows if name != names[key]]
    # Two may change places, and no two may have one name on the way.
    for key, _, _ in changed:
        connection.exec_driver_sql("UPDATE annotator SET name = char(0) || id WHERE id = ?", (key,))
    for key, _, name in changed:
        connection.exec_driver_sql("UPDATE annotator SET name = ? WHERE id = ?", (name, key))
    return sorted(name for _, given, name in changed if name != given)
