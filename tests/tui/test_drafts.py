"""Drafts: no mis-key, no resize, no crash and no full disk loses what was typed into a note."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import TextArea

from store.clock import new_key
from store.errors import LibraryWriteError
from store.kinds import Kind, Subject
from store.library import Library
from store.records import Draft, Standing
from tests.conftest import article
from tests.store.helpers import query
from tests.tui.drive import NO_PIPELINE, Session, browsing, reading
from tui.app import PostilApp
from tui.screens.drafts import DraftList, DraftsScreen
from tui.screens.hanging import HangingScreen
from tui.screens.reader import ReaderScreen
from tui.settings import Settings
from tui.widgets import note_editor
from tui.widgets.bars import Bar
from tui.widgets.note_editor import NoteEditor

WORDS = article("The first sentence. The second one. And a third.")
FIRST = Standing(Subject.SPAN, WORDS.id, WORDS.id, ((0, 19),), "The first sentence.")


@pytest.fixture(autouse=True)
def keeps_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_editor, "_KEEP_AFTER", 0.02)
    monkeypatch.setattr(note_editor, "_TRY_AGAIN_AFTER", 0.05)


def drafts(path: Path) -> list[Draft]:
    with Library(path, annotator="ada") as library:
        return library.drafts.all()


def kept(path: Path) -> list[str]:
    """What the drafts say, without opening a library: to be asked again and again."""
    return query(path, "SELECT text FROM draft ORDER BY updated DESC")


def notes(path: Path) -> list[str]:
    with Library(path, annotator="ada") as library:
        return [one.note for one in library.annotations.of(WORDS.id)]


async def until_says(session: Session, sign: str) -> None:
    """Wait until the editor says something."""
    try:
        await session.until(lambda: sign in session.app.screen.query_one("#note-says", Bar).left, seconds=5)
    except TimeoutError:
        pytest.fail(says(session))


def typed(session: Session) -> str:
    """What is in the editor."""
    assert isinstance(session.app.screen, NoteEditor)
    return session.app.screen.query_one(TextArea).text


def says(session: Session) -> str:
    return session.app.screen.query_one("#note-says", Bar).left


async def test_what_was_discarded_by_mistake_is_got_back_and_saving_takes_the_draft_away(library_path: Path) -> None:
    async with reading(library_path, WORDS) as session:
        await session.keys("a")
        await session.type("who says so")
        await session.until(lambda: kept(library_path) == ["who says so"])
        await session.pilot.resize_terminal(50, 12)
        await session.pilot.resize_terminal(120, 40)
        assert typed(session) == "who says so"
        await session.keys("escape", "n")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.until(
            lambda: query(library_path, "SELECT count(*) FROM draft WHERE discarded IS NOT NULL") == [1]
        )
        await session.keys("a")
        await until_says(session, "A discarded draft of ")
        assert typed(session) == ""
        await session.keys("ctrl+o")
        assert typed(session) == "who says so"
        assert says(session).endswith(" · ctrl+o takes an empty note instead")
        await session.keys("question_mark", "ctrl+s")
        await session.until(lambda: "1 note" in session.title)
    assert (notes(library_path), drafts(library_path)) == (["who says so?"], [])


async def test_a_draft_left_for_later_is_told_listed_and_gone_on_with(library_path: Path) -> None:
    async with reading(library_path, WORDS) as session:
        await session.keys("W")
        await session.until(lambda: session.status.startswith("No draft of a note is kept"))
        await session.keys("c", "a")
        await session.type("later")
        await session.keys("escape", "l")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.keys("A", "x", "escape", "n")
        await session.until(lambda: len(kept(library_path)) == 2)
    async with browsing(library_path) as session:
        said = session.app.screen.query_one("#status", Bar)
        await session.until(lambda: said.left == "1 article · 1 draft of notes not saved: W lists it")
        await session.keys("W")
        await session.until(lambda: isinstance(session.app.screen, DraftsScreen))
        rows = session.app.screen.query_one(DraftList)
        await session.until(lambda: len(rows.shown) == 2)
        assert [(one.text, one.discarded is None) for one in rows.shown] == [("later", True), ("x", False)]
        await session.keys("d")
        await session.until(lambda: all(one.discarded for one in rows.shown))
        await session.keys("j" if rows.shown[0].text == "x" else "k", "d")
        await session.until(lambda: not rows.shown[0].discarded)
        await session.keys("g", "enter")
        await session.until(lambda: isinstance(session.app.screen, NoteEditor))
        await session.until(lambda: typed(session) == "later")
        await session.keys("ctrl+s")
        await session.until(lambda: "1 claim  1 note" in session.title)
    assert notes(library_path) == ["later"]
    assert [one.text for one in drafts(library_path)] == ["x"]


async def test_another_editors_draft_is_offered_and_never_written_over(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as other:
        other.articles.add([WORDS])
        key = new_key()
        other.drafts.keep(key, FIRST, "of the other", "")
        async with reading(library_path, WORDS) as session:
            await session.keys("a")
            await session.until(lambda: typed(session) == "of the other")
            assert ", still open in another editor · ctrl+o takes" in says(session)
            await session.type(" and mine")
            await session.until(lambda: len(kept(library_path)) == 2)
            other.drafts.keep(key, FIRST, "of the other, gone on", "")
            await session.keys("ctrl+s")
            await session.until(lambda: "1 note" in session.title)
    assert notes(library_path) == ["of the other and mine"]
    assert [one.text for one in drafts(library_path)] == ["of the other, gone on"]


async def test_a_draft_from_before_the_note_was_saved_elsewhere_is_offered_by_key(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([WORDS])
        note = library.annotations.note(WORDS, (0, 19), "as it was")
        library.drafts.keep(new_key(), Standing.on(note), "as it was, and more", "as it was")
        library.annotations.edit_note(note.id, "saved elsewhere")
    async with reading(library_path, WORDS) as session:
        await session.keys("a")
        await until_says(session, " begun before what is saved is kept")
        assert typed(session) == "saved elsewhere"
        await session.keys("ctrl+o")
        assert typed(session) == "as it was, and more"
        await session.keys("ctrl+o")
        assert typed(session) == "saved elsewhere"
        await session.keys("exclamation_mark", "ctrl+s")
        await session.until_saved()
    assert notes(library_path) == ["saved elsewhere!"]
    assert [(one.text, one.discarded is None) for one in drafts(library_path)] == [("as it was, and more", False)]


async def test_a_disk_without_room_is_told_and_tried_again(library_path: Path) -> None:
    async with reading(library_path, WORDS) as session:
        library = session.app._desk._library
        assert library is not None
        keep = library.drafts.keep

        def full(*_: object, **__: object) -> None:
            raise LibraryWriteError("There is no room left.")

        library.drafts.keep = full  # type: ignore[method-assign]
        await session.keys("a", "x")
        await session.until(lambda: says(session) == "No draft is kept: There is no room left.")
        await session.keys("escape", "l")  # it cannot be left for later
        await session.pilot.pause()
        assert typed(session) == "x"
        library.drafts.keep = keep  # type: ignore[method-assign]
        await session.until(lambda: kept(library_path) == ["x"])


async def test_a_window_without_focus_and_an_error_in_the_program_leave_a_draft(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_editor, "_KEEP_AFTER", 60)
    app = PostilApp(Settings(library_path, "ada", NO_PIPELINE), first=WORDS)

    async def run() -> None:
        async with app.run_test() as pilot:
            session = Session(app, pilot)
            await session.until_saved()
            await session.keys("A", "x")
            app.post_message(events.AppBlur())  # the window loses the focus
            await session.until(lambda: kept(library_path) == ["x"])
            await session.keys("y")
            app.call_later(lambda: 1 / 0)
            await session.until(lambda: not app.is_running)

    with pytest.raises(ZeroDivisionError):
        await run()
    app.close()
    (draft,) = drafts(library_path)
    assert (draft.text, draft.standing.subject) == ("xy", Subject.ARTICLE)


async def test_a_note_on_a_relation_is_written_shown_and_undone_in_its_panel(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([WORDS])
        one, two = library.annotations.tag(WORDS, 0, 19), library.annotations.tag(WORDS, 20, 35)
        relation = library.relations.relate(two.id, one.id, "supports")
    async with reading(library_path, WORDS) as session:

        def note() -> str:
            assert isinstance(session.app.screen, HangingScreen)
            shown = session.app.screen.query_one("HangingList").shown  # type: ignore[attr-defined]
            return "" if not shown else str(shown[0].relation.note)

        session.burst("m", "a")
        await session.until(lambda: isinstance(session.app.screen, NoteEditor))
        await session.type("so #says she")
        await session.until(lambda: kept(library_path) == ["so #says she"])
        assert drafts(library_path)[0].standing.pieces == ((20, 35),)  # where the relation leads from
        await session.keys("ctrl+s")
        await session.until(lambda: isinstance(session.app.screen, HangingScreen))
        await session.until(lambda: note() == "so #says she")
        await session.keys("a", "exclamation_mark", "escape", "l")
        await session.until(lambda: isinstance(session.app.screen, HangingScreen))
        await session.keys("u")
        await session.until(lambda: note() == "")
        await session.keys("escape", "W", "enter")
        await session.until(lambda: isinstance(session.app.screen, NoteEditor) and typed(session) == "so #says she!")
        await session.keys("ctrl+s")
        await session.until(lambda: isinstance(session.app.screen, HangingScreen) and note() == "so #says she!")
    with Library(library_path, annotator="ada") as library:
        assert [hit.start for hit in library.search.find("#says")] == [20]
        library.relations.withdraw(relation)
        assert library.drafts.all() == []


async def test_a_draft_whose_annotation_is_gone_becomes_a_new_note_there(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([WORDS])
        claim = library.annotations.tag(WORDS, 20, 35)
        library.drafts.keep(new_key(), Standing.on(claim), "on the claim", "")
        library.drafts.close(one.id for one in library.drafts.all())
        library.annotations.withdraw(claim.id)
    async with reading(library_path, WORDS) as session:
        await session.until(lambda: session.status.startswith("1 draft of notes not saved: W lists it"))
        await session.keys("W")
        await session.until(lambda: isinstance(session.app.screen, DraftsScreen))
        await session.until(lambda: session.app.screen.query_one(DraftList).shown)
        await session.keys("enter")
        await session.until(lambda: isinstance(session.app.screen, NoteEditor) and typed(session) == "on the claim")
        await session.keys("ctrl+s")
        await session.until(lambda: "1 note" in session.title)
    with Library(library_path, annotator="ada") as library:
        (note,) = library.annotations.of(WORDS.id)
        assert (note.kind, note.quote, note.note) == (Kind.NOTE, "The second one.", "on the claim")
        assert library.drafts.all() == []
