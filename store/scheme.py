"""The scheme: the labels that spans are tagged with."""

from __future__ import annotations

from sqlmodel import col, select

from store import models
from store.database import Database
from store.records import Label


class Scheme:
    """The scheme of a library."""

    def __init__(self, database: Database) -> None:
        """Read the scheme that `database` keeps."""
        self._database = database

    def labels(self) -> list[Label]:
        """The labels in their order."""
        with self._database.reading() as session:
            rows = session.exec(select(models.Label).order_by(col(models.Label.position))).all()
            return [
                Label(name=row.name, position=row.position, key=row.key, color=row.color, guideline=row.guideline)
                for row in rows
            ]
