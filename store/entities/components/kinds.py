"""The labels of names, in the scheme of whatever pipeline is used."""

from __future__ import annotations

from collections.abc import Collection

FIGURES = frozenset("DATE TIME MONEY PERCENT QUANTITY CARDINAL ORDINAL".split())
"""The labels of OntoNotes that no layer touches: they are no names."""

_COARSER = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}
_COARSEST = "MISC"


def is_name(label: str) -> bool:
    """Whether the label is that of a name, in whatever scheme the pipeline uses."""
    return label not in FIGURES


def is_person(label: str) -> bool:
    """Whether it is the label of people."""
    return label in {"PERSON", "PER"}


def fitted(label: str, labels: Collection[str]) -> str:
    """The label of OntoNotes in the scheme of a pipeline that gives `labels`, as PER, LOC, ORG and MISC.

    What has no counterpart there stays as it is, and so does everything if the labels are not known.
    """
    if label in labels:
        return label
    coarser = _COARSER.get(label, _COARSEST)
    return coarser if coarser in labels else label
