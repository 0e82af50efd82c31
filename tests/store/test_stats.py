"""Figures: every count against what was done, under each filter, on days as the reader lives them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from store.errors import StatsError
from store.kinds import Kind, State
from store.library import Library
from store.tallies import Stats, Tally
from tests.conftest import article
from tests.store.helpers import copied, execute, statements
from tests.store.sharing.libraries import Act, acts, work

RIVER = article("The river rose by two metres. Nobody was hurt, the mayor says.", "river.txt")
MOON = article("The moon is far away. A probe has left for it.", "moon.txt")


@pytest.fixture
def worked(library: Library, library_path: Path) -> Library:
    """What ada and bob did on two articles, on two days."""
    library.articles.add([RIVER, MOON])
    library.articles.leave(RIVER.id, caret=0, furthest=len(RIVER.text) // 2)
    claim = library.annotations.tag(RIVER, 0, 29)
    source = library.annotations.tag(RIVER, 47, 56, "SOURCE")
    library.relations.relate(claim.id, source.id, "attributed_to")
    library.annotations.edit_note(claim.id, "Which river?")
    library.annotations.note(MOON, None, "Read this again.")
    library.annotations.withdraw(library.annotations.tag(MOON, 0, 8).id)
    library.rules.add("Moon", "LOC")
    library.reading.mark([MOON.id], State.DONE)
    with Library(library_path, annotator="bob") as bobs:
        bobs.annotations.tag(MOON, 0, 21)
        bobs.reading.toggle_queued([RIVER.id])
    execute(
        library_path,
        "UPDATE annotation SET created = '2026-03-01T12:00:00.000000Z';"
        "UPDATE relation SET created = '2026-03-01T12:00:00.000000Z';"
        "UPDATE rule SET created = '2026-03-02T12:00:00.000000Z';"
        "UPDATE reading_choice SET updated = '2026-03-02T12:00:00.000000Z'",
    )
    return library


@pytest.fixture
def in_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A clock that a test may move to another zone."""
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def names(tallies: object) -> list[tuple[str, int]]:
    assert isinstance(tallies, list)
    return [(tally.name, tally.total) for tally in tallies]


def test_everything_is_counted_once(worked: Library) -> None:
    stats = worked.figures.count()
    assert (stats.claims, stats.notes, stats.decisions, stats.relations, stats.withdrawn) == (3, 2, 1, 1, 1)
    assert (stats.articles, stats.queued, stats.reader) == (2, 0, "ada")
    assert stats.states == {State.UNREAD: 0, State.READING: 1, State.DONE: 1, State.SKIPPED: 0}
    assert stats.words_read == 6  # half of twelve
    assert stats.by_label == [Tally("CLAIM", "CLAIM", claims=2, notes=1), Tally("SOURCE", "SOURCE", claims=1)]
    assert stats.by_annotator == [
        Tally("ada", "ada", claims=2, notes=2, decisions=1, relations=1, done=1), Tally("bob", "bob", claims=1),
    ]  # fmt: skip
    assert stats.by_day == [
        Tally("2026-03-01", "2026-03-01", claims=3, notes=2, relations=1),
        Tally("2026-03-02", "2026-03-02", decisions=1, done=1),
    ]
    assert stats.by_article == [
        Tally(RIVER.id, RIVER.title, claims=2, notes=1, relations=1),
        Tally(MOON.id, MOON.title, claims=1, notes=1, done=1),
    ]
    assert stats.worked_on == 2


def test_an_empty_library_has_no_figures(library: Library) -> None:
    stats = library.figures.count()
    assert stats == Stats(0, 0, 0, 0, 0, 0, dict.fromkeys(State, 0), 0, 0, "ada", [], [], [], [], 0)


def test_of_one_annotator(worked: Library) -> None:
    stats = worked.figures.count(annotator="bob")
    assert (stats.claims, stats.notes, stats.withdrawn, stats.reader) == (1, 0, 0, "bob")
    assert (stats.states[State.UNREAD], stats.queued, stats.words_read) == (2, 1, 0)
    assert names(stats.by_article) == [(MOON.title, 1)]
    with pytest.raises(StatsError, match="no annotator called eve: it has ada, bob"):
        worked.figures.count(annotator="eve")


def test_of_one_article(worked: Library) -> None:
    stats = worked.figures.count(article_id=RIVER.id)
    assert (stats.claims, stats.notes, stats.decisions, stats.relations, stats.withdrawn) == (2, 1, 0, 1, 0)
    assert (stats.articles, stats.states[State.READING], stats.states[State.DONE]) == (1, 1, 0)
    assert worked.figures.count(article_id=MOON.id).withdrawn == 1


def test_since_a_time(worked: Library) -> None:
    stats = worked.figures.count(since="2026-03-02T00:00:00.000000Z")
    assert (stats.claims, stats.decisions, stats.relations) == (0, 1, 0)
    assert [tally.key for tally in stats.by_day] == ["2026-03-02"]
    assert stats.states[State.READING] == 1  # as it is now


@pytest.mark.parametrize(("zone", "day"), [("UTC", "2026-03-01"), ("Asia/Tokyo", "2026-03-02"),
                                           ("Pacific/Honolulu", "2026-03-01")])  # fmt: skip
def test_days_are_those_of_the_reader(
    library: Library, library_path: Path, in_zone: pytest.MonkeyPatch, zone: str, day: str
) -> None:
    library.articles.add([RIVER])
    library.annotations.tag(RIVER, 0, 29)
    execute(library_path, "UPDATE annotation SET created = '2026-03-01T18:30:00.000000Z'")
    in_zone.setenv("TZ", zone)
    time.tzset()
    assert [tally.key for tally in library.figures.count().by_day] == [day]


def test_of_many_articles_the_first_are_told_apart(worked: Library) -> None:
    stats = worked.figures.count(listed=1)
    assert (names(stats.by_article), stats.worked_on) == ([(RIVER.title, 4)], 2)


def test_counting_runs_as_many_statements_however_much_there_is(worked: Library) -> None:
    with statements() as seen:
        worked.figures.count()
    assert len(seen) == 13
    assert not any("quote" in statement or ".text" in statement for statement, _ in seen)


@settings(max_examples=15)
@given(sitting=acts)
def test_the_sums_are_those_of_what_stands(blank_library: Path, sitting: list[Act]) -> None:
    with copied(blank_library) as library:
        # What is archived counts too, and would not be in the list that it is compared with.
        work(library.path, "ada", [act for act in sitting if act[0] != "put away"])
        standing = [each for row in library.articles.rows() for each in library.annotations.of(row.id)]
        claims = Counter(each.label for each in standing if each.kind is Kind.CLAIM)
        per_article = Counter(each.article_id for each in standing)
        stats = library.figures.count(listed=None)
        assert {tally.key: tally.claims for tally in stats.by_label} == claims
        assert stats.notes == sum(1 for each in standing if each.note)
        assert {tally.key for tally in stats.by_article} == set(per_article)
        assert stats.worked_on == len(per_article)
        for what in ("claims", "notes", "decisions", "relations"):
            sums = {sum(getattr(tally, what) for tally in group) for group in (stats.by_annotator, stats.by_day)}
            assert sums == {getattr(stats, what)}
        assert sum(stats.states.values()) == stats.articles == library.articles.count()
        assert stats.queued == len(library.reading.queued())
