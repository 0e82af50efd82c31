"""A library as it leaves: article by article, each with the rows that belong to it, from one consistent view."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, literal_column, select
from sqlmodel import Session

from store import folds
from store.articles import revisions
from store.articles.carrying import carried
from store.entities import decisions, rules
from store.entities.predictions import DRAFT
from store.exchange.losses import Losses
from store.exchange.selection import Selection
from store.kinds import Kind, Why
from store.library import Library
from store.metadata import languages
from store.models import Annotation, Annotator, Article, Correction, Membership, Prediction, Provenance, Relation, table
from store.records import Annotation as Decision
from store.records import Carried, Rule
from store.rows import annotation_record
from store.shelf.putting_away import kept
from store.text.folding import Folded, left

_BATCH = 64
"""Articles read at a time."""

_AT_ONCE = 1000
"""Numbers of articles read at a time."""

_IDS = "ids"

ANNOTATION = (
    *("article_id", "withdrawn", "start", "end", "id", "created", "updated", "note", "kind", "label", "quote"),
    *("attributes", "pieces", "annotator_id", "annotator"),
)
"""The columns of a row of annotations, in their order: by number they are found in a fifth of the time."""

_WITHDRAWN, _START, _KIND, _ANNOTATOR = map(ANNOTATION.index, ("withdrawn", "start", "kind", "annotator"))

CORRECTION = ("article_id", "field", "value", "original", "updated", "withdrawn", "annotator")
"""The columns of a row of corrections, in their order; `annotator` is the name of who made it."""

PROVENANCE = ("extractor", "original", "part", "fetched", "language", "meta")
"""What a row of an article has, each after `told_`, of how its text came out of its file; nothing, if nobody said."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One article with what stands on it, as rows: an export of a million annotations builds no million objects."""

    article: Row[Any]
    """A row of `Article`, its `PROVENANCE`, and what `store.metadata.languages.columns` adds."""
    corrections: Sequence[Row[Any]]
    """Rows with the columns `CORRECTION`, by field."""
    annotations: Sequence[Row[Any]]
    """Rows with the columns `ANNOTATION`, of which `annotator` is the owner's name: those on the whole article first,
    then in text order, the longer first."""
    predictions: Sequence[Row[Any]]
    """Rows of `Prediction` but for drafts, by pipeline and then in text order; the one kept last has the highest
    `written`."""
    relations: Sequence[Row[Any]]
    """Rows of `Relation` that lead from here, with `annotator`, and `target_article` for where they lead."""
    decisions: Sequence[Decision]
    """What the annotators that are selected decided on names: all of it, whatever labels and times are selected, since
    what one decision says depends on the others."""
    rules: Sequence[Rule]
    """The rules of these annotators, those that hold in other articles too."""
    groups: Sequence[Row[Any]]
    """Which tags it has and which collections it is in, as rows with `kind`, `name`, `annotator`, `updated` and
    `withdrawn`, by kind and name."""
    selection: Selection
    """What was asked for."""
    folds: Sequence[Folded] | None = None
    """The runs of page furniture and repeats that the rules found, whatever was decided; None if nobody looked."""
    folded: Sequence[Folded] = ()
    """Those that nobody said are the article's own text."""
    orphaned: Sequence[Carried] = ()
    """Annotations on other versions of the text, which come too, whose words are not in this one."""


