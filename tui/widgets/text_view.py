"""The text of an article, row by row: the layout that it stands in, its marks, and the caret that is kept on screen.

What is where is known by the pure parts in `tui.reading`; here they meet the screen. Keys and the mouse are other
files' work: `tui.widgets.pane` and `tui.widgets.pointing`.
"""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.style import Style
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.text import graphemes
from tui.preferences import MEASURES
from tui.reading.cursor import Cursor
from tui.reading.folds import Folds
from tui.reading.layout import Layout
from tui.reading.marks import Layer, Mark, Marks
from tui.reading.page import Page, Span
from tui.reading.search import Hits
from tui.reading.structure import Structure
from tui.widgets.frames import hasten
from tui.widgets.hit_bar import BarWithHits
from tui.widgets.notes import NotesPainter
from tui.widgets.painting import RowPainter

MEASURE = 80
"""Columns of text that read well; a narrower pane has fewer."""

_LANES = range(2, 5)
"""Columns of the gutter for annotations: the fewest, and one more than the most."""

_MARGIN = range(26, 45)
"""Cells of the margin for notes; with less room they open under the caret."""

_MARGIN_ROWS = 3
"""Rows that stay visible above and below the caret."""

SLICE = 0.004
"""Seconds of layout, or of painting ahead, at a time, so that a key never waits for more."""


