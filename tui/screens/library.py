"""The library: a table of articles, filtered by typing, from which one is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from store.errors import LibraryError, PostilError
from store.kinds import Order
from store.records import Article, ArticleRow, Draft
from tui import actions
from tui.desk import Desk
from tui.languages import look_at_languages
from tui.lookout import LOOK_EVERY, Lookout
from tui.preferences import Remembered
from tui.screens.arriving import Arriving
from tui.screens.listing_drafts import ListsDrafts
from tui.screens.shelving import Shelving
from tui.screens.working_through import WorkingThrough
from tui.widgets.article_table import ArticleTable, heading
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.filter_line import FilterLine
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines
    from store.library import Library
    from tui.opening import MakesReader, Opened


_LOOKED_AT = 50_000
"""Code points of the longest article that is searched for page furniture while it is listed: others when opened."""

_ORDERS = {
    Order.TITLE: ("t", "by title"),
    Order.ADDED: ("a", "what was added last comes first"),
    Order.PUBLISHED: ("p", "what was published last comes first, as the sources write their dates"),
    Order.WORDS: ("w", "the longest first"),
    Order.STATE: ("s", "what is being read, then what was never opened, what is done, what was skipped"),
    Order.READ: ("r", "what was read last comes first, then what was never opened"),
}
"""The key of each order, and what it is."""


class LibraryScreen(Shelving, Arriving, WorkingThrough, ListsDrafts):
    """Every article of the library."""

    BINDINGS = actions.bindings("library")
    AUTO_FOCUS = "ArticleTable"

    class Listed(Message):
        """The articles that the filter leaves were counted, and some of their rows read."""

        def __init__(
            self, pattern: str, order: Order, count: int, pages: dict[int, list[ArticleRow]], cursor: int
        ) -> None:
            self.pattern = pattern
            self.order = order
            self.count = count
            self.pages = pages
            self.cursor = cursor
            super().__init__()

    class Paged(Message):
        """A page of rows was read."""

        def __init__(self, pattern: str, order: Order, start: int, rows: list[ArticleRow]) -> None:
            self.pattern = pattern
            self.order = order
            self.start = start
            self.rows = rows
            super().__init__()

    class Ready(Message):
        """The article that was chosen is read."""

        def __init__(self, opened: Opened) -> None:
            self.opened = opened
            super().__init__()

    def __init__(
        self,
        desk: Desk,
        reader: MakesReader,
        pipelines: Pipelines,
        path: Path,
        remembered: Remembered | None = None,
    ):
        """List the articles of the library at `path`, which `desk` opens; `reader` makes the screen for one."""
        super().__init__()
        self._remembered = remembered or Remembered(None)
        self._order = Order(self._remembered.preferences.order)
        self._said = ""
        self._go_to: str | None = None
        self._desk = desk
        self._lookout = Lookout(desk)
        self._reader = reader
        self._pipelines = pipelines
        self._path = path
        self._pattern = ""
        self._open_when_listed = False
        self._listed = False
        self._count = 0
        self._of_drafts = ""
        """What is to be said of drafts that were left."""

    def compose(self) -> ComposeResult:
        """Title, filter, heading, table, what is said, keys."""
        yield Bar(id="title")
        yield FilterLine(
            placeholder="/ filters: words of title, source, author; tag: in: is:", id="filter", compact=True
        )
        yield Bar(id="heading")
        yield ArticleTable(id="articles")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Say where this is."""
        self.query_one("#title", Bar).show(left="postil", right=[str(self._path)])
        self.query_one("#status", Bar).show(left="opening …")
        self.set_interval(LOOK_EVERY, self._look)

    def on_unmount(self) -> None:
        """Look no more."""
        self._lookout.close()

    @work(group="look")
    async def _look(self) -> None:
        """Read the rows again when somebody has written to the library, while they are on screen."""
        if self.is_current and self._listed and await self._lookout.changed():
            self.refresh_list()

    @property
    def pattern(self) -> str:
        """The filter whose articles are listed."""
        return self._pattern

    def refresh_list(self) -> None:
        """Read the rows again: those of the filter as it is now, which may be read already for the first time."""
        self._list(self.query_one("#filter", Input).value.strip())

    def on_screen_resume(self) -> None:
        """Read the rows again: what was done in an article shows here."""
        arrived, self._desk.arrived = self._desk.arrived, None
        if arrived is not None:
            self._arrived(arrived)
        else:
            self.refresh_list()

    def on_resize(self) -> None:
        """Fit the heading to the columns that there is room for."""
        self.query_one("#heading", Bar).show(left=heading(self.size.width)[1:].rstrip())

    @work(exclusive=True, group="list")
    async def _list(self, pattern: str) -> None:
        """Read what a filter leaves; the cursor goes to the article that arrived, if the list has it."""
        order, go_to = self._order, self._go_to
        cursor = self.table.cursor if pattern == self._pattern else 0
        try:
            if go_to is not None:
                found = await self._desk.ask(lambda library: library.articles.position(go_to, pattern, order=order))
                cursor = cursor if found is None else found
            count = await self._desk.ask(lambda library: library.articles.count(pattern))
            start = cursor - cursor % ArticleTable.PAGE
            pages = {at: await self._desk.ask(_page_of(pattern, order, at)) for at in {0, start}}
            self._of_drafts = await self.drafts_left()
        except LibraryError as error:
            from tui.opening import LibraryFailed

            self.app.post_message(LibraryFailed(error.sentence))
        else:
            self.post_message(self.Listed(pattern, order, count, pages, cursor))

    def _arrived(self, article_id: str) -> None:
        """Go to an article that was added; a filter would hide it."""
        self._go_to = article_id  # until a list was shown: another reason to read it may come in between
        with self.prevent(Input.Changed):
            self.query_one("#filter", Input).value = ""
        self._list("")

    def on_library_screen_listed(self, message: Listed) -> None:
        """Show what the filter leaves."""
        if not self._listed:
            look_at_languages(self._desk)
        if message.order is not self._order:  # another was chosen meanwhile, and is being read
            return
        arrived, self._go_to = self._go_to, None
        self._listed = True
        if message.pattern != self._pattern and arrived is None:
            self._said = ""
        self._pattern = message.pattern
        self.table.marked.listed(message.pattern)
        self.table.cursor = message.cursor
        self.table.show(message.count, message.pages)
        self._find_folds([row.id for rows in message.pages.values() for row in rows])
        self._count = message.count
        self._show_status()
        if self._open_when_listed:
            self._open_when_listed = False
            self.action_open()

    def _say(self, sentence: str) -> None:
        """Say something until another filter or another act has something to say."""
        self._said = sentence
        self._show_status()

    def show_marks(self) -> None:
        """Show how many rows are marked."""
        self._said = ""
        self._show_status()

    def _show_status(self) -> None:
        number = f"{self._count:,} article{'' if self._count == 1 else 's'}"
        if self._said:
            said = self._said
        elif self._pattern:
            said = f"{number} with “{self._pattern}” · esc shows all"
        elif self._count or not self._listed:
            said = number if self._listed else "opening …"
        else:
            said = "No articles yet. Drag a file here, press a, or add some with postil add PATH..."
        if not self._said and self._of_drafts:
            said = f"{said} · {self._of_drafts}"
        marked = self.table.marked.count(self._count)
        order = "" if self._order is Order.TITLE else f"by {self._order}"
        self.query_one("#status", Bar).show(left=said, right=[order, f"✓ {marked:,} marked" if marked else ""])

    def _read_again(self, said: str) -> None:
        """Say what was done, and show it in the list."""
        self._say(said)
        self.refresh_list()

    def on_paged_rows_page_wanted(self, message: ArticleTable.PageWanted) -> None:
        """Read a page that came on screen."""
        self._page(self._pattern, self._order, message.start)

    @work(group="pages")
    async def _page(self, pattern: str, order: Order, start: int) -> None:
        try:
            rows = await self._desk.ask(_page_of(pattern, order, start))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Paged(pattern, order, start, rows))

    def on_library_screen_paged(self, message: Paged) -> None:
        """Fill in a page, if the filter and the order are still the same."""
        if (message.pattern, message.order) == (self._pattern, self._order):
            self.table.put_page(message.start, message.rows)
            self._find_folds([row.id for row in message.rows])

    @work(group="folds")
    async def _find_folds(self, ids: list[str]) -> None:
        """Look for page furniture in the articles on screen, once; their counts of words then leave it out."""
        with suppress(PostilError):  # the next look at the list tries again
            await self._desk.ask(lambda library: sum(library.folds.look(ids, longest=_LOOKED_AT)))

    def action_filter(self) -> None:
        """Go to the filter."""
        self.set_focus(self.query_one("#filter", Input))

    def action_search(self) -> None:
        """Search in all articles."""
        from tui.screens.finding import FindScreen

        self.app.push_screen(FindScreen(self._desk, self._reader, self._pipelines))

    def action_names(self) -> None:
        """Show the names of all articles."""
        from tui.screens.names import NamesScreen

        self.app.push_screen(NamesScreen(self._desk, self._reader, self._pipelines))

    def action_metadata(self) -> None:
        """Show the metadata of the chosen articles, to be corrected."""
        self._show_metadata()

    @work(group="acts")
    async def _show_metadata(self) -> None:
        from tui.screens.metadata import MetadataScreen

        try:
            ids = await self.chosen_ids()
        except PostilError as error:
            self._say(error.sentence)
        else:
            if ids:
                self.app.push_screen(MetadataScreen(self._desk, ids))

    def action_rules(self) -> None:
        """Show the rules about names."""
        from tui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen(self._desk))

    def action_order(self) -> None:
        """Choose the order."""
        from tui.widgets.chooser import Chooser, Option

        options = [Option(key, order.value, words) for order, (key, words) in _ORDERS.items()]
        self.app.push_screen(Chooser("order", options), self._order_by)

    def _order_by(self, name: str | None) -> None:
        if name is not None:
            self._said = ""
            self._order = Order(name)
            self._remembered.change(order=name)
            self.table.cursor = 0
            self.refresh_list()

    def action_clear(self) -> None:
        """Unmark what is marked, or show all articles again."""
        if self.focused is self.table and (self.unmark() or self._said):
            self._say("")
            return
        self.query_one("#filter", Input).value = ""
        self.action_list()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter as it is typed."""
        self._open_when_listed = False
        self._list(event.value.strip())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the article that the cursor is on, as soon as the list is that of the words typed."""
        if event.value.strip() == self._pattern:
            self.action_open()
        else:
            self._open_when_listed = True

    def action_list(self) -> None:
        """Go from the filter to the list."""
        self.set_focus(self.query_one(ArticleTable))

    def action_open(self) -> None:
        """Open the article under the cursor."""
        self.query_one(ArticleTable).action_choose()

    def on_row_list_chosen(self, message: RowList.Chosen) -> None:
        """Open the chosen article."""
        row = self.query_one(ArticleTable).row(message.index)
        if row is not None:
            self._open(row.id)

    @work(exclusive=True, group="open")
    async def _open(self, article_id: str) -> None:
        pipelines = self._pipelines

        try:
            article = await self._desk.ask(lambda library: library.articles.get(article_id))
            if article is None:
                return
            opened = await self._desk.ask(partial(_opened, article=article, pipelines=pipelines))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Ready(opened))

    def on_library_screen_ready(self, message: Ready) -> None:
        """Show the article."""
        opened = message.opened
        self.app.push_screen(self._reader(opened.article, opened))

    def _say_of_drafts(self, sentence: str) -> None:
        self._say(sentence)

    def _go_on_with(self, draft: Draft) -> None:
        """Open the article of a draft, and its editor there."""
        self._desk.draft_wanted = draft
        self._open(draft.standing.article_id)

    def action_leave(self) -> None:
        """Leave postil."""
        self.app.exit()


def _page_of(pattern: str, order: Order, start: int) -> Callable[[Library], list[ArticleRow]]:
    return lambda library: library.articles.page(pattern, start=start, size=ArticleTable.PAGE, order=order)


def _opened(library: Library, article: Article, pipelines: Pipelines) -> Opened:
    from tui.opening import open_article  # half of the pane: nothing for the list to wait for

    return open_article(library, article, pipelines)
