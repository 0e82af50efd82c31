"""A span is found again in another version of its text by its words and those around it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.text.anchors import anchor
from store.text.reanchoring import find_again
from tests.store.strategies import articles, spans

OLD = "The mayor spoke. He said that taxes would fall. Later he said that taxes would rise. Nobody clapped."


def found(words: str, new: str, *, old: str = OLD, after: str = "") -> str | None:
    """What stands in `new` where the words of `old`, the first that follow `after`, are found again."""
    start = old.index(words, old.index(after))
    place = find_again(new, anchor(old, start, start + len(words)), len(old))
    return None if place is None else new[place.start : place.end]


def test_words_that_moved() -> None:
    assert found("taxes would rise", "An opening was added here.\n\n" + OLD) == "taxes would rise"


def test_words_that_stand_twice_are_told_apart_by_those_around_them() -> None:
    new = "Added. " * 9 + OLD
    start = OLD.index("he said", 50)
    place = find_again(new, anchor(OLD, start, start + len("he said")), len(OLD))
    assert place is not None
    assert new[: place.start].endswith("Later ")


def test_other_quotes_spaces_case_and_composition() -> None:
    old = "They called it “a café\nfor all”, and left it there for good."
    new = 'they called it "A cafe\u0301 for all", and left it there for good.'
    assert found("“a café\nfor all”", new, old=old) == '"A cafe\u0301 for all"'


def test_small_differences_and_whole_words() -> None:
    new = OLD.replace("He said that taxes would fall", "He stated that the taxes would fall")
    assert found("He said that taxes would fall", new) == "He stated that the taxes would fall"


def test_words_that_are_gone_have_no_place() -> None:
    assert found("Nobody clapped", "Something else altogether was written about the weather of last week.") is None


def test_a_short_word_alone_is_not_put_just_anywhere() -> None:
    assert found("he", "Nothing here but other words.", after="Later") is None


@given(data=st.data())
def test_what_did_not_change_is_found_where_it_is(data: st.DataObject) -> None:
    text = data.draw(articles)
    start, end = data.draw(spans(text))
    if text[start:end].strip():
        place = find_again(text, anchor(text, start, end), len(text))
        assert place is not None
        assert (place.start, place.end) == (start, end)
