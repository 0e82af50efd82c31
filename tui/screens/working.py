"""Working through articles in the reader: done, skipped, queued, and on to what is next."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.screen import Screen

from store.errors import PostilError
from store.kinds import State
from store.records import Article, Course
from tui import working
from tui.acts import Acted, Refused
from tui.opening import Opened, open_article
from tui.screens.following import Following
from tui.screens.telling import Telling
from tui.working import Worked

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines
    from store.library import Library

_UNSETTLED = (State.UNREAD, State.READING)


class Working(Telling):
    """A screen with an article that can be done, skipped and queued, and from which the next is opened."""

    _pipelines: Pipelines

    class Stands(Message):
        """It is known how far the annotator is with the article."""

        def __init__(self, course: Course) -> None:
            self.course = course
            super().__init__()

    def __init__(self) -> None:
        """The end was not reached yet."""
        super().__init__()
        self._end_was_told = False

    @abstractmethod
    async def leave(self) -> None:
        """Save the place. Raises a `PostilError` if that cannot be done."""

    @abstractmethod
    def _make(self, article: Article, opened: Opened, *, at: int | None = None) -> Screen[None]:
        """The reader of another article."""

    def action_settle(self, state: str) -> None:
        """Decide that the article is done or skipped, or take it back."""
        here, passed = self.article.id, tuple(self._desk.passed)
        self._work(lambda library: working.settle(library, [here], State(state), here=here, passed=passed))

    def action_queue(self) -> None:
        """Put the article in the queue, or take it out."""
        here = self.article.id
        self._work(lambda library: working.queue(library, [here]))

    def _work(self, do: Callable[[Library], Worked]) -> None:
        self.pane.take_count()
        self._act(self._carry_out(do))

    async def _carry_out(self, do: Callable[[Library], Worked]) -> None:
        try:
            worked = await self._desk.act(do)
        except PostilError as error:
            self.post_message(Refused(error))
            raise
        self.post_message(self.Stands(worked.course))
        self.post_message(Acted(worked.said))

    def on_working_stands(self, message: Stands) -> None:
        """Say it in the title."""
        self._course = message.course
        self._show_title()

    def on_acted(self, message: Acted) -> None:
        """An undo may have been of a decision."""
        if message.reversed:
            self._ask_how_it_stands()

    def on_following_heard(self, message: Following.Heard) -> None:  # noqa: ARG002 -- what it is does not matter
        """What another postil of the same annotator wrote may be a decision."""
        self._ask_how_it_stands()

    @work(exclusive=True, group="course")
    async def _ask_how_it_stands(self) -> None:
        here = self.article.id
        try:
            course = await self._desk.ask(lambda library: library.reading.course(here))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Stands(course))

    def _tell_the_end(self) -> None:
        """At the end say, once, how the article is called done: reading to the end is no decision."""
        pane = self.pane
        at_the_end = (
            pane.furthest >= pane.page.end and pane.layout_rows.row_of(pane.caret) == pane.layout_rows.total - 1
        )
        if at_the_end and self.library_is_open and not self._end_was_told and not pane.selection:
            self._end_was_told = True
            if self._course.state in _UNSETTLED:
                self._say("This is the end: D says that the article is done, S skips it, Q queues it.")

    def action_next(self) -> None:
        """Open what is next to do."""
        self._next()

    @work(exclusive=True, group="open")
    async def _next(self) -> None:
        here, passed = self.article.id, tuple(self._desk.passed)
        try:
            await self.leave()
            found = await self._desk.ask(lambda library: library.reading.next(here=here, passed=passed))
            article = None
            if found is not None:
                article = await self._desk.ask(lambda library: library.articles.get(found.article_id))
            if article is None:
                unsettled = self._course.state in _UNSETTLED
                self._say(
                    "Nothing else is left to do: D says that this is done, too." if unsettled else working.NOTHING
                )
                return
            opened = await self._desk.ask(lambda library: open_article(library, article, self._pipelines))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self._desk.pass_over(here)
            # From the app's own loop: this worker ends with the screen that it belongs to.
            self.app.call_later(self.app.switch_screen, self._make(article, opened))

    def action_stats(self) -> None:
        """Show what was done in this article."""
        from tui.screens.stats import StatsScreen

        self.app.push_screen(StatsScreen(self._desk, self.article))
