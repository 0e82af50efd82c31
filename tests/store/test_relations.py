"""Relations between annotations, also across articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import AnnotationError
from store.library import Library
from tests.conftest import article

WORDS = article("One two three.")
MORE = article("More words are here.")


@pytest.fixture
def claims(library: Library) -> tuple[str, str]:
    """A claim in each of two articles."""
    library.articles.add([WORDS, MORE])
    return library.annotations.tag(WORDS, 0, 3).id, library.annotations.tag(MORE, 0, 4).id


def test_a_relation_across_articles_is_found_from_both(library: Library, claims: tuple[str, str]) -> None:
    one, more = claims
    key = library.relations.relate(more, one, "supports", note="says the same")
    for here in (WORDS, MORE):
        (relation,) = library.relations.of(here.id)
        assert (relation.id, relation.label, relation.source_id, relation.target_id) == (key, "supports", more, one)
        assert (relation.note, relation.annotator) == ("says the same", "ada")


def test_relating_and_withdrawing_are_undone_and_redone(library: Library, claims: tuple[str, str]) -> None:
    key = library.relations.relate(*claims, "attacks")
    library.relations.withdraw(key)
    seen = []
    for act in (library.history.undo, library.history.undo, library.history.redo, library.history.redo):
        undone = act()
        assert undone is not None
        assert undone.article_id == WORDS.id  # where it leads from
        seen.append((undone.action, len(library.relations.of(WORDS.id))))
    assert seen == [("withdraw", 1), ("relate", 0), ("relate", 1), ("withdraw", 0)]


def test_the_same_is_not_said_twice(library: Library, claims: tuple[str, str]) -> None:
    library.relations.relate(*claims, "supports")
    with pytest.raises(AnnotationError, match="related by supports already"):
        library.relations.relate(*claims, "supports")
    library.relations.relate(*claims, "same_as")
    assert len(library.relations.of(WORDS.id)) == 2


def test_both_ends_have_to_stand(library: Library, claims: tuple[str, str]) -> None:
    one, more = claims
    with pytest.raises(AnnotationError, match="no relation to itself"):
        library.relations.relate(one, one, "supports")
    library.annotations.withdraw(more)
    with pytest.raises(AnnotationError, match="not there any more"):
        library.relations.relate(one, more, "supports")


def test_only_its_owner_withdraws_a_relation(library: Library, library_path: Path, claims: tuple[str, str]) -> None:
    key = library.relations.relate(*claims, "supports")
    with Library(library_path, annotator="bea") as beas, pytest.raises(AnnotationError, match="belongs to ada"):
        beas.relations.withdraw(key)
    library.relations.withdraw(key)
    with pytest.raises(AnnotationError, match="not there any more"):
        library.relations.withdraw(key)


def test_a_note_on_a_relation_is_changed_by_its_owner_alone_and_undone(
    library: Library, library_path: Path, claims: tuple[str, str]
) -> None:
    key = library.relations.relate(*claims, "supports", note="half \ud83d and \0")

    def note() -> str:
        return library.relations.of(WORDS.id)[0].note

    assert note() == "half ? and \ufffd"
    library.relations.edit_note(key, "Both \0 say so. #checked")
    assert note() == "Both \ufffd say so. #checked"
    library.relations.edit_note(key, " \n")
    assert note() == ""
    for expected in ("Both \ufffd say so. #checked", "half ? and \ufffd"):
        undone = library.history.undo()
        assert undone is not None
        assert (undone.action, undone.article_id, note()) == ("edit", WORDS.id, expected)
    with Library(library_path, annotator="bea") as beas, pytest.raises(AnnotationError, match="belongs to ada"):
        beas.relations.edit_note(key, "mine")
    library.relations.withdraw(key)
    with pytest.raises(AnnotationError, match="not there any more"):
        library.relations.edit_note(key, "too late")
