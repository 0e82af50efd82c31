"""Tags and collections: given to many articles in one act, taken back, renamed, and found by their names."""

from __future__ import annotations

import pytest

from store.care.check import check
from store.errors import GroupError
from store.kinds import Grouping
from store.library import Library
from store.records import Group
from store.shelf.groups import LONGEST, checked, is_name
from tests.conftest import article
from tests.store.helpers import query, statements
from tui import journal

TAG, COLLECTION = Grouping.TAG, Grouping.COLLECTION
ONE, TWO, THREE = (article(text) for text in ("Apples.", "Berries.", "Cherries."))
ALL = [ONE.id, TWO.id, THREE.id]


@pytest.fixture
def filled(library: Library) -> Library:
    library.articles.add([ONE, TWO, THREE])
    return library


def tags(library: Library) -> list[tuple[str, ...]]:
    return [row.tags for row in library.articles.page()]


def test_articles_get_tags_and_collections_and_the_list_shows_them(filled: Library) -> None:
    assert filled.groups.add(TAG, "fruit", ALL) == 3
    assert filled.groups.add(TAG, "fruit", [ONE.id, ONE.id]) == 0, "it has it already"
    assert filled.groups.add(TAG, "budget", [ONE.id]) == 1
    assert filled.groups.add(COLLECTION, "Elections 2024", [TWO.id, THREE.id]) == 2
    assert tags(filled) == [("budget", "fruit"), ("fruit",), ("fruit",)]
    assert [row.collections for row in filled.articles.page()] == [(), ("Elections 2024",), ("Elections 2024",)]
    assert filled.groups.all(TAG) == [Group(TAG, "budget", 1), Group(TAG, "fruit", 3)]
    assert filled.groups.on(TAG, [ONE.id, TWO.id]) == {"budget": 1, "fruit": 2}


def test_an_act_on_many_articles_is_undone_and_redone_as_one_by_whoever_opens_the_library_next(
    filled: Library,
) -> None:
    filled.groups.add(TAG, "fruit", ALL)
    filled.groups.remove(TAG, "fruit", [TWO.id])
    with Library(filled.path, annotator="ada") as later:
        undone = later.history.undo()
        assert undone is not None
        assert (undone.action, undone.articles, undone.article_title) == ("remove tag", 1, "Berries.")
        assert tags(later) == [("fruit",)] * 3
        undone = later.history.undo()
        assert undone is not None
        assert (undone.action, undone.articles) == ("add tag", 3)
        assert tags(later) == [()] * 3
        later.history.redo()
        later.history.redo()
        assert tags(later) == [("fruit",), (), ("fruit",)]
        assert later.history.redo() is None


def test_an_undo_between_acts_on_annotations_takes_back_what_was_last(filled: Library) -> None:
    claim = filled.annotations.tag(ONE, 0, 6)
    filled.groups.add(TAG, "fruit", ALL)
    filled.history.undo()
    assert (tags(filled), len(filled.annotations.of(ONE.id))) == ([()] * 3, 1)
    filled.history.undo()
    assert filled.annotations.of(ONE.id) == []
    filled.history.redo()
    assert [one.id for one in filled.annotations.of(ONE.id)] == [claim.id]
    filled.history.redo()
    assert tags(filled) == [("fruit",)] * 3


def test_an_act_and_its_undo_cost_as_many_statements_for_a_thousand_articles_as_for_ten(filled: Library) -> None:
    def cost(count: int) -> int:
        many = [article(f"Number {count} {number}.") for number in range(count)]
        filled.articles.add(many)
        with statements() as seen:
            filled.groups.add(TAG, f"of {count}", [one.id for one in many])
            filled.history.undo()
        return len(seen)

    assert cost(1000) == cost(10)


def test_renaming_is_one_act_and_two_of_one_name_become_one(filled: Library) -> None:
    filled.groups.add(TAG, "fruit", [ONE.id, TWO.id])
    filled.groups.add(TAG, "Food", [TWO.id, THREE.id])
    assert filled.groups.rename(TAG, "FRUIT", "food") == 2
    assert tags(filled) == [("Food",)] * 3
    filled.history.undo()
    assert tags(filled) == [("fruit",), ("Food", "fruit"), ("Food",)]
    assert filled.groups.rename(TAG, "fruit", "Fruit") == 2, "another spelling of its own name"
    assert tags(filled) == [("Fruit",), ("Food", "Fruit"), ("Food",)]
    assert filled.groups.rename(TAG, "Fruit", "Fruit") == 0


def test_a_name_is_taken_in_the_spelling_that_it_has(filled: Library) -> None:
    filled.groups.add(TAG, "Müll  und Straße", [ONE.id])
    filled.groups.add(TAG, "MÜLL UND STRASSE", [TWO.id])
    filled.groups.remove(TAG, "mu\u0308ll und straße", [TWO.id])
    assert tags(filled) == [("Müll und Straße",), (), ()]
    assert filled.groups.called(TAG, "müll und strasse") == "Müll und Straße"


def test_a_tag_and_a_collection_of_one_name_are_two_things(filled: Library) -> None:
    filled.groups.add(TAG, "fruit", [ONE.id])
    filled.groups.add(COLLECTION, "fruit", [TWO.id])
    filled.groups.rename(COLLECTION, "fruit", "basket")
    assert filled.articles.ids("tag:fruit") == [ONE.id]
    assert filled.articles.ids("in:basket") == [TWO.id]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (" ", "A tag or a collection needs a name: write one."),
        ('a "b"', "'a \"b\"' cannot be a name: leave out quotation marks and control characters."),
        ("a\x1b[31m", "'a\\x1b[31m' cannot be a name: leave out quotation marks and control characters."),
        ("a" * (LONGEST + 1), f"{'a' * 40}… is too long for a name: it may have {LONGEST} characters."),
    ],
)
def test_what_cannot_be_a_name_is_told_and_nothing_is_kept(filled: Library, name: str, sentence: str) -> None:
    with pytest.raises(GroupError) as refused:
        filled.groups.add(TAG, name, ALL)
    assert refused.value.sentence == sentence
    assert tags(filled) == [()] * 3
    assert not is_name(name)


def test_a_name_is_kept_without_needless_space() -> None:
    assert checked("  two \t words\n") == "two words"
    assert is_name("two words")
    assert not is_name(" two words")


def test_a_name_that_is_not_there_is_told_with_the_one_that_may_be_meant(filled: Library) -> None:
    filled.groups.add(TAG, "budget", [ONE.id])
    with pytest.raises(GroupError, match="There is no tag bugdet: did you mean budget"):
        filled.groups.remove(TAG, "bugdet", [ONE.id])
    with pytest.raises(GroupError, match=r"There is no collection budget: postil collect lists them\."):
        filled.groups.rename(COLLECTION, "budget", "x")


def test_the_journal_says_it_in_a_line(filled: Library) -> None:
    filled.groups.add(TAG, "fruit", ALL)
    filled.groups.rename(TAG, "fruit", "food")
    filled.groups.add(COLLECTION, "basket", [ONE.id])
    filled.shelf.archive([ONE.id, TWO.id])
    said = [line.partition("  ada  ")[2] for line in journal.lines(filled.history.changes())]
    assert said == [
        "archive  in Apples. and 1 more",
        "add collection  basket  in Apples.",
        "rename tag  fruit → food  in Cherries. and 2 more",
        "add tag  fruit  in Apples. and 2 more",
    ]
    assert list(check(filled.path)) == []
    assert query(filled.path, "SELECT count(*) FROM change") == [3 + 6 + 1 + 2]
