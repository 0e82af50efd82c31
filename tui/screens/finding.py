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
    from store.library import Library

_HINT = 'Words, "a phrase", #tag (# lists them); and label: by: entity: title: author: source: language: before: after:'

ALL_TAGS = "#"
"""The query that asks for the tags themselves."""


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
        look = _tags if query == ALL_TAGS else lambda library: library.search.find(query)
        try:
            hits = await self._desk.ask(look)
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
            what = "tag" if message.query == ALL_TAGS else "hit"
            asked = "of the notes · enter searches" if message.query == ALL_TAGS else f"for {message.query}"
            self._say(f"{number:,} {what}{'' if number == 1 else 's'} {asked}")
            self.action_list()
        elif message.query == ALL_TAGS:
            self._say("No note has a tag yet: write #word in a note.")
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
        """Open the chosen hit's article, or search for the chosen tag."""
        hit = self.query_one(HitTable).hits[message.index]
        if hit.kind == "tag":
            line = self.query_one("#find-line", Input)
            line.value = hit.context
            self.run_worker(line.action_submit())
        else:
            self._open(hit)

    def action_leave(self) -> None:
        """Back to the library."""
        self.dismiss()

    def _say(self, sentence: str) -> None:
        self.query_one("#status", Bar).show(left=sentence)


def _tags(library: Library) -> list[Hit]:
    """The tags of all notes, in the form of hits."""
    return [
        Hit("tag", "", f"{one.notes:,} note{'' if one.notes == 1 else 's'}", None, 0, 0, f"#{one.name}")
        for one in library.search.tags()
    ]
