"""The reading pane: paints a page row by row, and moves a caret and a selection in it.

What a row looks like depends on the layout, on the marks of its stretch, and on the caret, the sentence and the
selection where they cross it. A painted row is kept together with these, and painted again only when one of them
changed. Caret and selection are offsets in the text, so they survive every change of the layout.
"""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.text import graphemes
from tui import actions
from tui.reading import motions
from tui.reading.cells import clusters
from tui.reading.layout import Layout
from tui.reading.marks import Layer, Mark, Marks, gutter, runs
from tui.reading.page import Page, Span

MEASURE = 80
"""Columns of text that read well; a narrower pane has fewer."""

GUTTER = 3
"""Columns for the bracket or pointer, the letter, and a space."""

_MARGIN_ROWS = 3
"""Rows that stay visible above and below the caret."""

_SLICE = 0.004
"""Seconds of layout at a time, so that a key never waits for more."""

_KEPT_ROWS = 4096
"""Painted rows that are kept."""


class _Painted(NamedTuple):
    key: tuple[object, ...]
    strip: Strip


class ReadingPane(ScrollView, can_focus=True):
    """The text of an article."""

    BINDINGS = actions.bindings("text", "select")
    ALLOW_SELECT = False  # Textual's own selection joins the whole text; this pane has one of its own

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"pane--{name}"
        for name in (
            "gutter pointer caret selection sentence claim note other person group place time number thing"
        ).split()
    }

    class Moved(Message):
        """The caret or the selection moved."""

        def __init__(self, pane: ReadingPane) -> None:
            self.pane = pane
            super().__init__()

        def can_replace(self, message: Message) -> bool:
            """Only the newest place matters."""
            return isinstance(message, ReadingPane.Moved)

    class LaidOut(Message):
        """The rows have other numbers than before."""

        def can_replace(self, message: Message) -> bool:
            """Only the newest layout matters."""
            return isinstance(message, ReadingPane.LaidOut)

    class NothingHere(Message):
        """What a key would have selected is not under the caret."""

        def __init__(self, sentence: str) -> None:
            self.sentence = sentence
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Show nothing until `open`."""
        super().__init__(id=id)
        self.page = Page("")
        self.marks = Marks(self.page)
        self.layout_rows = Layout(self.page, MEASURE)
        self.caret = 0
        self._selected_from: int | None = None
        self.furthest = 0
        """The furthest code point that was on screen."""
        self.rows_painted = 0
        """How many rows were painted and not served from those kept: tests count them."""
        self._column: int | None = None
        """The cell that up and down keep to."""
        self._sentence: Span | None = None
        self._left = 0
        self._top_kept: int | None = None
        """The offset at the top of the pane, while the layout is being settled."""
        self._kept: dict[int, _Painted] = {}
        self._styles_of: dict[tuple[str, ...], Style] = {}
        self._settling = False

    # The text

    def open(self, text: str) -> None:
        """Show a text from its start."""
        self.page = Page(text)
        self.marks = Marks(self.page)
        self.caret, self.selected_from, self.furthest, self._column = 0, None, 0, None
        self._sentence = self.page.sentence_at(0)
        self._lay_out(top=0)
        self.post_message(self.Moved(self))

    @property
    def selected_from(self) -> int | None:
        """Where the selection began, while there is one."""
        return self._selected_from

    @selected_from.setter
    def selected_from(self, offset: int | None) -> None:
        changed = (offset is None) != (self._selected_from is None)
        self._selected_from = offset
        if changed:
            self.refresh_bindings()

    @property
    def selection(self) -> Span | None:
        """The selected span, in whole clusters, while there is one."""
        if self.selected_from is None:
            return None
        return graphemes.snap(
            self.page.text, min(self.selected_from, self.caret), max(self.selected_from, self.caret) + 1
        )

    @property
    def sentence(self) -> Span | None:
        """The sentence under the caret."""
        return self._sentence

    @property
    def caret_row(self) -> Offset:
        """Where the text of the caret's row begins on the screen, without the gutter."""
        row = self.layout_rows.row_of(self.caret) - round(self.scroll_y)
        return Offset(self.region.x + self._left, self.region.y + row)

    @property
    def target(self) -> Span | None:
        """What a verb acts on, in whole clusters: the selection, or the sentence under the caret."""
        return self.selection or (graphemes.snap(self.page.text, *self._sentence) if self._sentence else None)

    def marks_changed(self) -> None:
        """Paint again what the changed epochs of the marks concern."""
        self.refresh()

    # Moving

    def go_to(self, offset: int, *, selected_from: int | None = None) -> None:
        """Put the caret on an offset, with a selection from `selected_from` if there is one, and show it."""
        self.caret = graphemes.start_of(self.page.text, max(0, min(offset, motions.last_offset(self.page))))
        self.selected_from = selected_from
        self._moved()

    def action_go(self, motion: str) -> None:
        """Move by one of the motions of `tui.reading.motions`."""
        self._come_into_view()
        growing = self.selected_from is not None and self.caret >= self.selected_from
        known = motions.EXTENDING if growing else motions.MOTIONS
        self.caret = known[motion](self.layout_rows, self.caret)
        self._moved()

    def action_rows(self, count: int) -> None:
        """Move down, or up, keeping to the column."""
        self._come_into_view()
        column = self.layout_rows.column_of(self.caret) if self._column is None else self._column
        self.caret = motions.rows(self.layout_rows, self.caret, count, column)
        self._moved()
        self._column = column

    def action_pages(self, pages: float) -> None:
        """Move and scroll by pages, or by a part of one; two rows of the old page stay visible."""
        height = max(1, self.size.height)
        count = int(height * pages) if abs(pages) < 1 else int(pages * max(1, height - 2))
        column = self.layout_rows.column_of(self.caret) if self._column is None else self._column
        self._come_into_view()
        self._scroll_to_row(round(self.scroll_y) + count)
        self.caret = motions.rows(self.layout_rows, self.caret, count, column)
        self._moved()
        self._column = column

    def action_select(self) -> None:
        """Begin a selection at the caret, or drop the one there is."""
        self.selected_from = self.caret if self.selected_from is None else None
        self._moved()

    def action_drop_selection(self) -> None:
        """Drop the selection; the caret stays."""
        self.selected_from = None
        self._moved()

    def action_select_span(self, what: Literal["sentence", "paragraph", "entity"]) -> None:
        """Select the sentence, paragraph or entity under the caret."""
        span: Span | None
        if what == "sentence":
            span = self._sentence
        elif what == "paragraph":
            span = self.page.paragraph_at(self.caret)
        else:
            mark = next((mark for mark in self.marks.at(self.caret) if mark.layer is Layer.ENTITY), None)
            span = (mark.start, mark.end) if mark else None
        if span is None:
            self.post_message(self.NothingHere(f"There is no {what} here to select."))
        else:
            self.go_to(graphemes.before(self.page.text, span[1]), selected_from=span[0])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """The text objects are keys only while there is a selection."""
        return self.selected_from is not None if action in {"select_span", "drop_selection"} else True

    def _moved(self) -> None:
        self._column = None
        self._sentence = self.page.sentence_at(self.caret)
        self._show_caret()
        self.refresh()
        self.post_message(self.Moved(self))

    def _come_into_view(self) -> None:
        """After the wheel has scrolled the caret away, motions go on from what is on screen."""
        top = round(self.scroll_y)
        row = self.layout_rows.row_of(self.caret)
        if row < top:
            self.caret = self.layout_rows.offset_at(top, 0)
        elif row >= top + self.size.height > top:
            self.caret = self.layout_rows.offset_at(top + self.size.height - 1, 0)

    def _show_caret(self) -> None:
        height = self.size.height
        if not height:
            return
        margin = min(_MARGIN_ROWS, (height - 1) // 2)
        row = self.layout_rows.row_of(self.caret)
        top = round(self.scroll_y)
        if row < top + margin:
            self._scroll_to_row(row - margin)
        elif row > top + height - 1 - margin:
            self._scroll_to_row(row - height + 1 + margin)

    def _scroll_to_row(self, row: int) -> None:
        self._fit_virtual_size()
        self.scroll_to(y=max(0, min(row, self.layout_rows.total - self.size.height)), animate=False, force=True)
        self._top_kept = None

    # The layout

    def on_resize(self) -> None:
        """Keep the row that is being read where it is."""
        self._lay_out(top=self.layout_rows.span(round(self.scroll_y))[0])

    def _lay_out(self, *, top: int) -> None:
        available = self.scrollable_content_region.width
        if not available:
            return
        measure = max(1, min(MEASURE, available - GUTTER - 1))
        self._left = max(0, (available - GUTTER - measure) // 2)
        if self.layout_rows.page is not self.page or self.layout_rows.width != measure:
            self.layout_rows = Layout(self.page, measure)
        self._kept.clear()
        self._scroll_to_row(self.layout_rows.row_of(top))
        self._show_caret()
        self._seen()
        self.refresh()
        self.post_message(self.LaidOut())
        if not self.layout_rows.settled and not self._settling:
            self._settling = True
            self.set_timer(0.02, self._settle)

    def _settle(self) -> None:
        """Break a few more stretches into rows, and keep the row at the top where it is."""
        if self._top_kept is None:
            self._top_kept = self.layout_rows.span(round(self.scroll_y))[0]
        kept = self._top_kept
        before = self.layout_rows.row_of(kept)
        done = self.layout_rows.settle(_SLICE)
        if self.layout_rows.row_of(kept) != before:
            self._kept.clear()
        if done or self.layout_rows.row_of(kept) != before:
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

    def render_line(self, y: int) -> Strip:
        """Paint the row at `y` of the pane. Pure, and cheap for a row that was painted before."""
        row = round(self.scroll_y) + y
        width = self.size.width
        base = self.rich_style
        if row >= self.layout_rows.total or not self.page.text:
            return Strip.blank(width, base)
        span = self.layout_rows.span(row)
        moving = [
            mark for mark in self._moving_marks() if mark.start < max(span[1], span[0] + 1) and mark.end > span[0]
        ]
        key = (span, width, self.marks.epoch(span[0]), tuple(moving), self.has_focus)
        kept = self._kept.get(row)
        if kept is not None and kept.key == key:
            return kept.strip
        strip = self._paint(row, span, moving).adjust_cell_length(width, base)
        if len(self._kept) >= _KEPT_ROWS:
            self._kept.clear()
        self._kept[row] = _Painted(key, strip)
        self.rows_painted += 1
        return strip

    def _moving_marks(self) -> list[Mark]:
        """What follows the caret: its sentence, the selection, and itself."""
        found = []
        if self._sentence:
            found.append(Mark(*self._sentence, Layer.SENTENCE, "sentence"))
        if selection := self.selection:
            found.append(Mark(*selection, Layer.SELECTION, "selection"))
        end = max(graphemes.end_of(self.page.text, self.caret), self.caret + 1)
        found.append(Mark(self.caret, end, Layer.CARET, "caret"))
        return found

    def _paint(self, row: int, span: Span, moving: list[Mark]) -> Strip:
        start, end = span
        marks = self.marks.within(start, max(end, start + 1))
        last = row + 1 >= self.layout_rows.total
        bracket, letter = gutter(span, len(self.page.text) if last else self.layout_rows.span(row + 1)[0], marks)
        style = self._style
        gutter_style = style(("gutter",))
        pointed = any(mark.layer is Layer.CARET for mark in moving)
        segments = [Segment(" " * self._left, style(()))]
        if bracket == " " and pointed:
            segments.append(Segment("▸", style(("pointer",))))
        else:
            segments.append(Segment(bracket, gutter_style))
        segments.append(Segment(f"{letter} ", gutter_style))
        room = self.layout_rows.width + 1  # a caret on a space that hangs over the edge is still seen
        hanging = start + len(self.page.text[start:end].rstrip(" "))
        followed = [mark for mark in moving if mark.layer >= Layer.SELECTION]
        for run in [*runs((start, hanging), [*marks, *moving]), *runs((hanging, end), followed)]:
            shown = []
            for cluster in clusters(self.page.text[run.start : run.end], run.start):
                room -= cluster.width
                if room < 0:
                    break
                shown.append(cluster.shown)
            segments.append(Segment("".join(shown), style(run.styles)))
        if pointed and self.caret == end:  # on an empty line, or on a line end
            segments.append(Segment(" ", style(("caret",))))
        return Strip(segments)

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
        self._kept.clear()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember how far the text was seen."""
        super().watch_scroll_y(old_value, new_value)
        self._seen()

    def _seen(self) -> None:
        last = round(self.scroll_y) + self.size.height - 1
        self.furthest = max(self.furthest, self.layout_rows.span(last)[1])

    # The mouse

    def _offset_under(self, event: events.MouseEvent) -> int:
        row = round(self.scroll_y) + event.y
        return self.layout_rows.offset_at(row, max(0, event.x - self._left - GUTTER))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the caret under the mouse, and select from there while it is dragged."""
        if event.button == 1 and self.page.text:
            self.capture_mouse()
            self.go_to(self._offset_under(event))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Extend the selection to the mouse."""
        if self.app.mouse_captured is self and event.button == 1:
            offset = self._offset_under(event)
            if offset != self.caret:
                self.go_to(offset, selected_from=self.caret if self.selected_from is None else self.selected_from)

    def on_mouse_up(self) -> None:
        """End the selection where the mouse is."""
        self.release_mouse()
