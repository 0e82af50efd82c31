"""Which articles and annotations leave the library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, FromClause, Select, select

from store.articles.courses import courses
from store.errors import ExportError
from store.kinds import Grouping, State
from store.models import Annotation, Annotator, Article, table
from store.shelf.groups import members
from store.shelf.putting_away import kept, listed


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; what is left empty asks for everything."""

    labels: frozenset[str] = frozenset()
    """Only annotations with one of these labels."""
    annotators: frozenset[str] = frozenset()
    """Only what annotators of these names own."""
    articles: frozenset[str] = frozenset()
    """Only articles with these ids."""
    states: frozenset[State] = frozenset()
    """Only articles that the annotator of the library is at in one of these states."""
    tags: frozenset[str] = frozenset()
    """Only articles with one of these tags, as they are spelt."""
    collections: frozenset[str] = frozenset()
    """Only articles in one of these collections, as they are spelt."""
    archived: bool = True
    """Whether archived articles come too; deleted ones never do."""
    since: str | None = None
    """Only annotations that were changed at this time or later; ISO 8601 as `store.clock.now` writes it."""
    withdrawn: bool = False
    """Whether what was withdrawn comes too; only `jsonl` can tell it from the rest."""

    @property
    def chooses_annotations(self) -> bool:
        """Whether some annotations may be left out, and with them the articles that then have none."""
        return bool(self.labels or self.annotators or self.since)

    def takes(self, *, annotator: str | None = None, label: str | None = None, updated: str | None = None) -> bool:
        """Whether something that is known by this much of it is asked for; None is what is not known of it."""
        return (
            (annotator is None or not self.annotators or annotator in self.annotators)
            and (label is None or not self.labels or label in self.labels)
            and (updated is None or self.since is None or updated >= self.since)
        )

    def of_annotations(self, annotation: FromClause, annotator: FromClause) -> list[ColumnElement[bool]]:
        """Conditions on the rows of annotations and of their owners."""
        conditions: list[ColumnElement[bool]] = [] if self.withdrawn else [annotation.c.withdrawn.is_(None)]
        if self.labels:
            conditions.append(annotation.c.label.in_(sorted(self.labels)))
        if self.annotators:
            conditions.append(annotator.c.name.in_(sorted(self.annotators)))
        if self.since:
            conditions.append(annotation.c.updated >= self.since)
        return conditions

    def article_ids(self, annotator_id: str) -> Select[str]:
        """The ids of the articles, in the order of their titles; `annotator_id` is whose states are meant."""
        article, annotation, annotator = (table(m) for m in (Article, Annotation, Annotator))
        here = kept(article.c.id) if self.archived else listed(article.c.id)
        ids = select(article.c.id).where(here).order_by(article.c.listing, article.c.id)
        for kind, names in ((Grouping.TAG, self.tags), (Grouping.COLLECTION, self.collections)):
            if names:
                ids = ids.where(article.c.id.in_(members(kind, sorted(names))))
        if self.articles:
            ids = ids.where(article.c.id.in_(sorted(self.articles)))
        if self.chooses_annotations:
            chosen = select(annotation.c.article_id).join(annotator)
            ids = ids.where(article.c.id.in_(chosen.where(*self.of_annotations(annotation, annotator))))
        if self.states:
            course = courses(annotator_id)
            ids = ids.where(
                article.c.id.in_(course.select(course.article.c.id).where(course.state.in_(sorted(self.states))))
            )
        return ids


def moment(said: str) -> str:
    """The time that a person writes, a date or a date and a time of this machine's zone, as the library writes it.

    Raises:
        ExportError: it is no time.
    """
    try:
        time = datetime.fromisoformat(said).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ExportError(f"{said} is not a time: write it as 2026-11-24 or 2026-11-24T18:30.") from error
    return time.isoformat(timespec="microseconds").replace("+00:00", "Z")
