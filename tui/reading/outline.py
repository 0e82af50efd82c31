"""The outline of an article: contents, marks, notes and names as one list of lines, however long.

Lines are made when they are looked at: an article may have a hundred thousand marks.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from store.records import Annotation
from tui.reading.names import MEANINGS, Name
from tui.reading.notebook import Listing
from tui.reading.structure import Heading


@dataclass(frozen=True, slots=True)
class Title:
    """A line that cannot be chosen: the name of a section or of a group, or a hint."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A claim or another mark, shown by its quote."""

    annotation: Annotation


@dataclass(frozen=True, slots=True)
class Noted:
    """A note, shown by its words."""

    annotation: Annotation


Line = Title | Heading | Marked | Noted | Name


class Outline:
    """The lines of the side panel."""

    def __init__(
        self,
        contents: Sequence[Heading] = (),
        marked: Listing | None = None,
        noted: Listing | None = None,
        names: Mapping[str, Sequence[Name]] | None = None,
        state: str = "",
    ) -> None:
        """An outline.

        Args:
            contents: the headings; the section is left out if there are none.
            marked: claims and other marks; a live list: a line that has gone since then is shown empty.
            noted: annotations with a note; the same.
            names: by type, as `Names.by_label` gives them.
            state: how far the names are, or why there are none.
        """
        self._contents = contents
        self._marked = Listing({}) if marked is None else marked
        self._noted = Listing({}) if noted is None else noted
        self._names: list[Title | Name] = [Title("NAMES")]
        if state:
            self._names.append(Title(state, quiet=True))
        self._rows_of_names: dict[tuple[str, str], int] = {}
        for label, group in (names or {}).items():
            self._names.append(Title(f"{label} · {MEANINGS[label]}" if label in MEANINGS else label, quiet=True))
            for name in group:
                self._rows_of_names[name.label, name.text] = len(self._names)
                self._names.append(name)
        sizes = [
            len(contents) + 1 if contents else 0,
            1 + max(1, len(self._marked)),
            1 + max(1, len(self._noted)),
            len(self._names),
        ]
        self._starts = [0, *accumulate(sizes)]

    def __len__(self) -> int:
        """How many lines there are."""
        return self._starts[-1]

    def __getitem__(self, index: int) -> Line:
        """The line at an index from 0."""
        if not 0 <= index < len(self):
            raise IndexError(index)
        section = bisect_right(self._starts, index) - 1
        within = index - self._starts[section] - 1
        match section:
            case 0:
                return Title("CONTENTS") if within < 0 else self._contents[within]
            case 1:
                if within < 0:
                    return Title("CLAIMS")
                if within < len(self._marked):
                    return Marked(self._marked[within])
                return Title("" if within else "c tags one", quiet=True)
            case 2:
                if within < 0:
                    return Title("NOTES")
                if within < len(self._noted):
                    return Noted(self._noted[within])
                return Title("" if within else "a writes one", quiet=True)
            case _:
                return self._names[within + 1]

    def __iter__(self) -> Iterator[Line]:
        """Every line."""
        return (self[index] for index in range(len(self)))

    def find(self, line: Line) -> int | None:
        """Where a line stands, or the one that took its place: a name with another count, a note with other words."""
        if isinstance(line, Heading):
            return self.heading_at(line.start)
        if isinstance(line, Name):
            row = self._rows_of_names.get((line.label, line.text))
            return None if row is None else self._starts[3] + row
        if isinstance(line, Marked):
            place = self._marked.place_of(line.annotation)
            return None if place is None else self._starts[1] + 1 + place
        if isinstance(line, Noted):
            place = self._noted.place_of(line.annotation)
            return None if place is None else self._starts[2] + 1 + place
        return None

    def heading_at(self, offset: int) -> int | None:
        """The line of the heading under which an offset stands; None before the first."""
        place = bisect_right(self._contents, offset, key=lambda heading: heading.start)
        return place if place else None  # the section's own title is line 0

    def nearest(self, offset: int) -> int:
        """The line for a place without a mark: its heading, else the last mark before it, else the first line."""
        heading = self.heading_at(offset)
        if heading is not None:
            return heading
        mark = self._marked.before(offset)
        return self._starts[1] + 1 + mark if 0 <= mark < self._starts[2] - self._starts[1] - 1 else 0
