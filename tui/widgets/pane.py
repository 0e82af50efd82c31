"""The reading pane: what the keys do in a text, from moving to selecting."""

from __future__ import annotations

from typing import Literal

from tui import actions
from tui.reading.marks import Layer
from tui.reading.page import Span
from tui.widgets.pointing import Pointing


class ReadingPane(Pointing):
    """The text of an article, read and selected with keys."""

    BINDINGS = actions.bindings("text", "select")

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Show nothing until `open`."""
        super().__init__(id=id)
        self.count: int | None = None
        """How often the next motion is to be done, while it is being typed."""

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
        self._tell_moved()

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
        super()._moved()
