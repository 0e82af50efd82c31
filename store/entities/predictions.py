"""What pipelines said, kept by stretch, so that a second opening shows it in the first frame."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from sqlalchemy import delete
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col, select

from store import models
from store.database import Database
from store.records import Entity, Found

_DRAFT = " (draft)"
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
            .where(row.article_id == article_id, col(row.pipeline).in_([pipeline, pipeline + _DRAFT]))
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
        found = list(found)
        rows = [
            {
                "article_id": article_id,
                "pipeline": pipeline + _DRAFT if stretch.draft else pipeline,
                "start": stretch.start,
                "end": stretch.end,
                "entities": orjson.dumps([(e.start, e.end, e.label) for e in stretch.entities]).decode(),
            }
            for stretch in found
        ]
        if not rows:
            return
        row = models.Prediction
        drafts = delete(row).where(col(row.article_id) == article_id, col(row.pipeline) == pipeline + _DRAFT)
        with self._database.writing() as session:
            connection = session.connection()
            if not all(stretch.draft for stretch in found):
                connection.execute(drafts)
            connection.execute(insert(row).prefix_with("OR REPLACE"), rows)
