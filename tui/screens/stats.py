"""The figures on a screen: of the whole library or of one article, counted again when somebody writes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from time import monotonic

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen

from store.errors import PostilError
from store.records import Article
from store.tallies import Stats
from tui import actions
from tui.desk import Desk
from tui.lookout import LOOK_EVERY, Lookout
from tui.reading.charts import BLOCKS, Line
from tui.reading.figures import lines
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.figure_view import FigureView

_LISTED = 50
"""Articles that are told apart."""

_REST = 5.0
"""After a count, so many times as long as it took nothing is counted again: a large library takes seconds."""


class StatsScreen(Screen[None]):
    """What was done, counted."""

    BINDINGS = actions.bindings("stats")
    AUTO_FOCUS = "FigureView"

    class Counted(Message):
        """Everything was counted."""

        def __init__(self, stats: Stats, article_id: str | None) -> None:
            self.stats = stats
            self.article_id = article_id
            super().__init__()

    def __init__(self, desk: Desk, article: Article | None = None) -> None:
        """Count the library of `desk`, or only what stands on an article of it."""
        super().__init__()
        self._desk = desk
        self._lookout = Lookout(desk)
        self._article = article
        self._only_article = article is not None
        self._rests_until = 0.0

    def compose(self) -> ComposeResult:
        """Title, figures, what is said, keys."""
        yield Bar(id="title")
        yield FigureView(id="figures")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Count, and look for what is new from now on."""
        self._show_title()
        self._say("counting …")
        self._look()
        self.set_interval(LOOK_EVERY, self._look)

    def on_unmount(self) -> None:
        """Look no more."""
        self._lookout.close()

    def applies(self, action_id: str) -> bool:
        """Whether the action does something now."""
        return action_id != "stats.switch" or self._article is not None

    @work(group="look")
    async def _look(self) -> None:
        if monotonic() >= self._rests_until and await self._lookout.changed():
            self._count()

    @work(exclusive=True, group="count")
    async def _count(self) -> None:
        article_id = self._article.id if self._article is not None and self._only_article else None
        begun = monotonic()
        try:
            stats = await self._desk.ask(lambda library: library.figures.count(article_id=article_id, listed=_LISTED))
        except PostilError as error:
            self._lookout.missed()
            self._say(error.sentence)
        else:
            self.post_message(self.Counted(stats, article_id))
        self._rests_until = monotonic() + _REST * (monotonic() - begun)

    def on_stats_screen_counted(self, message: Counted) -> None:
        """Draw them."""
        view = self.query_one(FigureView)
        view.show(partial(_draw, message.stats))
        what = "only this article" if message.article_id is not None else "the whole library"
        self._say(f"{what} · C claims, N notes, D decisions, R relations")

    def _show_title(self) -> None:
        about = self._article.title if self._article is not None and self._only_article else "postil"
        self.query_one("#title", Bar).show(left=about, right=["figures"])

    def _say(self, sentence: str) -> None:
        self.query_one("#status", Bar).show(left=sentence)

    def action_switch(self) -> None:
        """Count the whole library instead of the article, or the article again."""
        if self._article is not None:
            self._only_article = not self._only_article
            self._show_title()
            self._count()

    def action_leave(self) -> None:
        """Back to where this was opened."""
        self.dismiss(None)


def _draw(stats: Stats, width: int) -> Sequence[Line]:
    return lines(stats, date.today(), width, BLOCKS)
