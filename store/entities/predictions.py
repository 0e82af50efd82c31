"""What pipelines said, kept by stretch, so that a second opening shows it in the first frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import orjson
import sqlalchemy
from sqlalchemy import bindparam, delete, func
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col, select

from store import models
from store.database import Database
from store.models import table
from store.records import Entity, Found

DRAFT = " (draft)"
"""What follows the pipeline's name where stretches of a long article were read, but not the article yet."""


class Predictions:
    """The kept answers of every pipeline."""

    def __init__(self, database: Database) -> None:
        """Read from and write to `database`."""
        self._database = database

    def of(self, article_id: str, pipeline: str) -> list[Found]:
        """What `pipeline` (name and version) said of the article, a record a stretch that it has read.

        They are drafts, all of them, until the whole article was read and settled.
        """
        row = models.Prediction
        statement = (
            select(row.pipeline, row.start, row.end, row.entities)
            .where(row.article_id == article_id, col(row.pipeline).in_([pipeline, pipeline + DRAFT]))
            .order_by(col(row.start))
        )
        with self._database.reading() as session:
            return [
                Found(start, end, [Entity(*entity) for entity in orjson.loads(entities)], name != pipeline)
                for name, start, end, entities in session.exec(statement)
            ]

    def keep(self, article_id: str, pipeline: str, found: Iterable[Found]) -> None:
        """Keep what `pipeline` said of some stretches, in place of what was kept of them before.

        What is settled takes the place of all drafts of the article, so give all stretches of an article at once.
        """
        self.keep_all([(article_id, pipeline, list(found))])

    def keep_all(self, answers: Iterable[tuple[str, str, Sequence[Found]]]) -> None:
        """Keep answers of many articles, each with its article and its pipeline, in one transaction."""
        rows, settled = [], []
        for article_id, pipeline, found in answers:
            if any(not stretch.draft for stretch in found):
                settled.append({"article": article_id, "draft": pipeline + DRAFT})
            rows += [
                {
                    "article_id": article_id,
                    "pipeline": pipeline + DRAFT if stretch.draft else pipeline,
                    "start": stretch.start,
                    "end": stretch.end,
                    "entities": orjson.dumps([(e.start, e.end, e.label) for e in stretch.entities]).decode(),
                }
                for stretch in found
            ]
        if not rows:
            return
        row = table(models.Prediction)
        drafts = delete(row).where(row.c.article_id == bindparam("article"), row.c.pipeline == bindparam("draft"))
        with self._database.writing() as session:
            connection = session.connection()
            connection.execute(insert(models.Prediction).prefix_with("OR REPLACE"), rows)
            if settled:
                connection.execute(drafts, settled)

    def covered(self) -> dict[tuple[str, str], int]:
        """How many code points of an article a pipeline has read for good, by article and pipeline."""
        row = table(models.Prediction)
        each = sqlalchemy.select(row.c.article_id, row.c.pipeline, func.sum(row.c.end - row.c.start))
        with self._database.reading() as session:
            rows = session.connection().execute(each.group_by(row.c.article_id, row.c.pipeline))
            return {(article_id, pipeline): covered for article_id, pipeline, covered in rows}

    def forget(self, answers: Iterable[tuple[str, str]]) -> None:
        """Forget what pipelines said of articles, in one transaction: each an article with a pipeline."""
        rows = [
            {"article": article_id, "pipeline": name}
            for article_id, pipeline in answers
            for name in (pipeline, pipeline + DRAFT)
        ]
        if rows:
            row = table(models.Prediction)
            these = delete(row).where(row.c.article_id == bindparam("article"), row.c.pipeline == bindparam("pipeline"))
            with self._database.writing() as session:
                session.connection().execute(these, rows)
