"""The journal: every change recorded in the transaction that makes it, undone and redone as changes themselves."""

from __future__ import annotations

from typing import Any

import orjson
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store import models
from store.clock import new_key, now
from store.database import Database
from store.records import Undone
from store.rows import annotation_record


def record(
    session: Session, action: str, before: dict[str, Any] | None, after: models.Annotation, step: str | None = None
) -> None:
    """Write a change of `after`'s owner into the journal, in the caller's transaction.

    Args:
        session: the transaction that makes the change.
        action: `tag`, `note`, `edit` or `withdraw`.
        before: the annotation as it was (`snapshot`), None if it is new.
        after: the row as it is now.
        step: the act that the change belongs to; None makes it an act of its own.
    """
    session.flush()  # the annotation's row has to be there before the journal refers to it
    session.add(
        models.Change(
            step=step or new_key(),
            annotator_id=after.annotator_id,
            at=now(),
            action=action,
            annotation_id=after.id,
            before=None if before is None else _dump(before),
            after=_dump(snapshot(after)),
        )
    )


def snapshot(row: models.Annotation) -> dict[str, Any]:
    """The annotation's columns as they are now."""
    return row.model_dump()


class History:
    """Undo and redo of one annotator's acts, across articles and restarts."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Undo and redo what one annotator did in `database`."""
        self._database = database
        self._annotator_id = annotator_id

    def undo(self) -> Undone | None:
        """Take back the annotator's latest act that stands; None if there is none."""
        with self._database.writing() as session:
            latest = session.exec(
                self._acts().where(models.Change.undone == 0).order_by(col(models.Change.seq).desc()).limit(1)
            ).first()
            if latest is None:
                return None
            changes = _step(session, latest.step)
            for change in reversed(changes):
                row = _annotation(session, change)
                before = _dump(snapshot(row))
                if change.before is None:
                    row.withdrawn = now()
                else:
                    _restore(row, change.before)
                change.undone = self._journal(session, "undo", change, before, row)
            return _undone(session, latest)

    def redo(self) -> Undone | None:
        """Bring back the act that was undone last, unless another act came after; None if there is none."""
        with self._database.writing() as session:
            latest = session.exec(
                self._acts().where(models.Change.undone > 0).order_by(col(models.Change.undone).desc()).limit(1)
            ).first()
            if latest is None:
                return None
            if session.exec(self._acts().where(col(models.Change.seq) > latest.undone).limit(1)).first():
                return None
            for change in _step(session, latest.step):
                row = _annotation(session, change)
                before = _dump(snapshot(row))
                _restore(row, change.after)
                self._journal(session, "redo", change, before, row)
                change.undone = 0
            return _undone(session, latest)

    def _acts(self) -> SelectOfScalar[models.Change]:
        """The annotator's changes that are acts: not an undo or a redo of one."""
        return select(models.Change).where(
            models.Change.annotator_id == self._annotator_id, col(models.Change.reverses).is_(None)
        )

    def _journal(
        self, session: Session, action: str, change: models.Change, before: str, row: models.Annotation
    ) -> int:
        """Record that `change` was undone or redone, which left `row` as it is now; the entry's `seq`."""
        row.updated = now()
        entry = models.Change(
            step=new_key(),
            annotator_id=self._annotator_id,
            at=row.updated,
            action=action,
            annotation_id=row.id,
            before=before,
            after=_dump(snapshot(row)),
            reverses=change.step,
        )
        session.add_all([row, change, entry])
        session.flush()
        assert entry.seq is not None
        return entry.seq


def _step(session: Session, step: str) -> list[models.Change]:
    statement = select(models.Change).where(models.Change.step == step).order_by(col(models.Change.seq))
    return list(session.exec(statement))


def _annotation(session: Session, change: models.Change) -> models.Annotation:
    return session.get_one(models.Annotation, change.annotation_id)


def _restore(row: models.Annotation, state: str) -> None:
    for name, value in orjson.loads(state).items():
        setattr(row, name, value)


def _undone(session: Session, change: models.Change) -> Undone:
    row = _annotation(session, change)
    title = session.exec(select(models.Article.title).where(models.Article.id == row.article_id)).one()
    owner = session.get_one(models.Annotator, row.annotator_id).name
    return Undone(
        action=change.action,
        article_id=row.article_id,
        article_title=title,
        annotation_id=row.id,
        annotation=None if row.withdrawn else annotation_record(row, owner),
    )


def _dump(state: dict[str, Any]) -> str:
    return orjson.dumps(state).decode()
