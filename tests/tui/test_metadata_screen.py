"""The form of metadata, by keyboard alone: in the reader, and from the library's list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from store.library import Library
from store.metadata.fields import Field
from store.records import Provenance
from tests.conftest import article
from tests.store.text.sentences_by_language import SENTENCES
from tests.tui.drive import Session, browsing, reading
from tui.reading.metadata_form import Shown
from tui.screens.library import LibraryScreen
from tui.screens.metadata import MetadataScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.bars import Bar
from tui.widgets.form import Beside

HARBOUR = replace(
    article(" ".join(SENTENCES["de"])), title="Home", author="admin", url="https://herald.example/1",
    provenance=Provenance("postil html 1", part="item 3", language="en", meta={"tags": ["sea", "law"]}),
)  # fmt: skip


def form(session: Session) -> MetadataScreen:
    screen = session.app.screen
    assert isinstance(screen, MetadataScreen)
    return screen


def shown(session: Session) -> Shown:
    found = form(session)._shown
    assert found is not None
    return found


def values(session: Session) -> dict[str, str | None]:
    return {name.value: row.value for name, row in shown(session).rows.items() if row.value}


def says(session: Session) -> str:
    return session.app.screen.query_one("#inspect-says", Bar).left


async def told(session: Session, words: str) -> None:
    await session.until(lambda: words in says(session))


async def clear(session: Session) -> None:
    await session.keys("end", "ctrl+u")


async def test_what_is_typed_is_checked_kept_shown_and_undone(library_path: Path) -> None:
    async with reading(library_path, HARBOUR, size=(120, 40)) as session:
        await session.keys("M")
        await session.until(lambda: isinstance(session.app.screen, MetadataScreen) and form(session)._shown)
        assert values(session) == {
            "title": "Home", "author": "admin", "url": "https://herald.example/1", "language": "de",
        }  # fmt: skip
        assert shown(session).rows[Field.LANGUAGE].why == "the text is German, though its source declares English"
        assert ("source: tags", "sea, law") in shown(session).told
        assert ("part", "item 3") in shown(session).told

        await session.keys("enter")
        await clear(session)
        assert says(session).startswith("an article always has a title")
        await session.keys("enter")  # which is not taken
        await session.type("Sea")
        assert says(session) == "✓"
        await session.keys("enter")
        await told(session, "title corrected · u undoes")
        await session.until(lambda: session.reader.query_one("#title", Bar).left == "Sea")

        await session.keys("down", "backspace")
        assert says(session) == "Nobody has corrected the author."
        await session.keys("enter")
        await clear(session)
        assert says(session) == "nothing is to stand there"
        await session.keys("enter")
        await told(session, "author corrected")
        assert "author" not in values(session)
        beside = session.app.screen.query_one(Beside)
        assert "The source says: “admin”. backspace goes back to it." in beside._parts
        await session.keys("u")
        await told(session, "undone: correct")
        await session.until(lambda: values(session)["author"] == "admin")

        await session.keys("down", "down", "down", "enter")
        await session.type("Mai")
        assert says(session).startswith("✓ kept as it is; before: and after:")
        await session.keys("escape")  # which leaves it
        await session.keys("down", "enter")
        await clear(session)
        await session.type("xyzzy")
        assert says(session).startswith("“xyzzy” is no language")
        await clear(session)
        await session.type("en")
        await session.keys("enter")
        await told(session, "language corrected")
        await session.keys("down", "enter")
        assert says(session) == "This is how the text came here, and stays as it is."
        before = session.reader
        await session.keys("q")
        # It is opened again, to be read with a pipeline for the language, and only when no dialog is over it.
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen) and session.app.screen is not before)
        assert session.reader._language == "en"
    with Library(library_path, annotator="ada") as library:
        found = library.articles.get(HARBOUR.id)
        assert found is not None
        assert (found.title, found.author, found.published) == ("Sea", "admin", None)
        assert library.languages.of(found).code == "en"


async def test_it_opens_from_the_list_which_then_says_what_was_corrected(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([HARBOUR, replace(article("One two three."), title="Numbers")])
    async with browsing(library_path, size=(140, 30)) as session:
        await session.keys("down", "e")
        await session.until(lambda: isinstance(session.app.screen, MetadataScreen) and form(session)._shown)
        assert values(session) == {"title": "Numbers"}
        await session.keys("enter")
        await clear(session)
        await session.type("A")
        await session.keys("enter")
        await told(session, "title corrected")
        await session.keys("escape")
        await session.until(lambda: isinstance(session.app.screen, LibraryScreen))
        table = session.app.screen.query_one("#articles")
        await session.until(lambda: [row.title for row in table._pages.get(0, [])] == ["A", "Home"])  # type: ignore[attr-defined]


async def test_several_articles_are_corrected_together(library_path: Path) -> None:
    other = replace(article("One two three."), title="Numbers")
    with Library(library_path, annotator="ada") as library:
        library.articles.add([HARBOUR, other])
    async with browsing(library_path) as session:
        assert isinstance(session.app.screen, LibraryScreen)
        session.app.push_screen(MetadataScreen(session.app.screen._desk, [HARBOUR.id, other.id]))
        await session.until(lambda: isinstance(session.app.screen, MetadataScreen) and form(session)._shown)
        assert shown(session).rows[Field.AUTHOR].differ
        await session.keys("enter")
        await session.type("x")
        await session.keys("enter")
        await told(session, "2 articles have no title in common")
        await session.keys("down", "down", "enter")
        await session.type("Sun")
        await session.keys("enter")
        await told(session, "source corrected in 2 of 2 articles · u undoes")
        assert values(session) == {"source": "Sun"}


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
async def test_the_form_fits_a_small_terminal(library_path: Path, size: tuple[int, int]) -> None:
    async with reading(library_path, HARBOUR, size=size) as session:
        await session.keys("M")
        await session.until(lambda: isinstance(session.app.screen, MetadataScreen) and form(session)._shown)
        await session.keys("k")  # round to the last line
        assert session.app.screen.query_one(Beside)._parts[0] == "source: tags"
        assert form(session)._form.size.height >= 3
