"""Searching the library from its screen: from a key to the caret on the hit, and back."""

from __future__ import annotations

from pathlib import Path

from store.library import Library
from tests.conftest import article
from tests.tui.drive import browsing
from tui.screens.finding import FindScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.bars import Bar
from tui.widgets.hit_table import HitTable

MILL = article("The old mill\n\n" + "Water runs. " * 100 + "At last it froze.")
RIVER = article("A river\n\nNo mill here.")


def stock(path: Path) -> None:
    with Library(path, annotator="ada") as library:
        library.articles.add([MILL, RIVER])
        library.annotations.note(RIVER, (0, 7), "It froze, too.")


async def test_a_hit_is_opened_where_it_stands_and_q_leads_back_to_the_hits(library_path: Path) -> None:
    stock(library_path)
    async with browsing(library_path) as session:
        await session.keys("s")
        await session.type("froze")
        await session.keys("enter")
        hits = session.app.screen.query_one(HitTable)
        await session.until(lambda: hits.has_focus)
        assert [(hit.kind, hit.article_title) for hit in hits.hits] == [
            ("article", "The old mill"),
            ("note", "A river"),
        ]
        assert session.app.screen.query_one("#status", Bar).left == "2 hits for froze"
        await session.keys("enter")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.pilot.pause()
        assert session.pane.page.text[session.pane.caret :].startswith("froze")
        await session.keys("q")
        await session.until(lambda: isinstance(session.app.screen, FindScreen))
        await session.keys("j", "enter")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.pilot.pause()
        assert session.reader.article.id == RIVER.id


async def test_what_is_not_understood_or_not_found_is_said(library_path: Path) -> None:
    stock(library_path)
    async with browsing(library_path) as session:
        await session.keys("s")
        status = session.app.screen.query_one("#status", Bar)
        assert "label:" in status.left
        await session.type("lable")
        await session.keys("colon", "x", "enter")
        await session.until(lambda: "did you mean label:" in status.left)
        await session.keys("home", "ctrl+k")
        await session.type("nowhere")
        await session.keys("enter")
        await session.until(lambda: status.left == "Nothing was found for nowhere.")
        await session.keys("escape")
        await session.until(lambda: not isinstance(session.app.screen, FindScreen))


async def test_keys_in_one_burst_reach_the_line(library_path: Path) -> None:
    stock(library_path)
    async with browsing(library_path) as session:
        session.burst("s", *"froze", "enter")
        await session.until(lambda: isinstance(session.app.screen, FindScreen))
        await session.until(lambda: session.app.screen.query_one("#status", Bar).left == "2 hits for froze")


async def test_tags_are_listed_and_one_is_searched_for(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([MILL, RIVER])
        library.annotations.note(RIVER, (2, 7), "Who measured? #ask/them")
        library.annotations.note(MILL, None, "#ask #water")
    async with browsing(library_path) as session:
        session.burst("s", "#", "enter")
        await session.until(lambda: isinstance(session.app.screen, FindScreen))
        hits = session.app.screen.query_one(HitTable)
        status = session.app.screen.query_one("#status", Bar)
        await session.until(lambda: status.left == "3 tags of the notes · enter searches")
        assert [(hit.context, hit.article_title) for hit in hits.hits] == [
            ("#ask", "1 note"),
            ("#ask/them", "1 note"),
            ("#water", "1 note"),
        ]
        await session.until(lambda: hits.has_focus)
        await session.keys("enter")
        await session.until(lambda: status.left == "2 hits for #ask")
        await session.keys("j", "enter")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.pilot.pause()
        assert (session.reader.article.id, session.pane.caret) == (RIVER.id, 2)
