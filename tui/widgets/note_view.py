"""Notes in lists and panels: the styles of their pieces, and a box that shows a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui.reading import note_text
from tui.reading.note_text import NoteLine

CLASSES = {f"note--{name}" for name in note_text.STYLES}
"""The component classes of what shows notes."""


def segments(line: NoteLine, ground: Style, component: Callable[..., Style]) -> list[Segment]:
    """A line of a note on a ground.

    Args:
        line: the line.
        ground: the style of what has none.
        component: the `get_component_rich_style` of the widget, which has `CLASSES`.
    """
    return [
        Segment(
            piece.text, Style.combine([ground, *(component(f"note--{name}", partial=True) for name in piece.styles)])
        )
        for piece in line.pieces
    ]


class NoteView(Widget):
    """A note as it is read, as high as it needs up to some rows."""

    COMPONENT_CLASSES: ClassVar[set[str]] = CLASSES
    DEFAULT_CSS = "NoteView { height: 0; }"

    def __init__(self, *, longest: int, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`; `longest` is the most rows that it takes."""
        super().__init__(id=id)
        self._longest = longest
        self._note = ""

    def show(self, note: str) -> None:
        """Show a note; an empty one takes no room."""
        self._note = note
        self._fit()

    def on_resize(self) -> None:
        """Break the note anew."""
        self._fit()

    def _fit(self) -> None:
        self.styles.height = len(self._lines())
        self.refresh()

    def _lines(self) -> tuple[NoteLine, ...]:
        width = self.size.width - 2
        return note_text.lines(self._note, width, self._longest) if self._note.strip() and width > 0 else ()

    def render_line(self, y: int) -> Strip:
        """A line of the note."""
        ground = self.rich_style
        lines = self._lines()
        if y >= len(lines):
            return Strip.blank(self.size.width, ground)
        found = segments(lines[y], ground, self.get_component_rich_style)
        return Strip([Segment(" ", ground), *found, Segment(" ", ground)])
