"""The side panel: the article's names by type, its claims and its notes, each a line that leads to its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from store.records import Annotation, Kind
from tui.reading.cells import fit
from tui.reading.names import MEANINGS, Name
from tui.reading.notebook import letter
from tui.widgets.rows import RowList


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Mark:
    annotation: Annotation
    letter: str
    words: str
    """What the row shows of it: its quote among the claims, its note among the notes."""


_Row = _Heading | Name | _Mark


class SidePanel(RowList):
    """Names, claims and notes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--quiet", "rows--heading", "rows--letter"}

    class Picked(Message):
        """A name or an annotation was chosen."""

        def __init__(self, item: Name | Annotation) -> None:
            self.item = item
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self._rows: list[_Row] = []

    def show(self, names: dict[str, list[Name]], annotations: Iterable[Annotation], state: str) -> None:
        """Show the names by type and the annotations in text order; `state` says how far the names are."""
        rows: list[_Row] = []
        listed = list(annotations)
        marked = [_Mark(found, letter(found), found.quote) for found in listed if found.kind is not Kind.NOTE]
        noted = [_Mark(found, "A" if found.whole_article else "N", found.note) for found in listed if found.note]
        for title, group_of, hint in (("CLAIMS", marked, "c tags one"), ("NOTES", noted, "a writes one")):
            rows.append(_Heading(title))
            rows.extend(group_of or [_Heading(hint, quiet=True)])
        rows.append(_Heading("NAMES"))
        if state:
            rows.append(_Heading(state, quiet=True))
        for label, group in names.items():
            rows.append(_Heading(f"{label} · {MEANINGS[label]}" if label in MEANINGS else label, quiet=True))
            rows.extend(group)
        kept = self._rows[self.cursor] if self.cursor < len(self._rows) else None
        self._rows = rows
        if kept is not None and not isinstance(kept, _Heading):
            self.cursor = self._find(kept)
        self.set_row_count(len(rows))

    def _find(self, kept: Name | _Mark) -> int:
        """The row of what the cursor was on, whose count or words may have changed."""
        for index, row in enumerate(self._rows):
            if isinstance(row, Name) and isinstance(kept, Name) and (row.label, row.text) == (kept.label, kept.text):
                return index
            if isinstance(row, _Mark) and isinstance(kept, _Mark) and row.annotation.id == kept.annotation.id:
                return index
        return min(self.cursor, len(self._rows) - 1)

    def can_choose(self, index: int) -> bool:
        """Headings are passed over."""
        return index < len(self._rows) and not isinstance(self._rows[index], _Heading)

    def action_choose(self) -> None:
        """Lead to the place of the row under the cursor."""
        if self.cursor < len(self._rows):
            row = self._rows[self.cursor]
            if not isinstance(row, _Heading):
                self.post_message(self.Picked(row.annotation if isinstance(row, _Mark) else row))

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One heading, name or annotation."""
        row = self._rows[index]
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        match row:
            case _Heading(text, quiet=True):
                return Strip([Segment(fit(f"  {text}", width), quiet)])
            case _Heading(text):
                heading = style + self.get_component_rich_style("rows--heading", partial=True)
                return Strip([Segment(fit(f" {text}", width), heading)])
            case Name():
                return Strip(
                    [
                        Segment(fit(f"   {row.text}", width - 6), style),
                        Segment(fit(f"{row.count:,}", 5, right=True) + " ", quiet),
                    ]
                )
            case _Mark(_, sign, words):
                strong = style + self.get_component_rich_style("rows--letter", partial=True)
                return Strip(
                    [
                        Segment("  ", style),
                        Segment(sign, strong),
                        Segment(" " + fit(words, width - 4), style),
                    ]
                )
