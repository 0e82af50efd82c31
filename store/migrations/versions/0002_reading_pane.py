"""What the reading pane keeps: pieces of a discontinuous span, the row at the top, and the way back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns; what is there already stays as it is."""
    op.add_column("annotation", sa.Column("pieces", sa.Text, nullable=False, server_default="[]"))
    op.add_column("reading_state", sa.Column("top", sa.Integer, nullable=True))
    op.add_column("reading_state", sa.Column("back", sa.Integer, nullable=True))
