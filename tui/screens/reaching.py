"""How far a rule about a name reaches: counted in every article, in the desk's threads, and told."""

from __future__ import annotations

from abc import abstractmethod

from textual import work
from textual.message import Message
from textual.screen import Screen

from store.errors import PostilError
from store.records import Reach, Rule
from tui.desk import Desk


class Reaching(Screen[None]):
    """A screen that counts the places of a rule."""

    _desk: Desk

    class Counted(Message):
        """It is known how far a rule reaches."""

        def __init__(self, rule: Rule, reach: Reach) -> None:
            self.rule = rule
            self.reach = reach
            super().__init__()

    @abstractmethod
    def _say(self, sentence: str) -> None:
        """Say a sentence in the status line."""

    @work(exclusive=True, group="count")
    async def _count(self, rule: Rule) -> None:
        """Count the places of a rule; `Counted` tells them."""
        self._say(f"counting “{rule.pattern}” in every article …")
        try:
            reach = await self._desk.ask(
                lambda library: library.rules.reach(rule.pattern, case_sensitive=rule.case_sensitive)
            )
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Counted(rule, reach))


def places(reach: Reach) -> str:
    """`8 places in 1 article`, `more than 5,000 places in 40 articles`."""
    more = "more than " if reach.more else ""
    articles = f"{reach.articles:,} article{'' if reach.articles == 1 else 's'}"
    return f"{more}{reach.places:,} places in {articles}"
