"""What people keep beside the articles: drafts, a queue, corrected metadata, collections, settled revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DRAFTS: tuple[str, ...] = ()

_QUEUE: tuple[str, ...] = (
    """
    CREATE TABLE reading_choice (
        article_id TEXT NOT NULL,
        annotator_id TEXT NOT NULL,
        state TEXT,
        queued TEXT,
        updated TEXT NOT NULL,
        PRIMARY KEY (article_id, annotator_id),
        FOREIGN KEY(article_id) REFERENCES article (id),
        FOREIGN KEY(annotator_id) REFERENCES annotator (id)
    ) STRICT
    """,
    "CREATE INDEX reading_choice_by_queue ON reading_choice (annotator_id, queued)",
    # What was done before is a decision from now on: where somebody is in a text says nothing of it any more.
    "INSERT INTO reading_choice SELECT article_id, annotator_id, state, NULL, updated FROM reading_state"
    " WHERE state IN ('done', 'skipped')",
    "ALTER TABLE reading_state DROP COLUMN state",
)

_CORRECTIONS: tuple[str, ...] = ()

_CARE: tuple[str, ...] = ()

_REVISIONS: tuple[str, ...] = ()


def upgrade() -> None:
    """Add the tables and columns; all that is there is kept, articles that were done in their new place."""
    for statement in (*_DRAFTS, *_QUEUE, *_CORRECTIONS, *_CARE, *_REVISIONS):
        op.execute(sa.text(statement))
