"""Alembic's entry point: run the migrations on the connection that `upgrade` holds, inside its transaction."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from store import models  # noqa: F401 -- the tables register themselves

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transactional_ddl=False,  # the transaction around all of it is ours
)
context.run_migrations()
