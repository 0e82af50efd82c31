"""How an article's text was got."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_PROVENANCE = """
CREATE TABLE provenance (
    article_id TEXT NOT NULL,
    extractor TEXT NOT NULL,
    original TEXT,
    part TEXT,
    fetched TEXT,
    language TEXT,
    meta TEXT DEFAULT '{}' NOT NULL,
    PRIMARY KEY (article_id),
    FOREIGN KEY(article_id) REFERENCES article (id)
) STRICT
"""


def upgrade() -> None:
    """Make the table; of the articles that are there already nobody knows."""
    op.execute(sa.text(_PROVENANCE))
