"""The scheme whole: attributes and relations beside the labels, and examples of labels."""

from __future__ import annotations

import orjson
import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_SCHEME = (
    "ALTER TABLE label ADD COLUMN examples TEXT DEFAULT '[]' NOT NULL",
    """
    CREATE TABLE scheme_attribute (
        name TEXT NOT NULL,
        position INTEGER NOT NULL,
        type TEXT NOT NULL,
        options TEXT NOT NULL,
        least REAL,
        most REAL,
        whole INTEGER NOT NULL,
        required INTEGER NOT NULL,
        labels TEXT NOT NULL,
        guideline TEXT NOT NULL,
        PRIMARY KEY (name)
    ) STRICT
    """,
    """
    CREATE TABLE scheme_relation (
        name TEXT NOT NULL,
        position INTEGER NOT NULL,
        "key" TEXT NOT NULL,
        sources TEXT NOT NULL,
        targets TEXT NOT NULL,
        guideline TEXT NOT NULL,
        PRIMARY KEY (name)
    ) STRICT
    """,
)

_CLAIM = ("CLAIM",)
_BOTH = ("CLAIM", "EVIDENCE")

_TYPES = (
    "quantity", "event_property", "causal", "prediction", "rule_law", "quote", "position", "personal_experience",
    "other",
)  # fmt: skip
_VERDICTS = ("supported", "refuted", "not_enough_evidence", "conflicting")
_MEDIA = ("web_text", "web_table", "document", "image", "video", "audio", "metadata", "other")

_ATTRIBUTES = (
    ("claim_type", "choices", _TYPES, _CLAIM, "What sort of claim it is; several may hold."),
    ("checkworthiness", "choice", ("nfs", "ufs", "cfs"), _CLAIM,
     "nfs: nothing factual. ufs: factual, and nobody needs it checked. cfs: factual, and worth checking."),
    ("priority", "number", (), _CLAIM, "How soon it should be checked: 0 never, 3 first."),
    ("claimant", "text", (), _CLAIM, "Who makes the claim, by the fullest name that the article gives."),
    ("claimant_span", "span", (), _CLAIM, "The words of the article that name who makes the claim."),
    ("claimant_kind", "choice", ("author", "named", "anonymous"), _CLAIM,
     "Whether the article itself says it, somebody with a name, or somebody without one."),
    ("claim_date", "date", (), _CLAIM, "When the claim was made, as far as it is known."),
    ("verdict", "choice", _VERDICTS, _CLAIM, "What the evidence says of the claim; none as long as nobody has looked."),
    ("justification", "text", (), _CLAIM, "Why the verdict follows from the evidence."),
    ("evidence_url", "url", (), _BOTH, "Where the evidence can be read."),
    ("evidence_quote", "text", (), _BOTH, "The words or figures of the evidence that matter."),
    ("stance", "choice", ("supports", "refutes", "neither"), _BOTH, "What the evidence says of the claim."),
    ("medium", "choice", _MEDIA, _BOTH, "What the evidence is."),
    ("confidence", "choice", ("low", "medium", "high"), (),
     "How sure you are yourself. No model's score belongs here."),
)  # fmt: skip
"""Name, type, options, labels (none: every label), guideline."""

_RELATIONS = (
    ("attributed_to", "t", _CLAIM, ("SOURCE",), "The source makes the claim."),
    ("cued_by", "c", _CLAIM, ("CUE",), "The cue attributes the claim."),
    ("supports", "s", _BOTH, _CLAIM, "If this holds, the claim is more likely to hold."),
    ("attacks", "a", _BOTH, _CLAIM, "If this holds, the claim is less likely to hold."),
    ("same_as", "m", (), (), "Both say the same, or name the same."),
)
"""Name, key, labels it leads from, labels it leads to (none: every label), guideline."""

_EXAMPLES = {
    "CLAIM": ("Unemployment fell to 3.9 per cent in March.", "The bridge will cost twice what was promised."),
    "SOURCE": ("the Ministry of Transport", "two people who were in the room"),
    "CUE": ("according to", "has denied that"),
    "EVIDENCE": ("figures that the statistics office published on Monday", "a photograph taken at noon"),
}


def upgrade() -> None:
    """Add the tables and the default scheme; the labels that are there stay as they are."""
    for statement in _SCHEME:
        op.execute(sa.text(statement))
    connection = op.get_bind()
    connection.exec_driver_sql(
        "INSERT INTO scheme_attribute VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        [
            (name, position, kind, _json(options), *((0.0, 3.0, 1) if kind == "number" else (None, None, 0)),
             _json(labels), guideline)
            for position, (name, kind, options, labels, guideline) in enumerate(_ATTRIBUTES, 1)
        ],
    )  # fmt: skip
    connection.exec_driver_sql(
        "INSERT INTO scheme_relation VALUES (?, ?, ?, ?, ?, ?)",
        [
            (name, position, key, _json(sources), _json(targets), guideline)
            for position, (name, key, sources, targets, guideline) in enumerate(_RELATIONS, 1)
        ],
    )
    connection.exec_driver_sql(
        "UPDATE label SET examples = ? WHERE name = ?", [(_json(texts), name) for name, texts in _EXAMPLES.items()]
    )


def _json(values: tuple[str, ...]) -> str:
    return orjson.dumps(values).decode()
