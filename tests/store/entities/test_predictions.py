"""What pipelines said is kept by stretch and comes back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import LibraryWriteError
from store.library import Library
from store.records import Article, Entity, Found
from tests.conftest import article
from tests.store.helpers import plans, query, statements

PIPELINE = "en_core_web_sm 3.8.0"


@pytest.fixture
def berlin(library: Library) -> Article:
    """An article in the library."""
    added = article("Angela Merkel left Berlin.")
    library.articles.add([added])
    return added


def test_what_was_never_read_is_not_there(library: Library, berlin: Article) -> None:
    assert library.predictions.of(berlin.id, PIPELINE) == []


def test_what_was_kept_comes_back_in_the_order_of_the_text(library: Library, berlin: Article) -> None:
    first = Found(0, 14, [Entity(0, 6, "PERSON"), Entity(7, 13, "PERSON")])
    second = Found(14, 26, [Entity(19, 25, "GPE")])
    library.predictions.keep(berlin.id, PIPELINE, [second])
    library.predictions.keep(berlin.id, PIPELINE, [first])
    assert library.predictions.of(berlin.id, PIPELINE) == [first, second]


def test_a_stretch_without_entities_was_read_all_the_same(library: Library, berlin: Article) -> None:
    library.predictions.keep(berlin.id, PIPELINE, [Found(0, 26, [])])
    assert library.predictions.of(berlin.id, PIPELINE) == [Found(0, 26, [])]


def test_a_later_answer_takes_the_place_of_an_earlier_one(library: Library, berlin: Article) -> None:
    library.predictions.keep(berlin.id, PIPELINE, [Found(0, 26, [Entity(19, 25, "ORG")])])
    library.predictions.keep(berlin.id, PIPELINE, [Found(0, 26, [Entity(19, 25, "GPE")])])
    assert library.predictions.of(berlin.id, PIPELINE) == [Found(0, 26, [Entity(19, 25, "GPE")])]


def test_drafts_are_known_as_such_until_the_article_is_settled(library: Library, berlin: Article) -> None:
    drafts = [Found(0, 14, [Entity(0, 6, "ORG")], draft=True), Found(14, 26, [], draft=True)]
    library.predictions.keep(berlin.id, PIPELINE, drafts)
    assert library.predictions.of(berlin.id, PIPELINE) == drafts
    settled = [Found(0, 14, [Entity(0, 6, "PERSON")]), Found(14, 26, [Entity(19, 25, "GPE")])]
    library.predictions.keep(berlin.id, PIPELINE, settled)
    assert library.predictions.of(berlin.id, PIPELINE) == settled


def test_pipelines_and_articles_are_kept_apart(library: Library, berlin: Article) -> None:
    other = article("Berlin.")
    library.articles.add([other])
    library.predictions.keep(berlin.id, PIPELINE, [Found(0, 26, [Entity(19, 25, "GPE")])])
    library.predictions.keep(berlin.id, "en_core_web_sm 3.9.0", [Found(0, 26, [])])
    library.predictions.keep(other.id, PIPELINE, [Found(0, 7, [])])
    assert library.predictions.of(berlin.id, PIPELINE) == [Found(0, 26, [Entity(19, 25, "GPE")])]


def test_predictions_are_not_annotations_and_leave_no_entry_in_the_journal(
    library: Library, library_path: Path, berlin: Article
) -> None:
    library.predictions.keep(berlin.id, PIPELINE, [Found(0, 26, [Entity(19, 25, "GPE")])])
    assert library.annotations.of(berlin.id) == []
    assert library.history.undo() is None
    assert query(library_path, "SELECT count(*) FROM change") == [0]


def test_nothing_is_written_for_nothing(library: Library, berlin: Article) -> None:
    with statements() as seen:
        library.predictions.keep(berlin.id, PIPELINE, [])
    assert seen == []


def test_many_stretches_are_kept_with_two_statements_and_read_with_one(
    library: Library, library_path: Path, berlin: Article
) -> None:
    many = [Found(start, start + 1, []) for start in range(26)]
    with statements() as kept:
        library.predictions.keep(berlin.id, PIPELINE, iter(many))
    with statements() as read:
        assert library.predictions.of(berlin.id, PIPELINE) == many
    assert (len(kept), len(read)) == (2, 1), "one makes room, one keeps"
    step, *sorting = plans(library_path, read)
    assert step.startswith("SEARCH prediction USING INDEX")
    assert all("ORDER BY" in step for step in sorting)


def test_an_article_that_is_not_there_has_none(library: Library, library_path: Path) -> None:
    with pytest.raises(LibraryWriteError, match="nothing was changed"):
        library.predictions.keep("0" * 64, PIPELINE, [Found(0, 1, [])])
    assert query(library_path, "SELECT count(*) FROM prediction") == [0]
