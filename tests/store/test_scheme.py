"""The scheme: the labels that a library has."""

from __future__ import annotations

import pytest

from store.errors import AnnotationError
from store.library import Library
from tests.conftest import article

WORDS = article("One two three four.")


def test_a_new_library_has_the_labels_of_claims_in_their_order(library: Library) -> None:
    labels = library.scheme.labels()
    assert [(label.position, label.name, label.key, label.color) for label in labels] == [
        (1, "CLAIM", "C", "claim"),
        (2, "SOURCE", "S", "source"),
        (3, "CUE", "U", "cue"),
        (4, "EVIDENCE", "E", "evidence"),
    ]
    assert all(label.guideline for label in labels)


def test_a_span_is_tagged_with_a_label_of_the_scheme_and_no_other(library: Library) -> None:
    library.articles.add([WORDS])
    assert library.annotations.tag(WORDS, 0, 3, "SOURCE").label == "SOURCE"
    with pytest.raises(AnnotationError, match="has no label PROOF"):
        library.annotations.tag(WORDS, 0, 3, "PROOF")


def test_the_pieces_of_a_span_are_kept_undone_and_redone(library: Library) -> None:
    library.articles.add([WORDS])
    tagged = library.annotations.tag(WORDS, 0, 13, pieces=[(0, 3), (8, 13)])
    assert (tagged.pieces, tagged.quote) == (((0, 3), (8, 13)), "One two three")
    library.history.undo()
    library.history.redo()
    assert [one.pieces for one in library.annotations.of(WORDS.id)] == [((0, 3), (8, 13))]
    library.annotations.tag(WORDS, 0, 13)  # the whole of it is another span
    with pytest.raises(AnnotationError, match="already"):
        library.annotations.tag(WORDS, 0, 13, pieces=[(0, 3), (8, 13)])


@pytest.mark.parametrize(
    "pieces", [[(0, 13)], [(8, 13), (0, 3)], [(0, 5), (4, 13)], [(0, 3), (3, 13)], [(1, 3), (8, 13)], [(0, 3), (8, 12)]]
)
def test_pieces_that_are_no_parts_of_the_span_are_refused(library: Library, pieces: list[tuple[int, int]]) -> None:
    library.articles.add([WORDS])
    with pytest.raises(AnnotationError, match="from its start to its end"):
        library.annotations.tag(WORDS, 0, 13, pieces=pieces)
    assert library.annotations.of(WORDS.id) == []
