"""What pipelines said, kept by stretch, so that a second opening shows it in the first frame."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col, select

from store import models
from store.database import Database
from store.records import Entity, Found


class Predictions:
    """The kept answers of every pipeline."""

    def __init__(self, database: Database) -> None:
        """Read from and write to `database`."""
        self._database = database

    def of(self, article_id: str, pipeline: str) -> list[Found]:
        """What `pipeline` (name and version) said of the article, a record a stretch that it has read."""
        row = models.Prediction
        statement = (
            select(row.start, row.end, row.entities)
            .where(row.article_id == article_id, row.pipeline == pipeline)
            .order_by(col(row.start))
        )
        with self._database.reading() as session:
            return [
                Found(start, end, [Entity(*entity) for entity in orjson.loads(entities)])
                for start, end, entities in session.exec(statement)
            ]

    def keep(self, article_id: str, pipeline: str, found: Iterable[Found]) -> None:
        """Keep what `pipeline` said of some stretches, in place of what was kept of them before."""
        rows = [
            {
                "article_id": article_id,
                "pipeline": pipeline,
                "start": stretch.start,
                "end": stretch.end,
                "entities": orjson.dumps([(e.start, e.end, e.label) for e in stretch.entities]).decode(),
            }
            for stretch in found
        ]
        if rows:
            with self._database.writing() as session:
                session.connection().execute(insert(models.Prediction).prefix_with("OR REPLACE"), rows)
