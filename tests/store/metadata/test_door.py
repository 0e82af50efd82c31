"""Correcting metadata: what stands, what stood, and every way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from store.care.check import check
from store.errors import MetadataError
from store.library import Library
from store.metadata.fields import Field
from store.records import Provenance
from tests.conftest import article
from tests.store.helpers import execute, query

HARBOUR = replace(
    article("The harbour closed on Monday. Nobody knows why."), title="Home | The Herald", author="admin",
    url="https://herald.example/1", published="Monday", provenance=Provenance("postil html 1", language="en-GB"),
)  # fmt: skip
MILL = replace(article("The mill burned down. The crews said that it was an accident."), title="The mill")


@pytest.fixture
def two(library: Library) -> Library:
    """A library with two articles."""
    library.articles.add([HARBOUR, MILL])
    return library


@pytest.fixture
def bobs(two: Library) -> Iterator[Library]:
    """The same library, opened by bob."""
    with Library(two.path, annotator="bob") as opened:
        yield opened


def said(library: Library, field: Field = Field.AUTHOR, article_id: str = HARBOUR.id) -> str | None:
    return library.metadata.of(article_id).value(field)


def titles(library: Library) -> list[str]:
    return [row.title for row in library.articles.page()]


def test_a_correction_is_seen_by_all_that_reads_articles(two: Library) -> None:
    two.metadata.correct([HARBOUR.id], {Field.TITLE: "Ébb at the harbour", Field.AUTHOR: "Ada Moreau",
                                        Field.PUBLISHED: "2024-05-31"})  # fmt: skip
    found = two.articles.get(HARBOUR.id)
    assert found is not None
    assert (found.title, found.author, found.published) == ("Ébb at the harbour", "Ada Moreau", "2024-05-31")
    assert found.url == HARBOUR.url
    assert titles(two) == ["The mill", "Ébb at the harbour"]  # the list is in the order of what is in it
    assert two.articles.count("ébb moreau") == 1
    assert two.articles.count("herald") == 0
    assert two.articles.called("Ébb at the harbour") == HARBOUR.id
    assert [hit.article_title for hit in two.search.find("ebb")] == ["Ébb at the harbour"]
    assert [hit.article_id for hit in two.search.find("author:moreau before:2024-06 title:harbour")] == [HARBOUR.id]
    with pytest.raises(MetadataError):
        two.metadata.of("0" * 64)


def test_who_corrected_what_and_what_the_source_says_are_told(two: Library, bobs: Library) -> None:
    bobs.metadata.correct([HARBOUR.id], {Field.AUTHOR: ""})
    told = two.metadata.of(HARBOUR.id)
    assert told.value(Field.AUTHOR) is None
    assert told.given(Field.AUTHOR) == "admin"
    assert {name: one.annotator for name, one in told.corrections.items()} == {Field.AUTHOR: "bob"}
    assert told.given(Field.URL) == HARBOUR.url
    assert told.words == 8


def test_each_act_is_undone_and_redone_on_its_own_across_restarts(two: Library, library_path: Path) -> None:
    two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Ada"})
    two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Ada Moreau"})
    undone = two.history.undo()
    assert undone is not None
    assert (undone.action, undone.article_title) == ("correct", "Home | The Herald")
    assert undone.corrected == {HARBOUR.id}
    assert said(two) == "Ada"
    with Library(library_path, annotator="ada") as again:
        again.history.undo()
        assert said(again) == "admin"
        assert again.history.undo() is None
        again.history.redo()
        again.history.redo()
    assert said(two) == "Ada Moreau"
    assert list(check(library_path)) == []


def test_going_back_to_what_the_source_says_is_an_act_like_others(two: Library) -> None:
    two.metadata.correct([HARBOUR.id], {Field.TITLE: "The harbour", Field.AUTHOR: "Ada"})
    assert two.metadata.correct([HARBOUR.id], {}, [Field.TITLE, Field.AUTHOR, Field.URL]) == 1
    assert said(two) == "admin"
    assert titles(two) == ["Home | The Herald", "The mill"]
    assert two.search.find("title:herald")
    two.history.undo()
    assert (said(two, Field.TITLE), said(two)) == ("The harbour", "Ada")
    two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Bea"}, [Field.TITLE])
    assert (said(two, Field.TITLE), said(two)) == ("Home | The Herald", "Bea")
    assert two.metadata.of(HARBOUR.id).given(Field.AUTHOR) == "admin"


def test_what_says_so_already_is_no_act(two: Library) -> None:
    assert two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "admin"}, [Field.TITLE]) == 0
    assert two.history.undo() is None


def test_adding_the_same_page_again_undoes_no_correction(two: Library) -> None:
    two.metadata.correct([HARBOUR.id], {Field.TITLE: "The harbour"})
    assert two.articles.add([HARBOUR]) == [False]
    assert said(two, Field.TITLE) == "The harbour"


def test_many_articles_are_corrected_in_one_act(two: Library) -> None:
    both = [HARBOUR.id, MILL.id]
    assert two.metadata.values(both)[Field.AUTHOR] == ["admin", None]
    assert two.metadata.correct(both, {Field.SOURCE: "The Herald"}) == 2
    assert two.metadata.values(both)[Field.SOURCE] == ["The Herald"]
    assert len(two.search.find("source:herald")) == 2
    two.history.undo()
    assert two.metadata.values(both)[Field.SOURCE] == [None]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({Field.TITLE: "One"}, "Nothing was changed: 2 articles have no title in common; correct one at a time."),
        ({Field.URL: "x"}, "Nothing was changed, url: “x”: it is no URL; write it with https://."),
    ],
)
def test_what_is_refused_changes_nothing(two: Library, values: dict[Field, str], sentence: str) -> None:
    with pytest.raises(MetadataError) as refused:
        two.metadata.correct([HARBOUR.id, MILL.id], values)
    assert refused.value.sentence == sentence
    with pytest.raises(MetadataError):
        two.metadata.correct([HARBOUR.id, "0" * 64], {Field.SOURCE: "The Herald"})
    assert said(two, Field.SOURCE) is None


def test_an_undo_leaves_what_somebody_else_corrected_since(two: Library, bobs: Library) -> None:
    two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Ada"})
    bobs.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Bob"})
    two.history.undo()
    assert said(two) == "Bob"
    two.history.redo()
    assert said(two) == "Bob"
    bobs.history.undo()
    assert said(two) == "Ada"
    two.history.undo()
    assert said(two) == "admin"


def test_the_last_correction_is_the_later_one_also_where_a_clock_was_ahead(two: Library) -> None:
    ahead = "2999-01-01T00:00:00.999999Z"
    two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Ada"})
    execute(two.path, f"UPDATE correction SET updated = '{ahead}'")
    two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Bea"})
    assert query(two.path, "SELECT updated FROM correction") == ["2999-01-01T00:00:01.000000Z"]
    two.history.undo()
    assert query(two.path, "SELECT updated FROM correction") == ["2999-01-01T00:00:01.000001Z"]


def test_a_library_whose_articles_do_not_say_what_was_corrected_is_not_sound(two: Library, library_path: Path) -> None:
    two.metadata.correct([HARBOUR.id], {Field.AUTHOR: "Ada"})
    assert list(check(library_path)) == []
    execute(library_path, "UPDATE article SET author = 'Eve' WHERE author = 'Ada'")
    (finding,) = check(library_path)
    assert finding.startswith(f"The author of the article {HARBOUR.id[:12]} is not what its correction says")
