"""A scripted session of marking, and the keys that it takes: what the tests do and the benchmark counts.

Twenty sentences are claims, ten claims are a part of a sentence, ten notes are written, twenty names are decided on.
Keys that move to the next
place count; the notes' own letters do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Work(Enum):
    """What one step of the session is."""

    SENTENCE_CLAIM = "a sentence is a claim"
    PART_CLAIM = "a part of a sentence is a claim"
    NOTE = "a note on a claim"
    NAME = "a name is decided on"


@dataclass(frozen=True)
class Step:
    """The keys of one mark."""

    work: Work
    keys: tuple[str, ...]
    letters: str = ""
    """The note's own letters, which are not counted."""
    letters_at: int = 0
    """How many of the keys come before them."""


def _paragraph(number: int) -> list[str]:
    """Two claims, a quotation whose words are a claim, and a sentence that is none."""
    return [
        f"Harbour number {number} handled {number + 3} million tonnes last year.",
        f"Its traffic has doubled since {1990 + number}.",
        f'"Nobody counted the empty boxes of year {number}," said the harbour master.',
        "We asked.",
    ]


_PARAGRAPHS = [_paragraph(number) for number in range(10)]
SENTENCES = [sentence for paragraph in _PARAGRAPHS for sentence in paragraph[:2]]
"""Those that are claims as a whole."""

TEXT = "\n\n".join(" ".join(paragraph) for paragraph in _PARAGRAPHS) + "\n"
NOTES = [f"why {number}?" for number in range(10)]


@dataclass(frozen=True)
class Predicted:
    """A name that the model found, and what the reader makes of it."""

    words: str
    label: str
    key: str
    decision: str
    decided: str
    """The label after the decision."""


PREDICTED = [
    name
    for number in range(10)
    for name in (
        Predicted(f"Harbour number {number}", "ORG", "f", "relabel", "FAC")
        if number % 3
        else Predicted(f"Harbour number {number}", "ORG", "x", "reject", "ORG"),
        Predicted(f"{1990 + number}", "DATE", "y", "accept", "DATE"),
    )
]
"""In the order of the text."""


def script() -> list[Step]:
    """The session from the start of the text to its end, as somebody does it who knows the keys."""
    steps = []
    for number, note in enumerate(NOTES):
        first = ("c",) if number == 0 else ("right_curly_bracket", "c")
        steps += [
            Step(Work.SENTENCE_CLAIM, first),
            Step(Work.NOTE, ("a", "ctrl+s"), note, 1),
            Step(Work.SENTENCE_CLAIM, ("right_parenthesis", "c")),
            Step(Work.PART_CLAIM, ("right_parenthesis", "quotation_mark", "c")),
        ]
    names: list[tuple[str, ...]] = [(name.key,) for name in PREDICTED]
    names[0] = ("e", *names[0])
    names[-1] = (*names[-1], "escape")
    return steps + [Step(Work.NAME, keys) for keys in names]