class TextView(ScrollView, can_focus=True):
    """The text of an article."""

    ALLOW_SELECT = False  # Textual's own selection joins the whole text; this view has one of its own

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"pane--{name}"
        for name in (
            "gutter pointer caret selection sentence hit nested edge claim source cue evidence note other proposed "
            "person group place time number thing heading strong emphasis code quote link quiet tag margin "
            "margin-here"
        ).split()
    }

    class Moved(Message, bubble=False, namespace="reading_pane"):
        """The caret or the selection is somewhere else."""

        def __init__(self, pane: TextView) -> None:
            self.pane = pane
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest place matters."""
            return isinstance(message, TextView.Moved)

    class LaidOut(Message, namespace="reading_pane"):
        """The rows have other numbers than before."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest layout matters."""
            return isinstance(message, TextView.LaidOut)

    class Said(Message, namespace="reading_pane"):
        """A key has something to say, such as why it did nothing."""

        def __init__(self, sentence: str) -> None:
            self.sentence = sentence
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Show nothing until `open`."""
        super().__init__(id=id)
        self.measure = MEASURE
        """Columns of text that the reader wants."""
        self.furthest = 0
        """The furthest code point that was on screen."""
        self.pointed: Span | None = None
        """A span that is pointed out, as a selection is: the name that is being decided on."""
        self._top_kept: int | None = None
        """The offset at the top of the pane, while the layout is being settled."""
        self._styles_of: dict[tuple[str, ...], Style] = {}
        self._blank = Strip([])
        """A row below the end of the text."""
        self._settling = False
        self._rows_shown: list[Strip] | None = None
        """What is on the screen, row by row, or will be with the next frame; None where that is not worked out."""
        self._take(Page(""), "text")

    def _take(self, page: Page, format: str) -> None:  # noqa: A002 -- an article's word for it
        self.page = page
        self.marks = Marks(page)
        self.cursor = Cursor(page)
        self.structure = Structure(page, format)
        self._format = format
        self._painter = RowPainter(self._style, page, self.marks, self.structure)
        self._notes = NotesPainter(self._style, self._painter, page, self.marks)

    # The text

    def open(self, text: str, format: str = "text") -> None:  # noqa: A002
        """Show a text from its start; `format` says what its signs mean."""
        hidden = self._painter.hidden
        self._take(Page(text), format)
        self._painter.hidden = hidden
        self.furthest = 0
        self.pointed = None
        self.vertical_scrollbar.renderer = partial(BarWithHits, self.parts_with_hits)  # type: ignore[assignment,misc]
        self._lay_out(top=0)
        self._tell_moved()

    @property
    def layout_rows(self) -> Layout:
        """The page broken into rows."""
        return self._painter.layout

    @property
    def rows_painted(self) -> int:
        """How many rows were painted and not served from those kept: tests count them."""
        return self._painter.painted

    @property
    def caret(self) -> int:
        """The code point that the caret stands on."""
        return self.cursor.caret

    @property
    def selected_from(self) -> int | None:
        """Where the piece that is being selected began."""
        return self.cursor.anchor

    @property
    def selection(self) -> Span | None:
        """The piece that is being selected, in whole clusters."""
        return self.cursor.growing

    @property
    def sentence(self) -> Span | None:
        """The sentence under the caret."""
        return self.cursor.sentence

    @property
    def target(self) -> tuple[Span, ...]:
        """What a verb acts on: the pieces of the selection, or the sentence under the caret."""
        return self.cursor.target

    @property
    def top(self) -> int:
        """The offset at the top of the pane."""
        return self.layout_rows.span(round(self.scroll_y))[0]

    @property
    def caret_row(self) -> Offset:
        """Where the text of the caret's row begins on the screen, without the gutter."""
        row = self.layout_rows.row_of(self.caret) - round(self.scroll_y)
        return Offset(self.region.x + self._painter.left, self.region.y + row)

    def marks_changed(self) -> None:
        """Paint again what the changed epochs of the marks concern."""
        self._open_notes()
        self.repaint()

    def _open_notes(self) -> None:
        """Open the notes under the caret, where there is no margin for them."""
        self._notes.open_under(self.caret, self.size.height)

    # Folds

    @property
    def folds(self) -> Folds:
        """What is or may be folded."""
        return self._painter.folds

    def fold(self, folds: Folds) -> None:
        """Fold the text so; what the caret or an annotation stands in stays open."""
        if self.caret:
            folds.open_at(self.caret)
        for run in folds.runs:
            if not folds.is_open(run) and any(self.marks.annotations(run.start, run.end)):
                folds.toggle(run)
        self._painter.folds = folds
        if len(folds):
            self.folds_changed()

    def folds_changed(self) -> None:
        """Fold and open what is to be by now; the row at the top stays where it is, as far as it is there."""
        top = self.top
        closed = self.folds.closed
        self.layout_rows.fold(closed)
        if (hidden := closed.at(self.caret)) is not None:
            self.cursor.put(hidden[0], anchor=self.cursor.anchor)
        self._painter.forget()
        self._scroll_to_row(self.layout_rows.row_of(top))
        self._settle_soon()
        self._moved()
        self.post_message(self.LaidOut())

    def reveal(self, offset: int) -> None:
        """Open what is closed at an offset, if anything is: the reader is led there."""
        if self.folds.open_at(offset):
            self.folds_changed()

    # Layers, hits, measure

    @property
    def hidden(self) -> frozenset[Layer]:
        """The layers that are not shown."""
        return self._painter.hidden

    @hidden.setter
    def hidden(self, layers: frozenset[Layer]) -> None:
        self._painter.hidden = layers
        self._painter.forget()
        self.marks_changed()

    @property
    def hits(self) -> Hits | None:
        """What a search found."""
        return self._painter.hits

    def show_hits(self, hits: Hits | None) -> None:
        """Mark what a search found, in the text and in the scrollbar."""
        if hits is None and self.hits is None:
            return
        self._painter.hits = hits
        self._painter.forget()
        self.vertical_scrollbar.refresh()
        self.refresh()
        self._tell_moved()

    def parts_with_hits(self, parts: int) -> set[int]:
        """Which of so many equal parts of the text have a hit."""
        return set() if self.hits is None else self.hits.shares(parts, max(1, len(self.page.text)))

    def set_measure(self, columns: int) -> None:
        """Set the text to so many columns, as far as there is room; the row at the top stays."""
        self.measure = max(MEASURES[0], min(columns, MEASURES[-1]))
        self._lay_out(top=self.top)

    # The caret's place

    def go_to(self, offset: int, *, selected_from: int | None = None, reveal: bool = True) -> None:
        """Put the caret on an offset, with a selection from `selected_from` if there is one, and show it.

        What is folded there is opened, but with `reveal` false.
        """
        if reveal:
            self.reveal(offset)
        self.cursor.put(offset, anchor=selected_from)
        self._moved()

    def resume(self, caret: int, top: int | None) -> None:
        """Put the caret and the rows where they were when the article was left."""
        self.cursor.put(caret)
        if top is not None:
            self._scroll_to_row(self.layout_rows.row_of(top))
        self._moved()

    def jump(self, offset: int) -> None:
        """Put the caret on an offset, extending a selection, and remember where it was."""
        self.cursor.remember()
        self.reveal(offset)
        self.cursor.put(offset, anchor=self.cursor.anchor)
        self._moved()

    def _moved(self) -> None:
        self._open_notes()
        self._show_caret()
        self.repaint()
        self._tell_moved()

    def _tell_moved(self) -> None:
        """Tell the screen, and no widget between: what it says of the place belongs into the same frame."""
        self.screen.post_message(self.Moved(self))

    def _come_into_view(self) -> None:
        """After the wheel has scrolled the caret away, motions go on from what is on screen."""
        top = round(self.scroll_y)
        row = self.layout_rows.row_of(self.caret)
        if row < top:
            self.cursor.caret = self.layout_rows.offset_at(top, 0)
        elif row >= top + self.size.height > top:
            self.cursor.caret = self.layout_rows.offset_at(top + self.size.height - 1, 0)

    def _show_caret(self) -> None:
        height = self.size.height - self._notes.rows_open
        if height <= 0:
            return
        margin_rows = min(_MARGIN_ROWS, (height - 1) // 2)
        row = self.layout_rows.row_of(self.caret)
        top = round(self.scroll_y)
        if row < top + margin_rows:
            self._scroll_to_row(row - margin_rows)
        elif row > top + height - 1 - margin_rows:
            self._scroll_to_row(row - height + 1 + margin_rows)

    def _scroll_to_row(self, row: int) -> None:
        self._fit_virtual_size()
        self.scroll_to(y=max(0, min(row, self.layout_rows.total - self.size.height)), animate=False, force=True)
        self._top_kept = None

    # The layout

    def on_resize(self) -> None:
        """Keep the row that is being read where it is."""
        self._lay_out(top=self.top)

    def _lay_out(self, *, top: int) -> None:
        available = self.scrollable_content_region.width
        if not available:
            return
        painter = self._painter
        before = painter.shape
        painter.across = self.size.width
        room = available - self.measure - 2
        painter.lanes = max(_LANES[0], min(_LANES[-1], room))
        measure = max(1, min(self.measure, available - painter.gutter - 1))
        spare = available - painter.gutter - measure - 2
        self._notes.margin_width = min(spare, _MARGIN[-1]) if spare >= _MARGIN[0] else 0
        painter.left = max(0, (spare - self._notes.margin_width) // 2)
        if self.layout_rows.page is not self.page or self.layout_rows.width != measure:
            painter.layout = Layout(self.page, measure, self.structure.hang if self._format == "markdown" else None)
            painter.layout.fold(painter.folds.closed)
        if painter.shape != before:  # the search's line only takes a row: those that are painted stay as they are
            painter.forget()
        self._open_notes()
        self._scroll_to_row(self.layout_rows.row_of(top))
        self._show_caret()
        self._seen()
        self.refresh()
        self.post_message(self.LaidOut())
        self._settle_soon()

    def _settle_soon(self) -> None:
        if not self.layout_rows.settled and not self._settling:
            self._settling = True
            self.set_timer(0.02, self._settle)

    def _settle(self) -> None:
        """Break a few more stretches into rows, and keep the row at the top where it is."""
        if self._top_kept is None:
            self._top_kept = self.top
        kept = self._top_kept
        before = self.layout_rows.row_of(kept)
        done = self.layout_rows.settle(SLICE)
        moved = self.layout_rows.row_of(kept) != before
        if moved:
            self._painter.forget()
        if done or moved:
            self._scroll_to_row(self.layout_rows.row_of(kept))
            self._top_kept = None if done else kept
        self._settling = not done
        if done:
            self.post_message(self.LaidOut())
        else:
            self.set_timer(0.01, self._settle)

    def _fit_virtual_size(self) -> None:
        size = Size(self.scrollable_content_region.width, self.layout_rows.total)
        if size != self.virtual_size:
            self.virtual_size = size

    # Painting

    def repaint(self) -> None:
        """Send the rows to the terminal that look different than before, and no others."""
        before, now = self._rows_shown, self._paint_lines()
        if before is None or len(before) != len(now):
            changed = [Region(0, 0, self.size.width, len(now))]
        else:
            rows = enumerate(zip(before, now, strict=True))
            changed = [Region(0, y, self.size.width, 1) for y, (old, new) in rows if old is not new]
        if changed:
            super().refresh(*changed)
            hasten(self)
        self._rows_shown = now

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> TextView:
        """Paint again what Textual asks for: a theme, a focus or a place of scrolling may have changed all rows."""
        self._rows_shown = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows for a frame, each the same strip as long as it looks the same.

        What Textual would do between `render_line` and here is to add borders and padding, which the text has not,
        and to make new strips of all rows: they would be cut, filtered and written out from the start at each frame.
        """
        if self._rows_shown is None or len(self._rows_shown) != self.size.height:
            self._rows_shown = self._paint_lines()
        strips = self._rows_shown[crop.y : crop.bottom]
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """Paint the row at `y` of the pane. Pure, and cheap for a row that was painted before."""
        return self._paint_lines(y, y + 1)[0]

    def _paint_lines(self, first: int = 0, end: int | None = None) -> list[Strip]:
        """Paint rows of the pane; a row that looks as it did is the strip that it was."""
        width, height = self.size
        base = self._style(())
        rows, notes, caret = self.layout_rows, self._notes, self.caret
        top, moving, focused = round(self.scroll_y), self._moving_marks(), self.has_focus
        lines = []
        for y in range(top + first, top + (height if end is None else end)):
            row = notes.row_at(y, caret)
            strip = notes.opened_at(y, caret)
            if strip is None:
                if row >= rows.total or not self.page.text:
                    strip = self._blank
                else:
                    strip = self._painter.row(row, moving, caret, focused=focused)
                    strip = notes.beside(strip, row, top, height, caret)
            lines.append(strip.adjust_cell_length(width, base))
        return lines

    def _moving_marks(self) -> list[Mark]:
        """What follows the caret: its sentence, the selection, and itself."""
        found = []
        if sentence := self.sentence:
            found.append(Mark(*sentence, Layer.SENTENCE, "sentence"))
        found += [Mark(*piece, Layer.SELECTION, "selection") for piece in self.cursor.selected]
        if self.pointed is not None:
            found.append(Mark(*self.pointed, Layer.SELECTION, "selection"))
        end = max(graphemes.end_of(self.page.text, self.caret), self.caret + 1)
        found.append(Mark(self.caret, end, Layer.CARET, "caret"))
        return found

    def _style(self, names: tuple[str, ...]) -> Style:
        if names not in self._styles_of:
            style = self.rich_style
            for name in names:
                style += self.get_component_rich_style(f"pane--{name}", partial=True)
            self._styles_of[names] = style
        return self._styles_of[names]

    def notify_style_update(self) -> None:
        """Forget what was painted in the old theme."""
        super().notify_style_update()
        self._styles_of.clear()
        self._painter.forget()
        self._notes.forget()
        self._blank = Strip([])

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember how far the text was seen."""
        super().watch_scroll_y(old_value, new_value)
        hasten(self.vertical_scrollbar)
        self._seen()

    def _seen(self) -> None:
        last = round(self.scroll_y) + self.size.height - 1
        self.furthest = max(self.furthest, self.layout_rows.span(last)[1])
