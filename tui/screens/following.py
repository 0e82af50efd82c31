"""Following what others do in the library: their annotations appear in the open article, and nothing else moves."""

from __future__ import annotations

from collections import Counter

from textual import work
from textual.message import Message

from store.errors import PostilError
from store.records import News
from tui.desk import Desk
from tui.lookout import LOOK_EVERY, Lookout
from tui.screens.verbs import Verbs


class Following(Verbs):
    """A screen that shows what another postil on the same library does to its article."""

    class Heard(Message):
        """Something was written about the article since the last look, here or elsewhere."""

        def __init__(self, news: News) -> None:
            self.news = news
            super().__init__()

    def __init__(self, desk: Desk) -> None:
        """Follow the library of `desk`; nothing was seen yet."""
        super().__init__()
        self._desk = desk
        self._lookout = Lookout(desk)
        self._seen: int | None = None
        """The newest entry of the journal that the screen shows; None until it shows any."""

    def follow(self, seen: int) -> None:
        """From now on show what is written after the journal's entry `seen`."""
        if self._seen is None:
            self.set_interval(LOOK_EVERY, self._look)
        self._seen = seen

    def on_unmount(self) -> None:
        """Look no more."""
        self._lookout.close()

    @work(group="look")
    async def _look(self) -> None:
        if not await self._lookout.changed():
            return
        article_id, seen = self.article.id, self._seen or 0
        try:
            news = await self._desk.ask(lambda library: library.annotations.news(article_id, seen))
        except PostilError:
            self._lookout.missed()
        else:
            if news is not None:
                self.post_message(self.Heard(news))

    def on_following_heard(self, message: Heard) -> None:
        """Show what is new; the caret, the rows on screen and a selection stay where they are."""
        news = message.news
        self._seen = news.seen
        if news.corrected:
            self._read_metadata_again()
        if news.rules:
            self._read_rules_again()
        # What equals what is shown is an act of this screen.
        new = {key: now for key, now in news.changed.items() if now != self._known(key)}
        if news.everything:
            here = (annotation.id for annotation in self._notebook if annotation.version is None)
            new |= {key: None for key in here if key not in news.changed}
        if not new:
            return
        changes: Counter[str] = Counter()
        for key, annotation in new.items():
            other = annotation or self._known(key)
            if other is not None and other.annotator_id != self._annotator_id:
                changes[other.annotator] += 1
            self._put(key, annotation)
        self.pane.marks_changed()
        self._show_title()
        self._show_panel_soon()
        if changes:
            self._say(
                " · ".join(f"{who}: {count} change{'' if count == 1 else 's'} here" for who, count in changes.items())
            )
