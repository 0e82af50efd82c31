"""The list of what stands on other versions of a text: what became of each, and its words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from store.kinds import Fate
from store.records import Carried
from tui.reading.cells import fit, one_line
from tui.widgets.rows import RowList

SIGNS = {Fate.ORPHANED: "!", Fate.CHANGED: "~", Fate.MOVED: ">", Fate.SAME: "="}
"""A sign for what became of the words, so that no colour is needed."""

_WORDS = {
    Fate.ORPHANED: "words are gone",
    Fate.CHANGED: "words changed",
    Fate.MOVED: "moved",
    Fate.SAME: "the same",
}
_FATE, _LABEL, _WHO = 18, 12, 12


class CarriedList(RowList):
    """Annotations, a line each."""

    class Moved(Message):
        """The cursor is on another row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self.shown: Sequence[Carried] = ()

    def show(self, shown: Sequence[Carried]) -> None:
        """Show these; the cursor stays on its row."""
        self.shown = shown
        self.set_row_count(len(shown))

    @property
    def under(self) -> Carried | None:
        """The one under the cursor."""
        return self.shown[self.cursor] if self.shown else None

    def cursor_moved(self) -> None:
        """Tell of it."""
        self.post_message(self.Moved())

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One annotation."""
        one = self.shown[index]
        annotation = one.annotation
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        fate = f"{SIGNS[one.fate]} {_WORDS[one.fate]}"
        if one.fate is Fate.MOVED and not one.certain:
            fate += "?"
        mark = "▸ " if index == self.cursor else "  "
        who = fit(one_line(annotation.annotator), _WHO) if width >= 90 else ""
        said = annotation.quote or annotation.note
        words = max(8, width - 2 - _FATE - _LABEL - len(who))
        return Strip(
            [
                Segment(mark + fit(fate, _FATE), style),
                Segment(fit(one_line(annotation.label or annotation.kind.upper()), _LABEL), quiet),
                Segment(fit(one_line(said[: 4 * words]), words), style),
                Segment(who, quiet),
            ]
        )
