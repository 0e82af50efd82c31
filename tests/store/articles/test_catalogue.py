"""The articles of a library: added once, listed by title a page at a time, and left where the reader was."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from store.articles import markdown
from store.errors import LibraryWriteError
from store.kinds import State
from store.library import Library
from store.records import Article, ArticleRow, Place, Provenance
from tests.conftest import article
from tests.store.helpers import plans, query, statements


def titled(title: str, *, author: str = "", source: str = "") -> Article:
    front_matter = f"---\nauthor: {author}\nsource: {source}\n---\n"
    return markdown.read(f"{front_matter}# {title}\n\nWords of {title}.\n", Path("a.md"))


def add(library: Library, *titles: str) -> None:
    library.articles.add(titled(title) for title in titles)


def titles(rows: Sequence[ArticleRow]) -> list[str]:
    return [row.title for row in rows]


def only_row(library: Library) -> ArticleRow:
    (row,) = library.articles.page()
    return row


# Adding


def test_an_article_comes_back_as_it_was_added(library: Library) -> None:
    added = titled("The bridge", author="Ann Lee", source="The Daily Post")
    assert library.articles.add([added]) == [True]
    assert library.articles.get(added.id) == added


def test_what_a_text_was_made_of_comes_back_with_it(library: Library) -> None:
    told = Provenance(
        extractor="trafilatura 2.3.1",
        original="ab" * 32,
        part="item 3",
        fetched="2025-06-03T09:00:00.000000Z",
        language="en-GB",
        meta={"tags": ["bridges", "a \u201cquote\u201d"], "score": 0.5, "none": None},
    )
    added = dataclasses.replace(article("Some words."), provenance=told)
    library.articles.add([added, article("No more is known of this one.")])
    assert library.articles.get(added.id) == added
    assert query(library.path, "SELECT article_id FROM provenance") == [added.id]


def test_the_same_text_from_elsewhere_leaves_what_was_known_of_it(library: Library) -> None:
    first = dataclasses.replace(article("Some words."), provenance=Provenance("postil text 1"))
    library.articles.add([first])
    assert library.articles.add([dataclasses.replace(first, provenance=Provenance("postil feed 1"))]) == [False]
    assert library.articles.get(first.id) == first


def test_an_article_is_opened_with_one_query(library: Library) -> None:
    added = dataclasses.replace(article("Some words."), provenance=Provenance("postil text 1"))
    library.articles.add([added])
    with statements() as seen:
        assert library.articles.get(added.id) == added
    assert len(seen) == 1


def test_an_article_that_is_not_there_is_none(library: Library) -> None:
    assert library.articles.get("0" * 64) is None


def test_adding_twice_adds_once(library: Library) -> None:
    assert library.articles.add([article("Some words.")]) == [True]
    assert library.articles.add([article("Some words.", "renamed.txt")]) == [False]
    assert library.articles.count() == 1


def test_the_same_text_twice_in_one_go_is_added_once(library: Library) -> None:
    assert library.articles.add([article("One."), article("Two."), article("One.")]) == [True, True, False]


def test_adding_again_changes_nothing(library: Library) -> None:
    first, second = article("Some words.", "first.txt"), article("Some words.", "second.txt")
    library.articles.add([first])
    library.articles.add([second])
    assert library.articles.get(first.id) == first


def test_several_articles_are_added_together_or_not_at_all(library: Library) -> None:
    def interrupted() -> Iterator[Article]:
        yield article("One.")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.articles.add(interrupted())
    assert library.articles.count() == 0


@pytest.mark.parametrize("text", ["a\u2028b\u0085c", "\x1b[31mred\x07", "👨🏻‍🚒 e\u0301 שלום", "x" * 100_000])
def test_a_text_is_kept_to_the_code_point(library: Library, text: str) -> None:
    added = article(text)
    library.articles.add([added])
    kept = library.articles.get(added.id)
    assert kept is not None
    assert kept.text == text


# The list


def test_articles_are_listed_by_title_whatever_the_case(library: Library) -> None:
    add(library, "banana", "Apple", "cherry", "APRICOT")
    assert titles(library.articles.page()) == ["Apple", "APRICOT", "banana", "cherry"]


def test_pages_follow_each_other(library: Library) -> None:
    add(library, *"abcde")
    assert titles(library.articles.page(start=0, size=2)) == ["a", "b"]
    assert titles(library.articles.page(start=2, size=2)) == ["c", "d"]
    assert titles(library.articles.page(start=4, size=2)) == ["e"]
    assert titles(library.articles.page(start=6, size=2)) == []


def test_articles_of_the_same_title_are_listed_in_a_fixed_order(library: Library) -> None:
    library.articles.add(article(f"Title\n\n{n}") for n in range(10))
    pages = [row.id for start in range(10) for row in library.articles.page(start=start, size=1)]
    assert pages == [row.id for row in library.articles.page()]
    assert len(set(pages)) == 10


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("bridge", ["The bridge", "Under the Bridge"]),
        ("BRIDGE under", ["Under the Bridge"]),
        ("post", ["The bridge"]),
        ("lee", ["Under the Bridge"]),
        ("bridge nothing", []),
        ("", ["Straße 100%", "The bridge", "Under the Bridge"]),
        ("STRASSE", ["Straße 100%"]),
        ("100%", ["Straße 100%"]),
        ("%", ["Straße 100%"]),
        ("_", []),
        ("/", []),
        ("'", []),
    ],
)
def test_every_word_is_looked_for_in_title_source_and_author(library: Library, pattern: str, found: list[str]) -> None:
    library.articles.add(
        [
            titled("The bridge", source="The Daily Post"),
            titled("Under the Bridge", author="Ann Lee"),
            titled("Straße 100%"),
        ]
    )
    assert titles(library.articles.page(pattern)) == found
    assert library.articles.count(pattern) == len(found)


def test_a_row_says_how_long_the_article_is(library: Library) -> None:
    library.articles.add([article("東京 is 👨🏻‍🚒 big.")])
    assert only_row(library).words == 5
    assert only_row(library).length == 15


def test_a_row_counts_what_stands_and_not_what_was_withdrawn(library: Library) -> None:
    here = article("One two three.")
    library.articles.add([here])
    library.annotations.tag(here, 0, 3)
    library.annotations.withdraw(library.annotations.tag(here, 4, 7).id)
    noted = library.annotations.tag(here, 8, 13)
    library.annotations.edit_note(noted.id, "Is it?")
    library.annotations.note(here, None, "Who says so?")
    assert (only_row(library).claims, only_row(library).notes) == (2, 2)


def test_a_row_counts_everybodys_annotations(library: Library, library_path: Path) -> None:
    here = article("One two three.")
    library.articles.add([here])
    library.annotations.tag(here, 0, 3)
    with Library(library_path, annotator="bob") as bobs:
        bobs.annotations.tag(here, 0, 3)
        assert only_row(bobs).claims == 2


def test_all_rows_are_read_in_batches(library: Library) -> None:
    add(library, *"abcdefg")
    assert titles(list(library.articles.rows(batch=3))) == list("abcdefg")


def test_an_article_that_comes_while_all_are_listed_repeats_none(library: Library) -> None:
    add(library, *"bcdef")
    seen = []
    for row in library.articles.rows(batch=2):
        seen.append(row.title)
        add(library, "a")
    assert seen == list("bcdef")


# Speed, counted


def test_a_batch_of_articles_is_added_with_as_many_statements_as_one(library: Library) -> None:
    with statements() as seen:
        library.articles.add(article(f"A paragraph that is long enough to be known again: {n}") for n in range(100))
    ought = ["SELECT", "INSERT", "SELECT", "INSERT", "SELECT", "INSERT", "INSERT"]
    assert [said.split()[0] for said, _ in seen] == ought


def test_a_batch_may_have_more_articles_than_a_statement_may_have_variables(library: Library) -> None:
    with library.database.reading() as session:  # SQLite allows 32,766 of them, some builds 250,000
        driver = session.connection().connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 100)
    assert library.articles.add(article(f"Words {n}") for n in range(200)) == [True] * 200


@pytest.mark.parametrize("pattern", ["", "words"])
def test_a_page_of_a_thousand_articles_costs_the_statements_of_ten(library: Library, pattern: str) -> None:
    def cost() -> int:
        with statements() as seen:
            library.articles.page(pattern)
        return len(seen)

    library.articles.add(article(f"Words {n}") for n in range(10))
    ten = cost()
    library.articles.add(article(f"Words {n}") for n in range(10, 1000))
    assert cost() == ten
    assert len(library.articles.page(pattern)) == 100


def test_a_page_is_read_from_the_index_and_not_from_the_texts(library: Library, library_path: Path) -> None:
    add(library, *"abcde")
    with statements() as seen:
        library.articles.page()
        library.articles.page("a")
        library.articles.count("a")
    steps = plans(library_path, seen)
    tables = ("article", "source", "variant", "provenance", "folding", "annotation")
    scans = [step for step in steps if step.startswith("SCAN") and step.split()[1] in tables]
    assert len(scans) == 3
    assert all(step.startswith("SCAN article USING COVERING INDEX article_by_") for step in scans)
    assert not any("TEMP B-TREE" in step for step in steps)


# The reader's place


def test_an_article_that_was_never_opened_has_no_place(library: Library) -> None:
    here = article("Some words.")
    library.articles.add([here])
    assert library.articles.place(here.id) is None
    assert (only_row(library).state, only_row(library).progress) == (State.UNREAD, 0.0)


def test_the_reader_comes_back_to_where_the_article_was_left(library: Library) -> None:
    here = article("x" * 200)
    library.articles.add([here])
    library.articles.leave(here.id, caret=20, furthest=50)
    assert library.articles.place(here.id) == Place(caret=20, furthest=50)
    assert (only_row(library).state, only_row(library).progress) == (State.READING, 0.25)


def test_the_furthest_place_never_goes_back(library: Library) -> None:
    here = article("x" * 200)
    library.articles.add([here])
    library.articles.leave(here.id, caret=150, furthest=150)
    library.articles.leave(here.id, caret=10, furthest=50)
    assert library.articles.place(here.id) == Place(caret=10, furthest=150)


def test_progress_is_never_more_than_everything(library: Library) -> None:
    here = article("short")
    library.articles.add([here])
    library.articles.leave(here.id, caret=0, furthest=99)
    assert only_row(library).progress == 1.0


def test_every_annotator_has_a_place_of_their_own(library: Library, library_path: Path) -> None:
    here = article("Some words.")
    library.articles.add([here])
    library.articles.leave(here.id, caret=3, furthest=5)
    with Library(library_path, annotator="bob") as bobs:
        assert bobs.articles.place(here.id) is None
        assert only_row(bobs).state is State.UNREAD


def test_an_article_that_is_not_there_cannot_be_left(library: Library, library_path: Path) -> None:
    with pytest.raises(LibraryWriteError, match="nothing was changed"):
        library.articles.leave("0" * 64, caret=0, furthest=0)
    assert query(library_path, "SELECT count(*) FROM reading_state") == [0]


def test_the_row_at_the_top_and_the_way_back_are_kept(library: Library) -> None:
    library.articles.add([report := article("Some text.\n")])
    library.articles.leave(report.id, caret=3, furthest=9, top=2, back=5)
    place = library.articles.place(report.id)
    assert place is not None
    assert (place.caret, place.top, place.back) == (3, 2, 5)
