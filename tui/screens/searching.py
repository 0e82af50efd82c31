"""Searching in the article: as it is typed, in a thread, and from hit to hit."""

from __future__ import annotations

import asyncio
import threading

from textual import work
from textual.message import Message
from textual.widgets import Input

from tui.reading.search import Hits, PatternError, Query
from tui.screens.article_screen import ArticleScreen
from tui.widgets.search_line import SearchLine


class Searching(ArticleScreen):
    """A screen with an article in which something is searched for."""

    class Searched(Message):
        """A search is done."""

        def __init__(self, query: Query, hits: Hits) -> None:
            self.query = query
            self.hits = hits
            super().__init__()

    _query: Query | None = None
    """What the hits in the pane are hits of."""

    _go_when_found = False
    """Whether the reader waits to be led to a hit."""

    def action_search(self) -> None:
        """Type what to search for."""
        self._go_when_found = False
        line = self.query_one(SearchLine)
        line.begin()
        self.set_focus(line)  # at once: `focus` would wait for the keys that came in one burst

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Search for what is typed so far."""
        self._search(self.query_one(SearchLine).query_typed)

    @work(exclusive=True, group="search")
    async def _search(self, query: Query) -> None:
        if not query.pattern:
            self.post_message(self.Searched(query, Hits()))
            return
        from tui.reading import search

        stop = threading.Event()
        try:
            hits = await asyncio.to_thread(search.find, self.article.text, query, stop.is_set)
        except PatternError as error:
            if self._go_when_found:
                self._go_when_found = False
                self._close_search()
            self._say(error.sentence)
        else:
            self.post_message(self.Searched(query, hits))
        finally:
            stop.set()

    def on_searching_searched(self, message: Searched) -> None:
        """Mark the hits, and go to one if the reader waits for that."""
        self._query = message.query
        self.pane.show_hits(message.hits if message.query.pattern else None)
        if self._go_when_found:
            self._go_to_hit()
            self._close_search()
        elif message.query.pattern:
            self._say(f"{len(message.hits):,} hit{'' if len(message.hits) == 1 else 's'}")

    def on_input_submitted(self, _event: Input.Submitted) -> None:
        """Go to the first hit from the caret on, as soon as the search is done."""
        line = self.query_one(SearchLine)
        if not line.value:
            self.on_search_line_left()
        elif self._query == line.query_typed:
            self._go_to_hit()
        else:
            self._go_when_found = True
            self._say("searching …")
            return
        self._close_search()

    def _go_to_hit(self) -> None:
        self._go_when_found = False
        hits = self.pane.hits
        if hits is None or not len(hits):
            self._say(f"“{self._query.pattern if self._query else ''}” is not in the text.")
            return
        here = hits.at(self.pane.caret)
        index = hits.after(self.pane.caret) if here is None else here
        self.pane.jump(hits.starts[0 if index is None else index])
        if index is None:
            self._say("The search went round the end of the text.")

    def on_search_line_left(self) -> None:
        """Leave the search and its hits; the caret has not moved."""
        self.pane.show_hits(None)
        self._query = None
        self._close_search()

    def _close_search(self) -> None:
        self.set_focus(self.pane)
        self.query_one(SearchLine).close()
