"""The library kept in order from its screen: marks, tags, collections, the order, archive, delete, and adding."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from store.articles import web
from store.articles.sources import Options, Source
from store.errors import ArticleError
from store.kinds import Grouping, Order
from store.library import Library
from store.records import ArticleRow
from tests.conftest import article
from tests.tui.drive import Session, browsing, reading
from tests.tui.test_library_screen import fill_many
from tui.preferences import load
from tui.screens.library import LibraryScreen
from tui.screens.shelving import Shelving
from tui.widgets.add_line import AddLine
from tui.widgets.article_table import ArticleTable
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.group_chooser import GroupChooser

TITLES = ("Apples", "Berries", "Cherries", "Dates")
FRUIT = {title: article(f"{title}\n\n{title} are {'very ' * number}sweet.") for number, title in enumerate(TITLES)}


@pytest.fixture
def filled(library_path: Path) -> Path:
    with Library(library_path, annotator="bob") as bob:
        bob.articles.add(FRUIT.values())
        bob.annotations.tag(FRUIT["Dates"], 0, 5)
    return library_path


def screen_of(session: Session) -> Shelving:
    return next(one for one in session.app.screen_stack if isinstance(one, LibraryScreen))


def table_of(session: Session) -> ArticleTable:
    return screen_of(session).query_one(ArticleTable)


def bar(session: Session) -> Bar:
    return screen_of(session).query_one("#status", Bar)


def rows(session: Session) -> list[ArticleRow]:
    table = table_of(session)
    return [row for row in map(table.row, range(table.row_count)) if row is not None]


def titles(session: Session) -> list[str]:
    return [row.title for row in rows(session)]


async def paste(session: Session, text: str) -> None:
    session.app.post_message(events.Paste(text))
    await session.pilot.pause()


async def said(session: Session, words: str) -> None:
    await session.until(lambda: words in bar(session).left)


async def test_marked_rows_are_tagged_collected_filtered_and_undone(filled: Path) -> None:
    async with browsing(filled, size=(120, 30)) as session:
        await session.keys("v", "j", "v")
        assert bar(session).right == ("", "✓ 2 marked")
        assert [table_of(session).render_line(y).text[:2] for y in range(4)] == [" ✓", "  ", " ✓", "▸ "]
        session.burst("t", *"budget", "enter")  # over a slow link: the letters are the list's, not the screen's
        await said(session, "tag “budget” given to 2 articles · u undoes")
        await session.until(lambda: [row.tags for row in rows(session)] == [("budget",), (), ("budget",), ()])
        assert "#budget" in table_of(session).render_line(0).text
        await session.keys("escape")
        assert bar(session).right == ("", "")
        session.burst("c", *"Elections 2024", "enter")
        await said(session, "collection “Elections 2024” given to 1 article")
        session.burst("slash", *'in:"elections')
        await session.until(lambda: titles(session) == ["Dates"])
        await session.keys("escape")
        await session.until(lambda: len(titles(session)) == 4)
        await session.keys("u")
        await said(session, "undone: add collection in “Dates”")
        await session.keys("u")
        await said(session, "undone: add tag on 2 articles")
        await session.keys("ctrl+r")
        await said(session, "redone: add tag on 2 articles")
        assert [row.tags for row in rows(session)] == [("budget",), (), ("budget",), ()]


async def test_what_all_of_the_articles_have_is_taken_away_and_a_tag_is_renamed(filled: Path) -> None:
    with Library(filled, annotator="ada") as library:
        library.groups.add(Grouping.TAG, "budget", [FRUIT["Apples"].id, FRUIT["Berries"].id])
        library.groups.add(Grouping.TAG, "[b]eu", [FRUIT["Apples"].id])
    async with browsing(filled) as session:
        await session.keys("v", "v", "t")
        await session.until(lambda: "of 2 articles" in session.app.screen.query_one("#choose-title", Bar).left)
        lines = session.app.screen.query_one("#choose-lines")
        assert [lines.render_line(y).text.rstrip() for y in (0, 1)] == [" ▸ ~ [b]eu  1", "   ✓ budget  2"]
        await session.keys("down")
        assert session.app.screen.query_one("#choose-says", Bar).left == "enter takes it away · 2 in the library"
        await session.keys("enter")
        await said(session, "tag “budget” taken from 2 articles")
        session.burst("u", "t", *"bud")
        await session.until(lambda: isinstance(session.app.screen, GroupChooser))
        title = session.app.screen.query_one("#choose-title", Bar)
        await session.until(lambda: title.left == "tags of 2 articles: bud")
        session.burst("f2", *["backspace"] * 6, *"money", "enter")
        await said(session, "tag “budget” is “money” now, on 2 articles")
        await session.until(lambda: [row.tags for row in rows(session)][:2] == [("[b]eu", "money"), ("money",)])
        session.burst("t", *'say "no"', "enter")
        await said(session, "cannot be a name")
        assert isinstance(session.app.screen, LibraryScreen)


async def test_archived_rows_leave_the_list_and_come_back(filled: Path) -> None:
    async with browsing(filled) as session:
        await session.keys("j", "z")
        await said(session, "1 article archived · is:archived lists them · u undoes")
        await session.until(lambda: titles(session) == ["Apples", "Cherries", "Dates"])
        assert table_of(session).cursor == 1
        session.burst("slash", *"is:archived")
        await session.until(lambda: titles(session) == ["Berries"])
        await session.keys("enter", "q")  # an archived article can be read
        await session.until(lambda: isinstance(session.app.screen, LibraryScreen))
        session.app.screen.set_focus(table_of(session))
        await session.keys("z")
        await said(session, "1 article back in the list")
        await session.until(lambda: titles(session) == [])
    async with browsing(filled) as session:
        assert len(titles(session)) == 4
        await session.keys("u")
        await said(session, "undone: unarchive in “Berries”")
        await session.until(lambda: titles(session) == ["Apples", "Cherries", "Dates"])


async def test_deleting_others_work_is_asked_first_with_its_numbers(filled: Path) -> None:
    async with browsing(filled) as session:
        await session.keys("d")
        await said(session, "1 article deleted · is:deleted lists them · u undoes")
        await session.keys("V")
        assert bar(session).right == ("", "✓ 3 marked")
        await session.keys("d")
        await said(session, "delete 3 articles with 1 annotation, 1 by others? d again does it · esc does not")
        await session.keys("escape")
        await session.until(lambda: bar(session).left == "3 articles")
        await session.keys("V", "d")
        await said(session, "d again does it")
        await session.keys("v")  # other rows: it is asked again
        await session.keys("d")
        await said(session, "delete 2 articles with 1 annotation")
        await session.keys("d")
        await said(session, "2 articles deleted")
        await session.until(lambda: titles(session) == ["Berries"])
        assert bar(session).right == ("", "")
        session.burst("slash", *"is:deleted")
        await session.until(lambda: len(titles(session)) == 3)


async def test_the_order_is_chosen_by_its_key_and_remembered(filled: Path) -> None:
    from tui import locations

    async with browsing(filled) as session:
        await session.keys("G", "o", "w")
        await session.until(lambda: titles(session) == ["Dates", "Cherries", "Berries", "Apples"])
        assert (table_of(session).cursor, bar(session).right) == (0, ("by words", ""))
        await session.until(lambda: load(locations.preferences_file()).order == Order.WORDS)
    async with browsing(filled) as session:
        assert titles(session) == ["Dates", "Cherries", "Berries", "Apples"]


async def test_all_of_many_pages_are_marked_without_being_read(library_path: Path) -> None:
    fill_many(library_path, 2_000)
    async with browsing(library_path) as session:
        table = table_of(session)
        asked: list[Any] = []
        ask = screen_of(session)._desk.ask

        async def watched(do: Any) -> Any:
            asked.append(do)
            return await ask(do)

        screen_of(session)._desk.ask = watched  # type: ignore[method-assign]
        await session.keys("V", "v")
        assert bar(session).right == ("", "✓ 1,999 marked")
        assert (list(table._pages), asked) == ([0], [])
        session.burst("slash", *"title 0011")
        await session.until(lambda: table.row_count == 11)
        assert bar(session).right == ("", ""), "all of one filter are not those of another"
        session.app.screen.set_focus(table)
        await session.keys("V")
        session.burst("t", *"few", "enter")
        await said(session, "tag “few” given to 11 articles")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "dragged here"
    folder.mkdir()
    for name in ("one", "two's"):
        (folder / f"{name}.txt").write_text(f"{name.title()} came in.\n", "utf-8")
    return folder


async def test_a_file_that_is_dragged_here_is_added_and_the_list_goes_to_it(filled: Path, folder: Path) -> None:
    async with browsing(filled) as session:
        session.burst("slash", *"app", "down")
        await session.until(lambda: titles(session) == ["Apples"])
        await paste(session, f"{str(folder).replace(' ', chr(92) + ' ')}/one.txt ")
        await said(session, "1 article added")
        await session.until(lambda: table_of(session).row_count == 5)
        assert screen_of(session).query_one("#filter", Input).value == "", "a filter would hide it"
        row = table_of(session).row(table_of(session).cursor)
        assert row is not None
        assert row.title == "One came in."
        await paste(session, f"'{folder}' '{folder}/empty.pdf'")
        await said(session, "What was pasted is no file and no folder here")
        (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
        await paste(session, f"file://{str(folder).replace(' ', '%20')}")
        await session.until(lambda: "1 article added, 1 was known, not added: " in bar(session).left)
        assert "broken.pdf" in bar(session).left
        await session.keys("slash")
        await paste(session, f"{folder}/one.txt")
        assert screen_of(session).query_one("#filter", Input).value == f"{folder}/one.txt", "in a line it is text"
        assert isinstance(session.app.screen, LibraryScreen)


async def test_a_path_is_typed_with_tab_and_a_deleted_article_comes_back(filled: Path, folder: Path) -> None:
    with Library(filled, annotator="ada") as library:
        library.articles.add([article("One came in.\n")])
        library.shelf.delete([article("One came in.\n").id])
    async with browsing(filled) as session:
        session.burst("a", *f"{folder}/o", "tab")
        await session.until(lambda: isinstance(session.app.screen, AddLine))
        line = session.app.screen.query_one(Input)
        await session.until(lambda: line.value == f"{folder}/one.txt")
        assert "enter add" in session.app.screen.query_one(KeyBar).render_line(0).text
        await session.keys("enter")
        await said(session, "1 that was deleted back")
        session.burst("a", *"/nowhere", "enter")
        await said(session, "not added: /nowhere does not exist")


async def test_a_web_address_is_asked_about_before_it_is_fetched(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fetched: list[str] = []

    def fetch(url: str, _options: Options) -> Source:
        fetched.append(url)
        raise ArticleError(f"{url} cannot be reached.")

    monkeypatch.setattr(web, "fetch", fetch)
    async with browsing(filled) as session:
        await paste(session, "https://example.org/a\n")
        await session.until(lambda: isinstance(session.app.screen, AddLine))
        assert "fetches" in session.app.screen.query_one("#choose-says", Bar).left
        await session.keys("escape")
        assert fetched == []
        await paste(session, "https://example.org/a")
        await session.until(lambda: isinstance(session.app.screen, AddLine))
        await session.keys("enter")
        await said(session, "not added: https://example.org/a cannot be reached.")
        assert fetched == ["https://example.org/a"]


async def test_what_is_dragged_into_an_open_article_is_where_the_list_is_afterwards(filled: Path, folder: Path) -> None:
    async with reading(filled, FRUIT["Apples"]) as session:
        await paste(session, f'"{folder}/two\'s.txt"')
        await session.until(lambda: session.status == "1 article added")
        session.burst("a", *"a note")
        await session.until(lambda: len(session.app.screen_stack) == 3)
        await paste(session, f"{folder}/one.txt")
        await session.keys("ctrl+s")
        await session.until_saved()
        await session.keys("q")
        await session.until(lambda: isinstance(session.app.screen, LibraryScreen))
        await session.until(lambda: table_of(session).row_count == 5)
        row = table_of(session).row(table_of(session).cursor)
        assert row is not None
        assert row.title == "Two'S came in."
    with Library(filled, annotator="ada") as library:
        (note,) = (one for one in library.annotations.of(FRUIT["Apples"].id) if one.note)
        assert note.note == f"a note{folder}/one.txt", "what is pasted into a note is of the note"


async def test_other_acts_can_be_about_the_chosen_articles(filled: Path) -> None:
    async with browsing(filled) as session:
        screen = screen_of(session)
        assert await screen.chosen_ids() == [FRUIT["Apples"].id]
        await session.keys("V", "v")
        assert await screen.chosen_ids() == ids_of("Berries", "Cherries", "Dates")
        await session.keys("escape", "v")
        assert await screen.chosen_ids() == ids_of("Berries")


def ids_of(*wanted: str) -> Iterable[str]:
    return [FRUIT[title].id for title in wanted]


async def test_an_empty_list_has_nothing_to_act_on(library_path: Path) -> None:
    async with browsing(library_path) as session:
        assert "Drag a file here" in bar(session).left
        await session.keys("v", "V", "t", "c", "z", "d", "u")
        await said(session, "There is nothing to undo.")
        assert not isinstance(session.app.screen, GroupChooser)
