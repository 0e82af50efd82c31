"""What is said to be the article's own text is kept, undone and heeded by everybody who asks what is folded."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import AnnotationError
from store.library import Library
from tests.conftest import article

ARTICLE = article(
    "The glut\n\nHome\nNews\nWeather\nLog in\nSubscribe\n\nEurope has more bottles than it can sell, it said."
)


def test_a_decision_is_heeded_and_can_be_undone(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([ARTICLE])
        (run,) = library.folds.of(ARTICLE)
        library.folds.keep_open(ARTICLE, run.start, run.end)
        assert library.folds.of(ARTICLE) == []
        library.history.undo()
        assert library.folds.of(ARTICLE) == [run]
        library.history.redo()
    with Library(library_path, annotator="bob") as library:
        assert library.folds.of(ARTICLE) == []


def test_a_span_outside_of_the_text_is_refused(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([ARTICLE])
        with pytest.raises(AnnotationError):
            library.folds.keep_open(ARTICLE, 5, 5000)
