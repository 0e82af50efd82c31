"""E-books: chapters in the order of the spine, with the book's own words for them."""

from __future__ import annotations

import io
import zipfile

from store.articles.sources import Options
from tests.store.articles.making import epub, read, refusal, zipped

CHAPTERS = {
    "In which it rains": "<h1>One</h1><p>It was a café &amp; a mill.</p>",
    "Later": "<h1>Two</h1><p>It was <i>late</i>.</p><ul><li>a</li></ul>",
}


def test_each_chapter_is_an_article() -> None:
    articles, sentences = read("mill.epub", epub(CHAPTERS))
    assert sentences == []
    assert [article.text for article in articles] == [
        "# One\n\nIt was a café & a mill.\n",
        "# Two\n\nIt was late.\n\n- a\n",
    ]
    assert [article.title for article in articles] == ["The Mill: In which it rains", "The Mill: Later"]
    assert {article.author for article in articles} == {"Ann Lee"}
    assert [article.provenance and article.provenance.part for article in articles] == ["chapter 1", "chapter 2"]
    assert {article.provenance and article.provenance.language for article in articles} == {"en-GB"}


def test_a_whole_book_is_one_article_if_it_is_asked_for() -> None:
    (book,), _ = read("mill.epub", epub(CHAPTERS), Options(whole_books=True))
    assert book.title == "The Mill"
    assert book.text == "# One\n\nIt was a café & a mill.\n\n# Two\n\nIt was late.\n\n- a\n"


def test_a_page_without_words_is_no_chapter() -> None:
    articles, _ = read("a.epub", epub({"Cover": "<img src='cover.jpg'/>", **CHAPTERS}))
    assert [article.provenance and article.provenance.part for article in articles] == ["chapter 2", "chapter 3"]


def test_it_is_a_book_whatever_it_is_called() -> None:
    assert len(read("download", epub(CHAPTERS))[0]) == 2
    assert len(read("book.zip", zipped({"a/b.jpg": b""}) and epub(CHAPTERS))[0]) == 2


def test_a_chapter_that_is_missing_does_not_cost_the_others() -> None:
    whole = epub(CHAPTERS)
    damaged = whole.replace(b"OEBPS/c1.xhtml", b"OEBPS/c9.xhtml")
    articles, sentences = read("a.epub", damaged)
    assert [article.title for article in articles] == ["The Mill: Later"]
    assert sentences == ["a.epub, chapter 1: the book has no file OEBPS/c1.xhtml."]


def test_a_locked_one_is_a_sentence() -> None:
    locked = (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
        '<enc:EncryptedData><enc:CipherData><enc:CipherReference URI="OEBPS/c1.xhtml"/></enc:CipherData>'
        "</enc:EncryptedData></encryption>"
    )
    said = refusal("a.epub", epub(CHAPTERS, others={"META-INF/encryption.xml": locked}))
    assert said == "a.epub is locked (DRM): 1 of its files cannot be read without its key."
    fonts = locked.replace("OEBPS/c1.xhtml", "OEBPS/font.otf")
    assert len(read("a.epub", epub(CHAPTERS, others={"META-INF/encryption.xml": fonts}))[0]) == 2


def test_what_only_looks_like_a_book_is_a_sentence() -> None:
    assert "is no EPUB: it has no META-INF/container.xml" in refusal("a.epub", zipped({"a.txt": "Words."}))
    assert "is damaged and cannot be unpacked" in refusal("a.epub", epub(CHAPTERS)[:100])
    assert "is damaged: its package is no XML" in refusal("a.epub", epub(CHAPTERS, others={"OEBPS/book.opf": "what?"}))


def test_a_chapter_outside_of_the_book_is_not_looked_for() -> None:
    with zipfile.ZipFile(io.BytesIO(epub(CHAPTERS))) as book:
        package = book.read("OEBPS/book.opf").decode().replace('href="c1.xhtml"', 'href="../../c1.xhtml"')
    articles, _ = read("a.epub", epub(CHAPTERS, others={"OEBPS/book.opf": package}))
    assert [article.title for article in articles] == ["The Mill: Later"]


def test_entities_made_of_entities_are_left_alone() -> None:
    bomb = '<!DOCTYPE p [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><package>&b;</package>'
    assert "has entities made of entities" in refusal("a.epub", epub(CHAPTERS, others={"OEBPS/book.opf": bomb}))
