"""What is said to be the article's own text is kept, undone and heeded by everybody who asks what is folded."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.errors import AnnotationError
from store.library import Library
from store.text import folding
from store.text.folding_apart import folded_apart
from tests.conftest import article
from tests.store.helpers import query

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


def words(library: Library) -> int:
    return library.articles.page()[0].words


def look(library: Library) -> int:
    return sum(library.folds.look())


def test_what_was_found_is_kept_and_left_out_of_the_count_of_words(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([ARTICLE])
        assert (library.folds.known(ARTICLE.id), words(library)) == (None, 18)
        assert (look(library), look(library)) == (1, 0)
        (run,) = library.folds.known(ARTICLE.id) or []
        assert [run] == folding.folded(ARTICLE.text)
        assert words(library) == 12
        library.folds.keep_open(ARTICLE, run.start, run.end)
        assert words(library) == 18
        library.history.undo()
        assert words(library) == 12


def test_only_what_is_asked_for_is_looked_at(library_path: Path) -> None:
    long = article("Not furniture, but a text of its own.\n\n" * 20)
    with Library(library_path, annotator="ada") as library:
        library.articles.add([ARTICLE, long])
        assert sum(library.folds.look([], longest=500)) == 0
        assert sum(library.folds.look(longest=500)) == 1
        assert library.folds.known(long.id) is None
        assert sum(library.folds.look([long.id])) == 1


def test_what_older_rules_found_is_looked_for_again(library_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([ARTICLE])
        look(library)
        monkeypatch.setattr("store.folds.RULES", 99)
        assert library.folds.known(ARTICLE.id) is None
        assert look(library) == 1
        assert query(library_path, "SELECT rules FROM folding") == [99]


def test_the_reader_keeps_what_it_found_of_an_article_that_is_there(library_path: Path) -> None:
    found = folding.folded(ARTICLE.text)
    with Library(library_path, annotator="ada") as library:
        library.folds.keep(ARTICLE, found)
        assert query(library_path, "SELECT count(*) FROM folding") == [0]
        library.articles.add([ARTICLE])
        library.folds.keep(ARTICLE, found)
        assert library.folds.known(ARTICLE.id) == found


def test_a_process_of_its_own_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = ARTICLE.text + "\n\n👨🏻‍🚒 Europe has more bottles than it can sell, it said, and so it said before."
    assert folded_apart(text) == folding.folded(text) != []
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert folded_apart(text) == []
