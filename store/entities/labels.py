"""The labels that a pipeline gives to names, found out without importing spaCy."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.entities.pipelines import Pipeline

ENGLISH = (
    "PERSON ORG GPE LOC FAC NORP PRODUCT EVENT WORK_OF_ART LAW LANGUAGE"
    " DATE TIME MONEY PERCENT QUANTITY CARDINAL ORDINAL"
).split()
"""Those of the English pipelines (OntoNotes 5), the names first, then times and numbers."""


def labels(pipeline: Pipeline | str | None) -> list[str]:
    """The labels of the entities that a pipeline (a package's name or a folder) finds, in the order of `ENGLISH`.

    Those of the English pipelines where it cannot be found out.
    """
    name = pipeline if isinstance(pipeline, str) else "" if pipeline is None else pipeline.name
    folder = Path(name)
    try:
        if not (name and folder.is_dir()):
            spec = find_spec(name) if name.isidentifier() else None
            folder = Path(next(iter((spec.submodule_search_locations if spec else None) or ["nowhere"])))
        said = json.loads((folder / "meta.json").read_text("utf-8"))["labels"]
        found = {str(label) for finder in ("ner", "entity_ruler") for label in said.get(finder, ())}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        found = set()
    found = found or set(ENGLISH)
    return [label for label in ENGLISH if label in found] + sorted(found - set(ENGLISH))
