"""The reading pane: shows a page row by row, and moves a caret and a selection in it.

What is where is known by the pure parts in `tui.reading`; here they meet the keys, the mouse and the screen.
"""

from __future__ import annotations

from functools import partial
from time import perf_counter
from typing import ClassVar, Literal

from rich.style import Style
from textual import events
from textual.geometry import Offset, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from store.text import graphemes, words
from tui import actions
from tui.preferences import MEASURES
from tui.reading.cursor import Cursor
from tui.reading.layout import Layout
from tui.reading.marks import Layer, Mark, Marks
from tui.reading.page import Page, Span
from tui.reading.search import Hits
from tui.reading.structure import Structure
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

_SLICE = 0.004
"""Seconds of layout, or of painting ahead, at a time, so that a key never waits for more."""

_AHEAD_AFTER = 0.05
"""Seconds after a move at which the next stretch is looked at, before a key needs what is in it."""


class ReadingPane(ScrollView, can_focus=True):
    """The text of an article."""

    BINDINGS = actions.bindings("text", "select")
    ALLOW_SELECT = False  # Textual's own selection joins the whole text; this pane has one of its own

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"pane--{name}"
        for name in (
            "gutter pointer caret selection sentence hit nested edge claim source cue evidence note other "
            "person group place time number thing heading strong emphasis code quote link quiet margin margin-here"
        ).split()
    }

    class Moved(Message):
        """The caret or the selection is somewhere else."""

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

    class Said(Message):
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
        self.count: int | None = None
        """How often the next motion is to be done, while it is being typed."""
        self._top_kept: int | None = None
        """The offset at the top of the pane, while the layout is being settled."""
        self._styles_of: dict[tuple[str, ...], Style] = {}
        self._settling = False
        self._looking_ahead = False
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
        self.vertical_scrollbar.renderer = partial(BarWithHits, self.parts_with_hits)  # type: ignore[assignment,misc]
        self._lay_out(top=0)
        self.post_message(self.Moved(self))

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
        self.refresh()

    def _open_notes(self) -> None:
        """Open the notes under the caret, where there is no margin for them."""
        self._notes.open_under(self.caret, self.size.height)

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
        self.post_message(self.Moved(self))

    def parts_with_hits(self, parts: int) -> set[int]:
        """Which of so many equal parts of the text have a hit."""
        return set() if self.hits is None else self.hits.shares(parts, max(1, len(self.page.text)))

    def set_measure(self, columns: int) -> None:
        """Set the text to so many columns, as far as there is room; the row at the top stays."""
        self.measure = max(MEASURES[0], min(columns, MEASURES[-1]))
        self._lay_out(top=self.top)

    def action_measure(self, change: int) -> None:
        """Make the text wider or narrower."""
        self.set_measure(self.measure + change)
        self.post_message(self.Said(f"text of {self.layout_rows.width} columns"))

    # Moving

    def take_count(self) -> int | None:
        """The count that was typed before a key, if there is one; it is used up."""
        count, self.count = self.count, None
        return count

    def action_digit(self, digit: int) -> None:
        """Take a digit of a count; a 0 that begins none leads to the row's start."""
        if digit == 0 and self.count is None:
            self.action_go("line_start")
            return
        self.count = min(10 * (self.count or 0) + digit, 999_999)
        self.post_message(self.Moved(self))

    def go_to(self, offset: int, *, selected_from: int | None = None) -> None:
        """Put the caret on an offset, with a selection from `selected_from` if there is one, and show it."""
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
        self.cursor.put(offset, anchor=self.cursor.anchor)
        self._moved()

    def action_go(self, motion: str) -> None:
        """Move by one of the motions of `tui.reading.motions`."""
        self._come_into_view()
        count = self.take_count()
        if motion in {"top", "bottom"}:
            self.cursor.remember()
            if count is not None:
                self.cursor.go_to_row(self.layout_rows, count - 1)
                self._moved()
                return
        self.cursor.go(self.layout_rows, motion, count or 1)
        self._moved()

    def action_rows(self, count: int) -> None:
        """Move down, or up, keeping to the column."""
        self._come_into_view()
        self.cursor.rows(self.layout_rows, count * (self.take_count() or 1))
        self._moved()

    def action_pages(self, pages: float) -> None:
        """Move and scroll by pages, or by a part of one; two rows of the old page stay visible."""
        pages *= self.take_count() or 1
        height = max(1, self.size.height)
        count = int(height * pages) if abs(pages) < 1 else int(pages * max(1, height - 2))
        self._come_into_view()
        self._scroll_to_row(round(self.scroll_y) + count)
        self.cursor.rows(self.layout_rows, count)
        self._moved()

    def action_back(self) -> None:
        """Go back to where the last jump began."""
        self.take_count()
        if self.cursor.go_back():
            self._moved()
        else:
            self.post_message(self.Said("There was no jump yet to go back from."))

    def action_hit(self, direction: int) -> None:
        """Go to the next hit of the search, or the previous one, round the end of the text if need be."""
        count = self.take_count() or 1
        hits = self.hits
        if hits is None or not len(hits):
            self.post_message(self.Said("Nothing was searched for, or found: / searches."))
            return
        index = hits.after(self.caret) if direction > 0 else hits.before(self.caret)
        edge = 0 if direction > 0 else len(hits) - 1
        target = edge if index is None else index + direction * (count - 1)
        if index is None or not 0 <= target < len(hits):
            self.post_message(self.Said("The search went round the end of the text."))
        self.jump(hits.starts[target % len(hits)])

    def action_entity(self, direction: int) -> None:
        """Go to the next name, or the previous one."""
        offset = self.caret
        for _ in range(self.take_count() or 1):
            entity = self.marks.next_entity(offset) if direction > 0 else self.marks.previous_entity(offset)
            if entity is None:
                break
            offset = entity.start
        if offset == self.caret:
            self.post_message(self.Said("There is no name after this." if direction > 0 else "No name before this."))
        else:
            self.go_to(offset, selected_from=self.cursor.anchor)

    # Selecting

    def action_select(self) -> None:
        """Begin a selection at the caret, or drop the one there is."""
        self.take_count()
        self.cursor.select()
        self._moved()

    def action_keep_piece(self) -> None:
        """Keep the piece that is selected, so that another can be added to it."""
        self.cursor.keep_piece()
        self._moved()
        self.post_message(self.Said("kept · v begins another piece · esc drops all"))

    def action_drop(self) -> None:
        """Drop what stands in the way: a count, else the selection, else the hits of a search."""
        if self.count is not None:
            self.count = None
        elif self.cursor.selecting:
            self.cursor.drop()
        else:
            self.show_hits(None)
        self._moved()

    def action_select_span(self, what: Literal["sentence", "paragraph", "entity", "quote"]) -> None:
        """Select the sentence, paragraph or name under the caret, or what stands between quotation marks around it."""
        span: Span | None
        if what == "sentence":
            span = self.sentence
        elif what == "paragraph":
            span = self.page.paragraph_at(self.caret)
        elif what == "quote":
            span = self.page.quote_at(self.caret)
        else:
            mark = next((mark for mark in self.marks.at(self.caret) if mark.layer is Layer.ENTITY), None)
            span = (mark.start, mark.end) if mark else None
        if span is None:
            self.post_message(self.Said(f"There is no {what} here to select."))
        else:
            self.cursor.select_span(span)
            self._moved()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Most text objects are keys only while there is a selection; a quotation begins one."""
        needs_selection = action in {"select_span", "keep_piece"} and parameters != ("quote",)
        return self.cursor.anchor is not None if needs_selection else True

    def applies(self, action_id: str) -> bool:
        """Whether the action does something now: the footer shows no other."""
        match action_id:
            case "text.drop":
                return self.cursor.selecting or self.hits is not None
            case "text.next-hit" | "text.previous-hit":
                return bool(self.hits)
            case "select.quote":
                return self.cursor.anchor is not None
            case "text.sentence":
                return not self.cursor.selecting
            case _:
                return True

    def _moved(self) -> None:
        self.count = None
        self._open_notes()
        self._show_caret()
        self.refresh()
        self.post_message(self.Moved(self))
        if not self._looking_ahead:
            self._looking_ahead = True
            self.set_timer(_AHEAD_AFTER, self._look_ahead)

    def _look_ahead(self) -> None:
        """Find the sentences and the gutter of the next stretch, and paint the next page, before a key needs them."""
        self._looking_ahead = False
        following = self.page.index_of(self.caret) + 1
        if following < len(self.page):
            self.page.sentences(following)
            self._painter.look_ahead(following)
        self._paint_ahead(round(self.scroll_y) + self.size.height)

    def _paint_ahead(self, row: int) -> None:
        """Paint the rows of the next page from `row` on, a few at a time, so that the key that shows them need not."""
        deadline = perf_counter() + _SLICE
        moving = self._moving_marks()
        end = min(round(self.scroll_y) + 2 * self.size.height, self.layout_rows.total)
        for ahead in range(row, end):
            if perf_counter() > deadline:
                self.set_timer(0.01, partial(self._paint_ahead, ahead))
                break
            self._painter.row(ahead, moving, self.caret, focused=self.has_focus)

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
        room = available - self.measure - 2
        painter.lanes = max(_LANES[0], min(_LANES[-1], room))
        measure = max(1, min(self.measure, available - painter.gutter - 1))
        spare = available - painter.gutter - measure - 2
        self._notes.margin_width = min(spare, _MARGIN[-1]) if spare >= _MARGIN[0] else 0
        painter.left = max(0, (spare - self._notes.margin_width) // 2)
        if self.layout_rows.page is not self.page or self.layout_rows.width != measure:
            painter.layout = Layout(self.page, measure, self.structure.hang if self._format == "markdown" else None)
        painter.forget()
        self._open_notes()
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
            self._top_kept = self.top
        kept = self._top_kept
        before = self.layout_rows.row_of(kept)
        done = self.layout_rows.settle(_SLICE)
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

    def render_line(self, y: int) -> Strip:
        """Paint the row at `y` of the pane. Pure, and cheap for a row that was painted before."""
        base = self.rich_style
        width = self.size.width
        top = round(self.scroll_y)
        opened = self._notes.opened_at(top + y, self.caret)
        if opened is not None:
            return opened.adjust_cell_length(width, base)
        row = self._notes.row_at(top + y, self.caret)
        if row >= self.layout_rows.total or not self.page.text:
            return Strip.blank(width, base)
        strip = self._painter.row(row, self._moving_marks(), self.caret, focused=self.has_focus)
        strip = Strip([*strip, *self._notes.beside(row, top, self.size.height, self.caret)])
        return strip.adjust_cell_length(width, base)

    def _moving_marks(self) -> list[Mark]:
        """What follows the caret: its sentence, the selection, and itself."""
        found = []
        if sentence := self.sentence:
            found.append(Mark(*sentence, Layer.SENTENCE, "sentence"))
        found += [Mark(*piece, Layer.SELECTION, "selection") for piece in self.cursor.selected]
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

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember how far the text was seen."""
        super().watch_scroll_y(old_value, new_value)
        self._seen()

    def _seen(self) -> None:
        last = round(self.scroll_y) + self.size.height - 1
        self.furthest = max(self.furthest, self.layout_rows.span(last)[1])

    # The mouse

    def _offset_under(self, event: events.MouseEvent) -> int:
        row = self._notes.row_at(round(self.scroll_y) + event.y, self.caret)
        return self.layout_rows.offset_at(row, max(0, event.x - self._painter.left - self._painter.gutter))

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

    def on_click(self, event: events.Click) -> None:
        """Select the word under a double click, the sentence under a triple one."""
        if event.button != 1 or not self.page.text:
            return
        offset = self._offset_under(event)
        span = None
        if event.chain == 2 and not self.page.text[offset].isspace():
            span = words.word_at(self.page.text, offset)
        elif event.chain == 3:
            span = self.page.sentence_at(offset)
        if span is not None:
            self.cursor.select_span(span)
            self._moved()
