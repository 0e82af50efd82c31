"""Searching the library: a line of words, the hits in their context, and the way to each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from store.errors import PostilError
from store.records import Hit
from tui import actions
from tui.desk import Desk
from tui.opening import MakesReader
from tui.screens.hits import OpensHits
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.filter_line import FilterLine
from tui.widgets.hit_table import HitTable
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines

_HINT = 'Words, "a phrase", begin*; and label: by: entity: title: author: source: language: before: after:'


class FindScreen(OpensHits):
    """A search in all articles, notes and claims."""

    BINDINGS = actions.bindings("find")
    AUTO_FOCUS = "#find-line"

    class Found(Message):
        """The hits of a query are known."""

        def __init__(self, query: str, hits: list[Hit]) -> None:
            self.query = query
            self.hits = hits
            super().__init__()

    def __init__(self, desk: Desk, reader: MakesReader, pipelines: Pipelines) -> None:
        """Search in the library of `desk`; `reader` makes the screen for an article."""
        super().__init__(desk, reader, pipelines)
        self._found_for = ""

    def compose(self) -> ComposeResult:
        """Title, line, hits, what is said, keys."""
        yield Bar(id="title")
        yield FilterLine(placeholder="search in all articles, notes and claims", id="find-line", compact=True)
        yield HitTable(id="hits")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say what can be written."""
        self.query_one("#title", Bar).show(left="postil · search", right=[])
        self._say(_HINT)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search."""
        query = event.value.strip()
        if query:
            self._say("searching …")
            self._find(query)

    @work(exclusive=True, group="find")
    async def _find(self, query: str) -> None:
        try:
            hits = await self._desk.ask(lambda library: library.search.find(query))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Found(query, hits))

    def on_find_screen_found(self, message: Found) -> None:
        """Show the hits, and go to the first."""
        self._found_for = message.query
        self.query_one(HitTable).show(message.hits)
        if message.hits:
            number = len(message.hits)
            self._say(f"{number:,} hit{'' if number == 1 else 's'} for {message.query}")
            self.action_list()
        else:
            self._say(f"Nothing was found for {message.query}.")

    def action_line(self) -> None:
        """Go to the line."""
        self.set_focus(self.query_one("#find-line", Input))

    def action_list(self) -> None:
        """Go to the hits."""
        if self.query_one(HitTable).row_count:
            self.set_focus(self.query_one(HitTable))

    def action_open(self) -> None:
        """Open the hit under the cursor."""
        self.query_one(HitTable).action_choose()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the chosen hit's article."""
        self._open(self.query_one(HitTable).hits[message.index])

    def action_leave(self) -> None:
        """Back to the library."""
        self.dismiss()

    def _say(self, sentence: str) -> None:
        self.query_one("#status", Bar).show(left=sentence)
