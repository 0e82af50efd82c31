"""Settling what stands on other versions of a text: taken over to this one, placed by hand, or left where it is.

Each act is one step of the journal, so that one undo takes it back. The annotation on the other version stays as it
is, whoever it belongs to: what is made here is a copy of one's own, known by a key that is made of the other's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlmodel import Session, col, select

from store import history, models
from store.articles.carrying import carried, copy_key, settled_key
from store.clock import new_key, now
from store.database import Database
from store.errors import AnnotationError
from store.kinds import Kind
from store.records import Annotation, Article, Carried
from store.rows import annotation_record
from store.text.anchors import anchor
from store.text.reanchoring import find_again

Span = tuple[int, int]


class Settling:
    """What stands on other versions, settled on behalf of one annotator."""

    def __init__(self, database: Database, annotator_id: str) -> None:
        """Read everybody's annotations in `database`; make and change those of one annotator."""
        self._database = database
        self._annotator_id = annotator_id

    def open(self, article_id: str) -> list[Carried]:
        """What is not settled, the most doubtful first: orphans, changed words, other words around, the same."""
        with self._database.reading() as session:
            found = carried(session.connection(), article_id, self._annotator_id)
        order = {fate: place for place, fate in enumerate(type(found[0].fate))} if found else {}
        return sorted(found, key=lambda one: (order[one.fate], one.certain, one.score, one.start or 0))

    def take(self, article: Article, chosen: Sequence[Carried]) -> list[Annotation]:
        """Take annotations over to the article where their words were found, as one act; the copies.

        Notes, attributes, and the relations between them come along.

        Raises:
            AnnotationError: one has no place in this version, is not there any more, or was taken over before.
        """
        if orphan := next((one for one in chosen if one.orphaned), None):
            raise AnnotationError(
                f"“{_short(orphan.annotation.quote)}” has no place in this version: place it by hand."
            )
        return self._copy(article, [(one.annotation.id, (one.start, one.end), one.pieces) for one in chosen])

    def take_certain(self, article: Article) -> list[Annotation]:
        """Take over, as one act, everything whose place is certain; the copies. What was marked so before stays."""
        certain = [one for one in self.open(article.id) if one.certain]
        places = [(one.annotation.id, (one.start, one.end), one.pieces) for one in certain]
        return self._copy(article, places, pass_over=True)

    def place(self, article: Article, annotation_id: str, pieces: Sequence[Span]) -> Annotation:
        """Take an annotation over to words that the reader chose: the pieces of a span, or its one piece.

        Raises:
            AnnotationError: it is not there any more or was taken over before, or the span is not inside the text.
        """
        if not pieces:
            raise AnnotationError("Nothing was placed: select the words first.")
        span = (pieces[0][0], pieces[-1][1])
        return self._copy(article, [(annotation_id, span, tuple(pieces) if len(pieces) > 1 else ())])[0]

    def leave(self, article_id: str, annotation_ids: Sequence[str]) -> None:
        """Decide that annotations stay on their version: they are not shown on this one again. One act."""
        step = new_key()
        with self._database.writing() as session:
            for key in annotation_ids:
                row = session.exec(
                    select(models.Annotation).where(
                        models.Annotation.id == settled_key(key, article_id, self._annotator_id)
                    )
                ).first()
                before = None if row is None else history.snapshot(row)
                if row is None:
                    at = now()
                    row = models.Annotation(
                        id=settled_key(key, article_id, self._annotator_id), article_id=article_id,
                        annotator_id=self._annotator_id, kind=Kind.SETTLED, created=at, updated=at,
                        attributes=orjson.dumps({"annotation": key}).decode(),
                    )  # fmt: skip
                row.withdrawn, row.updated = None, now()
                session.add(row)
                history.record(session, "leave", before, row, step)

    def _copy(
        self,
        article: Article,
        places: Sequence[tuple[str, tuple[int | None, int | None], Sequence[Span]]],
        *,
        pass_over: bool = False,
    ) -> list[Annotation]:
        """Copy annotations to places of the article; with `pass_over`, what was marked so before is left out."""
        step = new_key()
        made: list[models.Annotation] = []
        with self._database.writing() as session:
            copies: dict[str, models.Annotation] = {}
            owners: dict[str, str] = {}
            texts = _Texts(session)
            for key, span, pieces in places:
                old = _standing(session, key)
                try:
                    row = self._placed(session, article, old, span, pieces)
                except _MarkedError as error:
                    if pass_over:
                        continue
                    raise AnnotationError("You have marked these words so already: x leaves the other.") from error
                before = history.snapshot(row) if row.number is not None else None
                row.withdrawn, row.updated = None, now()
                _fill(row, old, article, span, pieces, texts)
                session.add(row)
                history.record(session, "carry", before, row, step)
                copies[key], owners[key] = row, old.annotator_id
                made.append(row)
            self._relate(session, article.id, copies, owners, step)
            name = session.get_one(models.Annotator, self._annotator_id).name
            return [annotation_record(row, name) for row in made]

    def _placed(
        self,
        session: Session,
        article: Article,
        old: models.Annotation,
        span: tuple[int | None, int | None],
        pieces: Sequence[Span],
    ) -> models.Annotation:
        """The row for the copy of `old`: a new one, or one that was withdrawn."""
        key = copy_key(old.id, old.annotator_id, article.id, self._annotator_id)
        row = session.exec(select(models.Annotation).where(models.Annotation.id == key)).first()
        same = select(models.Annotation.id).where(
            models.Annotation.article_id == article.id,
            models.Annotation.annotator_id == self._annotator_id,
            models.Annotation.kind == old.kind,
            models.Annotation.label == old.label,
            models.Annotation.start == span[0],
            models.Annotation.end == span[1],
            models.Annotation.pieces == _json([list(piece) for piece in pieces]),
            models.Annotation.note == old.note,
            col(models.Annotation.withdrawn).is_(None),
        )
        if (row is not None and row.withdrawn is None) or session.exec(same).first():
            raise _MarkedError
        if row is None:
            at = now()
            row = models.Annotation(
                id=key, article_id=article.id, annotator_id=self._annotator_id, kind=old.kind, created=at, updated=at
            )
        return row

    def _relate(
        self,
        session: Session,
        article_id: str,
        copies: Mapping[str, models.Annotation],
        owners: Mapping[str, str],
        step: str,
    ) -> None:
        """Copy the annotator's and the owners' relations of what was copied, between copies where there are some."""
        relation = models.Relation
        keys = list(copies)
        for start in range(0, len(keys), 500):
            some = keys[start : start + 500]
            touching = col(relation.source_id).in_(some) | col(relation.target_id).in_(some)
            found = session.exec(select(relation).where(col(relation.withdrawn).is_(None), touching)).all()
            # What was copied when only one of its ends had been is no other relation: its own copy gets the new end.
            known = {copy_key(old.id, old.annotator_id, article_id, self._annotator_id) for old in found}
            for old in (old for old in found if old.id not in known):
                ends = (old.source_id, old.target_id)
                if old.annotator_id in {self._annotator_id, *(owners[end] for end in ends if end in owners)}:
                    source, target = (self._end(session, end, article_id, copies) for end in ends)
                    self._copy_relation(session, old, (source, target), article_id, step)

    def _end(self, session: Session, key: str, article_id: str, copies: Mapping[str, models.Annotation]) -> str:
        """The annotation that an end of a copied relation is: the copy on the article, if there is one."""
        if key in copies:
            return copies[key].id
        owner = session.exec(select(models.Annotation.annotator_id).where(models.Annotation.id == key)).one()
        copy = copy_key(key, owner, article_id, self._annotator_id)
        standing = select(models.Annotation.id).where(
            models.Annotation.id == copy, col(models.Annotation.withdrawn).is_(None)
        )
        return session.exec(standing).first() or key

    def _copy_relation(
        self, session: Session, old: models.Relation, ends: tuple[str, str], article_id: str, step: str
    ) -> None:
        key = copy_key(old.id, old.annotator_id, article_id, self._annotator_id)
        row = session.exec(select(models.Relation).where(models.Relation.id == key)).first()
        before = None if row is None else history.snapshot(row)
        at = now()
        if row is None:
            row = models.Relation(
                id=key, annotator_id=self._annotator_id, label=old.label, source_id=ends[0], target_id=ends[1],
                note=old.note, attributes=old.attributes, created=at, updated=at,
            )  # fmt: skip
        elif (row.source_id, row.target_id, row.withdrawn) == (*ends, None):
            return
        row.source_id, row.target_id, row.withdrawn, row.updated = *ends, None, at
        session.add(row)
        history.record(session, "carry", before, row, step)


