"""Furniture and repeats are told from the article's own text, which is never folded for its place alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.articles import files
from store.text import folding
from store.text.folding import CHANGED, REPEAT, Folded, folded, left, own_words
from store.text.paragraphs import paragraphs
from tests.benchmarks import folding as measure
from tests.conftest import SAMPLES
from tests.store.strategies import texts

ONE = "The plant is to handle 12,000 tonnes of batteries a year from the autumn of 2026 and to employ 140 people."
TWO = "The mill closed in 2021 and took 310 jobs with it, and the council has looked for somebody to use it since."


def kinds(text: str) -> list[str | None]:
    return folding.kinds(text, paragraphs(text, 0, len(text)))


@pytest.mark.parametrize("name", ["development", "test"])
def test_what_is_folded_is_right_and_most_of_what_should_be_is(name: str) -> None:
    score, wrong = measure.score(measure.read(measure.GOLD / f"{name}.txt"))
    assert score.right + score.missed > 100
    assert score.precision > 95, wrong
    assert score.recall > 80, wrong


@pytest.mark.parametrize("seen", [True, False])
def test_nothing_that_authors_wrote_on_our_web_pages_is_folded(seen: bool) -> None:
    score, wrong = measure.score(measure.web_pages(seen=seen))
    assert score.wrong <= 2, wrong
    assert score.recall > 50, wrong


def test_an_aggregators_page_is_folded_down_to_its_article() -> None:
    text = files.read(SAMPLES / "news-aggregator-page.txt").text
    runs = folded(text)
    body = text.index("Ferrowell, a company"), text.index("NewsHarbor Live")
    assert not [run for run in runs if run.start < body[1] and run.end > body[0]]
    rest = text[: body[0]] + text[body[1] :]
    assert own_words(text, runs) < own_words(text[slice(*body)], []) + 25 < len(rest.split())
    assert {"event advertisement", "related articles", CHANGED, REPEAT} <= {kind for run in runs for kind in run.kinds}


def test_a_repeat_with_another_figure_says_so() -> None:
    assert kinds(f"{ONE}\n\n{TWO}\n\n{ONE}\n\n{TWO}") == [None, None, REPEAT, REPEAT]
    assert kinds(f"{ONE}\n\n{TWO}\n\n{ONE.replace('12', '21')}\n\n{TWO}") == [None, None, CHANGED, REPEAT]


def test_a_quotation_pulled_out_is_a_repeat_before_its_place_too() -> None:
    assert kinds("took 310 jobs with it, and the council\n\n" + TWO) == [REPEAT, None]


def test_headings_and_answers_that_happen_to_be_words_of_menus_stay() -> None:
    assert kinds(f"Weather\n\n{ONE}\n\nContact\n\n{TWO}\n\nYes\n\n{ONE[:60]}, it said.") == [None] * 6


def test_a_byline_alone_is_what_a_reader_looks_for_and_stays() -> None:
    body = "\n\n".join(f"The council met on day {number} and spoke of the bridge for an hour." for number in range(5))
    assert folded(f"A bridge for the town\n\nBy Ann Lee\n\n{body}") == []


def test_refrains_stay() -> None:
    refrain = "And still they came, and still they came."
    assert kinds(f"{ONE}\n\n{refrain}\n\n{TWO}\n\n{refrain}") == [None] * 4


def test_runs_say_where_what_and_how_much() -> None:
    text = f"{ONE}\n\nShare this article\nFacebook\nCopy link\n\n{TWO}"
    start = text.index("Share")
    assert folded(text) == [Folded(start, text.index("link") + 4, ("share buttons",), 3)]


def test_a_decision_takes_a_run_out() -> None:
    runs = [Folded(0, 10, ("menu",), 2), Folded(20, 30, ("tags",), 1)]
    assert left(runs, [(25, 26)]) == runs[:1]
    assert left(runs, [(10, 20)]) == runs


@settings(max_examples=60, deadline=None)
@given(st.lists(texts | st.sampled_from([ONE, TWO, "Home", "Log in", "Share", "14 comments", "\n"]), max_size=12))
def test_runs_are_whole_lines_in_order_and_apart(parts: list[str]) -> None:
    text = "\n".join(parts)
    position = -1
    for run in folded(text):
        assert position < run.start < run.end <= len(text)
        assert run.start == 0 or text[run.start - 1] == "\n"
        assert run.end == len(text) or text[run.end] == "\n"
        assert run.count == len(paragraphs(text, run.start, run.end))
        position = run.end
