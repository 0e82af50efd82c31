"""The library's screen: pages of rows, a filter, and the way to an article and back."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy
from textual.widgets import Input

from store.library import Library
from store.models import Article, table
from tests.conftest import article
from tests.tui.drive import browsing
from tui.screens.library import LibraryScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.article_table import ArticleTable
from tui.widgets.bars import Bar


def fill(path: Path, *titles: str) -> None:
    with Library(path, annotator="ada") as library:
        library.articles.add(article(f"{title}\n\nAn article about {title}.") for title in titles)


def fill_many(path: Path, count: int) -> None:
    """Rows put in by hand: 50,000 articles are not read from files in a test."""
    with Library(path, annotator="ada") as library, library.database.writing() as session:
        rows = [
            {
                "id": f"{number:064x}",
                "title": f"Title {number:05}",
                "format": "text",
                "added": "2026-01-01T00:00:00.000000Z",
                "words": 3,
                "length": 14,
                "listing": f"title {number:05}",
                "text": f"Article {number:05}.",
            }
            for number in range(count)
        ]
        session.connection().execute(sqlalchemy.insert(table(Article)), rows)


async def test_articles_are_listed_by_title(library_path: Path) -> None:
    fill(library_path, "Zebras", "apples", "Bears")
    async with browsing(library_path) as session:
        articles = session.app.screen.query_one(ArticleTable)
        rows = [articles.row(index) for index in range(3)]
        assert [row.title for row in rows if row] == ["apples", "Bears", "Zebras"]
        assert session.app.screen.query_one("#status", Bar).left == "3 articles"


async def test_an_empty_library_says_how_to_fill_it(library_path: Path) -> None:
    async with browsing(library_path) as session:
        assert "postil add" in session.app.screen.query_one("#status", Bar).left


async def test_typing_filters_and_enter_opens(library_path: Path) -> None:
    fill(library_path, "Zebras in winter", "Apples", "Bears in winter")
    async with browsing(library_path) as session:
        await session.keys("slash", *"winter zeb")
        await session.until(lambda: session.app.screen.query_one(ArticleTable).row_count == 1)
        await session.keys("enter")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        assert session.reader.article.title == "Zebras in winter"
        await session.keys("q")
        await session.until(lambda: isinstance(session.app.screen, LibraryScreen))
        assert session.app.screen.query_one("#filter", Input).value == "winter zeb", "the filter is still there"


async def test_enter_in_a_burst_opens_what_the_words_find(library_path: Path) -> None:
    fill(library_path, "Apples", "Zebras")
    async with browsing(library_path) as session:
        session.burst("slash", *"zeb", "enter")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        assert session.reader.article.title == "Zebras"


async def test_escape_shows_all_again(library_path: Path) -> None:
    fill(library_path, "Apples", "Bears")
    async with browsing(library_path) as session:
        articles = session.app.screen.query_one(ArticleTable)
        await session.keys("slash", *"bea")
        await session.until(lambda: articles.row_count == 1)
        await session.keys("escape")
        await session.until(lambda: articles.row_count == 2)
        assert articles.has_focus


async def test_a_filter_that_finds_nothing_says_so(library_path: Path) -> None:
    fill(library_path, "Apples")
    async with browsing(library_path) as session:
        await session.keys("slash", *"100%_x")
        await session.until(lambda: "0 articles" in session.app.screen.query_one("#status", Bar).left)
        await session.keys("enter")
        assert isinstance(session.app.screen, LibraryScreen)


async def test_fifty_thousand_articles_are_read_a_page_at_a_time(library_path: Path) -> None:
    fill_many(library_path, 50_000)
    async with browsing(library_path) as session:
        articles = session.app.screen.query_one(ArticleTable)
        assert articles.row_count == 50_000
        assert list(articles._pages) == [0]
        await session.keys("G")
        last = 50_000 - ArticleTable.PAGE
        await session.until(lambda: last in articles._pages)
        assert len(articles._pages) <= 3, "only the pages that came on screen"
        row = articles.row(49_999)
        assert row is not None
        assert row.title == "Title 49999"


async def test_titles_are_never_markup(library_path: Path) -> None:
    fill(library_path, "[red]A [b]title[/b] \x1b[31m")
    async with browsing(library_path) as session:
        shown = session.app.screen.query_one(ArticleTable).render_line(0).text
        assert "[red]A [b]title" in shown
        assert "\x1b" not in shown


async def test_the_palette_offers_the_other_libraries_and_leaves_for_the_chosen_one(library_path: Path) -> None:
    other = library_path.with_name("other.db")
    async with browsing(other) as session:
        await session.until(lambda: str(other) in session.app._remembered.preferences.libraries)
    async with browsing(library_path) as session:
        offered = [one.title for one in session.app.get_system_commands(session.app.screen)]
        assert "library other.db" in offered
        assert "library library.db" not in offered
        await session.app.action_switch_library(str(other))
    assert session.app.return_value == other
