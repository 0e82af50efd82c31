"""Annotations: tag a span, write a note, change it, withdraw it. Each act is one transaction with its journal entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import orjson
import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from store import drafts, history, models
from store.articles.carrying import carried
from store.clock import new_key, now
from store.database import Database
from store.errors import AnnotationError
from store.kinds import Kind
from store.models import table
from store.noted import noted
from store.records import Annotation, Article, Carried, News, Settled
from store.rows import annotation_record, standing_on
from store.scheme.saying import said
from store.scheme.values import Value
from store.text.anchors import anchor


class Annotations:
    """The annotations of a library, changed on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's annotations in `database`; make and change those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def of(self, article_id: str) -> list[Annotation]:
        """Everybody's annotations on an article, in text order, those on the whole article first."""
        with self._database.reading() as session:
            rows = standing_on(session.connection(), article_id)
            return [annotation_record(row, row.annotator) for row in rows]

    def carried(self, article_id: str) -> list[Carried]:
        """Everybody's annotations on other versions of the article, those that found no place in it first."""
        with self._database.reading() as session:
            return carried(session.connection(), article_id, self._annotator_id)

    def news(self, article_id: str, seen: int) -> News | None:
        """What was written about the article after entry `seen` of the journal, by anybody; None if nothing was.

        It is found through the journal, so that it costs what is new and not what is there.
        """
        annotation, annotator, change = (table(m) for m in (models.Annotation, models.Annotator, models.Change))
        # A merge is one entry of no article, and may have changed every annotation of this one.
        entries = sqlalchemy.select(change.c.seq, change.c.subject, change.c.subject_id).where(
            change.c.seq > seen, (change.c.article_id == article_id) | change.c.article_id.is_(None)
        )
        with self._database.reading() as session:
            connection = session.connection()
            found = connection.execute(entries).all()
            if not found:
                return None
            rows = sqlalchemy.select(annotation, annotator.c.name.label("annotator")).join(annotator)
            everything = any(entry.subject == history.LIBRARY for entry in found)
            if everything:
                rows = rows.where(annotation.c.article_id == article_id)
            else:
                keys = func.json_each(orjson.dumps(list({entry.subject_id for entry in found})).decode())
                rows = rows.where(annotation.c.id.in_(sqlalchemy.select(keys.table_valued("value").c.value)))
            changed = {
                row.id: None if row.withdrawn else annotation_record(row, row.annotator)
                for row in connection.execute(rows)
            }
            rules = any(entry.subject in ("rule", history.LIBRARY) for entry in found)
            corrected = any(entry.subject in ("correction", history.LIBRARY) for entry in found)
            return News(
                max(entry.seq for entry in found), changed, everything=everything, rules=rules, corrected=corrected
            )

    def examples(self, label: str, *, besides: str = "", count: int = 2) -> list[Annotation]:
        """The annotator's latest annotations with a label, the latest first, without the one with the key `besides`."""
        statement = (
            select(models.Annotation)
            .where(
                models.Annotation.label == label,
                models.Annotation.kind == Kind.CLAIM,
                models.Annotation.annotator_id == self._annotator_id,
                models.Annotation.id != besides,
                col(models.Annotation.withdrawn).is_(None),
            )
            .order_by(col(models.Annotation.number).desc())
            .limit(count)
        )
        with self._database.reading() as session:
            return [annotation_record(row, self._name(session, row)) for row in session.exec(statement)]

    def tag(
        self,
        article: Article,
        start: int,
        end: int,
        label: str = "CLAIM",
        *,
        pieces: Sequence[tuple[int, int]] = (),
        attributes: Mapping[str, Value] | None = None,
    ) -> Annotation:
        """Tag `article.text[start:end]` with a label of the scheme.

        Args:
            article: the text.
            start: the first code point.
            end: the code point after the last.
            label: the label's name.
            pieces: the pieces of a discontinuous span, ascending and apart, from `start` to `end`; none for one piece.
            attributes: what the annotation says beside its label.

        Raises:
            AnnotationError: the span or its pieces are not inside the text, the scheme has no such label, the
                annotator has tagged it so already, or an attribute does not fit.
        """
        with self._database.writing() as session:
            return self.tag_in(session, article, start, end, label, pieces, attributes)

    def tag_in(
        self,
        session: Session,
        article: Article,
        start: int,
        end: int,
        label: str,
        pieces: Sequence[tuple[int, int]] = (),
        attributes: Mapping[str, Value] | None = None,
        *,
        step: str | None = None,
    ) -> Annotation:
        """Tag in a transaction that does more; `step` is the act that it belongs to. See `tag`."""
        if session.get(models.Label, label) is None:
            raise AnnotationError(f"The scheme of this library has no label {label}.")
        same = session.exec(
            select(models.Annotation.id).where(
                models.Annotation.article_id == article.id,
                col(models.Annotation.withdrawn).is_(None),
                models.Annotation.kind == Kind.CLAIM,
                models.Annotation.start == start,
                models.Annotation.end == end,
                models.Annotation.pieces == _pieces(start, end, pieces),
                models.Annotation.label == label,
                models.Annotation.annotator_id == self._annotator_id,
            )
        ).first()
        if same:
            raise AnnotationError(f"This is tagged {label} already.")
        row = self._new(article, Kind.CLAIM, (start, end), pieces, label=label)
        row.attributes = said(session, row, attributes or {})
        return self._made(session, "tag", row, step)

    def note(
        self,
        article: Article,
        span: tuple[int, int] | None,
        text: str,
        *,
        pieces: Sequence[tuple[int, int]] = (),
        settled: Settled | None = None,
    ) -> Annotation:
        """Write a note on a span, or with None on the whole article. `pieces` are those of a discontinuous span.

        What becomes of the drafts of the note is `settled` in the same transaction.

        Raises:
            AnnotationError: the note is empty, or the span or its pieces are not inside the text.
        """
        text = noted(text)
        if not text.strip():
            raise AnnotationError("An empty note was not saved.")
        with self._database.writing() as session:
            drafts.settle(session, settled)
            return self._made(session, "note", self._new(article, Kind.NOTE, span, pieces, note=text))

    def edit_note(self, annotation_id: str, text: str, *, settled: Settled | None = None) -> Annotation:
        """Change what the note on an annotation says; for anything but a note, an empty text takes it away.

        What becomes of the drafts of the note is `settled` in the same transaction.

        Raises:
            AnnotationError: the annotation is not this annotator's, is withdrawn, or is a note left empty.
        """
        with self._database.writing() as session:
            row = self._own(session, annotation_id)
            if row.kind == Kind.NOTE and not text.strip():
                raise AnnotationError("An empty note was not saved: d withdraws a note.")
            drafts.settle(session, settled)
            before = history.snapshot(row)
            row.note = noted(text) if text.strip() else ""
            return self._changed(session, "edit", before, row)

    def set_attribute(self, annotation_id: str, name: str, value: Value | None) -> Annotation:
        """Say something in one attribute of an annotation; None takes back what it says.

        Raises:
            AnnotationError: the annotation is not this annotator's or is withdrawn, the scheme has no such attribute
                for its label, or the value does not fit.
        """
        return self.set_attributes(annotation_id, {name: value})

    def set_attributes(self, annotation_id: str, values: Mapping[str, Value | None]) -> Annotation:
        """Say something in several attributes of an annotation, as one act; see `set_attribute`."""
        with self._database.writing() as session:
            return self.say_in(session, annotation_id, values)

    def say_in(
        self, session: Session, annotation_id: str, values: Mapping[str, Value | None], *, step: str | None = None
    ) -> Annotation:
        """Say it in a transaction that does more; `step` is the act that it belongs to. See `set_attribute`."""
        row = self._own(session, annotation_id)
        before = history.snapshot(row)
        row.attributes = said(session, row, values)
        return self._changed(session, "edit", before, row, step)

    def own_in(self, session: Session, annotation_id: str) -> Annotation:
        """An annotation of this annotator's as a transaction sees it.

        Raises:
            AnnotationError: it is not this annotator's, or is withdrawn.
        """
        row = self._own(session, annotation_id)
        return annotation_record(row, self._name(session, row))

    def withdraw(self, annotation_id: str) -> Annotation:
        """Withdraw an annotation: it is shown and exported no more, and undo brings it back.

        Raises:
            AnnotationError: the annotation is not this annotator's, or is withdrawn already.
        """
        with self._database.writing() as session:
            row = self._own(session, annotation_id)
            before = history.snapshot(row)
            row.withdrawn = now()
            return self._changed(session, "withdraw", before, row)

    def _new(
        self,
        article: Article,
        kind: Kind,
        span: tuple[int, int] | None,
        pieces: Sequence[tuple[int, int]],
        *,
        label: str | None = None,
        note: str = "",
    ) -> models.Annotation:
        at = now()
        row = models.Annotation(
            id=new_key(),
            article_id=article.id,
            annotator_id=self._annotator_id,
            kind=kind,
            label=label,
            note=note,
            created=at,
            updated=at,
        )
        if span is not None:
            try:
                place = anchor(article.text, *span)
            except ValueError as error:
                raise AnnotationError(f"Nothing was tagged: there is {error}.") from error
            row.start, row.end, row.quote = place.start, place.end, place.quote
            row.prefix, row.suffix = place.prefix, place.suffix
            row.pieces = _pieces(*span, pieces)
        return row

    def _made(self, session: Session, action: str, row: models.Annotation, step: str | None = None) -> Annotation:
        session.add(row)
        history.record(session, action, None, row, step)
        return annotation_record(row, self._name(session, row))

    def _changed(
        self,
        session: Session,
        action: str,
        before: dict[str, object],
        row: models.Annotation,
        step: str | None = None,
    ) -> Annotation:
        row.updated = now()
        session.add(row)
        history.record(session, action, before, row, step)
        return annotation_record(row, self._name(session, row))

    def _own(self, session: Session, annotation_id: str) -> models.Annotation:
        row = session.exec(select(models.Annotation).where(models.Annotation.id == annotation_id)).first()
        if row is None or row.withdrawn is not None:
            raise AnnotationError("That annotation is not there any more.")
        if row.annotator_id != self._annotator_id:
            raise AnnotationError(f"That annotation belongs to {self._name(session, row)}: only its owner changes it.")
        return row

    @staticmethod
    def _name(session: Session, row: models.Annotation) -> str:
        return session.get_one(models.Annotator, row.annotator_id).name


def _pieces(start: int, end: int, pieces: Sequence[tuple[int, int]]) -> str:
    """The column for the pieces of a span."""
    if not pieces:
        return "[]"
    borders = [border for piece in pieces for border in piece]
    ascending = all(before < after for before, after in pairwise(borders))
    if len(pieces) < 2 or not ascending or (borders[0], borders[-1]) != (start, end):
        raise AnnotationError(
            "Nothing was tagged: the pieces of a span must follow each other from its start to its end."
        )
    return orjson.dumps([list(piece) for piece in pieces]).decode()
