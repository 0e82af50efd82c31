"""What every part of the reader has in common: an article, the pane that shows it, and a line to say something in."""

from __future__ import annotations

from abc import abstractmethod
from functools import cached_property

from textual.screen import Screen

from store.records import Article
from tui.widgets.pane import ReadingPane


class ArticleScreen(Screen[None]):
    """A screen with an article. Its parts (`Verbs`, `Searching`) add what is done with it."""

    article: Article

    @cached_property
    def pane(self) -> ReadingPane:
        """The text."""
        return self.query_one(ReadingPane)

    @abstractmethod
    def _say(self, sentence: str) -> None:
        """Say something that stands until the caret is somewhere else."""
