"""Comparing: what the other library has, what ours has, what changed, and where people disagree. Nothing is written."""

from __future__ import annotations

from store.library import Library
from store.sharing.compare import Said
from tests.store.sharing.conftest import Filled
from tests.store.sharing.libraries import ARTICLES, REPORT, export

ARTICLE, _, OTHER = ARTICLES[:3]


def tag(library: Library, words: str, label: str = "CLAIM") -> str:
    start = REPORT.index(words)
    return library.annotations.tag(ARTICLE, start, start + len(words), label).id


def test_what_each_has_that_the_other_has_not(library: Library, somebodys: Filled) -> None:
    library.articles.add([ARTICLE, OTHER])
    tag(library, "The council")
    before = export(library.path)
    comparison = library.sharing.compare(somebodys(fill=lambda bob: bob.annotations.note(ARTICLE, None, "Hm.")))
    assert (comparison.brought.added["article"], comparison.brought.added["annotation"]) == (0, 1)
    assert (comparison.only_ours["article"], comparison.only_ours["annotation"]) == (1, 1)
    assert export(library.path) == before


def test_what_both_have_in_different_versions(library: Library, somebodys: Filled) -> None:
    bobs = somebodys(fill=lambda bob: bob.annotations.note(ARTICLE, None, "first"))
    library.sharing.merge([bobs])
    with Library(bobs, annotator="bob") as bob:
        bob.annotations.edit_note(bob.annotations.of(ARTICLE.id)[0].id, "second")
    comparison = library.sharing.compare(bobs)
    assert comparison.changed == [("first", "theirs")]
    assert comparison.brought.updated["annotation"] == 1


def test_people_who_say_different_things_of_the_same_words_disagree(library: Library, somebodys: Filled) -> None:
    library.articles.add([ARTICLE])
    tag(library, "The council voted on Monday")
    tag(library, "Ada Moreau", "SOURCE")
    tag(library, "Fishing crews said that the measure", "CLAIM")

    def fill(bob: Library) -> None:
        tag(bob, "council voted on Monday", "EVIDENCE")  # nearly the same words
        tag(bob, "Ada Moreau", "SOURCE")  # of one mind
        tag(bob, "Fishing crews", "SOURCE")  # a part of what ada says, and another thing
        bob.annotations.note(ARTICLE, (0, 11), "who is that?")  # a note says nothing that could be contradicted

    comparison = library.sharing.compare(somebodys(fill=fill))
    (one,) = comparison.disagreements
    assert comparison.disagreeing == 1
    assert one.ours == Said("ada", "CLAIM", 0, 27, "The council voted on Monday")
    assert one.theirs == Said("bob", "EVIDENCE", 4, 27, "council voted on Monday")
