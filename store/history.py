"""The journal: every change recorded in the transaction that makes it, undone and redone as changes themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import orjson
import sqlalchemy
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from store import journaled, models
from store.clock import later_than, new_key, now
from store.database import STEPS, Database
from store.errors import AnnotationError
from store.metadata import laying
from store.models import table
from store.records import Change, Undone
from store.rows import annotation_record
from store.scheme import door as scheme
from store.sharing import aside
from store.sharing.shared import ANNOTATION, CORRECTION, READING_CHOICE, RELATION, RULE

LIBRARY = "library"
"""The subject of a change of very many rows, a merge: they are not in the entry but in the table `aside`."""

Journaled: TypeAlias = models.Annotation | models.Relation | models.Rule | models.Correction | models.ReadingChoice
"""A row that has an owner, is changed by acts, and is withdrawn and never deleted. A correction's owner is who made it
last: it belongs to its article, and anybody may correct it again. What was decided about reading an article is not
withdrawn: its first entry in the journal comes from a row that says nothing."""


_TABLES = {shared.name: shared for shared in (ANNOTATION, RELATION, RULE, CORRECTION, READING_CHOICE)}
"""The tables of such rows, by their names: how a row is known in each."""


def record(
    session: Session, action: str, before: dict[str, Any] | None, after: Journaled, step: str | None = None
) -> None:
    """Write a change of `after`'s owner into the journal, in the caller's transaction.

    Args:
        session: the transaction that makes the change.
        action: `tag`, `note`, `edit`, `withdraw`, `relate`, `decide`, `mark done`, `queue`, ...
        before: the row as it was (`snapshot`), None if it is new.
        after: the row as it is now.
        step: the act that the change belongs to; None makes it an act of its own.
    """
    session.flush()  # what reads the journal finds the row that it speaks of
    step = step or new_key()
    session.info.setdefault(STEPS, []).append(step)
    session.add(
        models.Change(
            step=step,
            annotator_id=after.annotator_id,
            at=now(),
            action=action,
            subject=str(after.__tablename__),
            subject_id=_key_of(after),
            article_id=_article_of(session, after),
            before=None if before is None else _dump(before),
            after=_dump(snapshot(after)),
        )
    )


def snapshot(row: Journaled) -> dict[str, Any]:
    """The row's columns as they are now, but for its number, which means nothing outside this file."""
    return row.model_dump(exclude={"number"})


def latest_act(session: Session, annotator_id: str) -> models.Change | None:
    """The annotator's latest change that is an act, undone or not, unless it was undone or redone since."""
    statement = select(models.Change).where(models.Change.annotator_id == annotator_id)
    latest = session.exec(statement.order_by(col(models.Change.seq).desc()).limit(1)).first()
    return latest if latest is not None and latest.reverses is None else None


