"""The first schema: articles, annotators, annotations, labels, predictions, reading state, changes."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_DEFAULT_LABELS = [
    (
        "CLAIM",
        1,
        "C",
        "claim",
        "A statement that could be checked: somebody says that something is, was or will be so.",
    ),
    ("SOURCE", 2, "S", "source", "Who makes the claim: the words that name the person, body or document."),
    ("CUE", 3, "U", "cue", "The words that attribute: said, according to, argues, is reported to."),
    ("EVIDENCE", 4, "E", "evidence", "What supports or refutes a claim: a figure, a document, a witness."),
]


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _integer(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable)


def _table(name: str, *parts: sa.Column[str] | sa.Column[int] | sa.Constraint) -> None:
    op.create_table(name, *parts, sqlite_strict=True)


def _references(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"])


def _index(name: str, table: str, columns: Sequence[str]) -> None:
    op.create_index(name, table, list(columns))


def upgrade() -> None:
    """Make the tables and the default scheme."""
    _table(
        "annotator",
        _text("id"),
        _text("name"),
        _text("created"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    _table(
        "article",
        _text("id"),
        _text("title"),
        *(_text(name, nullable=True) for name in ("author", "source", "url", "published")),
        _text("format"),
        _text("path", nullable=True),
        _text("added"),
        _integer("words"),
        _integer("length"),
        _text("listing"),
        _text("text"),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("article_by_listing", "article", ["listing", "id"])
    _table(
        "label",
        _text("name"),
        _integer("position"),
        _text("key"),
        _text("color"),
        _text("guideline"),
        sa.PrimaryKeyConstraint("name"),
    )
    _table(
        "annotation",
        *(_text(name) for name in ("id", "article_id", "annotator_id", "kind")),
        _text("label", nullable=True),
        _integer("start", nullable=True),
        _integer("end", nullable=True),
        *(_text(name) for name in ("quote", "prefix", "suffix", "note", "attributes", "created", "updated")),
        _text("withdrawn", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        _references("article_id", "article"),
        _references("annotator_id", "annotator"),
    )
    _index("annotation_by_article", "annotation", ["article_id", "withdrawn", "kind", "start"])
    _table(
        "prediction",
        _text("article_id"),
        _text("pipeline"),
        _integer("start"),
        _integer("end"),
        _text("entities"),
        sa.PrimaryKeyConstraint("article_id", "pipeline", "start"),
        _references("article_id", "article"),
    )
    _table(
        "reading_state",
        _text("article_id"),
        _text("annotator_id"),
        _text("state"),
        _integer("caret"),
        _integer("furthest"),
        _text("updated"),
        sa.PrimaryKeyConstraint("article_id", "annotator_id"),
        _references("article_id", "article"),
        _references("annotator_id", "annotator"),
    )
    _table(
        "change",
        _integer("seq"),
        *(_text(name) for name in ("step", "annotator_id", "at", "action", "annotation_id")),
        _text("before", nullable=True),
        _text("after"),
        _text("reverses", nullable=True),
        _integer("undone"),
        sa.PrimaryKeyConstraint("seq"),
        _references("annotator_id", "annotator"),
        _references("annotation_id", "annotation"),
    )
    _index("change_to_undo", "change", ["annotator_id", "reverses", "undone", "seq"])
    _index("change_by_step", "change", ["step"])
    label = sa.table("label", *(sa.column(name) for name in ("name", "position", "key", "color", "guideline")))
    columns = [column.name for column in label.columns]
    op.bulk_insert(label, [dict(zip(columns, values, strict=True)) for values in _DEFAULT_LABELS])
