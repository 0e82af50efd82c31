"""Acts on rows that are known by several columns, and of which one act may change fifty thousand.

Each row has its entry in the journal, as `store.history` has it; they are written and undone many at a time, without
an object a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection

from store import bulk, models
from store.clock import new_key, now
from store.errors import AnnotationError
from store.sharing.shared import MEMBERSHIP, SHELF, Row, SharedTable

T = TypeVar("T")

SUBJECTS = {shared.name: shared for shared in (MEMBERSHIP, SHELF)}
"""The tables that are written here, by their names."""

_NOTHING: Mapping[str, Mapping[str, bool]] = {
    MEMBERSHIP.name: {"withdrawn": True},
    SHELF.name: {"archived": False, "deleted": False},
}
"""What makes a row of a table say as much as none: columns that get the time, or become empty."""

_BATCH = 2000

_IN = f"subject IN ({', '.join(repr(name) for name in SUBJECTS)})"


def batches(items: Iterable[T], size: int = _BATCH) -> Iterator[list[T]]:
    """The items, some at a time."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def write(
    connection: Connection,
    shared: SharedTable,
    rows: Sequence[Row],
    *,
    action: str,
    step: str,
    importer: str = "",
    at: str = "",
) -> None:
    """Write rows, new ones or in place of those that there are, and enter each into the journal.

    Args:
        connection: the transaction.
        shared: their table.
        rows: whole rows.
        action: what was done, as the journal says it.
        step: the act that they belong to.
        importer: who does it, if not each row's annotator.
        at: when, if not when each row was updated.
    """
    for batch in batches(rows):
        before = shared.find(connection, (shared.known_as(row) for row in batch))
        shared.insert(connection, [row for row in batch if shared.known_as(row) not in before])
        shared.update(connection, [row for row in batch if shared.known_as(row) in before])
        _enter(
            connection,
            (
                _entry(shared, row, before.get(shared.known_as(row)), action, step, importer)
                | ({"at": at} if at else {})
                for row in batch
            ),
        )


def undo(connection: Connection, step: str, annotator_id: str, reversal: str) -> list[str]:
    """Put the rows that an act changed back to what they were before; the articles that they are about.

    Raises:
        AnnotationError: a row is not there any more.
    """
    return _reverse(connection, step, annotator_id, reversal, "undo")


def redo(connection: Connection, step: str, annotator_id: str, reversal: str) -> list[str]:
    """Make the rows that an act changed again what they were after it; the articles that they are about.

    Raises:
        AnnotationError: a row is not there any more.
    """
    return _reverse(connection, step, annotator_id, reversal, "redo")


def _reverse(connection: Connection, step: str, annotator_id: str, reversal: str, action: str) -> list[str]:
    at, about = now(), dict[str, None]()
    wanted, last = ("before" if action == "undo" else "after"), 0
    for subject, shared in SUBJECTS.items():
        changes = connection.exec_driver_sql(
            f"SELECT article_id, subject_id, {wanted}, after FROM change WHERE step = ? AND subject = ? ORDER BY seq",
            (step, subject),
        ).all()
        for batch in batches(changes):
            about |= dict.fromkeys(article_id for article_id, *_ in batch)
            present = shared.find(connection, (key for _, key, *_ in batch))
            if len(present) < len({key for _, key, *_ in batch}):
                raise AnnotationError("What that was done to came with a merge, and went when the merge was undone.")
            rows = []
            for _, _, state, after in batch:
                row = orjson.loads(state) if state is not None else _emptied(shared, orjson.loads(after), at)
                rows.append(row | {"updated": at})
            shared.update(connection, rows)
            entries = [_entry(shared, row, present[shared.known_as(row)], action, reversal, annotator_id)
                       | {"reverses": step} for row in rows]  # fmt: skip
            last = _enter(connection, entries)
    if about:
        undone = last if action == "undo" else 0
        connection.exec_driver_sql(f"UPDATE change SET undone = ? WHERE step = ? AND {_IN}", (undone, step))
    return list(about)


def _emptied(shared: SharedTable, row: dict[str, Any], at: str) -> dict[str, Any]:
    return row | {name: at if timed else None for name, timed in _NOTHING[shared.name].items()}


def _entry(
    shared: SharedTable, row: Row, before: Row | None, action: str, step: str, annotator_id: str
) -> dict[str, Any]:
    return {
        "step": step,
        "annotator_id": annotator_id or row["annotator_id"],
        "at": row["updated"],
        "action": action,
        "subject": shared.name,
        "subject_id": shared.known_as(row),
        "article_id": row["article_id"],
        "before": None if before is None else orjson.dumps(before).decode(),
        "after": orjson.dumps(row).decode(),
        "undone": 0,
    }


def _enter(connection: Connection, entries: Iterable[dict[str, Any]]) -> int:
    """Write entries into the journal; the number of the last."""
    bulk.insert(connection, models.Change, list(entries))
    return int(connection.exec_driver_sql("SELECT max(seq) FROM change").scalar_one())


def step() -> str:
    """A new act."""
    return new_key()