def sheets(library: Library, selection: Selection | None = None, losses: Losses | None = None) -> Iterator[Sheet]:
    """The articles that are selected, in the order of their titles. Relations to what is not selected are lost."""
    chosen, lost = selection or Selection(), losses or Losses()
    statements = _Statements(chosen)
    with library.database.reading() as session:
        numbers = _numbers(session, chosen, library.annotator_id)
        standing = [rule for rule in rules.standing(session) if chosen.takes(annotator=rule.annotator)]
        versioned = revisions.candidates(session.connection())
        known = _known(session, chosen, library.annotator_id)
        for start in range(0, len(numbers), _BATCH):
            wanted = numbers[start : start + _BATCH].tolist()
            rows = {row.number: row for row in _rows(session, statements.articles, wanted)}
            articles = {rows[number].id: rows[number] for number in wanted}
            batch = list(articles)
            corrections = _by_article(_rows(session, statements.corrections, batch))
            annotations = _by_article(_rows(session, statements.annotations, batch))
            predictions = _by_article(_rows(session, statements.predictions, batch))
            relations = _by_article(_inside(_rows(session, statements.relations, batch), known, lost))
            decided = _decisions(session, chosen, annotations, batch)
            connection = session.connection()
            found = folds.known(connection, batch)
            having = [key for key, runs in found.items() if runs]
            own = folds.decisions(connection, having) if having else {}
            orphans = _orphans(connection, chosen, [key for key in batch if key in versioned], known)
            groups = _by_article(_rows(session, statements.groups, batch))
            for key in batch:
                yield Sheet(
                    articles[key],
                    corrections[key],
                    annotations[key],
                    predictions[key],
                    relations[key],
                    decided[key],
                    standing,
                    groups[key],
                    chosen,
                    found.get(key),
                    left(found.get(key, ()), own.get(key, ())),
                    orphans.get(key, ()),
                )


def count(library: Library, selection: Selection | None = None) -> int:
    """How many articles `sheets` gives."""
    with library.database.reading() as session:
        return len(_numbers(session, selection or Selection(), library.annotator_id))


def _numbers(session: Session, chosen: Selection, annotator_id: str) -> array[int]:
    """The rows of the articles, in the order of their titles: ids of a large library would fill memory."""
    row = table(Article)
    statement = chosen.article_ids(annotator_id).with_only_columns(row.c.number, maintain_column_froms=True)
    return array("q", session.connection().scalars(statement.execution_options(yield_per=_AT_ONCE)))


def _known(session: Session, chosen: Selection, annotator_id: str) -> frozenset[str] | None:
    """The ids of the articles that come, if not all do."""
    if chosen == Selection(withdrawn=chosen.withdrawn):
        return None
    return frozenset(session.connection().scalars(chosen.article_ids(annotator_id)))


class _Statements:
    """The six queries, made once and asked for one batch of articles after the other."""

    def __init__(self, chosen: Selection) -> None:
        article, annotation, annotator, prediction = (table(m) for m in (Article, Annotation, Annotator, Prediction))
        ids: BindParameter[Any] = bindparam(_IDS, expanding=True)
        told = table(Provenance)
        self.articles = (
            select(article, *(told.c[name].label(f"told_{name}") for name in PROVENANCE), *languages.columns(article))
            .join(told, told.c.article_id == article.c.id, isouter=True)
            .where(article.c.number.in_(ids))
        )
        correction = table(Correction)
        self.corrections = (
            select(*(correction.c[name] for name in CORRECTION[:-1]), annotator.c.name.label(CORRECTION[-1]))
            .join(annotator)
            .where(correction.c.article_id.in_(ids), *([] if chosen.withdrawn else [correction.c.withdrawn.is_(None)]))
            .order_by(correction.c.field)
        )
        self.annotations = (
            select(*(annotation.c[name] for name in ANNOTATION[:-1]), annotator.c.name.label(ANNOTATION[-1]))
            .join(annotator)
            .where(annotation.c.article_id.in_(ids), *chosen.of_annotations(annotation, annotator))
            .order_by(annotation.c.start, annotation.c.end.desc(), annotation.c.id)
        )
        self.predictions = (
            select(prediction, literal_column("prediction.rowid").label("written"))
            .where(prediction.c.article_id.in_(ids), prediction.c.pipeline.not_like(f"%{DRAFT}"))
            .order_by(prediction.c.pipeline, prediction.c.start)
        )
        self.relations = _relations(chosen, ids)
        group = table(Membership)
        self.groups = (
            select(group, annotator.c.name.label("annotator"))
            .join(annotator)
            .where(group.c.article_id.in_(ids))
            .order_by(group.c.kind, group.c.name)
        )
        if not chosen.withdrawn:
            self.groups = self.groups.where(group.c.withdrawn.is_(None))
        if chosen.annotators:
            self.groups = self.groups.where(annotator.c.name.in_(sorted(chosen.annotators)))


