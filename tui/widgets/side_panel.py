"""The side panel: the outline of the article, each line of which leads to its place in the text."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from tui.reading import note_text
from tui.reading.cells import fit
from tui.reading.names import Name
from tui.reading.notebook import Looks
from tui.reading.outline import Line, Marked, Noted, Outline, Title
from tui.reading.structure import Heading
from tui.widgets.note_view import CLASSES, segments
from tui.widgets.rows import RowList


class SidePanel(RowList):
    """Contents, claims, notes and names."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--quiet", "rows--heading", "rows--letter"} | CLASSES

    class Pointed(Message):
        """The cursor was moved to a line: the text goes there too."""

        def __init__(self, line: Line) -> None:
            self.line = line
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest line matters."""
            return isinstance(message, SidePanel.Pointed)

    class Picked(Message):
        """A line was chosen: reading goes on there."""

        def __init__(self, line: Line) -> None:
            self.line = line
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self._outline = Outline()
        self._looks = Looks()

    def show(self, outline: Outline, looks: Looks) -> None:
        """Show an outline; the cursor stays on its line, if that is still there."""
        kept = self._outline[self.cursor] if self.cursor < len(self._outline) else None
        self._outline, self._looks = outline, looks
        if kept is not None and (found := outline.find(kept)) is not None:
            self.cursor = found
        self.set_row_count(len(outline))

    def follow(self, lines: list[Line], offset: int) -> None:
        """Put the cursor on the first of some lines that is there, or on the one nearest to the offset."""
        if self.has_focus:
            return  # here the text follows the panel
        found = next((row for line in lines if (row := self._outline.find(line)) is not None), None)
        if found is None:
            found = self._outline.nearest(offset)
        if found != self.cursor:
            self.move_cursor(found)

    def can_choose(self, index: int) -> bool:
        """Titles are passed over."""
        return index < len(self._outline) and not isinstance(self._outline[index], Title)

    def cursor_moved(self) -> None:
        """Tell where the cursor is."""
        if self.can_choose(self.cursor):
            self.post_message(self.Pointed(self._outline[self.cursor]))

    def action_choose(self) -> None:
        """Lead to the place of the line under the cursor."""
        if self.can_choose(self.cursor):
            self.post_message(self.Picked(self._outline[self.cursor]))

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One line."""
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        strong = style + self.get_component_rich_style("rows--letter", partial=True)
        line = self._outline[index]
        if index == self.cursor and not isinstance(line, Title):
            style += Style(bold=True)
        match line:
            case Title(text, quiet=True):
                return Strip([Segment(fit(f"  {text}", width), quiet)])
            case Title(text):
                heading = style + self.get_component_rich_style("rows--heading", partial=True)
                return Strip([Segment(fit(f" {text}", width), heading)])
            case Heading(level, _, title):
                return Strip([Segment(fit(" " * (1 + level) + title, width), style)])
            case Name():
                return Strip(
                    [
                        Segment(fit(f"   {line.text}", width - 6), style),
                        Segment(fit(f"{line.count:,}", 5, right=True) + " ", quiet),
                    ]
                )
            case Marked(annotation):
                letter = self._looks.letter(annotation)
                words = [Segment(fit(annotation.quote, width - 4), style)]
            case Noted(annotation):
                letter = "!" if annotation.orphaned else "A" if annotation.whole_article else "N"
                note = note_text.one_line(annotation.note, max(1, width - 4))
                words = segments(note, style, self.get_component_rich_style)
        return Strip([Segment("  ", style), Segment(letter, strong), Segment(" ", style), *words])
