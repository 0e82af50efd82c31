"""The labels that a pipeline gives to names, found out without importing spaCy."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

ENGLISH = (
    "PERSON ORG GPE LOC FAC NORP PRODUCT EVENT WORK_OF_ART LAW LANGUAGE"
    " DATE TIME MONEY PERCENT QUANTITY CARDINAL ORDINAL"
).split()
"""Those of the English pipelines (OntoNotes 5), the names first, then times and numbers."""


def labels(pipeline: str) -> list[str]:
    """The labels of the entities that a pipeline (a package's name or a folder) finds, in the order of `ENGLISH`.

    Those of the English pipelines where it cannot be found out.
    """
    folder = Path(pipeline)
    try:
        if not folder.is_dir():
            spec = find_spec(pipeline) if pipeline.isidentifier() else None
            folder = Path(next(iter((spec.submodule_search_locations if spec else None) or ["nowhere"])))
        said = json.loads((folder / "meta.json").read_text("utf-8"))["labels"]
        found = {str(label) for name in ("ner", "entity_ruler") for label in said.get(name, ())}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        found = set()
    found = found or set(ENGLISH)
    return [label for label in ENGLISH if label in found] + sorted(found - set(ENGLISH))
