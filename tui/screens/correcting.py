"""Correcting metadata in the reader: the form is opened, and what was corrected, here or elsewhere, shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from store.errors import PostilError
from store.records import Article
from tui.acts import Acted
from tui.desk import Desk
from tui.screens.verbs import Verbs

if TYPE_CHECKING:
    from store.library import Library


class Correcting(Verbs):
    """A screen whose article's metadata can be corrected."""

    _desk: Desk

    class Corrected(Message):
        """What stands of the article now."""

        def __init__(self, article: Article, language: str | None) -> None:
            self.article = article
            self.language = language
            super().__init__()

    def __init__(self) -> None:
        """Nothing is known of the language yet."""
        super().__init__()
        self._language: str | None = None
        """What the article is read as."""
        self._is_in: str | None = None
        """What the library says by now that it is in."""

    def _open_again(self) -> None:
        """Open the article again, since another pipeline reads it now."""

    def action_metadata(self) -> None:
        """Show the article's metadata, to be corrected."""
        self.pane.take_count()
        if not self.library_is_open:
            self._say("The library is still being opened.")
            return
        from tui.screens.metadata import MetadataScreen

        self.app.push_screen(MetadataScreen(self._desk, [self.article.id]), self._metadata_closed)

    def _metadata_closed(self, _: None) -> None:
        self._read_metadata_again()

    @work(exclusive=True, group="metadata")
    async def _read_metadata_again(self) -> None:
        article_id = self.article.id

        def read(library: Library) -> tuple[Article, str | None] | None:
            article = library.articles.get(article_id)
            return None if article is None else (article, library.languages.of(article).code)

        try:
            found = await self._desk.ask(read)
        except PostilError:
            return  # it is asked again when something else is written
        if found is not None:
            self.post_message(self.Corrected(*found))

    def on_acted(self, message: Acted) -> None:
        """Show what an undo brought back."""
        if message.corrected:
            self._read_metadata_again()

    def _in_language(self) -> str:
        return self._is_in or ""

    def on_correcting_corrected(self, message: Corrected) -> None:
        """Show what the article is called now, and read it with the pipeline for its language."""
        self.article = message.article
        self._show_title()
        self._is_in = message.language
        self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Open the article again if it turned out to be in another language; not under a dialog, which would go too."""
        if self.is_active and self._is_in != self._language:
            self._open_again()
