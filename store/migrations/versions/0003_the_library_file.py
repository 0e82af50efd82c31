"""A library to search and to share: stable row numbers, full text, relations, a journal of every kind of row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ARTICLE = """
CREATE TABLE article (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    author TEXT,
    source TEXT,
    url TEXT,
    published TEXT,
    format TEXT NOT NULL,
    path TEXT,
    added TEXT NOT NULL,
    words INTEGER NOT NULL,
    length INTEGER NOT NULL,
    listing TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (number),
    UNIQUE (id)
) STRICT
"""

_ANNOTATION = """
CREATE TABLE annotation (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    article_id TEXT NOT NULL,
    annotator_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    label TEXT,
    start INTEGER,
    "end" INTEGER,
    pieces TEXT DEFAULT '[]' NOT NULL,
    quote TEXT NOT NULL,
    prefix TEXT NOT NULL,
    suffix TEXT NOT NULL,
    note TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    withdrawn TEXT,
    PRIMARY KEY (number),
    UNIQUE (id),
    FOREIGN KEY(article_id) REFERENCES article (id),
    FOREIGN KEY(annotator_id) REFERENCES annotator (id)
) STRICT
"""

_RELATION = """
CREATE TABLE relation (
    number INTEGER NOT NULL,
    id TEXT NOT NULL,
    annotator_id TEXT NOT NULL,
    label TEXT NOT NULL,
    source_id TEXT NOT NULL,
    target_id TEXT NOT NULL,
    note TEXT NOT NULL,
    attributes TEXT NOT NULL,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    withdrawn TEXT,
    PRIMARY KEY (number),
    UNIQUE (id),
    FOREIGN KEY(annotator_id) REFERENCES annotator (id),
    FOREIGN KEY(source_id) REFERENCES annotation (id),
    FOREIGN KEY(target_id) REFERENCES annotation (id)
) STRICT
"""

_CHANGE = """
CREATE TABLE change (
    seq INTEGER NOT NULL,
    step TEXT NOT NULL,
    annotator_id TEXT NOT NULL,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    article_id TEXT,
    before TEXT,
    after TEXT,
    reverses TEXT,
    undone INTEGER NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(annotator_id) REFERENCES annotator (id)
) STRICT
"""

_INDEXES = {
    "article_by_listing": ("article", ["listing", "id"]),
    "annotation_by_article": ("annotation", ["article_id", "withdrawn", "kind", "start"]),
    "relation_by_source": ("relation", ["source_id"]),
    "relation_by_target": ("relation", ["target_id"]),
    "change_to_undo": ("change", ["annotator_id", "reverses", "undone", "seq"]),
    "change_by_step": ("change", ["step"]),
    "change_by_article": ("change", ["article_id", "seq"]),
}

# The full text of articles and notes. The words stay in their tables (external content), found by their numbers,
# which no VACUUM changes; triggers keep the index in step with every write, whoever makes it. Most annotations have no
# note, and take no room in the index of notes: hence the view.
_FULL_TEXT = (
    "CREATE VIEW noted AS SELECT number, note FROM annotation WHERE note <> ''",
    """
    CREATE VIRTUAL TABLE article_words USING fts5(
        title, text, content='article', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE note_words USING fts5(
        note, content='noted', content_rowid='number', tokenize='unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE TRIGGER article_words_insert AFTER INSERT ON article BEGIN
        INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER article_words_delete AFTER DELETE ON article BEGIN
        INSERT INTO article_words(article_words, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
    END
    """,
    """
    CREATE TRIGGER article_words_update AFTER UPDATE OF title, text ON article BEGIN
        INSERT INTO article_words(article_words, rowid, title, text)
        VALUES ('delete', old.number, old.title, old.text);
        INSERT INTO article_words(rowid, title, text) VALUES (new.number, new.title, new.text);
    END
    """,
    """
    CREATE TRIGGER note_words_insert AFTER INSERT ON annotation WHEN new.note <> '' BEGIN
        INSERT INTO note_words(rowid, note) VALUES (new.number, new.note);
    END
    """,
    """
    CREATE TRIGGER note_words_delete AFTER DELETE ON annotation WHEN old.note <> '' BEGIN
        INSERT INTO note_words(note_words, rowid, note) VALUES ('delete', old.number, old.note);
    END
    """,
    """
    CREATE TRIGGER note_words_update AFTER UPDATE OF note ON annotation WHEN new.note <> old.note BEGIN
        INSERT INTO note_words(note_words, rowid, note)
        SELECT 'delete', old.number, old.note WHERE old.note <> '';
        INSERT INTO note_words(rowid, note) SELECT new.number, new.note WHERE new.note <> '';
    END
    """,
    "INSERT INTO article_words(rowid, title, text) SELECT number, title, text FROM article",
    "INSERT INTO note_words(rowid, note) SELECT number, note FROM noted",
)


def upgrade() -> None:
    """Build the tables anew around what they hold, then the index over it.

    `upgrade.py` has switched foreign keys off, as SQLite asks of whoever replaces a table, and checks them after.
    """
    for table, statement in (("article", _ARTICLE), ("annotation", _ANNOTATION)):
        _replace(table, statement)
    _replace(
        "change",
        _CHANGE,
        subject="'annotation'",
        subject_id="annotation_id",
        article_id="(SELECT article_id FROM annotation WHERE annotation.id = annotation_id)",
    )
    op.execute(_RELATION)
    for name, (table, columns) in _INDEXES.items():
        op.create_index(name, table, columns)
    for statement in _FULL_TEXT:
        op.execute(sa.text(statement))


def _replace(table: str, statement: str, **values: str) -> None:
    """Make `table` anew by `statement` and fill it from the old one; `values` are expressions for new columns."""
    # A table that is renamed takes the references of others with it, unless SQLite is told to do as it once did.
    op.execute("PRAGMA legacy_alter_table = ON")
    op.rename_table(table, f"old_{table}")
    op.execute("PRAGMA legacy_alter_table = OFF")
    op.execute(statement)
    connection = op.get_bind()
    columns = {name: {row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")} for name in
               (table, f"old_{table}")}  # fmt: skip
    sources = {name: f'"{name}"' for name in columns[table] & columns[f"old_{table}"]} | values
    names = ", ".join(f'"{name}"' for name in sources)
    connection.exec_driver_sql(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(sources.values())} FROM old_{table} ORDER BY rowid"
    )
    op.drop_table(f"old_{table}")
