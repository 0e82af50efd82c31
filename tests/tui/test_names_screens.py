"""The screens of the index of names and of the rules, and the commands that list the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from store.entities.pipelines import DEFAULT
from store.library import Library
from tests.conftest import article
from tests.tui.conftest import Run
from tests.tui.drive import Session, browsing, keep_names, reading
from tui.screens.library import LibraryScreen
from tui.screens.names import NamesScreen
from tui.screens.reader import ReaderScreen
from tui.screens.rules import RulesScreen
from tui.widgets.bars import Bar
from tui.widgets.hit_table import HitTable
from tui.widgets.name_table import NameTable

ONE = article("Sam Altman spoke. Altman's firm is OpenAI. OpenAI again.", "one.txt")
TWO = article("Of OPENAI [and] others, a report.", "two.txt")


@pytest.fixture
def stocked(library_path: Path) -> Path:
    keep_names(
        library_path, ONE, [("Sam Altman", "PERSON"), ("Altman", "PERSON"), ("OpenAI", "ORG"), ("OpenAI", "ORG")]
    )
    keep_names(library_path, TWO, [("OPENAI", "ORG")])
    return library_path


def status(session: Session) -> str:
    return session.app.screen.query_one("#status", Bar).left


def painted(session: Session, table: type[NameTable] | type[HitTable]) -> list[str]:
    widget = session.app.screen.query_one(table)
    return [widget.render_line(row).text.rstrip() for row in range(widget.row_count)]


async def test_n_shows_the_names_of_the_library_and_enter_leads_to_each_place(stocked: Path) -> None:
    async with browsing(stocked) as session:
        await session.keys("n")
        await session.until(lambda: "2 names" in status(session))
        first, second = (line.split() for line in painted(session, NameTable))
        assert (first[1], first[2:]) == ("OpenAI", ["ORG", "2", "3"])
        assert second == ["Sam", "Altman", "PERSON", "1", "2"]
        await session.keys("enter")
        await session.until(lambda: "OpenAI (2), OPENAI (1) · 3 places" in status(session))
        assert any("Of OPENAI [and] others" in line for line in painted(session, HitTable))
        await session.keys("G", "enter")
        await session.until(lambda: isinstance(session.app.screen, ReaderScreen))
        await session.until_saved()
        place = session.reader.article.text[session.pane.caret :]
        assert place.startswith(("OpenAI", "OPENAI"))
        await session.keys("q")
        await session.until(lambda: isinstance(session.app.screen, NamesScreen))
        await session.keys("escape", "escape")
        await session.until(lambda: isinstance(session.app.screen, LibraryScreen))


async def test_names_are_found_as_their_words_are_typed(stocked: Path) -> None:
    async with browsing(stocked) as session:
        await session.keys("n", "slash", *"altm")
        await session.until(lambda: "1 name ·" in status(session))
        await session.keys("enter", "enter")
        await session.until(lambda: "PERSON Altman (1), Sam Altman (1)" in status(session))


async def test_from_an_article_a_place_in_it_is_gone_to_at_once(stocked: Path) -> None:
    async with reading(stocked, ONE, pipeline=DEFAULT) as session:
        reader = session.reader
        await session.keys("I")
        await session.until(lambda: "2 names" in status(session))
        await session.keys("j", "enter")
        await session.until(lambda: "2 places" in status(session))
        await session.keys("j", "enter")
        await session.until(lambda: session.app.screen is reader)
        assert session.pane.caret == ONE.text.index("Altman's")


async def test_rules_are_listed_counted_changed_withdrawn_and_it_is_undone(stocked: Path) -> None:
    with Library(stocked, annotator="ada") as library:
        library.rules.add("OpenAI", "ORG")
        library.rules.add("Report [x]", None, article_id=TWO.id)

    def rules() -> list[tuple[str, str | None, bool]]:
        with Library(stocked, annotator="ada") as library:
            return [(rule.pattern, rule.label, rule.case_sensitive) for rule in library.rules.all()]

    async with browsing(stocked) as session:
        await session.keys("r")
        await session.until(lambda: isinstance(session.app.screen, RulesScreen) and "2 rules" in status(session))
        await session.keys("enter")
        await session.until(lambda: "“OpenAI” stands in 2 places in 1 article" in status(session))
        await session.keys("c")
        await session.until(lambda: "in any case" in status(session))
        await session.keys("t", "r")
        await session.until(lambda: "OpenAI: PRODUCT" in status(session))
        assert rules()[0] == ("OpenAI", "PRODUCT", False)
        await session.keys("t", "x")
        await session.until(lambda: "OpenAI: never" in status(session))
        await session.keys("d")
        await session.until(lambda: "withdrawn" in status(session))
        assert rules() == [("Report [x]", None, True)]
        for said in ("withdraw", "edit", "edit", "edit"):
            await session.keys("u")
            await session.until(lambda said=said: status(session) == f"undone: {said}")  # type: ignore[misc]
        assert rules()[0] == ("OpenAI", "ORG", True)


async def test_what_a_rule_says_then_is_shown_in_the_article_below(stocked: Path) -> None:
    with Library(stocked, annotator="ada") as library:
        library.rules.add("OpenAI", "ORG")
    async with reading(stocked, ONE, pipeline=DEFAULT) as session:
        await session.keys("R")
        await session.until(lambda: "1 rule" in status(session))
        await session.keys("t", "x")
        await session.until(lambda: "never" in status(session))
        await session.keys("escape")
        await session.until(lambda: not [one for one in session.pane.marks.names.of(0).shown if one.label == "ORG"])


# The commands


@pytest.fixture
def postil(run: Run, stocked: Path, tmp_path: Path) -> Run:
    """`postil` on the stocked library."""
    shutil.copyfile(stocked, tmp_path / "own.db")
    return run


def test_postil_names_lists_them_and_says_where_they_are(postil: Run) -> None:
    code, out, _ = postil("names")
    assert code == 0
    first, second = out.splitlines()
    assert first.split() == ["3", "in", "2", "articles", "ORG", "OpenAI", "(OpenAI,", "OPENAI)"]
    assert second.split() == ["2", "in", "1", "article", "PERSON", "Sam", "Altman", "(Altman,", "Sam", "Altman)"]
    code, out, _ = postil("names", "altman", "--json")
    (name,) = map(json.loads, out.splitlines())
    assert (name["name"], name["label"], name["articles"], name["mentions"]) == ("Sam Altman", "PERSON", 1, 2)
    assert [ONE.text[place["start"] : place["end"]] for place in name["places"]] == ["Sam Altman", "Altman"]
    assert postil("names", "nobody")[0] == 1


def test_postil_rules_adds_lists_withdraws_and_exchanges(postil: Run, tmp_path: Path) -> None:
    assert postil("rules", "--add", "OpenAI", "--label", "ORG")[1].splitlines() == [
        "“OpenAI” stands in 2 places in 1 article",
        "1 rule new or changed",
    ]
    (rule,) = map(json.loads, postil("rules", "--json")[1].splitlines())
    assert (rule["pattern"], rule["label"], rule["article_id"]) == ("OpenAI", "ORG", None)
    assert postil("rules", "--export", "patterns.jsonl")[0] == 0
    assert (tmp_path / "patterns.jsonl").read_text() == '{"label":"ORG","pattern":"OpenAI"}\n'
    assert postil("rules", "--withdraw", rule["id"][-8:])[1].startswith("withdrawn: ")
    assert postil("rules")[1] == ""
    assert postil("rules", "--import", "patterns.jsonl")[0] == 0
    assert "ORG          OpenAI  by ada" in postil("rules")[1]


def test_what_cannot_be_a_rule_is_a_sentence_and_nothing_is_changed(postil: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"label": "ORG", "pattern": "OpenAI"}\n{"label": "ORG", "pattern": 3}\n')
    for arguments, why in (
        (("--add", "OpenAI"), "Say what “OpenAI” is"),
        (("--label", "ORG"), "say something of --add"),
        (("--add", "…", "--never"), "A rule needs words"),
        (("--import", "bad.jsonl"), "bad.jsonl, line 2: the pattern is missing"),
        (("--import", "absent.jsonl"), "absent.jsonl cannot be read"),
        (("--withdraw", "0000"), "There is no rule 0000"),
        (("--add", "x", "--never", "--withdraw", "y"), "One thing at a time"),
    ):
        code, out, err = postil("rules", *arguments)
        assert (code, out) == (1, "")
        assert why in err
        assert err.count("\n") == 1
    assert postil("rules")[1] == ""


def test_a_rule_for_a_very_common_word_needs_yes(postil: Run, tmp_path: Path) -> None:
    with Library(tmp_path / "own.db", annotator="ada") as library:
        library.articles.add([article("the end of the " * 200)])
    code, _, err = postil("rules", "--add", "the", "--label", "ORG")
    assert code == 1
    assert "“the” stands in 400 places in 1 article: nothing was changed; --yes takes the rule all the same" in err
    assert postil("rules", "--add", "the", "--label", "ORG", "--yes")[0] == 0
    assert postil("rules")[1].count("\n") == 1
