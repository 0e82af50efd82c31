"""What a search finds, and that the index is always what a rebuild of it would be."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.library import Library
from store.records import TagCount
from tests.conftest import article
from tests.store.helpers import copied, found, plans, query, statements

MILL = dataclasses.replace(
    article("The old mill\n\nAmazon bought a mill. It cost $4 million, Ada Lovelace said. Nobody was asked."),
    source="The Quarter Ledger",
    published="2024-04-23",
)
RIVER = dataclasses.replace(
    article("A river\n\nThe café by the river has a mill wheel. " + "Water runs. " * 50 + "At last it froze."),
    source="Harbour News",
    published="2023-01-02",
)


@pytest.fixture
def stocked(library: Library) -> Library:
    """Two articles with claims and notes of ada's and bea's."""
    library.articles.add([MILL, RIVER])
    start = MILL.text.index("It cost")
    library.annotations.tag(MILL, start, start + 36)
    library.annotations.note(MILL, (start, start + 7), "Which currency?")
    library.annotations.note(RIVER, None, "A mill again.")
    with Library(library.path, annotator="bea") as beas:
        beas.annotations.tag(MILL, start, start + 20, "EVIDENCE")
    return library


def kinds(library: Library, text: str) -> list[tuple[str, str]]:
    """Kind and title of each hit."""
    return [(hit.kind, hit.article_title) for hit in library.search.find(text)]


def test_words_are_found_in_texts_notes_and_claims(stocked: Library) -> None:
    assert kinds(stocked, "mill") == [("article", MILL.title), ("article", RIVER.title), ("note", RIVER.title)]
    assert kinds(stocked, "currency") == [("note", MILL.title)]
    assert kinds(stocked, "cost million") == [
        ("article", MILL.title),
        ("claim", MILL.title),
        ("claim", MILL.title),
    ]


def test_a_hit_says_where_it_stands_and_what_is_around_it(stocked: Library) -> None:
    (hit,) = stocked.search.find("froze")
    assert RIVER.text[hit.start : hit.end] == "froze"
    assert hit.context == "… runs. Water runs. At last it froze."
    (cafe,) = stocked.search.find('"CAFE by"')
    assert RIVER.text[cafe.start : cafe.end] == "café by"


def test_a_claim_says_whose_it_is_and_its_label(stocked: Library) -> None:
    claims = [hit for hit in stocked.search.find("cost") if hit.kind == "claim"]
    assert [(hit.label, hit.annotator) for hit in claims] == [("CLAIM", "ada"), ("EVIDENCE", "bea")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mill source:ledger", [("article", MILL.title)]),
        ("mill before:2024", [("article", RIVER.title), ("note", RIVER.title)]),
        ("mill after:2023", [("article", MILL.title)]),
        ("cost label:evidence", [("claim", MILL.title)]),
        ("label:claim", [("claim", MILL.title)]),
        ("by:bea", [("claim", MILL.title)]),
        ("mill by:ADA", [("note", RIVER.title)]),
        ("mill by:nobody", []),
        ("wat* riv*", [("article", RIVER.title)]),
        ('"water river"', []),
    ],
)
def test_filters_beginnings_and_phrases(stocked: Library, text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(stocked, text) == expected


def test_an_entity_is_what_a_pipeline_found_and_not_only_a_word(stocked: Library) -> None:
    assert kinds(stocked, 'entity:"ada lovelace" mill') == []
    stocked.predictions.keep(MILL.id, "a 1.0", [found(MILL.text, ("Ada Lovelace", "PERSON"))])
    assert kinds(stocked, 'entity:"ada lovelace" mill') == [("article", MILL.title)]
    assert kinds(stocked, "entity:amazon") == []


def test_what_is_withdrawn_is_not_found_until_undo_brings_it_back(stocked: Library) -> None:
    (note,) = (hit for hit in stocked.search.find("currency") if hit.annotation_id)
    assert note.annotation_id is not None
    stocked.annotations.withdraw(note.annotation_id)
    assert kinds(stocked, "currency") == []
    stocked.history.undo()
    assert kinds(stocked, "currency") == [("note", MILL.title)]


def test_a_title_counts_more_than_the_text(stocked: Library) -> None:
    assert kinds(stocked, "river")[0] == ("article", RIVER.title)


def test_no_table_is_read_as_a_whole_for_words(stocked: Library, library_path: Path) -> None:
    with statements() as seen:
        stocked.search.find("mill by:ada")
        stocked.search.find("mill source:ledger")
    scans = [step for step in plans(library_path, seen) if step.startswith("SCAN")]
    assert all("VIRTUAL TABLE INDEX" in step for step in scans), scans


# The index and the tables


def index(path: Path) -> list[tuple[object, ...]]:
    """Every word of the index with where it stands."""
    rows: list[tuple[object, ...]] = []
    with closing(sqlite3.connect(path)) as connection:
        for name in ("article_words", "note_words", "relation_words"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, {name}, instance)")
            rows += connection.execute("SELECT * FROM temp.v ORDER BY term, doc, col, offset").fetchall()
            connection.execute("DROP TABLE temp.v")
    return rows


def rebuilt(path: Path) -> list[tuple[object, ...]]:
    """What the index would be if it were made anew."""
    with closing(sqlite3.connect(path)) as connection:
        for name in ("article_words", "note_words", "relation_words"):
            connection.execute(f"INSERT INTO {name}({name}) VALUES ('rebuild')")
        connection.commit()
    return index(path)


acts = st.lists(st.sampled_from(["add", "tag", "note", "edit", "empty", "withdraw", "undo", "redo", "vacuum"]))


@given(acts)
@settings(max_examples=25, deadline=None)
def test_the_index_stays_in_step_with_every_act(blank_library: Path, acts: list[str]) -> None:
    with copied(blank_library) as library:
        library.articles.add([MILL])
        for number, act in enumerate(acts):
            standing = library.annotations.of(MILL.id)
            claims = [one.id for one in standing if one.kind == "claim"]
            match act:
                case "add":
                    library.articles.add([article(f"Another, number {number}.")])
                case "tag":
                    library.annotations.tag(MILL, number, number + 1)
                case "note":
                    library.annotations.note(MILL, (0, 3), f"Note number {number}")
                case "edit" if claims:
                    library.annotations.edit_note(claims[-1], f"changed {number}")
                case "empty" if claims:
                    library.annotations.edit_note(claims[-1], "")
                case "withdraw" if standing:
                    library.annotations.withdraw(standing[0].id)
                case "undo":
                    library.history.undo()
                case "redo":
                    library.history.redo()
                case "vacuum":
                    query(library.path, "VACUUM")
        before = index(library.path)
        assert before
        assert before == rebuilt(library.path)


def test_a_tag_finds_the_notes_that_have_it_or_one_under_it(stocked: Library) -> None:
    note = stocked.annotations.note
    note(MILL, (0, 3), "Look up the #Budget. #topic/energy")
    note(RIVER, (0, 3), "The budget of 2024, #topics")
    water = note(RIVER, (2, 7), "#topic #budget in the water")

    def found_by(asked: str) -> list[str]:
        return [hit.context.split()[0] for hit in stocked.search.find(asked)]

    assert found_by("#budget") == ["#topic", "Look"]  # the newest first; articles and claims have no tags
    assert found_by("#TOPIC") == ["#topic", "Look"]
    assert found_by("#topic/energy") == ["Look"]
    assert found_by("#energy") == found_by("#budge") == []
    assert found_by("#budge*") == ["#topic", "Look"]
    assert found_by("#budget water") == ["#topic"]
    assert found_by("#budget source:ledger") == ["Look"]
    assert found_by("#budget by:bea") == []
    assert sorted(found_by("budget")) == ["#topic", "Look", "The"]
    stocked.annotations.withdraw(water.id)
    assert found_by("#budget") == ["Look"]
    assert stocked.search.tags() == [TagCount("Budget", 1), TagCount("topic/energy", 1), TagCount("topics", 1)]


def test_a_note_on_a_relation_is_found_and_leads_to_what_the_relation_leads_from(stocked: Library) -> None:
    claim = stocked.annotations.tag(MILL, 0, 12).id
    evidence = stocked.annotations.tag(RIVER, 2, 7, "EVIDENCE").id
    relation = stocked.relations.relate(evidence, claim, "supports", note="quarterly #figures")
    (hit,) = stocked.search.find("quarterly")
    assert [hit] == stocked.search.find("#figures label:supports by:ada source:harbour")
    assert (hit.kind, hit.article_id, hit.start, hit.end, hit.label) == ("relation", RIVER.id, 2, 7, "supports")
    assert stocked.search.find("quarterly label:EVIDENCE") == []
    stocked.relations.edit_note(relation, "yearly #numbers")
    assert (stocked.search.find("quarterly"), stocked.search.tags()) == ([], [TagCount("numbers", 1)])
    stocked.history.undo()
    assert stocked.search.find("quarterly") == [hit]
    stocked.relations.withdraw(relation)
    assert stocked.search.find("quarterly") == []


def test_a_tag_among_many_notes_is_found_through_the_index(stocked: Library) -> None:
    stocked.annotations.note(MILL, None, "#rare")
    with statements() as seen:
        stocked.search.find("#rare")
    steps = plans(stocked.path, seen)
    assert any(step.startswith("SCAN note_words VIRTUAL TABLE") for step in steps)
    assert not any(step.startswith(("SCAN annotation", "USE TEMP B-TREE")) for step in steps)
