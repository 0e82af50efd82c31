"""Relations: what one annotation is to another. Each act is one transaction with its journal entry."""

from __future__ import annotations

import sqlalchemy
from sqlmodel import Session, col, select

from store import drafts, history, models
from store.clock import new_key, now
from store.database import Database
from store.errors import AnnotationError
from store.models import table
from store.records import Relation, Settled
from store.rows import relation_record
from store.text.storable import storable


class Relations:
    """The relations of a library, changed on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's relations in `database`; make, change and withdraw those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def of(self, article_id: str) -> list[Relation]:
        """Everybody's relations that lead from or to an annotation on the article, the oldest first."""
        relation, annotation, annotator = (table(m) for m in (models.Relation, models.Annotation, models.Annotator))
        here = sqlalchemy.select(annotation.c.id).where(annotation.c.article_id == article_id)
        statement = (
            sqlalchemy.select(relation, annotator.c.name.label("annotator"))
            .join(annotator)
            .where(relation.c.withdrawn.is_(None), relation.c.source_id.in_(here) | relation.c.target_id.in_(here))
            .order_by(relation.c.id)
        )
        with self._database.reading() as session:
            return [relation_record(row) for row in session.connection().execute(statement)]

    def relate(self, source_id: str, target_id: str, label: str, *, note: str = "") -> str:
        """Say that the annotation `source_id` is `label` to the annotation `target_id`; the relation's id.

        Raises:
            AnnotationError: an end is not there or is withdrawn, both are one, or the annotator has said so already.
        """
        with self._database.writing() as session:
            return self.relate_in(session, source_id, target_id, label, note=note)

    def relate_in(
        self, session: Session, source_id: str, target_id: str, label: str, *, note: str = "", step: str | None = None
    ) -> str:
        """Relate in a transaction that does more; `step` is the act that it belongs to. See `relate`."""
        if source_id == target_id:
            raise AnnotationError("An annotation has no relation to itself.")
        standing = select(models.Annotation.id).where(
            col(models.Annotation.id).in_([source_id, target_id]), col(models.Annotation.withdrawn).is_(None)
        )
        if len(session.exec(standing).all()) < 2:
            raise AnnotationError("Nothing was related: one of the annotations is not there any more.")
        if self.stands_in(session, source_id, target_id, label):
            raise AnnotationError(f"These are related by {label} already.")
        at = now()
        row = models.Relation(
            id=new_key(),
            annotator_id=self._annotator_id,
            label=label,
            source_id=source_id,
            target_id=target_id,
            note=storable(note),
            created=at,
            updated=at,
        )
        session.add(row)
        history.record(session, "relate", None, row, step)
        return row.id

    def stands_in(self, session: Session, source_id: str, target_id: str, label: str) -> bool:
        """Whether the annotator has said so already, as a transaction sees it."""
        same = select(models.Relation.id).where(
            models.Relation.annotator_id == self._annotator_id,
            models.Relation.source_id == source_id,
            models.Relation.target_id == target_id,
            models.Relation.label == label,
            col(models.Relation.withdrawn).is_(None),
        )
        return session.exec(same).first() is not None

    def get(self, relation_id: str) -> Relation | None:
        """The relation with this id; None if it is not there or is withdrawn."""
        relation, annotator = table(models.Relation), table(models.Annotator)
        statement = (
            sqlalchemy.select(relation, annotator.c.name.label("annotator"))
            .join(annotator)
            .where(relation.c.id == relation_id, relation.c.withdrawn.is_(None))
        )
        with self._database.reading() as session:
            row = session.connection().execute(statement).first()
            return None if row is None else relation_record(row)

    def edit_note(self, relation_id: str, text: str, *, settled: Settled | None = None) -> None:
        """Change what the note on a relation says; an empty text takes it away.

        What becomes of the drafts of the note is `settled` in the same transaction.

        Raises:
            AnnotationError: the relation is not this annotator's, or is withdrawn.
        """
        with self._database.writing() as session:
            row = self._own(session, relation_id)
            drafts.settle(session, settled)
            before = history.snapshot(row)
            row.note = storable(text) if text.strip() else ""
            row.updated = now()
            session.add(row)
            history.record(session, "edit", before, row)

    def withdraw(self, relation_id: str) -> None:
        """Withdraw a relation; undo brings it back.

        Raises:
            AnnotationError: the relation is not this annotator's, or is withdrawn already.
        """
        with self._database.writing() as session:
            row = self._own(session, relation_id)
            before = history.snapshot(row)
            row.withdrawn = row.updated = now()
            session.add(row)
            history.record(session, "withdraw", before, row)

    def _own(self, session: Session, relation_id: str) -> models.Relation:
        row = session.exec(select(models.Relation).where(models.Relation.id == relation_id)).first()
        if row is None or row.withdrawn is not None:
            raise AnnotationError("That relation is not there any more.")
        if row.annotator_id != self._annotator_id:
            owner = session.get_one(models.Annotator, row.annotator_id).name
            raise AnnotationError(f"That relation belongs to {owner}: only its owner changes it.")
        return row
