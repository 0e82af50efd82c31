"""What people keep beside the articles: drafts, a queue, corrected metadata, collections, settled revisions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_DRAFTS: tuple[str, ...] = (
    """
    CREATE TABLE draft (
        id TEXT NOT NULL,
        annotator_id TEXT NOT NULL,
        subject TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        article_id TEXT NOT NULL,
        pieces TEXT NOT NULL,
        quote TEXT NOT NULL,
        text TEXT NOT NULL,
        saved TEXT NOT NULL,
        writer TEXT NOT NULL,
        writes INTEGER NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL,
        discarded TEXT,
        PRIMARY KEY (id),
        FOREIGN KEY(annotator_id) REFERENCES annotator (id)
    ) STRICT
    """,
    "CREATE INDEX draft_by_place ON draft (annotator_id, article_id)",
    # The notes on relations, as `note_words` has those on annotations.
    "CREATE VIEW noted_relation AS SELECT number, note FROM relation WHERE note <> ''",
    """
    CREATE VIRTUAL TABLE relation_words USING fts5(
        note, content='noted_relation', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER relation_words_insert AFTER INSERT ON relation WHEN new.note <> '' BEGIN
        INSERT INTO relation_words(rowid, note) VALUES (new.number, new.note);
    END
    """,
    """
    CREATE TRIGGER relation_words_delete AFTER DELETE ON relation WHEN old.note <> '' BEGIN
        INSERT INTO relation_words(relation_words, rowid, note) VALUES ('delete', old.number, old.note);
    END
    """,
    """
    CREATE TRIGGER relation_words_update AFTER UPDATE OF note ON relation WHEN new.note <> old.note BEGIN
        INSERT INTO relation_words(relation_words, rowid, note)
        SELECT 'delete', old.number, old.note WHERE old.note <> '';
        INSERT INTO relation_words(rowid, note) SELECT new.number, new.note WHERE new.note <> '';
    END
    """,
    "INSERT INTO relation_words(rowid, note) SELECT number, note FROM noted_relation",
)

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
    "CREATE INDEX reading_choice_by_state ON reading_choice (annotator_id, state, updated, article_id)",
    "CREATE INDEX reading_state_by_updated ON reading_state (annotator_id, updated, article_id)",
)

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
    """Add the tables and columns; all that is there is kept, articles that were done in their new place."""
    for statement in (*_DRAFTS, *_QUEUE, *_CORRECTIONS, *_CARE, *_REVISIONS):
        op.execute(sa.text(statement))
