"""Looking into an annotation: a form made from the scheme, all by keyboard, each change an act of its own."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from store.library import Library
from store.records import Annotation
from tests.conftest import article
from tests.tui.drive import Session, reading
from tui.screens.inspector import Inspector
from tui.widgets.bars import Bar
from tui.widgets.form import Beside, Form

TEXT = "The harbour closed on Monday, Ada Moreau said. Crews lost a third of their income. Nobody knows why.\n"
REPORT = article(TEXT)


def kept(path: Path) -> list[Annotation]:
    with Library(path, annotator="ada") as library:
        return library.annotations.of(REPORT.id)


def says(session: Session) -> str:
    return session.app.screen.query_one("#inspect-says", Bar).left


def values(session: Session) -> dict[str, object]:
    inspector = session.app.screen
    assert isinstance(inspector, Inspector)
    return inspector._values


async def settled(session: Session) -> None:
    await session.until(lambda: not session.reader._saving.busy)
    await session.pilot.pause()


async def test_letters_and_digits_choose_at_once(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "enter", "c", "1", "C")
        await settled(session)
        assert values(session) == {"claim_type": ["quantity", "causal"], "checkworthiness": "cfs"}
        await session.keys("c", "down", "2", "escape")
        await session.until_saved()
    (claim,) = kept(library_path)
    assert claim.attributes == {"claim_type": ["quantity"], "checkworthiness": "ufs"}


async def test_each_change_is_one_act_that_is_undone_in_the_form(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "enter", "c", "C")
        await settled(session)
        await session.keys("u")
        await settled(session)
        assert values(session) == {"claim_type": ["causal"]}
        await session.keys("u")
        await settled(session)
        assert values(session) == {}
        await session.keys("u")  # the tag itself
        await session.until(lambda: not isinstance(session.app.screen, Inspector))
    assert kept(library_path) == []


async def test_keys_that_come_in_one_burst_all_do_what_they_say(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        session.burst("c", "enter", "c", "C", "escape", "right_parenthesis", "full_stop")
        await session.until(lambda: session.reader._notebook.claims == 2)
        await session.until_saved()
    said = {"claim_type": ["causal"], "checkworthiness": "cfs"}
    assert [(one.quote[:5], one.attributes) for one in kept(library_path)] == [("The h", said), ("Crews", said)]


async def test_a_date_is_checked_as_it_is_typed(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "enter", *["down"] * 6, "enter")
        await session.type("2024-13")
        assert says(session).startswith("“2024-13”: it is no day of the calendar")
        await session.keys("enter")  # which is not taken
        assert session.app.screen.query_one(Input).display
        await session.keys("backspace", "2")
        assert says(session) == "✓"
        await session.keys("enter")
        await settled(session)
        assert values(session) == {"claim_date": "2024-12"}
        await session.keys("backspace")
        await settled(session)
        assert values(session) == {}
    assert kept(library_path)[0].attributes == {}


async def test_a_digit_is_a_number_where_a_number_is_asked_for(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "enter", "down", "down", "3")
        await settled(session)
        assert values(session) == {"priority": 3}
        await session.keys("7")
        assert says(session).startswith("“7”: it is not a whole number from 0 to 3")
        await session.keys("escape", "escape")
        await session.until_saved()
    assert kept(library_path)[0].attributes == {"priority": 3}


async def test_a_span_is_typed_by_its_words_or_taken_from_the_selection(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "enter", *["down"] * 4, "enter")
        await session.type("Ada M")
        assert says(session) == "✓"
        await session.keys("enter")
        await settled(session)
        assert values(session) == {"claimant_span": {"quote": "Ada M", "start": 30, "end": 35}}
        await session.keys("backspace", "escape")
        await session.keys(*"wwwwww", "v", "w", "w", "enter", *["down"] * 4, "enter")
        await settled(session)
        assert values(session) == {"claimant_span": {"quote": "Ada Moreau", "start": 30, "end": 40}}


async def test_the_guideline_and_past_examples_stand_beside_the_form(library_path: Path) -> None:
    async with reading(library_path, REPORT, size=(120, 30)) as session:
        await session.keys("c", "enter", "c", "escape")
        await session.until_saved()
        await session.keys("right_parenthesis", "c", "enter")
        beside = session.app.screen.query_one(Beside)
        await session.until(lambda: any("before: “The harbour" in part for part in beside._parts))
        assert any("Ada Moreau said. [causal]”" in part for part in beside._parts)
        assert beside._parts[0].startswith("A statement that could be checked")
        await session.keys("down")
        assert beside._parts[1].startswith("checkworthiness: nfs")


async def test_the_repeat_key_says_the_same_of_a_claim_that_is_there(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "right_parenthesis", "c", "left_parenthesis", "enter", "C", "escape")
        await session.keys("right_parenthesis", "full_stop")
        await session.until_saved()
        assert "CLAIM [cfs] by ada" in session.status or "checkworthiness: cfs" in session.status
    assert [one.attributes for one in kept(library_path)] == [{"checkworthiness": "cfs"}] * 2


async def test_what_it_says_stands_in_the_margin(library_path: Path) -> None:
    async with reading(library_path, REPORT, size=(120, 30)) as session:
        await session.keys("c", "enter", "C", "escape")
        await session.until_saved()
        (mark,) = [mark for mark in session.pane.marks.at(0) if mark.id]
        assert mark.beside == "[cfs]"


async def test_somebody_elses_is_looked_into_and_not_changed(library_path: Path) -> None:
    with Library(library_path, annotator="ben") as library:
        library.articles.add([REPORT])
        library.annotations.tag(REPORT, 0, 11, attributes={"priority": 1})
    async with reading(library_path, REPORT) as session:
        await session.keys("enter", "c")
        assert says(session) == "This is ben's: only its owner changes it."
        assert values(session) == {"priority": 1}
    assert kept(library_path)[0].attributes == {"priority": 1}


async def test_where_nothing_is_tagged_enter_says_what_to_do(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("enter")
        assert session.status.startswith("There is no claim here to look into: c tags one")


async def test_the_form_is_in_the_frame_after_the_key(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c")
        await session.until_saved()
        await session.pilot.press("enter")
        form = session.app.screen.query_one(Form)
        assert form.row_count > 12
