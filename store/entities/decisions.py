"""Decisions on names: accept, reject, relabel, move the borders, add. Each is one annotation, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import orjson
import sqlalchemy
from sqlmodel import Session, col, select

from store import history, models
from store.clock import new_key, now
from store.database import Database
from store.entities import gold
from store.entities.gold import Decision
from store.errors import AnnotationError
from store.kinds import Kind
from store.models import table
from store.records import Annotation, Article, Entity
from store.rows import annotation_record
from store.text.anchors import anchor

Changed = Mapping[str, Annotation | None]
"""The annotations that an act changed, by id, as they are now; None for one that is withdrawn."""


class Decisions:
    """The decisions of a library, made on behalf of one annotator. What was predicted is never changed."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's decisions in `database`; make those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def of(self, article_id: str) -> list[Annotation]:
        """Everybody's decisions on an article, in text order."""
        with self._database.reading() as session:
            return of_article(session, article_id)

    def decide(
        self,
        article: Article,
        what: Decision,
        span: tuple[int, int],
        label: str,
        *,
        predicted: Entity | None = None,
        pipeline: str = "",
    ) -> Changed:
        """Decide on a name, in place of what the annotator has decided there before.

        Args:
            article: the text.
            what: what is said of the name.
            span: where it stands after the decision, in code points.
            label: what it is; of a rejected one, what it is not.
            predicted: what was predicted, if anything was.
            pipeline: name and version of the pipeline that predicted it.

        Raises:
            AnnotationError: the span is not inside the text or is no name's, or this was decided so already.
        """
        start, end = span
        if end - start > gold.LONGEST:
            raise AnnotationError(f"A name has no more than {gold.LONGEST:,} signs: this was not saved.")
        try:
            place = anchor(article.text, start, end)
        except ValueError as error:
            raise AnnotationError(f"Nothing was decided: there is {error}.") from error
        about = (predicted.start, predicted.end) if predicted is not None else span
        kept = orjson.dumps(gold.attributes(what, pipeline, predicted)).decode()
        with self._database.writing() as session:
            name = session.get_one(models.Annotator, self._annotator_id).name
            changed: dict[str, Annotation | None] = {}
            step = new_key()
            row: models.Annotation | None = None
            for other in self._touching(session, article.id, min(start, about[0]), max(end, about[1])):
                spans = {(other.start, other.end), gold.predicted_by(annotation_record(other, name))}
                if row is None and spans & {span, about}:
                    row = other
                elif _is_a_name(other, name) and what is not Decision.REJECT and _overlap(other, span):
                    before = history.snapshot(other)
                    other.withdrawn = other.updated = now()
                    history.record(session, "decide", before, other, step)
                    changed[other.id] = None
            at = now()
            before_ = None if row is None else history.snapshot(row)
            if row is None:
                row = models.Annotation(
                    id=new_key(), article_id=article.id, annotator_id=self._annotator_id, kind=Kind.ENTITY,
                    created=at, updated=at,
                )  # fmt: skip
            elif (row.start, row.end, row.label, row.attributes) == (start, end, label, kept):
                raise AnnotationError("This is decided so already.")
            row.start, row.end, row.quote, row.prefix, row.suffix = start, end, place.quote, place.prefix, place.suffix
            row.label, row.attributes, row.updated = label, kept, at
            session.add(row)
            history.record(session, "decide", before_, row, step)
            return {row.id: annotation_record(row, name), **changed}

    def withdraw_at(self, session: Session, article_id: str, span: tuple[int, int], step: str) -> Changed:
        """Withdraw what the annotator decided on this very span, in the caller's transaction, as a part of `step`."""
        changed: dict[str, Annotation | None] = {}
        for row in self._touching(session, article_id, *span):
            if (row.start, row.end) == span:
                before = history.snapshot(row)
                row.withdrawn = row.updated = now()
                history.record(session, "decide", before, row, step)
                changed[row.id] = None
        return changed

    def _touching(self, session: Session, article_id: str, start: int, end: int) -> list[models.Annotation]:
        """The annotator's decisions that share a code point with the span, found without looking at all of them."""
        row = models.Annotation
        statement = select(row).where(
            row.article_id == article_id,
            col(row.withdrawn).is_(None),
            row.kind == Kind.ENTITY,
            col(row.start) < end,
            col(row.start) > start - gold.LONGEST,
            col(row.end) > start,
            row.annotator_id == self._annotator_id,
        )
        return list(session.exec(statement.order_by(col(row.start))))


def of_article(session: Session, article_id: str) -> list[Annotation]:
    """Everybody's decisions on an article that stand, in text order."""
    return of_articles(session, [article_id])[article_id]


def of_articles(session: Session, ids: Sequence[str]) -> dict[str, list[Annotation]]:
    """Everybody's decisions on each of some articles that stand, in text order, read with one statement."""
    annotation, annotator = table(models.Annotation), table(models.Annotator)
    statement = (
        sqlalchemy.select(annotation, annotator.c.name.label("annotator"))
        .join(annotator)
        .where(
            annotation.c.article_id.in_(ids),
            annotation.c.withdrawn.is_(None),
            annotation.c.kind == Kind.ENTITY,
            annotation.c.start.is_not(None),
        )
        .order_by(annotation.c.article_id, annotation.c.start, annotation.c.id)
    )
    found: dict[str, list[Annotation]] = {article_id: [] for article_id in ids}
    for row in session.connection().execute(statement):
        found[row.article_id].append(annotation_record(row, row.annotator))
    return found


def _is_a_name(row: models.Annotation, annotator: str) -> bool:
    return gold.decision_of(annotation_record(row, annotator)) is not Decision.REJECT


def _overlap(row: models.Annotation, span: tuple[int, int]) -> bool:
    return row.start is not None and row.end is not None and row.start < span[1] and row.end > span[0]
