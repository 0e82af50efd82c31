"""What others write is noticed, and what is new about an article is told from the journal."""

from __future__ import annotations

from pathlib import Path

from store.library import Library
from tests.conftest import article
from tests.store.helpers import plans, statements

WORDS = article("One two three.")
MORE = article("More words are here.")


def test_a_watch_tells_once_of_each_change_whoever_made_it(library: Library, library_path: Path) -> None:
    library.articles.add([WORDS])
    watch = library.watch()
    assert not watch.changed()
    library.annotations.tag(WORDS, 0, 3)
    assert (watch.changed(), watch.changed()) == (True, False)
    with Library(library_path, annotator="bea") as beas:
        beas.annotations.tag(WORDS, 4, 7)
    assert (watch.changed(), watch.changed()) == (True, False)
    library.articles.page()
    assert not watch.changed()
    watch.close()


def test_a_question_reads_no_table(library: Library) -> None:
    watch = library.watch()
    with statements() as seen:
        watch.changed()
    assert seen == []
    watch.close()


def test_news_are_what_was_written_about_the_article_since(library: Library, library_path: Path) -> None:
    library.articles.add([WORDS, MORE])
    library.annotations.tag(WORDS, 0, 3)
    seen = library.history.latest()
    assert library.annotations.news(WORDS.id, seen) is None
    with Library(library_path, annotator="bea") as beas:
        beas.annotations.tag(MORE, 0, 4)
        assert library.annotations.news(WORDS.id, seen) is None
        kept = beas.annotations.tag(WORDS, 4, 7)
        gone = beas.annotations.tag(WORDS, 8, 13)
        beas.annotations.withdraw(gone.id)
    news = library.annotations.news(WORDS.id, seen)
    assert news is not None
    assert news.changed == {kept.id: kept, gone.id: None}
    assert news.seen == library.history.latest()
    assert library.annotations.news(WORDS.id, news.seen) is None


def test_an_undo_is_news_too(library: Library) -> None:
    library.articles.add([WORDS])
    claim = library.annotations.tag(WORDS, 0, 3)
    seen = library.history.latest()
    library.history.undo()
    news = library.annotations.news(WORDS.id, seen)
    assert news is not None
    assert news.changed == {claim.id: None}


def test_news_are_found_by_indexes(library: Library, library_path: Path) -> None:
    library.articles.add([WORDS])
    library.annotations.tag(WORDS, 0, 3)
    with statements() as seen:
        library.annotations.news(WORDS.id, 0)
    tables = ("SCAN change", "SCAN annotation", "SCAN annotator")
    assert [step for step in plans(library_path, seen) if step.startswith(tables)] == []
