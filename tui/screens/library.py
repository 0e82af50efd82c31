"""The library: a table of articles, filtered by typing, from which one is opened."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from store.errors import LibraryError, PostilError
from store.records import ArticleRow, Draft
from tui import actions
from tui.desk import Desk
from tui.languages import look_at_languages
from tui.lookout import LOOK_EVERY, Lookout
from tui.opening import LibraryFailed, MakesReader, Opened, open_article
from tui.screens.resuming import ListsDrafts
from tui.screens.working_through import WorkingThrough
from tui.widgets.article_table import ArticleTable, heading
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.filter_line import FilterLine
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines
    from store.library import Library


_LOOKED_AT = 50_000
"""Code points of the longest article that is searched for page furniture while it is listed: others when opened."""


class LibraryScreen(WorkingThrough, ListsDrafts):
    """Every article of the library."""

    BINDINGS = actions.bindings("library")
    AUTO_FOCUS = "ArticleTable"

    class Listed(Message):
        """The articles that the filter leaves were counted, and some of their rows read."""

        def __init__(self, pattern: str, count: int, pages: dict[int, list[ArticleRow]]) -> None:
            self.pattern = pattern
            self.count = count
            self.pages = pages
            super().__init__()

    class Paged(Message):
        """A page of rows was read."""

        def __init__(self, pattern: str, start: int, rows: list[ArticleRow]) -> None:
            self.pattern = pattern
            self.start = start
            self.rows = rows
            super().__init__()

    class Ready(Message):
        """The article that was chosen is read."""

        def __init__(self, opened: Opened) -> None:
            self.opened = opened
            super().__init__()

    def __init__(self, desk: Desk, reader: MakesReader, pipelines: Pipelines, path: Path):
        """List the articles of the library at `path`, which `desk` opens; `reader` makes the screen for one."""
        super().__init__()
        self._desk = desk
        self._lookout = Lookout(desk)
        self._reader = reader
        self._pipelines = pipelines
        self._path = path
        self._pattern = ""
        self._open_when_listed = False
        self._listed = False
        self._of_drafts = ""
        """What is to be said of drafts that were left."""
        self._said, self._said_at = "", 0

    def compose(self) -> ComposeResult:
        """Title, filter, heading, table, what is said, keys."""
        yield Bar(id="title")
        yield FilterLine(placeholder="/ filters: words in title, source or author", id="filter", compact=True)
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
            self._list(self._pattern)

    def on_screen_resume(self) -> None:
        """Read the rows again: what was done in an article shows here."""
        self._list(self._pattern)

    def on_resize(self) -> None:
        """Fit the heading to the columns that there is room for."""
        self.query_one("#heading", Bar).show(left=heading(self.size.width)[1:].rstrip())

    @work(exclusive=True, group="list")
    async def _list(self, pattern: str) -> None:
        table = self.query_one(ArticleTable)
        cursor = table.cursor if pattern == self._pattern else 0
        start = cursor - cursor % ArticleTable.PAGE
        try:
            count = await self._desk.ask(lambda library: library.articles.count(pattern))
            pages = {at: await self._desk.ask(_page_of(pattern, at)) for at in {0, start}}
            self._of_drafts = await self.drafts_left()
        except LibraryError as error:
            self.app.post_message(LibraryFailed(error.sentence))
        else:
            self.post_message(self.Listed(pattern, count, pages))

    def on_library_screen_listed(self, message: Listed) -> None:
        """Show what the filter leaves."""
        if not self._listed:
            look_at_languages(self._desk)
        self._listed = True
        changed = message.pattern != self._pattern
        self._pattern = message.pattern
        table = self.query_one(ArticleTable)
        if changed:
            table.cursor = 0
        table.show(message.count, message.pages)
        self._find_folds([row.id for rows in message.pages.values() for row in rows])
        number = f"{message.count:,} article{'' if message.count == 1 else 's'}"
        if message.pattern:
            said = f"{number} with “{message.pattern}” · esc shows all"
        elif message.count:
            said = number
        else:
            said = "No articles yet. Leave with q, and add some: postil add PATH..."
        if changed or table.cursor != self._said_at:
            self._said = ""
        self.query_one("#status", Bar).show(
            left=self._said or " · ".join(part for part in (said, self._of_drafts) if part)
        )
        if self._open_when_listed:
            self._open_when_listed = False
            self.action_open()

    def _chosen(self) -> list[str]:
        """The article under the cursor."""
        table = self.query_one(ArticleTable)
        row = table.row(table.cursor) if table.row_count else None
        return [] if row is None else [row.id]

    def _read_again(self, said: str) -> None:
        """Show the table as it is now, and say something until the cursor is elsewhere."""
        self._said, self._said_at = said, self.query_one(ArticleTable).cursor
        self._list(self._pattern)

    def on_paged_rows_page_wanted(self, message: ArticleTable.PageWanted) -> None:
        """Read a page that came on screen."""
        self._page(self._pattern, message.start)

    @work(group="pages")
    async def _page(self, pattern: str, start: int) -> None:
        try:
            rows = await self._desk.ask(_page_of(pattern, start))
        except PostilError as error:
            self.query_one("#status", Bar).show(left=error.sentence)
        else:
            self.post_message(self.Paged(pattern, start, rows))

    def on_library_screen_paged(self, message: Paged) -> None:
        """Fill in a page, if the filter is still the same."""
        if message.pattern == self._pattern:
            self.query_one(ArticleTable).put_page(message.start, message.rows)
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
        """Show the metadata of the article under the cursor, to be corrected."""
        table = self.query_one(ArticleTable)
        if (row := table.row(table.cursor)) is not None:
            from tui.screens.metadata import MetadataScreen

            self.app.push_screen(MetadataScreen(self._desk, [row.id]))

    def action_rules(self) -> None:
        """Show the rules about names."""
        from tui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen(self._desk))

    def action_clear(self) -> None:
        """Show all articles again."""
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
            opened = await self._desk.ask(lambda library: open_article(library, article, pipelines))
        except PostilError as error:
            self.query_one("#status", Bar).show(left=error.sentence)
        else:
            self.post_message(self.Ready(opened))

    def on_library_screen_ready(self, message: Ready) -> None:
        """Show the article."""
        opened = message.opened
        self.app.push_screen(self._reader(opened.article, opened))

    def _say_of_drafts(self, sentence: str) -> None:
        self.query_one("#status", Bar).show(left=sentence)

    def _go_on_with(self, draft: Draft) -> None:
        """Open the article of a draft, and its editor there."""
        self._desk.draft_wanted = draft
        self._open(draft.standing.article_id)

    def action_leave(self) -> None:
        """Leave postil."""
        self.app.exit()


def _page_of(pattern: str, start: int) -> Callable[[Library], list[ArticleRow]]:
    return lambda library: library.articles.page(pattern, start=start, size=ArticleTable.PAGE)
