"""A proposal as the values of a claim's attributes, as far as the scheme has them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from store.attribution.records import Proposal
from store.kinds import Kind
from store.records import Annotation
from store.scheme.parts import Attribute, Type
from store.scheme.values import Value, problem

CLAIMANT, SPAN, KIND = "claimant", "claimant_span", "claimant_kind"
"""The attributes that say who makes a claim."""

SOURCE, CUE = "SOURCE", "CUE"
"""The labels of the words that name who it is, and of those that attribute it."""

ATTRIBUTED_TO, CUED_BY = "attributed_to", "cued_by"
"""The relations from a claim to these."""

_TYPES = {CLAIMANT: Type.TEXT, SPAN: Type.SPAN, KIND: Type.CHOICE}


def is_open(annotation: Annotation, attributes: Sequence[Attribute]) -> bool:
    """Whether an annotation may be asked who makes it: its label has one of these attributes, and none is said yet.

    Args:
        annotation: on the very text that is read.
        attributes: those that the scheme has for its label.
    """
    asked = any(_TYPES.get(attribute.name) is attribute.type for attribute in attributes)
    said = any(name in annotation.attributes for name in _TYPES)
    stands = annotation.start is not None and annotation.version is None
    return annotation.kind is Kind.CLAIM and stands and asked and not said


def values(proposal: Proposal, text: str, attributes: Sequence[Attribute]) -> Mapping[str, Value]:
    """What a claim says with a proposal, by attribute: those of `attributes` that can say it, and no others."""
    said: dict[str, Value] = {KIND: str(proposal.kind)}
    if proposal.claimant:
        said[CLAIMANT] = proposal.claimant
    if proposal.source is not None:
        start, end = proposal.source
        said[SPAN] = {"quote": text[start:end], "start": start, "end": end}
    known = {attribute.name: attribute for attribute in attributes}
    return {
        name: said[name]
        for name in _TYPES
        if name in said and name in known and known[name].type is _TYPES[name] and not problem(known[name], said[name])
    }
