"""Two schemes in one: what ours has stays as it is, what only theirs has comes in behind it, differences are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from store.sharing import labels
from store.sharing.shared import LABEL, SCHEME_ATTRIBUTE, SCHEME_RELATION, Row, SharedTable

if TYPE_CHECKING:
    from store.sharing.foreign import Foreign

_SAID = {
    "type": "its type",
    "options": "its options",
    "least": "its smallest number",
    "most": "its greatest number",
    "whole": "whether it is whole",
    "required": "whether it is required",
    "labels": "its labels",
    "key": "its key",
    "sources": "what it leads from",
    "targets": "what it leads to",
    "guideline": "its guideline",
}


@dataclass(frozen=True, slots=True)
class Joined:
    """What becomes of somebody else's scheme in ours."""

    new: Sequence[tuple[SharedTable, Sequence[Row]]]
    """By table, the rows that ours has not, with places after ours and keys that are free."""
    labels: Mapping[str, Sequence[str]]
    """Of labels that both have, what they differ in: `its key`, ..."""
    others: Mapping[str, Sequence[str]]
    """The same of `the attribute verdict`, `the relation supports`, ..."""


def joined(connection: Connection, other: Foreign) -> Joined:
    """What becomes of the scheme of `other` in the library's; nothing is written."""
    tagged = labels.joined(_ours(connection, LABEL), other.labels())
    differing: dict[str, Sequence[str]] = {}
    attributes = _parts(_ours(connection, SCHEME_ATTRIBUTE), other.scheme_attributes(), "the attribute", differing)
    relations = _parts(_ours(connection, SCHEME_RELATION), other.scheme_relations(), "the relation", differing)
    new = [(LABEL, tagged.new), (SCHEME_ATTRIBUTE, attributes), (SCHEME_RELATION, relations)]
    return Joined(new, tagged.differing, differing)


def _ours(connection: Connection, shared: SharedTable) -> list[Row]:
    names = ", ".join(f'"{name}"' for name in shared.columns)
    rows = connection.exec_driver_sql(f"SELECT {names} FROM {shared.name}")
    return [dict(zip(shared.columns, row, strict=True)) for row in rows]


def _parts(
    ours: Iterable[Row], theirs: Iterable[Row], what: str, differing: dict[str, Sequence[str]]
) -> Sequence[dict[str, Any]]:
    """The rows of theirs that ours has not; in what the others differ comes into `differing`."""
    here = {row["name"]: row for row in ours}
    keys = {str(row["key"]).casefold() for row in here.values() if "key" in row}
    position = max((row["position"] for row in here.values()), default=0)
    new = []
    for row in sorted(theirs, key=lambda row: (row["position"], row["name"])):
        known = here.get(row["name"])
        if known is None:
            position += 1
            free = {} if "key" not in row else {"key": labels.free(row, keys)}
            keys.update(key.casefold() for key in free.values())
            new.append(dict(row) | {"position": position} | free)
        elif different := [said for name, said in _SAID.items() if name in row and known[name] != row[name]]:
            differing[f"{what} {row['name']}"] = different
    return new
