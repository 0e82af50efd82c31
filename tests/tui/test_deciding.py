"""The names' own mode on a small screen: a key a name, what is kept of it, and what the screen shows."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from store.entities import gold
from store.entities.pipelines import DEFAULT, identity
from store.library import Library
from store.records import Article, Entity, Found
from store.text import stretches
from tests.conftest import article
from tests.store.helpers import statements
from tests.tui.drive import Session, keep_names, reading
from tui.app import PostilApp
from tui.keymap import Keymap
from tui.reading.marks import Layer
from tui.reading.names import Name
from tui.settings import Settings
from tui.widgets.bars import KeyBar
from tui.widgets.side_panel import SidePanel

TEXT = """Anthropic made AI. Amazon Web Services sells the AI of Amazon.

Paris said so. AI is in Paris, and Ada Lovelace was not asked.
"""
REPORT = article(TEXT)
NAMES = [
    ("Anthropic", "ORG"),
    ("AI", "GPE"),
    ("Web Services", "ORG"),
    ("Paris", "GPE"),
    ("AI", "GPE"),
    ("Paris", "PERSON"),
]


@pytest.fixture
def stocked(library_path: Path) -> Path:
    """A library in which the pipeline has read the report."""
    keep_names(library_path, REPORT, NAMES)
    return library_path


def deciding(path: Path, *, size: tuple[int, int] = (80, 24)):  # type: ignore[no-untyped-def]
    return reading(path, REPORT, pipeline=DEFAULT, size=size)


def shown(path: Path) -> list[tuple[str, str, str]]:
    """Words, label and standing of the names as the library has them."""
    with Library(path, annotator="ada") as library:
        found = library.predictions.of(REPORT.id, identity(DEFAULT))
        decisions, rules = library.decisions.of(REPORT.id), library.rules.all(REPORT.id)
    return [
        (TEXT[one.start : one.end], one.label, str(one.standing))
        for one in gold.shown(TEXT, REPORT.id, found, decisions, rules)
    ]


def names(session: Session) -> dict[tuple[str, str], int]:
    """The names of the panel with their counts."""
    return {
        (name.text, name.label): name.count for group in session.reader._names.by_label().values() for name in group
    }


def pointed(session: Session) -> str:
    return TEXT[slice(*session.pane.pointed)] if session.pane.pointed else ""


def keys_shown(session: Session) -> str:
    bar = session.app.screen.query_one(KeyBar)
    return "".join(segment.text for segment in bar.render_line(0))


async def test_e_goes_to_the_first_undecided_name_and_says_what_the_keys_do(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e")
        assert (session.pane.caret, pointed(session)) == (0, "Anthropic")
        assert session.status.startswith("ORG Anthropic? p PERSON  o ORG  g GPE")
        assert "y yes  x no name" in keys_shown(session)


async def test_each_decision_is_one_key_and_goes_on_to_the_next(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e")
        went = []
        for key in "yxoggo":
            await session.keys(key)
            went.append(pointed(session))
        await session.until_saved()
    assert went[:5] == ["AI", "Web Services", "Paris", "AI", "Paris"]
    assert shown(stocked) == [
        ("Anthropic", "ORG", "accept"),
        ("Web Services", "ORG", "accept"),
        ("Paris", "GPE", "accept"),
        ("AI", "GPE", "accept"),
        ("Paris", "ORG", "relabel"),
    ]


async def test_keys_that_come_in_one_burst_decide_on_one_name_each(stocked: Path) -> None:
    async with deciding(stocked) as session:
        session.burst("e", *"yyyyyy")
        await session.until(lambda: "Every name" in session.status)
        await session.until_saved()
    assert [standing for _, _, standing in shown(stocked)] == ["accept"] * 6


async def test_a_decision_waits_for_the_motion_before_it_in_the_burst(stocked: Path) -> None:
    async with deciding(stocked) as session:
        session.burst("e", "w", "w", "y", "e", "c")
        await session.until(lambda: "1 claim" in session.title)
        await session.until_saved()
        assert not session.reader.deciding
    (kept,) = decisions(stocked)
    assert kept.quote == "AI"


async def test_keys_of_ones_own_work_in_the_mode_and_take_none_from_outside_of_it(stocked: Path) -> None:
    keys = Keymap({"deciding.yes": ("c",), "deciding.cardinal": ("f4",)})
    app = PostilApp(Settings(stocked, "ada", DEFAULT, keys=keys), first=REPORT)
    async with app.run_test(size=(80, 24)) as pilot:
        session = Session(app, pilot)
        await session.until_saved()
        assert "c claim" in keys_shown(session)
        await session.keys("e", "c")
        await session.until_saved()
        assert "c yes" in keys_shown(session)
        await session.keys("e", "c")
        await session.until(lambda: "1 claim" in session.title)
        await session.until_saved()
    app.close()
    assert [one.quote for one in decisions(stocked)] == ["Anthropic"]


async def test_names_that_were_hidden_are_shown_to_be_decided_on(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("L", "e")
        assert session.pane.hidden == {Layer.ENTITY}
        await session.keys("e")
        assert session.pane.hidden == set()
        assert pointed(session) == "Anthropic"


async def test_a_key_of_the_footer_can_be_clicked_in_the_mode_and_outside_of_it(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await click_key(session, "e names")
        assert pointed(session) == "Anthropic"
        await click_key(session, "x no name")
        await session.until_saved()
        assert pointed(session) == "AI"
    assert [one.attributes["decision"] for one in decisions(stocked)] == ["reject"]


async def click_key(session: Session, words: str) -> None:
    await session.pilot.click(KeyBar, offset=(keys_shown(session).index(words), 0))
    await session.pilot.pause()


async def test_what_was_decided_is_there_when_the_article_is_opened_again(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e", "y", "x")
        await session.until_saved()
    async with deciding(stocked) as session:
        assert ("AI", "GPE") in names(session)
        assert names(session)["AI", "GPE"] == 1
        await session.keys("e")
        assert pointed(session) == "Web Services"


async def test_a_rejected_name_is_no_mark_and_no_line_of_the_panel_any_more(stocked: Path) -> None:
    async with deciding(stocked, size=(120, 30)) as session:
        await session.keys("e", "y", "x")
        await session.until_saved()
        assert not [mark for mark in session.pane.marks.at(15) if mark.label]
        panel = session.reader.query_one(SidePanel)
        await session.until(lambda: Name("GPE", "AI", 1) in list(panel._outline))


async def test_u_undoes_a_decision_and_leads_back_to_it(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e", "y", "x")
        await session.until_saved()
        await session.keys("u")
        await session.until(lambda: session.status.startswith("undone: decide"))
        assert pointed(session) == "AI"
        assert names(session)["AI", "GPE"] == 2
    assert [one.attributes["decision"] for one in decisions(stocked)] == ["accept"]


def decisions(path: Path):  # type: ignore[no-untyped-def]
    with Library(path, annotator="ada") as library:
        return library.decisions.of(REPORT.id)


async def test_borders_are_moved_by_words_and_signs_and_taken_by_yes(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e", "space", "space")
        await session.keys("H")
        assert pointed(session) == "Amazon Web Services"
        assert "← “Web Services”?" in session.status
        await session.keys("K", "shift+left")
        assert pointed(session) == "Amazon We"
        await session.keys("L", "shift+up", "shift+down", "J", "H")
        assert pointed(session) == "Amazon Web"
        await session.keys("L", "y")
        await session.until_saved()
    (kept,) = decisions(stocked)
    assert (kept.quote, kept.label) == ("Amazon Web Services", "ORG")
    assert kept.attributes["decision"] == "border"
    assert kept.attributes["predicted"][2] == "ORG"


async def test_escape_drops_moved_borders_first_and_leaves_then(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e", "L")
        assert pointed(session) == "Anthropic made"
        await session.keys("escape")
        assert pointed(session) == "Anthropic"
        await session.keys("escape")
        assert not session.reader.deciding
        assert pointed(session) == ""
        await session.keys("c")  # a claim again, and no number
        await session.until(lambda: session.status.startswith("tagged CLAIM"))
    assert decisions(stocked) == []


async def test_a_selection_and_a_labels_key_make_a_missing_name(stocked: Path) -> None:
    async with deciding(stocked) as session:
        session.pane.go_to(TEXT.index("Ada"))
        await session.keys("e")
        session.pane.go_to(TEXT.index("Ada"))
        await session.keys("v", "w", "w", "p")
        await session.until_saved()
        assert session.pane.selection is None
    (kept,) = decisions(stocked)
    assert (kept.quote.strip(), kept.label, kept.attributes) == ("Ada Lovelace", "PERSON", {"decision": "add"})


async def test_a_label_is_chosen_by_a_part_of_its_name(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e", "t", *"law", "enter")
        await session.until_saved()
        await session.until(lambda: pointed(session) == "AI")
    (kept,) = decisions(stocked)
    assert (kept.quote, kept.label, kept.attributes["decision"]) == ("Anthropic", "LAW", "relabel")


async def test_a_capital_settles_every_place_of_the_words_and_finds_missed_ones(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("e", "y", "R")
        await session.until(lambda: "AI is PRODUCT, 3 places here" in session.status)
        assert pointed(session) == "Web Services"
        await session.until(lambda: names(session).get(("AI", "PRODUCT")) == 3)
        assert ("AI", "GPE") not in names(session)
    assert [(words, standing) for words, label, standing in shown(stocked) if label == "PRODUCT"] == [
        ("AI", "rule")
    ] * 3


async def test_E_asks_with_the_number_of_places_and_one_undo_takes_all_of_it_back(stocked: Path) -> None:  # noqa: N802
    other = article("AI again, and AI.", "other.txt")
    keep_names(stocked, other, [("AI", "GPE")])
    async with deciding(stocked) as session:
        await session.keys("e", "y", "X")
        await session.until(lambda: "3 places here" in session.status)
        await session.keys("E")
        await session.until(lambda: "5 places in 2 articles" in session.status)
        with Library(stocked, annotator="ada") as library:
            assert [rule.article_id for rule in library.rules.all()] == [REPORT.id], "only asked so far"
        await session.keys("E")
        await session.until(lambda: "everywhere · u undoes" in session.status)
        with Library(stocked, annotator="ada") as library:
            assert [(rule.pattern, rule.label, rule.article_id) for rule in library.rules.all()] == [("AI", None, None)]
        await session.keys("u")
        await session.until(lambda: session.status.startswith("undone"))
        await session.until(lambda: names(session).get(("AI", "GPE")) == 2)
    with Library(stocked, annotator="ada") as library:
        assert library.rules.all() == []


async def test_escape_does_not_do_what_E_asked(stocked: Path) -> None:  # noqa: N802
    async with deciding(stocked) as session:
        await session.keys("e", "y", "X", "E")
        await session.until(lambda: "esc does not" in session.status)
        await session.keys("escape")
        assert session.reader.deciding
    with Library(stocked, annotator="ada") as library:
        assert [rule.article_id for rule in library.rules.all()] == [REPORT.id]


async def test_a_capital_with_a_thousand_places_is_asked_about_first(library_path: Path) -> None:
    many = article("the AI " * 1100)
    keep_names(library_path, many, [("AI", "GPE")])
    async with reading(library_path, many, pipeline=DEFAULT) as session:
        await session.keys("e", "X")
        await session.until(lambda: "1,100 places here · the same key again does it" in session.status)
        with Library(library_path, annotator="ada") as library:
            assert library.rules.all() == []
        await session.keys("X")
        await session.until(lambda: "1,100 places here · E every article" in session.status)


async def test_a_rule_made_elsewhere_is_shown_in_the_open_article(stocked: Path) -> None:
    async with deciding(stocked) as session:
        with Library(stocked, annotator="bob") as other:
            other.rules.add("Paris", "LOC")
        await session.until(lambda: names(session).get(("Paris", "LOC")) == 2)


async def test_keys_mean_what_they_always_meant_outside_the_mode(stocked: Path) -> None:
    async with deciding(stocked) as session:
        await session.keys("G")
        assert session.pane.caret > 100
        assert "no name" not in keys_shown(session)
        await session.keys("g", "v", "e")
        assert TEXT[slice(*session.pane.selection or ())] == "Anthropic"


async def test_without_a_name_the_mode_says_what_to_do(library_path: Path) -> None:
    plain = article("Nothing here is a name.")
    keep_names(library_path, plain, [])
    async with reading(library_path, plain, pipeline=DEFAULT) as session:
        await session.keys("e")
        assert "Every name that is known here is decided on" in session.status
        await session.keys("y")
        assert session.status.startswith("There is no name here: v selects one")
        await session.keys("q")
        assert not session.reader.deciding


def keep_many(path: Path, text: str, names: str) -> Article:
    """Let the pipeline have found a name in every place of it in a text of many stretches."""
    long = article(text)
    borders = [*stretches.cut(text), len(text)]
    with Library(path, annotator="ada") as library:
        library.articles.add([long])
        library.predictions.keep(
            long.id,
            identity(DEFAULT),
            [
                Found(a, b, [Entity(*place.span(), "ORG") for place in re.compile(names).finditer(text, a, b)])
                for a, b in pairwise(borders)
            ],
        )
    return long


async def test_a_decision_is_one_transaction_and_no_scan_of_all_names(library_path: Path) -> None:
    long = keep_many(library_path, ("Amazon sells. " * 500 + "\n\n") * 40, "Amazon")
    async with reading(library_path, long, pipeline=DEFAULT) as session:
        await session.keys("e")
        resolved: list[int] = []
        overlay = session.pane.marks.names
        real = overlay._work_out
        overlay._work_out = lambda index: resolved.append(index) or real(index)  # type: ignore[method-assign,func-returns-value]
        painted = session.pane.rows_painted
        with statements() as seen:
            await session.keys("p")
            await session.until_saved()
        writes = [said.split("(")[0].strip() for said, _ in seen if said.startswith(("INSERT", "UPDATE"))]
        assert sorted(writes) == ["INSERT INTO annotation", "INSERT INTO change"]
        assert set(resolved) == {0}
        assert session.pane.rows_painted - painted <= 2 * session.pane.size.height


async def test_the_names_of_a_long_text_with_rules_are_counted_after_it_is_shown(library_path: Path) -> None:
    long = keep_many(library_path, "Amazon sells. " * 60_000, "Amazon")
    with Library(library_path, annotator="ada") as library:
        library.rules.add("sells", "EVENT")
    async with reading(library_path, long, pipeline=DEFAULT) as session:
        await session.until(lambda: names(session) == {("Amazon", "ORG"): 60_000, ("sells", "EVENT"): 60_000})


async def test_an_undecided_name_far_away_is_found_without_a_key_waiting_for_it(library_path: Path) -> None:
    long = keep_many(library_path, ("Amazon sells. " * 500 + "\n\n") * 120 + "Nokia sells.", "Nokia|Amazon")
    with Library(library_path, annotator="ada") as library:
        library.rules.add("Amazon", "ORG")
    async with reading(library_path, long, pipeline=DEFAULT) as session:
        await session.keys("e")
        await session.until(lambda: session.pane.caret == long.text.index("Nokia"))
        assert session.status.startswith("ORG Nokia?")
