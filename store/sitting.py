"""A sitting: what was done from the opening of a library on, through this one door to it.

It is told from the journal, by the steps that this process wrote: what another postil did on the same file meanwhile is
not counted. What was undone again was not done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import orjson
import sqlalchemy
from sqlalchemy import func

from store.database import Database
from store.kinds import Kind, State
from store.models import Change, table

_MADE = {Kind.CLAIM: "claims", Kind.NOTE: "notes", Kind.ENTITY: "decisions", Kind.FOLD: "decisions"}


@dataclass(slots=True)
class Sitting:
    """What stands at the end of a sitting that did not at its beginning, and what is gone."""

    claims: int = 0
    notes: int = 0
    """Notes that were written, on words or on something that had none."""
    decisions: int = 0
    """On names and on what is folded, and rules about names."""
    relations: int = 0
    withdrawn: int = 0
    """Of what was there before."""
    done: int = 0
    """Articles."""
    skipped: int = 0
    queued: int = 0
    corrected: int = 0
    """Fields of articles' metadata, also where a correction was taken back."""
    other: int = 0
    """Rows that were changed otherwise: a note edited, an attribute said, an article marked unread."""

    def __bool__(self) -> bool:
        """Whether anything was done."""
        return any(getattr(self, name) for name in self.__slots__)


def sitting(database: Database) -> Sitting:
    """What was done through `database` since it was opened, and stands."""
    done = Sitting()
    rows: dict[tuple[str, str], tuple[dict[str, object], dict[str, object]]] = {}
    for subject, key, before, after in _entries(database):
        first, _ = rows.get((subject, key), (before, after))
        rows[subject, key] = (first, after)
    for (subject, _), (before, after) in rows.items():
        _count(done, subject, before, after)
    return done


def _entries(database: Database) -> Iterable[tuple[str, str, dict[str, object], dict[str, object]]]:
    """What each change of the sitting was of, with the row before and after, in order; a row that is not there, or was
    withdrawn, is empty."""
    row = table(Change).c
    steps = func.json_each(orjson.dumps(database.steps).decode()).table_valued("value")
    query = (
        sqlalchemy.select(row.subject, row.subject_id, row.before, row.after)
        .where(row.step.in_(sqlalchemy.select(steps.c.value)))
        .order_by(row.seq)
    )
    with database.reading() as session:
        for subject, key, before, after in session.connection().execute(query).all():
            yield subject, key, _standing(before), _standing(after)


def _standing(state: str | None) -> dict[str, object]:
    row: dict[str, object] = {} if state is None else orjson.loads(state)
    return {} if row.get("withdrawn") else row


def _count(done: Sitting, subject: str, before: dict[str, object], after: dict[str, object]) -> None:
    """Count what became of one row from its first change of the sitting to its last."""
    if _said(before) == _said(after):
        return  # done and undone
    if subject == "reading_choice":
        _count_choice(done, before, after)
    elif subject == "correction":
        done.corrected += 1
    elif subject not in ("annotation", "relation", "rule"):
        done.other += 1  # metadata, tags, what was put away: about articles, and nothing that was made
    elif before and not after:
        done.withdrawn += 1
    elif not before:
        what = {"relation": "relations", "rule": "decisions"}.get(subject) or _MADE.get(
            Kind(str(after["kind"])), "other"
        )
        setattr(done, what, getattr(done, what) + 1)
        done.notes += bool(after.get("note")) and what != "notes"
    elif after.get("note") and not before.get("note"):
        done.notes += 1
    else:
        done.other += 1


def _count_choice(done: Sitting, before: dict[str, object], after: dict[str, object]) -> None:
    state = after.get("state") if after.get("state") != before.get("state") else None
    if state == State.DONE:
        done.done += 1
    elif state == State.SKIPPED:
        done.skipped += 1
    elif after.get("queued") and not before.get("queued"):
        done.queued += 1
    else:
        done.other += 1


def _said(row: dict[str, object]) -> dict[str, object]:
    """What a row says, whenever it was said."""
    return {name: value for name, value in row.items() if name not in ("updated", "created")}
