"""The index of names on a screen: every name of the library, and from a name the way to each of its places."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input

from store.errors import PostilError
from store.records import Hit, IndexedName
from tui import actions
from tui.desk import Desk
from tui.opening import MakesReader, Opened, open_article
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.filter_line import FilterLine
from tui.widgets.hit_table import HitTable
from tui.widgets.name_table import PAGE, NameTable
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines

_HINT = "enter shows where a name is written · / looks for some"


class NamesScreen(Screen[Hit | None]):
    """The names of the library; ends with the place that was chosen, if that is in the article it was opened from."""

    BINDINGS = actions.bindings("names")
    AUTO_FOCUS = "NameTable"

    class Listed(Message):
        """The names that the line leaves were counted, and the first of them read."""

        def __init__(self, pattern: str, count: int, names: Sequence[IndexedName], stale: int) -> None:
            self.pattern = pattern
            self.count = count
            self.names = names
            self.stale = stale
            super().__init__()

    class Paged(Message):
        """More names were read."""

        def __init__(self, pattern: str, start: int, names: Sequence[IndexedName]) -> None:
            self.pattern = pattern
            self.start = start
            self.names = names
            super().__init__()

    class Placed(Message):
        """It is known where a name is written."""

        def __init__(self, name: IndexedName, variants: dict[str, int], places: list[Hit]) -> None:
            self.name = name
            self.variants = variants
            self.places = places
            super().__init__()

    class Ready(Message):
        """The article of a place is read."""

        def __init__(self, opened: Opened, at: int) -> None:
            self.opened = opened
            self.at = at
            super().__init__()

    def __init__(
        self,
        desk: Desk,
        reader: MakesReader,
        pipelines: Pipelines,
        *,
        here: str | None = None,
        pattern: str = "",
    ) -> None:
        """Show the names of the library of `desk`.

        Args:
            desk: the library.
            reader: makes the screen for an article.
            pipelines: the pipelines that find names in it.
            here: the article that is open below this screen.
            pattern: words to look for at once.
        """
        super().__init__()
        self._desk = desk
        self._reader = reader
        self._pipelines = pipelines
        self._here = here
        self._pattern = pattern

    def compose(self) -> ComposeResult:
        """Title, line, names, their places, what is said, keys."""
        yield Bar(id="title")
        yield FilterLine(self._pattern, placeholder="/ finds names by their words", id="find-line", compact=True)
        yield NameTable(id="articles")
        yield HitTable(id="hits")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Bring the index up to date, and show what there is meanwhile."""
        self.query_one("#title", Bar).show(left="postil · names", right=["articles  mentions"])
        self.query_one(HitTable).display = False
        self._list(self._pattern)
        self._refresh_index()

    @work(group="refresh")
    async def _refresh_index(self) -> None:
        """A batch at a time, so that no act waits for the whole library."""
        try:
            while await self._desk.act(lambda library: next(library.names.refresh(), 0)):
                self._list(self._pattern)
        except PostilError as error:
            self._say(error.sentence)

    @work(exclusive=True, group="list")
    async def _list(self, pattern: str) -> None:
        try:
            count = await self._desk.ask(lambda library: library.names.count(pattern))
            names = await self._desk.ask(lambda library: library.names.find(pattern, limit=PAGE))
            stale = await self._desk.ask(lambda library: library.names.stale())
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Listed(pattern, count, names, stale))

    def on_names_screen_listed(self, message: Listed) -> None:
        """Show them."""
        table = self.query_one(NameTable)
        if message.pattern != self._pattern:
            table.cursor = 0
        self._pattern = message.pattern
        table.show(message.count, message.names)
        if self.query_one(HitTable).display:
            return
        number = f"{message.count:,} name{'' if message.count == 1 else 's'}"
        waiting = f" · {message.stale:,} article{'' if message.stale == 1 else 's'} to go" if message.stale else ""
        self._say(
            f"{number}{waiting} · {_HINT}"
            if message.count
            else f"No names{waiting}: articles that were opened have some."
        )

    def on_name_table_page_wanted(self, message: NameTable.PageWanted) -> None:
        """Read a page that came on screen."""
        self._page(self._pattern, message.start)

    @work(group="pages")
    async def _page(self, pattern: str, start: int) -> None:
        try:
            names = await self._desk.ask(lambda library: library.names.find(pattern, start=start, limit=PAGE))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Paged(pattern, start, names))

    def on_names_screen_paged(self, message: Paged) -> None:
        """Fill in a page, if the line is still the same."""
        if message.pattern == self._pattern:
            self.query_one(NameTable).put_page(message.start, message.names)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for names as they are typed."""
        self._list(event.value.strip())

    def on_input_submitted(self) -> None:
        """Go to the names."""
        self.action_list()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Show where a name is written, or go to one of its places."""
        if isinstance(message.control, HitTable):
            self._open(message.control.hits[message.index])
        elif (name := self.query_one(NameTable).name_at(message.index)) is not None:
            self._say("looking for its places …")
            self._place(name)

    @work(exclusive=True, group="places")
    async def _place(self, name: IndexedName) -> None:
        try:
            variants = await self._desk.ask(lambda library: library.names.variants(name))
            places = await self._desk.ask(lambda library: library.names.places(name))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Placed(name, variants, places))

    def on_names_screen_placed(self, message: Placed) -> None:
        """Show the places in place of the names."""
        hits = self.query_one(HitTable)
        hits.show(message.places)
        self.query_one(NameTable).display = False
        hits.display = True
        self.set_focus(hits)
        name = message.name
        variants = ", ".join(f"{text} ({count:,})" for text, count in list(message.variants.items())[:6])
        shown = f"the first {len(message.places):,} of " if name.mentions > len(message.places) else ""
        self._say(f"{name.label} {variants} · {shown}{name.mentions:,} places · enter goes there, esc to the names")

    @work(exclusive=True, group="open")
    async def _open(self, hit: Hit) -> None:
        if hit.article_id == self._here:
            self.dismiss(hit)
            return
        pipelines = self._pipelines
        try:
            article = await self._desk.ask(lambda library: library.articles.get(hit.article_id))
            if article is None:
                self._say("That article is not there any more.")
                return
            opened = await self._desk.ask(lambda library: open_article(library, article, pipelines))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Ready(opened, hit.start))

    def on_names_screen_ready(self, message: Ready) -> None:
        """Show the article at the place."""
        self.app.push_screen(self._reader(message.opened.article, message.opened, at=message.at))

    def on_screen_resume(self) -> None:
        """What was decided in an article shows here."""
        self._refresh_index()

    def action_line(self) -> None:
        """Go to the line."""
        self._show_names()
        self.set_focus(self.query_one("#find-line", Input))

    def action_list(self) -> None:
        """Go to the names."""
        self._show_names()

    def action_leave(self) -> None:
        """From the places back to the names, from there back to where this screen was opened."""
        if self.query_one(HitTable).display:
            self._show_names()
            self._list(self._pattern)
        else:
            self.dismiss(None)

    def _show_names(self) -> None:
        self.query_one(HitTable).display = False
        table = self.query_one(NameTable)
        table.display = True
        self.set_focus(table)

    def _say(self, sentence: str) -> None:
        self.query_one("#status", Bar).show(left=sentence)
