"""What is proposed of a claim: who makes it, and by which words that is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]
"""Code points in the whole text, start inclusive, end exclusive."""

BEFORE = 6000
"""Code points before a claim that are looked at."""

AFTER = 2000
"""Code points after it."""


class ClaimantKind(StrEnum):
    """What makes a claim; the options of the attribute `claimant_kind`."""

    AUTHOR = "author"
    """The article itself."""
    NAMED = "named"
    ANONYMOUS = "anonymous"


class Rule(StrEnum):
    """Why somebody is proposed."""

    SAYS = "says"
    """The claim's own sentence says so: `X said`, `according to X`."""
    LABEL = "label"
    """The speaker's name stands before the paragraph, as in an interview."""
    QUOTE_GOES_ON = "quote goes on"
    """The quotation belongs to one that is attributed, before it or after it."""
    BESIDE = "beside"
    """The quotation stands beside a sentence about somebody."""
    NOBODY = "nobody"
    """Nothing attributes it: the article itself says it."""


class Sure(StrEnum):
    """How sure a proposal is."""

    HIGH = "high"
    FAIR = "fair"
    """A pronoun, a noun or a neighbouring sentence had to be followed to a name."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who makes a claim, as its words and those around it tell."""

    kind: ClaimantKind
    claimant: str
    """The fullest name that the article gives; for somebody without a name the article's words; for the article
    itself its author, empty if that is not known."""
    source: Span | None
    """The words that name who it is: a name without its title, a pronoun, `two officials`. None for the article."""
    cue: Span | None
    """The words that attribute it; None where there are none, as in an interview."""
    rule: Rule
    sure: Sure
