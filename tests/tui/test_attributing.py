"""Who makes a claim: proposed where the caret is on one, taken by one key, and an act that is undone whole."""

from __future__ import annotations

from pathlib import Path

from store.library import Library
from store.records import Annotation
from tests.conftest import article
from tests.tui.drive import Session, keep_names, reading

TEXT = (
    "The harbour closed on Monday, port director Ada Moreau said. It had lost a third of its income.\n\n"
    '"Nobody told the crews," she added. "They read it on the gate."\n'
)
REPORT = article(TEXT)
NAMES = [("Ada Moreau", "PERSON")]


def kept(path: Path) -> list[Annotation]:
    with Library(path, annotator="ada") as library:
        return library.annotations.of(REPORT.id)


async def proposed(session: Session) -> None:
    """Wait until somebody is proposed."""
    await session.until(lambda: "i: claimant" in session.status)


async def test_a_claim_is_tagged_and_i_takes_who_is_proposed_to_make_it(library_path: Path) -> None:
    keep_names(library_path, REPORT, NAMES)
    async with reading(library_path, REPORT, size=(120, 24)) as session:
        await session.keys("c")
        await proposed(session)
        assert "i: claimant Ada Moreau, “said”?" in session.status
        pane = session.pane
        marked = [(TEXT[mark.start : mark.end], mark.letter) for mark in pane.marks.within(0, 60) if mark.letter == "?"]
        assert marked == [("Ada Moreau", "?"), ("said", "?")]
        assert pane.render_lines(pane.size.region)[0].text.strip()[:2] == "C?"
        await session.keys("right_parenthesis")  # what is proposed of one claim is not shown of another sentence
        assert "i: claimant" not in session.status
        assert not [mark for mark in pane.marks.within(0, 60) if mark.letter == "?"]
        await session.keys("left_parenthesis")
        await proposed(session)
        await session.keys("i")
        await session.until_saved()
        assert session.status.startswith("claimant: Ada Moreau · u undoes")
        assert not [mark for mark in pane.marks.within(0, 60) if mark.letter == "?"]
        tagged = {one.label: one for one in kept(library_path)}
        assert {label: one.quote for label, one in tagged.items() if label != "CLAIM"} == {
            "SOURCE": "Ada Moreau",
            "CUE": "said",
        }
        assert tagged["CLAIM"].attributes == {
            "claimant": "Ada Moreau",
            "claimant_span": {"quote": "Ada Moreau", "start": 44, "end": 54},
            "claimant_kind": "named",
        }
        await session.keys("u")
        await session.until_saved()
        assert [(one.label, one.attributes) for one in kept(library_path)] == [("CLAIM", {})]
        await proposed(session)  # it is open again


async def test_i_waits_for_the_proposal_where_the_keys_come_in_one_burst(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        session.burst("}", "c", "i", "right_parenthesis", "c", "i")
        await session.until(lambda: len(session.reader._notebook) == 4)
        await session.until_saved()
    said = [one.attributes["claimant"] for one in kept(library_path) if one.label == "CLAIM"]
    assert said == ["Ada Moreau", "Ada Moreau"]
    assert [one.quote for one in kept(library_path) if one.label == "SOURCE"] == ["she"]  # both claims share it


async def test_what_nothing_attributes_is_the_articles_own(library_path: Path) -> None:
    async with reading(library_path, REPORT) as session:
        await session.keys("right_parenthesis", "c")
        await proposed(session)
        assert "i: claimant the article itself?" in session.status
        await session.keys("i")
        await session.until_saved()
        await session.keys("i")
        assert session.status.startswith("There is no claim of yours here that does not say yet who makes it")
    assert [(one.label, one.attributes) for one in kept(library_path)] == [("CLAIM", {"claimant_kind": "author"})]


async def test_the_form_shows_what_is_proposed_and_takes_it(library_path: Path) -> None:
    keep_names(library_path, REPORT, NAMES)
    async with reading(library_path, REPORT, size=(120, 40)) as session:
        await session.keys("c", "enter")
        form = session.app.screen.query_one("#form")

        def lines() -> list[str]:
            return [strip.text.strip() for strip in form.render_lines(form.size.region)]

        await session.until(lambda: any("?Ada Moreau" in line for line in lines()))
        await session.keys("i")
        await session.until(lambda: any(line.split()[:2] == ["claimant", "Ada"] for line in lines()))
        await session.keys("escape")
        await session.until_saved()
    assert [one.attributes.get("claimant") for one in kept(library_path) if one.label == "CLAIM"] == ["Ada Moreau"]


async def test_nothing_is_proposed_of_what_somebody_else_claims_or_is_said_already(library_path: Path) -> None:
    with Library(library_path, annotator="ben") as library:
        library.articles.add([REPORT])
        library.annotations.tag(REPORT, 0, 60)
    with Library(library_path, annotator="ada") as library:
        library.annotations.tag(REPORT, 61, 95, attributes={"claimant": "the port"})
    async with reading(library_path, REPORT) as session:
        for key in ("l", "right_parenthesis"):
            await session.keys(key)
            assert session.reader._open_claim() is None
            assert session.reader._asked_about is None
