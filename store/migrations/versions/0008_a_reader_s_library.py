"""What people keep beside the articles: drafts, a queue, corrected metadata, tags and collections, settled revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DRAFTS: tuple[str, ...] = ()

_QUEUE: tuple[str, ...] = ()

_CORRECTIONS: tuple[str, ...] = ()

_CARE: tuple[str, ...] = ()

# The words of an article that are folded are counted anew whenever somebody decides on a run, whoever writes: a key, a
# merge, another postil. A decision that touches a run takes all of it out (`store.text.folding.left`).
_WORDS = """
    UPDATE folding SET words = (
        SELECT coalesce(sum(run.value ->> 3), 0) FROM json_each(folding.runs) AS run WHERE NOT EXISTS (
            SELECT 1 FROM annotation
            WHERE article_id = folding.article_id AND withdrawn IS NULL AND kind = 'fold'
            AND start < run.value ->> 1 AND "end" > run.value ->> 0
        )
    )"""

_DECIDED = f"""{_WORDS} WHERE article_id = {{row}}.article_id;
    INSERT OR IGNORE INTO name_stale(article_id) SELECT id FROM article WHERE id = {{row}}.article_id;
"""

_REVISIONS: tuple[str, ...] = (
    """
    CREATE TABLE source (
        article_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        place TEXT NOT NULL,
        seen TEXT NOT NULL,
        PRIMARY KEY (article_id, kind, place),
        FOREIGN KEY(article_id) REFERENCES article (id)
    ) STRICT
    """,
    "CREATE INDEX source_by_place ON source (kind, place, seen)",
    "INSERT INTO source SELECT id, 'url', url, added FROM article WHERE url <> ''",
    """
    INSERT INTO source SELECT id, 'path', path, added FROM article
    WHERE path <> '' AND id NOT IN (SELECT article_id FROM provenance WHERE part IS NOT NULL)
    """,
    """
    CREATE TABLE folding (
        article_id TEXT NOT NULL,
        rules INTEGER NOT NULL,
        runs TEXT NOT NULL,
        words INTEGER NOT NULL,
        PRIMARY KEY (article_id),
        FOREIGN KEY(article_id) REFERENCES article (id)
    ) STRICT
    """,
    f"""
    CREATE TRIGGER folding_insert AFTER INSERT ON folding BEGIN
        {_WORDS} WHERE article_id = new.article_id;
        INSERT OR IGNORE INTO name_stale(article_id)
        SELECT article_id FROM name WHERE article_id = new.article_id AND new.runs <> '[]' LIMIT 1;
    END
    """,
    f"""
    CREATE TRIGGER folding_decision_insert AFTER INSERT ON annotation WHEN new.kind = 'fold' BEGIN
        {_DECIDED.format(row="new")}
    END
    """,
    f"""
    CREATE TRIGGER folding_decision_update AFTER UPDATE ON annotation WHEN new.kind = 'fold' BEGIN
        {_DECIDED.format(row="new")}
    END
    """,
    f"""
    CREATE TRIGGER folding_decision_delete AFTER DELETE ON annotation WHEN old.kind = 'fold' BEGIN
        {_DECIDED.format(row="old")}
    END
    """,
    """
    CREATE TRIGGER folding_article_delete AFTER DELETE ON article BEGIN
        DELETE FROM folding WHERE article_id = old.id;
    END
    """,
)


def upgrade() -> None:
    """Add the tables and columns; nothing that is there changes."""
    for statement in (*_DRAFTS, *_QUEUE, *_CORRECTIONS, *_CARE, *_REVISIONS):
        op.execute(sa.text(statement))