def _relations(chosen: Selection, ids: BindParameter[Any]) -> Select[Any]:
    """The relations that lead from an annotation on one of the articles, whose article their rows name."""
    annotation, annotator, relation = (table(m) for m in (Annotation, Annotator, Relation))
    source_owner, target, target_owner = annotator.alias("source_owner"), annotation.alias("target"), annotator.alias()
    conditions = [] if chosen.withdrawn else [relation.c.withdrawn.is_(None)]
    return (
        select(
            annotation.c.article_id,
            relation,
            target.c.article_id.label("target_article"),
            annotator.c.name.label("annotator"),
            (annotation.c.withdrawn.is_not(None) | target.c.withdrawn.is_not(None)).label("loose"),
        )
        .join(annotation, annotation.c.id == relation.c.source_id)
        .join(source_owner, source_owner.c.id == annotation.c.annotator_id)
        .join(target, target.c.id == relation.c.target_id)
        .join(target_owner, target_owner.c.id == target.c.annotator_id)
        .join(annotator, annotator.c.id == relation.c.annotator_id)
        .where(
            annotation.c.article_id.in_(ids),
            *conditions,
            kept(target.c.article_id),
            *chosen.of_annotations(annotation, source_owner),
            *chosen.of_annotations(target, target_owner),
        )
        .order_by(relation.c.id)
    )


def is_decision(row: Row[Any]) -> bool:
    """Whether a row with the columns `ANNOTATION` is a decision on a name."""
    return row[_KIND] == Kind.ENTITY.value and row[_START] is not None


def _decisions(
    session: Session, chosen: Selection, annotations: Mapping[str, Sequence[Row[Any]]], ids: Sequence[str]
) -> Mapping[str, Sequence[Decision]]:
    """Everything that the annotators who are selected decided, by article; read again only if not all of it is here."""
    if chosen.labels or chosen.since:
        decided = decisions.of_articles(session, ids)
        return {key: [one for one in decided[key] if chosen.takes(annotator=one.annotator)] for key in ids}
    return {
        key: [
            annotation_record(row, row[_ANNOTATOR])
            for row in annotations.get(key, ())
            if is_decision(row) and row[_WITHDRAWN] is None
        ]
        for key in ids
    }


def _orphans(
    connection: Connection, chosen: Selection, ids: Sequence[str], known: frozenset[str] | None
) -> dict[str, list[Carried]]:
    """What of other versions has no place in each of the articles, as far as those versions come too.

    Versions that are known by a path only are left out: no path comes along, so that nobody else would know of them.
    """
    orphans: dict[str, list[Carried]] = {}
    for key, versions in (revisions.of(connection, ids) if ids else {}).items():
        others = {
            one.article_id for one in versions if one.why is not Why.PATH and (known is None or one.article_id in known)
        }
        found = [one for one in carried(connection, key) if one.orphaned] if others else []
        orphans[key] = [
            one
            for one in found
            if one.annotation.article_id in others
            and chosen.takes(
                annotator=one.annotation.annotator, label=one.annotation.label, updated=one.annotation.updated
            )
        ]
    return orphans


def _inside(found: Sequence[Row[Any]], known: frozenset[str] | None, lost: Losses) -> Sequence[Row[Any]]:
    """The relations that lead to one of the articles that are known; all of them, if all articles are."""
    if known is None:
        return found
    inside = [row for row in found if row.target_article in known]
    lost.add("relations to articles that were not selected", len(found) - len(inside))
    return inside


def _rows(session: Session, statement: Select[Any], ids: Sequence[str] | Sequence[int]) -> Sequence[Row[Any]]:
    return session.connection().execute(statement, {_IDS: ids}).all()


def _by_article(rows: Sequence[Row[Any]]) -> dict[str, list[Row[Any]]]:
    """The rows by their first column, which is the id of an article in each of these tables."""
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped
