"""Figures as records: what `store.stats` counts. Only the standard library is imported, as in `store.records`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from store.kinds import State


class By(StrEnum):
    """What the figures are told apart by."""

    LABEL = "label"
    ANNOTATOR = "annotator"
    DAY = "day"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of each there is under one name."""

    key: str
    """A label, an annotator's name, a day as `2026-11-25`, or an article's id."""
    name: str
    """What it is called: the key, or an article's title."""
    claims: int = 0
    """Annotations with a label of the scheme."""
    notes: int = 0
    """Notes, and other annotations on which something is written."""
    decisions: int = 0
    """Decisions on names and on what is folded, and rules about names."""
    relations: int = 0
    done: int = 0
    """Articles that were done, by when and by whom."""

    @property
    def total(self) -> int:
        """All that was made under this name; a claim with a note on it is two things."""
        return self.claims + self.notes + self.decisions + self.relations


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a library, or of a part of it."""

    claims: int
    notes: int
    decisions: int
    relations: int
    withdrawn: int
    """Annotations and relations that were taken back."""
    articles: int
    """Articles that there are."""
    states: Mapping[State, int]
    """How many of them one annotator is at in each state, now."""
    queued: int
    words_read: int
    """Words that this annotator has had on screen, about: the words of each article by the share that was read."""
    reader: str
    """Who that is."""
    by_label: Sequence[Tally] = field(default_factory=tuple)
    """The commonest first."""
    by_annotator: Sequence[Tally] = field(default_factory=tuple)
    """The busiest first."""
    by_day: Sequence[Tally] = field(default_factory=tuple)
    """Ascending, without days on which nothing was done."""
    by_article: Sequence[Tally] = field(default_factory=tuple)
    """Articles on which something stands, those with the most first; of very many the first ones."""
    worked_on: int = 0
    """How many articles there are on which something stands."""
