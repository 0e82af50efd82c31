"""Two postils on one library: each shows what the other does, and moves nothing under the reader's eyes."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Library
from tests.conftest import article
from tests.store.helpers import statements
from tests.tui.drive import browsing, reading
from tui import lookout
from tui.screens import following, library
from tui.widgets.article_table import ArticleTable
from tui.widgets.bars import Bar

ARTICLE = article("The first sentence. The second one. " + "And so on it goes. " * 200)


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (lookout, following, library):
        monkeypatch.setattr(module, "LOOK_EVERY", 0.05)


async def test_what_the_other_marks_changes_and_withdraws_shows_by_itself(library_path: Path) -> None:
    async with reading(library_path, ARTICLE) as session:
        await session.keys("space", "v", ")")
        before = session.pane.caret, session.pane.selection, session.pane.scroll_offset
        with Library(library_path, annotator="bea") as beas:
            claim = beas.annotations.tag(ARTICLE, 0, 19)
            await session.until(lambda: "1 claim" in session.title)
            assert session.status == "bea: 1 change here"
            beas.annotations.edit_note(claim.id, "Says who?")
            await session.until(lambda: "1 note" in session.title)
            beas.annotations.withdraw(claim.id)
            await session.until(lambda: "0 claims  0 notes" in session.title)
        assert (session.pane.caret, session.pane.selection, session.pane.scroll_offset) == before


async def test_ones_own_acts_are_no_news(library_path: Path) -> None:
    async with reading(library_path, ARTICLE) as session:
        heard = session.reader._seen
        await session.keys("c")
        await session.until(lambda: session.reader._seen != heard)
        await session.until(lambda: session.status.startswith("tagged CLAIM"))
        assert session.status.startswith("tagged CLAIM")
        assert "1 claim " in session.title


async def test_while_nothing_is_written_nothing_is_read(library_path: Path) -> None:
    async with reading(library_path, ARTICLE) as session:
        looks = 0
        look = session.reader._lookout.changed

        async def counted() -> bool:
            nonlocal looks
            looks += 1
            return await look()

        session.reader._lookout.changed = counted  # type: ignore[method-assign]
        await session.until(lambda: looks > 1)  # the first reads, since something may have been missed
        with statements() as seen:
            await session.until(lambda: looks > 5)
        assert seen == []


async def test_the_list_shows_what_is_added_and_marked_elsewhere(library_path: Path) -> None:
    with Library(library_path, annotator="bea") as beas:
        beas.articles.add([ARTICLE])
        async with browsing(library_path) as session:
            table = session.app.screen.query_one(ArticleTable)
            beas.articles.add([article("Another one.")])
            await session.until(lambda: session.app.screen.query_one("#status", Bar).left == "2 articles")
            beas.annotations.tag(ARTICLE, 0, 19)
            await session.until(lambda: any(row and row.claims for row in (table.row(0), table.row(1))))
            assert table.cursor == 0