class History:
    """The journal, and undo and redo of one annotator's acts, across articles and restarts."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's changes in `database`; undo and redo what one annotator did."""
        self._database = database
        self._annotator_id = annotator_id

    def latest(self) -> int:
        """The `seq` of the newest entry; 0 if there is none."""
        with self._database.reading() as session:
            return session.exec(select(sqlalchemy.func.max(models.Change.seq))).one() or 0

    def changes(self, article_id: str | None = None, *, batch: int = 500) -> Iterator[Change]:
        """Everybody's changes, the latest first; with an article, those about it.

        They are read `batch` at a time, so that a journal of a million changes can be looked into at once.
        """
        change, annotator, article = (table(m) for m in (models.Change, models.Annotator, models.Article))
        statement = (
            sqlalchemy.select(change, annotator.c.name.label("annotator"), article.c.title.label("article_title"))
            .join(annotator, annotator.c.id == change.c.annotator_id)
            .join(article, article.c.id == change.c.article_id, isouter=True)
            .order_by(change.c.seq.desc())
            .limit(batch)
        )
        if article_id is not None:
            statement = statement.where(change.c.article_id == article_id)
        following = statement
        while True:
            with self._database.reading() as session:
                rows = session.connection().execute(following).all()
            for row in rows:
                yield Change(
                    seq=row.seq,
                    step=row.step,
                    at=row.at,
                    annotator=row.annotator,
                    action=row.action,
                    subject=row.subject,
                    subject_id=row.subject_id,
                    article_id=row.article_id,
                    article_title=row.article_title,
                    before=None if row.before is None else orjson.loads(row.before),
                    after=None if row.after is None else orjson.loads(row.after),
                    reverses=row.reverses,
                    undone=row.undone > 0,
                )
            if len(rows) < batch:
                return
            following = statement.where(change.c.seq < rows[-1].seq)

    def undo(self) -> Undone | None:
        """Take back the annotator's latest act that stands; None if there is none."""
        with self._database.writing() as session:
            latest = session.exec(
                self._acts().where(models.Change.undone == 0).order_by(col(models.Change.seq).desc()).limit(1)
            ).first()
            if latest is None:
                return None
            if latest.subject == LIBRARY:
                return self._undo_merge(session, latest)
            if latest.subject == scheme.SUBJECT:
                return self._turn_scheme(session, latest, "undo")
            rows = []
            reversal = new_key()
            about = journaled.undo(session.connection(), latest.step, self._annotator_id, reversal)
            for change in reversed(_step(session, latest.step)):
                row = _row(session, change)
                before = _dump(snapshot(row))
                if not isinstance(row, models.Correction) or _is_as_left(row, change.after):
                    _take_back(row, change)
                change.undone = self._journal(session, "undo", change, before, row, reversal)
                rows.append(row)
            return _undone(session, latest, rows, about)

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
            if latest.subject == LIBRARY:
                return self._redo_merge(session, latest)
            if latest.subject == scheme.SUBJECT:
                return self._turn_scheme(session, latest, "redo")
            rows = []
            reversal = new_key()
            about = journaled.redo(session.connection(), latest.step, self._annotator_id, reversal)
            for change in _step(session, latest.step):
                row = _row(session, change)
                before = _dump(snapshot(row))
                assert change.after is not None
                if not isinstance(row, models.Correction) or _is_as_left(row, change.before):
                    _restore(row, change.after)
                self._journal(session, "redo", change, before, row, reversal)
                change.undone = 0
                rows.append(row)
            return _undone(session, latest, rows, about)

    def _undo_merge(self, session: Session, merge: models.Change) -> Undone:
        assert merge.seq is not None
        assert merge.after is not None
        brought = orjson.loads(merge.after)
        aside.undo(session.connection(), merge.step, merge.seq, brought.pop("numbers", {}))
        merge.after = _dump(brought)  # the numbers of the rows that went are free for others
        merge.undone = self._enter(session, merge, "undo", new_key(), now())
        return _undone(session, merge, [])

    def _redo_merge(self, session: Session, merge: models.Change) -> Undone:
        assert merge.seq is not None
        aside.redo(session.connection(), merge.step, merge.seq)
        self._enter(session, merge, "redo", new_key(), now())
        merge.undone = 0
        return _undone(session, merge, [])

    def _turn_scheme(self, session: Session, change: models.Change, action: str) -> Undone:
        """Put the scheme back to what it was before a change, or to what it was after it."""
        assert change.before is not None
        assert change.after is not None
        left, wanted = (change.after, change.before) if action == "undo" else (change.before, change.after)
        if scheme.dumped(scheme.definition(session)) != left:
            raise AnnotationError("The scheme was changed by somebody else since: postil scheme edit changes it again.")
        scheme.write(session, scheme.loaded(wanted))
        seq = self._enter(session, change, action, new_key(), now(), before=left, after=wanted)
        change.undone = seq if action == "undo" else 0
        return _undone(session, change, [])

    def _acts(self) -> SelectOfScalar[models.Change]:
        """The annotator's changes that are acts: not an undo or a redo of one."""
        return select(models.Change).where(
            models.Change.annotator_id == self._annotator_id, col(models.Change.reverses).is_(None)
        )

    def _journal(
        self, session: Session, action: str, change: models.Change, before: str, row: Journaled, step: str
    ) -> int:
        """Record in `step` that `change` was undone or redone, which left `row` as it is now; the entry's `seq`."""
        if before != (after := _dump(snapshot(row))):
            row.updated = later_than(orjson.loads(before)["updated"])
            after = _dump(snapshot(row))
        session.add(row)
        if isinstance(row, models.Correction):
            session.flush()
            laying.show(session.connection(), [(row.article_id, row.field)])
        return self._enter(session, change, action, step, now(), before=before, after=after)

    def _enter(
        self,
        session: Session,
        change: models.Change,
        action: str,
        step: str,
        at: str,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> int:
        """Write into the journal that `change` was undone or redone; the entry's `seq`."""
        entry = models.Change(
            step=step,
            annotator_id=self._annotator_id,
            at=at,
            action=action,
            subject=change.subject,
            subject_id=change.subject_id,
            article_id=change.article_id,
            before=before,
            after=after,
            reverses=change.step,
        )
        session.info.setdefault(STEPS, []).append(step)
        session.add_all([change, entry])
        session.flush()
        assert entry.seq is not None
        return entry.seq


def _step(session: Session, step: str) -> list[models.Change]:
    """The changes of an act, but for those that `journaled` undoes many at a time."""
    statement = (
        select(models.Change)
        .where(models.Change.step == step, col(models.Change.subject).not_in(journaled.SUBJECTS))
        .order_by(col(models.Change.seq))
    )
    return list(session.exec(statement))


def _row(session: Session, change: models.Change) -> Journaled:
    known = _TABLES[change.subject]
    model: Any = known.model
    keys = [change.subject_id] if len(known.key) == 1 else orjson.loads(change.subject_id)
    row: Journaled | None = session.exec(select(model).filter_by(**dict(zip(known.key, keys, strict=True)))).first()
    if row is None:
        raise AnnotationError("What that was done to came with a merge, and went when the merge was undone.")
    return row


def _key_of(row: Journaled) -> str:
    """What the journal knows the row by, as a merge does."""
    known = _TABLES[str(row.__tablename__)]
    return known.known_as({name: getattr(row, name) for name in known.key})


def _article_of(session: Session, row: Journaled) -> str | None:
    """The article that a change of `row` is about; for a relation, that of the annotation it leads from.

    None for a rule that holds in every article.
    """
    if not isinstance(row, models.Relation):
        return row.article_id
    return session.exec(select(models.Annotation.article_id).where(models.Annotation.id == row.source_id)).one()


def _restore(row: Journaled, state: str) -> None:
    for name, value in orjson.loads(state).items():
        if name != "original":  # what the source says is not for people to bring back
            setattr(row, name, value)


def _take_back(row: Journaled, change: models.Change) -> None:
    """Give a row the state that it had before the change; one that was made by it is withdrawn."""
    if change.before is not None:
        _restore(row, change.before)
        return
    assert not isinstance(row, models.ReadingChoice)
    row.withdrawn = now()
    if isinstance(row, models.Correction):
        row.value = None


def _is_as_left(row: models.Correction, state: str | None) -> bool:
    """Whether a correction is as a change of the annotator left it: nobody has corrected it since.

    Without a state it is one that was taken back.
    """
    if state is None:
        return row.withdrawn is not None
    left = orjson.loads(state)
    return (row.value, row.annotator_id, row.withdrawn is None) == (
        left["value"], left["annotator_id"], left["withdrawn"] is None
    )  # fmt: skip


def _undone(session: Session, change: models.Change, rows: list[Journaled], articles: Sequence[str] = ()) -> Undone:
    title = session.exec(select(models.Article.title).where(models.Article.id == change.article_id)).first()
    owner = session.get_one(models.Annotator, change.annotator_id).name
    return Undone(
        action=change.action,
        article_id=change.article_id,
        article_title=title or "",
        changed={
            row.id: None if row.withdrawn else annotation_record(row, owner)
            for row in rows
            if isinstance(row, models.Annotation)
        },
        rules=any(isinstance(row, models.Rule) for row in rows),
        articles=len(articles),
        corrected=frozenset(row.article_id for row in rows if isinstance(row, models.Correction)),
    )


def _dump(state: dict[str, Any]) -> str:
    return orjson.dumps(state).decode()
