"""The reader: an article is opened in the reading pane, its place is kept, and another article follows."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer

from store.errors import LibraryError, PostilError
from store.records import Article, Hit
from tui import actions, memory
from tui.desk import Desk
from tui.entity_feed import EntityFeed
from tui.name_acts import NameActs
from tui.opening import LibraryFailed, Opened, add_and_open, open_article
from tui.preferences import Remembered
from tui.reading import describe
from tui.reading.notebook import Looks
from tui.screens.arriving import Arriving
from tui.screens.correcting import Correcting
from tui.screens.deciding import Deciding
from tui.screens.following import Following
from tui.screens.resuming import Resuming
from tui.screens.revising import Revising
from tui.screens.searching import Searching
from tui.screens.showing import LAYERS, Showing
from tui.screens.working import Working
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.pane import ReadingPane
from tui.widgets.search_line import SearchLine
from tui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines

_PANEL_FROM = 100
"""Columns from which the panel is shown without being asked for."""

_LEAVE_AFTER = 2.0
"""Seconds after a move at which the place is saved, so that a crash costs no more."""


class ReaderScreen(Following, Working, Deciding, Resuming, Revising, Correcting, Searching, Showing, Arriving):
    """One open article."""

    BINDINGS = actions.bindings("reader")
    AUTO_FOCUS = "ReadingPane"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 -- Textual declares it so
        (0, "-narrow"),
        (_PANEL_FROM, "-wide"),
    ]

    class Ready(Message):
        """The library has told all that it keeps of the article."""

        def __init__(self, opened: Opened) -> None:
            self.opened = opened
            super().__init__()

    def __init__(
        self,
        desk: Desk,
        feed: EntityFeed,
        pipelines: Pipelines,
        article: Article,
        opened: Opened | None = None,
        remembered: Remembered | None = None,
        *,
        at: int | None = None,
    ):
        """Show an article.

        Args:
            desk: the library.
            feed: where entities come from.
            pipelines: the pipelines that find them.
            article: the article; if it was read from a file, the library may not have it yet.
            opened: what the library keeps of it, if that is known already.
            remembered: how the reader likes the text; None likes it as it comes and remembers nothing.
            at: the code point to go to; None goes to where the article was left.
        """
        super().__init__(desk)
        self.article = article
        self._feed = feed
        self._pipelines = pipelines
        self._opened = opened
        self._at = at
        self._remembered = remembered or Remembered(None)
        self._acts = NameActs(desk, article, self)
        self._minutes = describe.minutes(article.text)
        self._leaving: Timer | None = None
        self._place_known = False

    @property
    def library_is_open(self) -> bool:
        """Whether it is known what the library keeps of the article."""
        return self._place_known

    def compose(self) -> ComposeResult:
        """Title, panel and text, search, status, keys."""
        yield Bar(id="title")
        with Horizontal(id="desk"):
            yield SidePanel(id="panel")
            yield ReadingPane(id="text")
        yield SearchLine(id="search")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the text at once, and what the library keeps of it when it has told."""
        liked = self._remembered.preferences
        pane = self.pane
        pane.measure = liked.measure
        pane.open(self.article.text, self.article.format)
        pane.hidden = frozenset(layer for layer, (_, name, _) in LAYERS.items() if name in liked.hidden_layers)
        if liked.panel is not None:
            self.panel.styles.display = "block" if liked.panel else "none"
        if self._opened is not None:
            self._show_opened(self._opened)
        else:
            self._show_panel_soon()
            # After the first frame: the import of SQLModel in the desk's thread would take the processor from it.
            self.call_after_refresh(self._open)
        if self.article.format == "markdown":
            self._find_contents()
        self._show_title()

    def on_unmount(self) -> None:
        """The article is closed."""
        memory.take_back()

    def applies(self, action_id: str) -> bool:
        """Whether the action does something now."""
        known = self.applies_to_versions(action_id)
        return super().applies(action_id) if known is None else known

    # Opening

    @work
    async def _open(self) -> None:
        try:
            opened = await self._desk.act(lambda library: add_and_open(library, self.article, self._pipelines))
        except LibraryError as error:
            self.app.post_message(LibraryFailed(error.sentence))
        else:
            self.post_message(self.Ready(opened))

    def on_reader_screen_ready(self, message: Ready) -> None:
        """Show what the library keeps."""
        self._show_opened(message.opened)

    def _show_opened(self, opened: Opened) -> None:
        self.article = opened.article
        self._annotator_id = opened.annotator_id
        self._language = self._is_in = opened.language
        self._labels = opened.scheme.labels
        self._scheme = opened.scheme
        self._looks = Looks(opened.scheme.labels)
        self._notebook = opened.notebook
        self._course = opened.course
        self._desk.opened.add(opened.article.id)
        pane = self.pane
        pane.marks.take_over(opened.marks)
        self._show_names(opened)
        if opened.place is not None:
            pane.furthest = max(pane.furthest, opened.place.furthest)
            pane.cursor.back = opened.place.back
            if pane.caret == 0:  # the reader has not moved yet
                pane.resume(opened.place.caret, opened.place.top)
        self._fold(opened)
        if self._at is not None:
            pane.jump(min(self._at, len(self.article.text) - 1))
        self._place_known = True
        self.follow(opened.seen)
        missing = [span for span in pane.page.spans() if span[0] not in opened.found]
        self._stretches_missing = len(missing)
        if opened.reads_with is not None and (missing or opened.drafts):
            self._feed.follow(
                self.article, missing, opened.reads_with, opened.pipeline, pane.caret, self, drafts=opened.drafts
            )
        if opened.problem:
            self._names_problem = self._said = opened.problem
            self._said_at = pane.caret
        pane.marks_changed()
        self._show_title()
        self._show_status()
        self._show_panel_soon()
        self.tell_of_versions(opened)
        self.say_what_was_taken_along()
        self.resume_wanted()
        self.tell_of_drafts()
        memory.set_aside()

    # Moving

    def on_reading_pane_moved(self) -> None:
        """Say where the caret is, and remember it soon."""
        if self._said_at != self.pane.caret or self.pane.selection:
            self._said = ""
        self._show_status()
        self._show_what_applies()
        self._feed.prefer(self.pane.caret)
        self._follow_soon()
        if not self.mode_has_keys and self._desk.taken_along is None:  # then something else is being done
            self._tell_the_end()
        if self._leaving is None and self._place_known:
            self._leaving = self.set_timer(_LEAVE_AFTER, self._leave_soon)

    @work
    async def _leave_soon(self) -> None:
        self._leaving = None
        with suppress(PostilError):  # tried again at the next move, and told on leaving
            await self.leave()

    async def leave(self) -> None:
        """Save the place. Raises a `PostilError` if that cannot be done."""
        if not self._place_known:
            return
        pane = self.pane
        article_id, caret, furthest = self.article.id, pane.caret, pane.furthest
        top, back = pane.top, pane.cursor.back
        await self._desk.act(
            lambda library: library.articles.leave(article_id, caret=caret, furthest=furthest, top=top, back=back)
        )

    def action_annotation(self, direction: int) -> None:
        """Go to the next or the previous annotation."""
        count = self.pane.take_count() or 1
        offset = self.pane.caret
        for _ in range(min(count, len(self._notebook))):
            annotation = self._notebook.neighbour(offset, direction)
            if annotation is None or annotation.start is None:
                break
            offset = annotation.start
        if offset == self.pane.caret:
            self._say("There is no mark after this." if direction > 0 else "There is no mark before this.")
        else:
            self.pane.go_to(offset, selected_from=self.pane.selected_from)

    # Going on

    def _open_again(self) -> None:
        if not self._pipelines.forced:
            self._reopen()

    @work(exclusive=True, group="open")
    async def _reopen(self) -> None:
        try:
            await self.leave()
            opened = await self._desk.ask(lambda library: open_article(library, self.article, self._pipelines))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.app.call_later(self._switch_to, self._make(self.article, opened))

    async def _switch_to(self, screen: ReaderScreen) -> None:
        if self.is_active:  # else a dialog was opened meanwhile, and it is done when that is closed
            await self.app.switch_screen(screen)

    def _make(self, article: Article, opened: Opened, *, at: int | None = None) -> ReaderScreen:
        return ReaderScreen(self._desk, self._feed, self._pipelines, article, opened, self._remembered, at=at)

    def action_names(self) -> None:
        """Show the names of all articles; a place in this one is gone to at once."""
        from tui.screens.names import NamesScreen

        self.app.push_screen(
            NamesScreen(self._desk, self._make, self._pipelines, here=self.article.id), self._go_to_place
        )

    def _go_to_place(self, place: Hit | None) -> None:
        if place is not None:
            self.pane.jump(place.start)

    def _arrived(self, article_id: str) -> None:
        """The library's list goes to what was added, when it is shown again."""
        self._desk.arrived = article_id

    def action_back(self) -> None:
        """Leave the article."""
        self.run_worker(self._back())

    async def _back(self) -> None:
        try:
            await self.leave()
        except PostilError as error:
            self._say(error.sentence)
        else:
            # From the app's own loop: this worker ends with the screen that it belongs to.
            self.app.call_later(self.app.run_action, "library")
