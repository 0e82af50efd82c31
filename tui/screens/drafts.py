"""The drafts of notes: what was typed and not saved, the latest first, each a line that leads to its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip

from store.errors import PostilError
from store.kinds import Subject
from store.records import Draft
from tui import actions
from tui.desk import Desk
from tui.reading.cells import fit, one_line
from tui.reading.note_versions import when
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.note_view import NoteView
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from store.library import Library

_MOST = 10
"""Rows of the list."""

_TEXT = 6
"""Rows of the draft under the cursor."""


class DraftList(RowList):
    """The drafts, a line each."""

    class Moved(Message):
        """The cursor is on another draft."""

    def __init__(self) -> None:
        """Empty until `show`."""
        super().__init__(id="drafts-list")
        self.shown: Sequence[Draft] = ()

    def show(self, drafts: Sequence[Draft]) -> None:
        """Show these."""
        self.shown = drafts
        self.set_row_count(len(drafts))

    def cursor_moved(self) -> None:
        """Tell where the cursor is."""
        self.post_message(self.Moved())

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """When, on what, in which article."""
        draft = self.shown[index]
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        at = fit(when(draft.updated, datetime.now().astimezone()), 13)
        state = "discarded" if draft.discarded is not None else "open" if draft.is_open else ""
        title = draft.article_title or "an article that is gone"
        about = f"“{draft.standing.quote}”" if draft.standing.quote else "the whole article"
        what = f"{'relation of ' if draft.standing.subject is Subject.RELATION else ''}{about} in {title}"
        words = Segment(fit(one_line(what), width - 26), quiet if state else style)
        return Strip([Segment(f" {at}", quiet), words, Segment(f" {fit(state, 11)}", quiet)])


class DraftsScreen(ModalScreen[Draft | None]):
    """Ends with the draft to go on with, or None."""

    BINDINGS = actions.bindings("drafts")
    AUTO_FOCUS = "DraftList"

    def __init__(self, desk: Desk) -> None:
        """List the drafts in the library of `desk`."""
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """The drafts, the words of one, what is to be said, the keys."""
        with Vertical(id="drafts-box"):
            yield Bar(id="drafts-title")
            yield DraftList()
            yield NoteView(longest=_TEXT, id="drafts-text")
            yield Bar(id="drafts-says")
        yield KeyBar()

    def on_mount(self) -> None:
        """List them."""
        self.query_one("#drafts-title", Bar).show(left="Drafts of notes")
        self._list(lambda _: None)

    @work(group="drafts")
    async def _list(self, do: Callable[[Library], object]) -> None:
        def done(library: Library) -> list[Draft]:
            do(library)
            return library.drafts.all()

        try:
            drafts = await self._desk.act(done)
        except PostilError as error:
            self._say(error.sentence)
            return
        if self.is_attached:
            rows = self.query_one(DraftList)
            rows.styles.height = max(1, min(len(drafts), _MOST, self.app.size.height - 5 - _TEXT))
            rows.show(drafts)
            self.on_draft_list_moved()

    @property
    def _under(self) -> Draft | None:
        rows = self.query_one(DraftList)
        return rows.shown[rows.cursor] if rows.shown else None

    def on_draft_list_moved(self) -> None:
        """Show the words of the draft under the cursor."""
        draft = self._under
        self.query_one(NoteView).show("" if draft is None else draft.text)
        self._say("No draft is kept." if draft is None else "enter goes on with it at its place")

    def on_row_list_chosen(self) -> None:
        """Go on with the draft."""
        draft = self._under
        if draft is not None and draft.article_title is None:
            self._say("Its article is not in the library any more: add it again, and the draft has its place.")
        elif draft is not None:
            self.dismiss(draft)

    def action_discard(self) -> None:
        """Discard the draft under the cursor, or take it back."""
        draft = self._under
        if draft is None:
            return
        if draft.discarded is None:
            self._list(lambda library: library.drafts.discard(draft.id))
        else:
            self._list(lambda library: library.drafts.take_back(draft.id))

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)

    def _say(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#drafts-says", Bar).show(left=sentence)