class _Texts:
    """The texts of the articles that copies are made from, each read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, str] = {}

    def of(self, article_id: str) -> str:
        if article_id not in self._known:
            text = select(models.Article.text).where(models.Article.id == article_id)
            self._known[article_id] = self._session.exec(text).one()
        return self._known[article_id]


def _fill(
    row: models.Annotation,
    old: models.Annotation,
    article: Article,
    span: tuple[int | None, int | None],
    pieces: Sequence[Span],
    texts: _Texts,
) -> None:
    """Say in `row` what `old` says, at its place in the article."""
    start, end = span
    row.label, row.note, row.start, row.end = old.label, old.note, start, end
    row.pieces = _json([list(piece) for piece in pieces])
    row.attributes = old.attributes
    if start is not None and end is not None:
        try:
            stands = anchor(article.text, start, end)
        except ValueError as error:
            raise AnnotationError(f"Nothing was placed: there is {error}.") from error
        row.quote, row.prefix, row.suffix = stands.quote, stands.prefix, stands.suffix
    if old.attributes != "{}":
        by = (start or 0) - (old.start or 0)
        row.attributes = _json(_moved(orjson.loads(old.attributes), texts.of(old.article_id), article.text, by))


class _MarkedError(Exception):
    """The annotator has marked these words so already."""


def _standing(session: Session, key: str) -> models.Annotation:
    row = session.exec(select(models.Annotation).where(models.Annotation.id == key)).first()
    if row is None or row.withdrawn is not None:
        raise AnnotationError("That annotation is not on the other version any more.")
    return row


def _moved(attributes: dict[str, Any], old: str, new: str, by: int) -> dict[str, Any]:
    """The attributes with the places that they name in the new text; a span that is not there is left out."""
    moved: dict[str, Any] = {}
    for name, value in attributes.items():
        match value:
            case {"quote": str(), "start": int(start), "end": int(end)} if 0 <= start < end <= len(old):
                place = find_again(new, anchor(old, start, end), len(old))
                if place is not None:
                    words = new[place.start : place.end]
                    moved[name] = value | {"quote": words, "start": place.start, "end": place.end}
            case [int(start), int(end), str(label)] if name == "predicted":
                moved[name] = [start + by, end + by, label]
            case _:
                moved[name] = value
    return moved


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


def _short(quote: str) -> str:
    words = " ".join(quote[:120].split())
    return words if len(words) <= 60 else words[:59] + "…"
