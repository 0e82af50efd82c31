"""What somebody else's library brings to ours, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from store.sharing.differences import Differences
from store.sharing.scheme import Joined

if TYPE_CHECKING:
    from store.sharing.foreign import Foreign, Skipped


@dataclass
class Brought:
    """What one library brings to ours."""

    path: Path
    added: Counter[str] = field(default_factory=Counter)
    """New rows, by table."""
    updated: Counter[str] = field(default_factory=Counter)
    """Rows of ours that theirs take the place of, but for those in `withdrawn`."""
    withdrawn: Counter[str] = field(default_factory=Counter)
    """Rows of ours that theirs say are withdrawn."""
    dated: Counter[str] = field(default_factory=Counter)
    """Rows of ours that get an earlier time of coming in, and say the same else."""
    older: Counter[str] = field(default_factory=Counter)
    """Rows of theirs that are older than ours, and change nothing."""
    same: Counter[str] = field(default_factory=Counter)
    """Rows that say the same in both."""
    skipped: Counter[str] = field(default_factory=Counter)
    """Rows that are not sound, and were passed over."""
    reasons: Sequence[Skipped] = ()
    """Why; of very many rows the first ones."""
    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Labels that both have, and what they differ in; ours stay as they are."""
    scheme: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The same of `the attribute verdict`, `the relation supports`, ..."""

    def changes(self) -> int:
        """How many rows of ours are new or not what they were."""
        return sum(counter.total() for counter in (self.added, self.updated, self.withdrawn, self.dated))

    def count(self, found: Differences) -> None:
        """Add how a few rows differ."""
        name = found.shared.name
        self.added[name] += len(found.new)
        self.same[name] += found.same
        for two in found.two:
            if found.shared.earliest and two.differ_in - found.shared.own == {found.shared.time}:
                (self.dated if two.changes else self.same)[name] += 1
            elif not two.changes:
                self.older[name] += 1
            elif two.stands.get("withdrawn") and not two.ours.get("withdrawn"):
                self.withdrawn[name] += 1
            else:
                self.updated[name] += 1

    def count_scheme(self, found: Joined) -> None:
        """Add how the schemes differ."""
        for shared, rows in found.new:
            self.added.update({shared.name: len(rows)} if rows else {})
        self.labels, self.scheme = found.labels, found.others

    def with_what_was_skipped(self, other: Foreign) -> Brought:
        """The same, with what `other` could not give; to be called when all of it was read."""
        self.skipped = Counter(other.skipped_count)
        self.reasons = list(other.skipped)
        return self
