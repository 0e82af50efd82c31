"""Relating a claim by keyboard to what is elsewhere, here or in another article, and looking at what hangs on it."""

from __future__ import annotations

from pathlib import Path

from store.library import Library
from tests.conftest import article
from tests.tui.drive import Session, reading
from tui.screens.hanging import HangingList, HangingScreen
from tui.screens.reader import ReaderScreen
from tui.widgets.chooser import Chooser

REPORT = article("Crews lost a third of their income. The office published figures. Nobody knows why.\n")
OTHER = article("The office published its figures on Monday. They are high.\n", "other.txt")


def relations(path: Path) -> list[tuple[str, str, str]]:
    """Source, label and target, by the first words."""
    with Library(path, annotator="ada") as library:
        words = {one.id: one.quote.split()[0] for text in (REPORT, OTHER) for one in library.annotations.of(text.id)}
        found = library.relations.of(REPORT.id)
    return [(words[one.source_id], one.label, words[one.target_id]) for one in found]


def choices(session: Session) -> list[str]:
    chooser = session.app.screen
    assert isinstance(chooser, Chooser)
    return [option.name for option in chooser._options]


def hanging(session: Session) -> HangingList:
    assert isinstance(session.app.screen, HangingScreen)
    return session.app.screen.query_one(HangingList)


async def test_two_claims_are_related_by_the_relations_key(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "right_parenthesis", "c", "r")
        assert session.status.startswith("relating CLAIM “The office")
        await session.keys("left_square_bracket", "enter")
        assert choices(session) == [f"CLAIM {name} CLAIM" for name in ("supports", "attacks", "same_as")]
        await session.keys("a")
        await session.until_saved()
    assert relations(library_path) == [("The", "attacks", "Crews")]


async def test_words_that_nobody_tagged_become_evidence(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "r", "right_parenthesis", "v", "w", "w", "enter")
        assert choices(session)[1:] == ["EVIDENCE, tagged now supports CLAIM", "EVIDENCE, tagged now attacks CLAIM"]
        await session.keys("s")
        await session.until_saved()
        assert session.pane.selection is None
        assert session.reader._notebook.claims == 2
        await session.keys("u")
        await session.until(lambda: session.reader._notebook.claims == 1)
    assert relations(library_path) == []


async def test_a_burst_of_keys_relates(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        session.burst("c", "r", "right_parenthesis", "enter", "s")
        await session.until(lambda: session.reader._notebook.claims == 2)
        await session.until_saved()
    assert relations(library_path) == [("The", "supports", "Crews")]


async def test_r_again_leaves_it(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "r", "enter")
        assert "this is itself" in session.status
        await session.keys("r")
        assert session.status.startswith("Nothing was related.")


async def test_what_the_scheme_does_not_allow_is_not_offered(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([REPORT])
        library.annotations.tag(REPORT, 0, 35, "SOURCE")
        library.annotations.tag(REPORT, 36, 65)
    async with reading(library_path, REPORT) as session:
        await session.keys("r", "right_square_bracket", "enter")
        assert choices(session) == ["SOURCE same_as CLAIM", "CLAIM attributed_to SOURCE"]
        await session.keys("t")
        await session.until_saved()
    assert relations(library_path) == [("The", "attributed_to", "Crews")]


async def test_a_claim_is_related_to_evidence_in_another_article_and_jumped_to(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([REPORT, OTHER])
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "r", "ctrl+n")
        await session.until(lambda: session.reader.article.id == OTHER.id and session.reader.library_is_open)
        assert session.status.startswith("relating CLAIM “Crews")
        await session.keys("enter", "s")
        await session.until_saved()
        await session.keys("m")
        await session.until(lambda: hanging(session).shown)
        await session.keys("enter")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.until(lambda: session.reader.article.id == REPORT.id)
    assert relations(library_path) == [("The", "supports", "Crews")]


async def test_a_relation_is_withdrawn_and_brought_back_where_it_is_shown(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("c", "r", "right_parenthesis", "enter", "s")
        await session.until_saved()
        await session.keys("m")
        await session.until(lambda: hanging(session).shown)
        await session.keys("d")
        await session.until(lambda: not hanging(session).shown)
        await session.keys("u")
        await session.until(lambda: hanging(session).shown)
    assert len(relations(library_path)) == 1
