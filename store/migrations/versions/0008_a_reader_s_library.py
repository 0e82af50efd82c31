"""What people keep beside the articles: drafts, a queue, corrected metadata, collections, settled revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DRAFTS: tuple[str, ...] = ()

_QUEUE: tuple[str, ...] = ()

_CORRECTIONS: tuple[str, ...] = (
    """
    CREATE TABLE correction (
        article_id TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT,
        original TEXT,
        annotator_id TEXT NOT NULL,
        updated TEXT NOT NULL,
        withdrawn TEXT,
        PRIMARY KEY (article_id, field),
        FOREIGN KEY(article_id) REFERENCES article (id),
        FOREIGN KEY(annotator_id) REFERENCES annotator (id)
    ) STRICT
    """,
    # Filled when articles come in, and for those that are here when somebody asks: a migration reads no million texts.
    """
    CREATE TABLE language (
        article_id TEXT NOT NULL,
        code TEXT,
        PRIMARY KEY (article_id),
        FOREIGN KEY(article_id) REFERENCES article (id)
    ) STRICT
    """,
    """
    CREATE TRIGGER language_delete AFTER DELETE ON article BEGIN
        DELETE FROM language WHERE article_id = old.id;
    END
    """,
)

_CARE: tuple[str, ...] = ()

_REVISIONS: tuple[str, ...] = ()


def upgrade() -> None:
    """Add the tables and columns; nothing that is there changes."""
    for statement in (*_DRAFTS, *_QUEUE, *_CORRECTIONS, *_CARE, *_REVISIONS):
        op.execute(sa.text(statement))
