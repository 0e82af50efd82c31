"""What people keep beside the articles: drafts, a queue, corrected metadata, tags and collections, settled revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DRAFTS: tuple[str, ...] = ()

_QUEUE: tuple[str, ...] = ()

_CORRECTIONS: tuple[str, ...] = ()

_CARE: tuple[str, ...] = (
    """
    CREATE TABLE membership (
        article_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        annotator_id TEXT NOT NULL,
        updated TEXT NOT NULL,
        withdrawn TEXT,
        PRIMARY KEY (article_id, kind, name),
        FOREIGN KEY(article_id) REFERENCES article (id),
        FOREIGN KEY(annotator_id) REFERENCES annotator (id)
    ) STRICT
    """,
    "CREATE INDEX membership_by_name ON membership (kind, name, withdrawn, article_id)",
    """
    CREATE TABLE shelf (
        article_id TEXT NOT NULL,
        annotator_id TEXT NOT NULL,
        archived TEXT,
        deleted TEXT,
        updated TEXT NOT NULL,
        PRIMARY KEY (article_id),
        FOREIGN KEY(article_id) REFERENCES article (id),
        FOREIGN KEY(annotator_id) REFERENCES annotator (id)
    ) STRICT
    """,
    # The names of an article that goes leave their index, and come back with it.
    """
    CREATE TRIGGER name_stale_shelf_insert AFTER INSERT ON shelf WHEN new.deleted IS NOT NULL BEGIN
        INSERT OR IGNORE INTO name_stale(article_id) VALUES (new.article_id);
    END
    """,
    """
    CREATE TRIGGER name_stale_shelf_update AFTER UPDATE OF deleted ON shelf WHEN new.deleted IS NOT old.deleted BEGIN
        INSERT OR IGNORE INTO name_stale(article_id) VALUES (new.article_id);
    END
    """,
    "CREATE INDEX article_by_added ON article (added, listing, id)",
    "CREATE INDEX article_by_published ON article (published, listing, id)",
    "CREATE INDEX article_by_words ON article (words, listing, id)",
    "CREATE INDEX reading_state_by_state ON reading_state (annotator_id, state, updated, article_id)",
    "CREATE INDEX reading_state_by_updated ON reading_state (annotator_id, updated, article_id)",
)

_REVISIONS: tuple[str, ...] = ()


def upgrade() -> None:
    """Add the tables and columns; nothing that is there changes."""
    for statement in (*_DRAFTS, *_QUEUE, *_CORRECTIONS, *_CARE, *_REVISIONS):
        op.execute(sa.text(statement))
