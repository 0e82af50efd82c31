"""Names that are settled: rules laid over what pipelines predict, and the index of names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_RULES_AND_NAMES = (
    """
    CREATE TABLE rule (
        number INTEGER NOT NULL,
        id TEXT NOT NULL,
        annotator_id TEXT NOT NULL,
        pattern TEXT NOT NULL,
        label TEXT,
        case_sensitive INTEGER NOT NULL,
        article_id TEXT,
        note TEXT NOT NULL,
        created TEXT NOT NULL,
        updated TEXT NOT NULL,
        withdrawn TEXT,
        PRIMARY KEY (number),
        UNIQUE (id),
        FOREIGN KEY(annotator_id) REFERENCES annotator (id),
        FOREIGN KEY(article_id) REFERENCES article (id)
    ) STRICT
    """,
    "CREATE INDEX rule_by_article ON rule (article_id, withdrawn)",
    """
    CREATE TABLE name (
        article_id TEXT NOT NULL,
        label TEXT NOT NULL,
        "key" TEXT NOT NULL,
        text TEXT NOT NULL,
        count INTEGER NOT NULL,
        start INTEGER NOT NULL,
        PRIMARY KEY (article_id, label, "key", text),
        FOREIGN KEY(article_id) REFERENCES article (id)
    ) STRICT
    """,
    'CREATE INDEX name_by_key ON name ("key", label, article_id)',
    """
    CREATE TABLE name_total (
        "key" TEXT NOT NULL,
        label TEXT NOT NULL,
        text TEXT NOT NULL,
        articles INTEGER NOT NULL,
        mentions INTEGER NOT NULL,
        PRIMARY KEY ("key", label)
    ) STRICT
    """,
    "CREATE INDEX name_total_by_mentions ON name_total (mentions)",
    """
    CREATE TABLE name_stale (
        article_id TEXT NOT NULL,
        PRIMARY KEY (article_id),
        FOREIGN KEY(article_id) REFERENCES article (id)
    ) STRICT
    """,
    "INSERT INTO name_stale SELECT DISTINCT article_id FROM prediction",
)

_STALE = "INSERT OR IGNORE INTO name_stale(article_id)"

# A merge that is undone takes rows out, and may have taken out their article first.
_STILL_THERE = f"{_STALE} SELECT id FROM article WHERE id ="

# A rule for every article concerns those that have its words: the full text index knows them. A pattern that the
# index cannot tell apart, since its script has no spaces, concerns all that have it to the letter.
_CONCERNED = """
    {stale} SELECT id FROM article WHERE id = {row}.article_id;
    {stale} SELECT article.id FROM article_words JOIN article ON article.number = article_words.rowid
    WHERE {row}.article_id IS NULL AND article_words MATCH '"' || replace({row}.pattern, '"', ' ') || '"';
    {stale} SELECT id FROM article
    WHERE {row}.article_id IS NULL AND {row}.pattern GLOB '*[぀-ヿ㐀-䶿一-鿿豈-﫿]*' AND instr(text, {row}.pattern);
"""


def _concerned(row: str) -> str:
    return _CONCERNED.format(stale=_STALE, row=row)


# Whoever writes - a key, a merge, another postil - the index of names hears of it.
_WHAT_NAMES_ARE_MADE_OF = (
    f"""
    CREATE TRIGGER name_stale_prediction_insert AFTER INSERT ON prediction BEGIN
        {_STALE} VALUES (new.article_id);
    END
    """,
    f"""
    CREATE TRIGGER name_stale_prediction_update AFTER UPDATE ON prediction BEGIN
        {_STALE} VALUES (new.article_id);
    END
    """,
    f"""
    CREATE TRIGGER name_stale_prediction_delete AFTER DELETE ON prediction BEGIN
        {_STILL_THERE} old.article_id;
    END
    """,
    f"""
    CREATE TRIGGER name_stale_annotation_delete AFTER DELETE ON annotation WHEN old.kind = 'entity' BEGIN
        {_STILL_THERE} old.article_id;
    END
    """,
    """
    CREATE TRIGGER name_article_delete AFTER DELETE ON article BEGIN
        UPDATE name_total SET articles = articles - 1, mentions = mentions - (
            SELECT sum(count) FROM name
            WHERE article_id = old.id AND name."key" = name_total."key" AND name.label = name_total.label
        ) WHERE ("key", label) IN (SELECT "key", label FROM name WHERE article_id = old.id);
        DELETE FROM name_total
        WHERE mentions <= 0 AND ("key", label) IN (SELECT "key", label FROM name WHERE article_id = old.id);
        DELETE FROM name WHERE article_id = old.id;
        DELETE FROM name_stale WHERE article_id = old.id;
    END
    """,
    f"""
    CREATE TRIGGER name_stale_annotation_insert AFTER INSERT ON annotation WHEN new.kind = 'entity' BEGIN
        {_STALE} VALUES (new.article_id);
    END
    """,
    f"""
    CREATE TRIGGER name_stale_annotation_update AFTER UPDATE ON annotation WHEN new.kind = 'entity' BEGIN
        {_STALE} VALUES (new.article_id);
    END
    """,
    f"CREATE TRIGGER name_stale_rule_insert AFTER INSERT ON rule BEGIN {_concerned('new')} END",
    f"CREATE TRIGGER name_stale_rule_update AFTER UPDATE ON rule BEGIN {_concerned('old')} {_concerned('new')} END",
    f"CREATE TRIGGER name_stale_rule_delete AFTER DELETE ON rule BEGIN {_concerned('old')} END",
    f"""
    CREATE TRIGGER name_stale_article_insert AFTER INSERT ON article
    WHEN EXISTS (SELECT 1 FROM rule WHERE article_id IS NULL AND withdrawn IS NULL) BEGIN
        {_STALE} VALUES (new.id);
    END
    """,
)


def upgrade() -> None:
    """Add the tables and what keeps the index in step; what is there already stays as it is."""
    for statement in (*_RULES_AND_NAMES, *_WHAT_NAMES_ARE_MADE_OF):
        op.execute(sa.text(statement.replace(":", "\\:")))
