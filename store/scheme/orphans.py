"""What a change of the scheme would orphan: what stands in the library, fits the scheme of now, and not the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection

from store.scheme.parts import Attribute, Definition
from store.scheme.values import problem

_LONGEST = 40
"""Code points of a value that is told."""


@dataclass(frozen=True, slots=True)
class Orphaned:
    """Annotations or relations that stand and have something the new scheme does not know."""

    what: str
    """`the label CUE`, `claim_type = causal`, `supports from CLAIM to CUE`."""
    count: int
    """How many have it, of all annotators."""


def orphaned(connection: Connection, old: Definition, new: Definition) -> list[Orphaned]:
    """What fits `old` and not `new`: labels first, then attributes, then relations."""
    counts: Counter[str] = Counter()
    for what, count in (
        *_labels(connection, old, new),
        *_values(connection, old, new),
        *_related(connection, old, new),
    ):
        counts[what] += count
    return [Orphaned(what, count) for what, count in counts.items()]


def _labels(connection: Connection, old: Definition, new: Definition) -> Iterator[tuple[str, int]]:
    kept = {label.name for label in new.labels}
    for label in (label.name for label in old.labels if label.name not in kept):
        rows = connection.exec_driver_sql(
            "SELECT count(*) FROM annotation WHERE kind = 'claim' AND label = ? AND withdrawn IS NULL", (label,)
        )
        if count := int(rows.scalar_one()):
            yield f"the label {label}", count


def _values(connection: Connection, old: Definition, new: Definition) -> Iterator[tuple[str, int]]:
    changed = [one for one in old.attributes if new.attribute(one.name) != one]
    if not changed:
        return
    # A list of choices is told choice by choice, and a choice that stays is no loss.
    rows = connection.exec_driver_sql(
        "SELECT label, given.key, coalesce(given.atom, given.value), given.type, count(*)"
        " FROM annotation, json_each(attributes) AS given"
        " WHERE kind = 'claim' AND withdrawn IS NULL AND attributes <> '{}'"
        " AND given.key IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3, 4",
        (orjson.dumps([one.name for one in changed]).decode(),),
    )
    before = {one.name: one for one in changed}
    for label, name, value, kind, count in rows:
        given = orjson.loads(value) if kind in ("array", "object") else value
        was, becomes = before[name], new.attribute(name)
        if not _fits(was, label, given) or (becomes is not None and _fits(becomes, label, given)):
            continue
        known = becomes is not None and becomes.type == was.type and becomes.applies_to(label)
        lost = [one for one in given if becomes and one not in becomes.options] if isinstance(given, list) else [given]
        if not known or not was.options:
            yield f"{name} of {label}", count
        else:
            for one in lost:
                yield f"{name} = {str(one)[:_LONGEST]}", count


def _fits(attribute: Attribute, label: str | None, value: object) -> bool:
    return attribute.applies_to(label) and problem(attribute, value) is None


def _related(connection: Connection, old: Definition, new: Definition) -> Iterator[tuple[str, int]]:
    was, becomes = ({one.name: one for one in scheme.relations} for scheme in (old, new))
    changed = [name for name, one in was.items() if becomes.get(name) != one]
    if not changed:
        return
    rows = connection.exec_driver_sql(
        "SELECT relation.label, one.label, other.label, count(*) FROM relation"
        " JOIN annotation AS one ON one.id = source_id JOIN annotation AS other ON other.id = target_id"
        " WHERE relation.withdrawn IS NULL AND relation.label IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3",
        (orjson.dumps(changed).decode(),),
    )
    for name, source, target, count in rows:
        if not was[name].allows(source, target):
            continue
        if name not in becomes:
            yield f"the relation {name}", count
        elif not becomes[name].allows(source, target):
            yield f"{name} from {source} to {target}", count
