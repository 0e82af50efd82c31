"""What hangs on an annotation: its relations with their other ends, and relating it to a span in one act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
import sqlalchemy
from sqlalchemy import Select

from store import models
from store.annotations import Annotations
from store.clock import new_key
from store.database import Database
from store.errors import AnnotationError
from store.models import table
from store.records import Annotation, Article, Relation
from store.relations import Relations
from store.rows import annotation_record
from store.shelf.putting_away import kept


@dataclass(frozen=True, slots=True)
class Hanging:
    """One relation of an annotation."""

    relation: Relation
    outgoing: bool
    """Whether it leads from the annotation, and not to it."""
    other: Annotation
    """What is at its other end; it may be withdrawn by now, and is shown all the same."""
    article_title: str
    """The title of the article that the other stands on."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that is to be made."""

    label: str
    """`supports`, ..."""
    outgoing: bool = True
    """Whether it leads from the annotation at hand, and not to it."""

    def ends(self, here: str, there: str) -> tuple[str, str]:
        """Source and target."""
        return (here, there) if self.outgoing else (there, here)


class Web:
    """The relations of a library, seen from their ends."""

    def __init__(self, database: Database, annotations: Annotations, relations: Relations) -> None:
        """See the relations in `database`; make annotations and relations through the others."""
        self._database = database
        self._annotations = annotations
        self._relations = relations

    def of(self, annotation_id: str) -> list[Hanging]:
        """Everybody's relations that lead from or to the annotation, the oldest first, but for deleted articles."""
        relation, annotation, article = (table(m) for m in (models.Relation, models.Annotation, models.Article))
        who, whose = table(models.Annotator).alias(), table(models.Annotator).alias()
        other = sqlalchemy.case(
            (relation.c.source_id == annotation_id, relation.c.target_id), else_=relation.c.source_id
        )
        ends: Select[Any] = sqlalchemy.select(
            *(column.label(f"relation_{column.name}") for column in relation.c),
            annotation,
            article.c.title.label("article_title"),
            who.c.name.label("relation_annotator"),
            whose.c.name.label("annotator"),
        )
        statement = (
            ends.select_from(relation)
            .join(annotation, annotation.c.id == other)
            .join(article, article.c.id == annotation.c.article_id)
            .join(who, who.c.id == relation.c.annotator_id)
            .join(whose, whose.c.id == annotation.c.annotator_id)
            .where(
                relation.c.withdrawn.is_(None),
                kept(article.c.id),
                (relation.c.source_id == annotation_id) | (relation.c.target_id == annotation_id),
            )
            .order_by(relation.c.id)
        )
        with self._database.reading() as session:
            return [
                Hanging(
                    Relation(
                        id=row.relation_id,
                        label=row.relation_label,
                        source_id=row.relation_source_id,
                        target_id=row.relation_target_id,
                        note=row.relation_note,
                        annotator=row.relation_annotator,
                        annotator_id=row.relation_annotator_id,
                        created=row.relation_created,
                        updated=row.relation_updated,
                        attributes=orjson.loads(row.relation_attributes),
                    ),
                    row.relation_source_id == annotation_id,
                    annotation_record(row, row.annotator),
                    row.article_title,
                )
                for row in session.connection().execute(statement)
            ]

    def relate_to_span(
        self, annotation_id: str, article: Article, pieces: Sequence[tuple[int, int]], label: str, link: Link
    ) -> Annotation:
        """Tag a span of an article with a label and relate an annotation to it, as one act; the span's annotation.

        Raises:
            AnnotationError: as `Annotations.tag` and `Relations.relate` say; nothing of either was kept.
        """
        if not pieces:
            raise AnnotationError("There is nothing here to relate to.")
        step = new_key()
        with self._database.writing() as session:
            parts = pieces if len(pieces) > 1 else ()
            tagged = self._annotations.tag_in(session, article, pieces[0][0], pieces[-1][1], label, parts, step=step)
            self._relations.relate_in(session, *link.ends(annotation_id, tagged.id), link.label, step=step)
            return tagged
