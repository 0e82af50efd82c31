"""The orders of the list: what comes first, page by page, and that none of them looks at a text."""

from __future__ import annotations

import dataclasses
import re

import pytest

from store.kinds import Order, State
from store.library import Library
from tests.conftest import article
from tests.store.helpers import connect, plans, statements

LETTERS = "abcdefgh"


@pytest.fixture
def filled(library: Library) -> Library:
    """Eight articles, a to h, of one to eight words, each added after the one before; d, b and g were opened."""
    for number, letter in enumerate(LETTERS, 1):
        one = dataclasses.replace(article(" ".join([letter] * number)), title=letter)
        if letter in "ceh":
            one = dataclasses.replace(one, published=f"202{number}-01-01")
        library.articles.add([one])
    states = {"d": State.DONE, "b": State.READING, "g": State.READING, "f": State.SKIPPED}
    ids = {row.title: row.id for row in library.articles.page()}
    for letter, state in states.items():
        library.articles.leave(ids[letter], caret=0, furthest=1)
        library.reading.mark([ids[letter]], state)
    return library


ORDERS = {
    Order.TITLE: "abcdefgh",
    Order.ADDED: "hgfedcba",
    Order.PUBLISHED: "hecabdfg",
    Order.WORDS: "hgfedcba",
    Order.STATE: "gbacehdf",
    Order.READ: "fgbdaceh",
}


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("size", [1, 3, 100])
def test_pages_follow_each_other_in_every_order(filled: Library, order: Order, size: int) -> None:
    pages = [filled.articles.page(order=order, start=start, size=size) for start in range(0, 8, size)]
    assert "".join(row.title for page in pages for row in page) == ORDERS[order]
    assert "".join(row.title for row in filled.articles.rows(order=order)) == ORDERS[order]
    ids = filled.articles.ids(order=order)
    assert [filled.articles.position(one, order=order) for one in ids] == [*range(8)]


def test_a_state_that_was_taken_back_is_that_of_an_article_never_opened(filled: Library) -> None:
    g = filled.articles.page("g")[0].id
    filled.reading.mark([g], State.UNREAD)
    assert "".join(row.title for row in filled.articles.page(order=Order.STATE)) == "bgacehdf"


def test_what_is_put_away_has_no_place_in_the_list(filled: Library) -> None:
    ids = filled.articles.ids()
    filled.shelf.archive([ids[0]])
    assert filled.articles.position(ids[0]) is None
    assert filled.articles.position(ids[0], "is:archived") == 0
    assert filled.articles.position(ids[1]) == 0


@pytest.mark.parametrize("analysed", [False, True])
@pytest.mark.parametrize("order", Order)
def test_no_order_reads_a_text_or_sorts_the_library(filled: Library, order: Order, analysed: bool) -> None:
    if analysed:  # `postil compact` tells SQLite's planner how much there is of what
        with connect(filled.path) as connection:
            connection.execute("ANALYZE")
    with statements() as seen:
        filled.articles.page(order=order)
        filled.articles.page("a", order=order)
        filled.articles.count("a")
    of_one_page = ("IN (", "json_each")
    steps = plans(filled.path, [one for one in seen if not any(sign in one[0] for sign in of_one_page)])
    assert steps
    for step in steps:
        assert not step.startswith(("SCAN", "SEARCH")) or "INDEX" in step, step
        # Of equal ones only the rest of the order is sorted: a few at a time.
        assert "TEMP B-TREE" not in step or re.search("LAST|RIGHT PART", step), step
    scans = [step for step in steps if step.startswith("SCAN article")]
    assert all("COVERING INDEX" in step for step in scans), scans


def test_the_statements_of_a_page_do_not_grow_with_the_library(filled: Library) -> None:
    def cost() -> int:
        with statements() as seen:
            for order in Order:
                filled.articles.page(order=order)
        return len(seen)

    few = cost()
    filled.articles.add(article(f"More words {number}.") for number in range(300))
    assert cost() <= few
