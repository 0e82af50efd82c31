"""A library to merge: people told apart, versions of one text, and what a merge set aside so that it can be undone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.text import likeness

revision = "0004"
down_revision = "0003"

_MERGING = (
    "ALTER TABLE annotator ADD COLUMN given TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE annotator ADD COLUMN here INTEGER DEFAULT 0 NOT NULL",
    "UPDATE annotator SET given = name, here = 1",
    """
    CREATE TABLE aside (
        step TEXT NOT NULL,
        subject TEXT NOT NULL,
        "key" TEXT NOT NULL,
        state TEXT,
        PRIMARY KEY (step, subject, "key")
    ) STRICT
    """,
)

_VERSIONS = (
    """
    CREATE TABLE sketch (
        print INTEGER NOT NULL,
        article_number INTEGER NOT NULL,
        share INTEGER NOT NULL,
        PRIMARY KEY (print, article_number)
    ) STRICT
    """,
    "CREATE INDEX sketch_by_article ON sketch (article_number)",
    """
    CREATE TABLE variant (
        article_id TEXT NOT NULL,
        other_id TEXT NOT NULL,
        PRIMARY KEY (article_id, other_id),
        FOREIGN KEY(article_id) REFERENCES article (id),
        FOREIGN KEY(other_id) REFERENCES article (id)
    ) STRICT
    """,
    "CREATE INDEX variant_by_other ON variant (other_id)",
    # A merge that is undone takes articles out, and their numbers are given again.
    """
    CREATE TRIGGER versions_delete AFTER DELETE ON article BEGIN
        DELETE FROM sketch WHERE article_number = old.number;
        DELETE FROM variant WHERE article_id = old.id;
        DELETE FROM variant WHERE other_id = old.id;
    END
    """,
)


def upgrade() -> None:
    """Make the tables, and find the versions among the articles that are there."""
    for statement in (*_MERGING, *_VERSIONS):
        op.execute(sa.text(statement))
    _find_versions()


def _find_versions() -> None:
    connection = op.get_bind()
    for number, text in connection.exec_driver_sql("SELECT number, text FROM article"):
        if sketch := likeness.sketch(text):
            connection.exec_driver_sql(
                "INSERT INTO sketch (print, article_number, share) VALUES (?, ?, ?)",
                [(print_, number, share) for print_, share in sketch],
            )
    suspects = connection.exec_driver_sql(
        "SELECT a.id, b.id, a.text, b.text FROM"
        " (SELECT one.article_number AS one, other.article_number AS other"
        " FROM sketch one JOIN sketch other ON other.print = one.print AND other.article_number > one.article_number"
        " GROUP BY 1, 2 HAVING sum(one.share) >= ? AND sum(other.share) >= ?)"
        " JOIN article a ON a.number = one JOIN article b ON b.number = other",
        (likeness.SUSPECT, likeness.SUSPECT),
    )
    for first, second, one, other in suspects:
        if likeness.alike(one, other):
            connection.exec_driver_sql(
                "INSERT INTO variant (article_id, other_id) VALUES (?, ?)", (min(first, second), max(first, second))
            )
