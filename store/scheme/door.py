"""The scheme of a library: read, and replaced in one transaction that counts first what would be orphaned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
from sqlmodel import Session, col, delete, select

from store import models
from store.clock import new_key, now
from store.database import STEPS, Database
from store.records import Label
from store.scheme.orphans import Orphaned, orphaned
from store.scheme.parts import Attribute, Definition, RelationType, Type

SUBJECT = "scheme"
"""What the journal calls the scheme: its entries hold all of it, before and after."""


class Scheme:
    """The scheme of a library."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read the scheme that `database` keeps, and change it on behalf of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def labels(self) -> list[Label]:
        """The labels in their order."""
        with self._database.reading() as session:
            return _labels(session)

    def definition(self) -> Definition:
        """All of it."""
        with self._database.reading() as session:
            return definition(session)

    def replace(self, new: Definition, *, orphan: bool = False) -> Sequence[Orphaned]:
        """Put `new` in the scheme's place, unless it would orphan something and `orphan` does not allow that.

        Annotations and relations stay as they are in any case: what the new scheme does not know stays in them. It is
        an act, which undo takes back.

        Returns:
            What fits the scheme of before and not the new one. If any does, `orphan` says whether `new` was written.
        """
        with self._database.writing() as session:
            before = definition(session)
            lost = orphaned(session.connection(), before, new)
            if not lost or orphan:
                write(session, new)
                self._record(session, dumped(before), dumped(definition(session)))
            return lost

    def _record(self, session: Session, before: str, after: str) -> None:
        if before == after:
            return
        step = new_key()
        session.info.setdefault(STEPS, []).append(step)
        session.add(
            models.Change(
                step=step,
                annotator_id=self._annotator_id,
                at=now(),
                action="change scheme",
                subject=SUBJECT,
                subject_id=SUBJECT,
                before=before,
                after=after,
            )
        )


def dumped(scheme: Definition) -> str:
    """A scheme as the journal keeps it: JSON."""
    return orjson.dumps(scheme).decode()


def loaded(state: str) -> Definition:
    """The scheme that `dumped` made."""
    said = orjson.loads(state)
    return Definition(
        [Label(**_frozen(row)) for row in said["labels"]],
        [Attribute(**_frozen(row) | {"type": Type(row["type"])}) for row in said["attributes"]],
        [RelationType(**_frozen(row)) for row in said["relations"]],
    )


def _frozen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


def definition(session: Session) -> Definition:
    """The scheme that a transaction sees."""
    attributes = select(models.SchemeAttribute).order_by(col(models.SchemeAttribute.position))
    relations = select(models.SchemeRelation).order_by(col(models.SchemeRelation.position))
    return Definition(
        _labels(session),
        [
            Attribute(
                name=row.name,
                type=Type(row.type),
                options=_texts(row.options),
                least=row.least,
                most=row.most,
                whole=bool(row.whole),
                required=bool(row.required),
                labels=_texts(row.labels),
                guideline=row.guideline,
            )
            for row in session.exec(attributes)
        ],
        [
            RelationType(
                name=row.name,
                key=row.key,
                sources=_texts(row.sources),
                targets=_texts(row.targets),
                guideline=row.guideline,
            )
            for row in session.exec(relations)
        ],
    )


def _labels(session: Session) -> list[Label]:
    rows = session.exec(select(models.Label).order_by(col(models.Label.position), col(models.Label.name))).all()
    return [
        Label(
            name=row.name,
            position=row.position,
            key=row.key,
            color=row.color,
            guideline=row.guideline,
            examples=_texts(row.examples),
        )
        for row in rows
    ]


def write(session: Session, new: Definition) -> None:
    """Put a scheme in the place of the one that there is, in the caller's transaction."""
    for model in (models.Label, models.SchemeAttribute, models.SchemeRelation):
        session.exec(delete(model))
    for position, label in enumerate(new.labels, 1):
        session.add(
            models.Label(
                name=label.name,
                position=position,
                key=label.key,
                color=label.color,
                guideline=label.guideline,
                examples=_json(label.examples),
            )
        )
    for position, attribute in enumerate(new.attributes, 1):
        session.add(
            models.SchemeAttribute(
                name=attribute.name,
                position=position,
                type=str(attribute.type),
                options=_json(attribute.options),
                least=attribute.least,
                most=attribute.most,
                whole=int(attribute.whole),
                required=int(attribute.required),
                labels=_json(attribute.labels),
                guideline=attribute.guideline,
            )
        )
    for position, relation in enumerate(new.relations, 1):
        session.add(
            models.SchemeRelation(
                name=relation.name,
                position=position,
                key=relation.key,
                sources=_json(relation.sources),
                targets=_json(relation.targets),
                guideline=relation.guideline,
            )
        )


def _texts(column: str) -> tuple[str, ...]:
    found: Any = orjson.loads(column)
    return tuple(map(str, found))


def _json(texts: Sequence[str]) -> str:
    return orjson.dumps(list(texts)).decode()
