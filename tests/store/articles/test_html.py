"""A saved web page: the article in it, and what the page says of itself."""

from __future__ import annotations

import hashlib
import json
import threading

import pytest

from store.articles import limited
from store.errors import ArticleError
from tests.store.articles.making import one, refusal
from tests.store.helpers import at_most

SENTENCE = "The council of {} decided on Monday that the old bridge will be closed for two years of repairs, she said. "
BODY = "".join(f"<p>{SENTENCE.format(town) * 2}</p>" for town in ("Grauwald", "Leeds", "Turin", "Nantes"))

MANY = "".join(f"<p>{n} {BODY}</p>" for n in range(30_000))
"""What takes its time."""


def page(head: str = "", body: str = BODY) -> str:
    article = f"<article><h1>The bridge</h1>{body}</article>"
    return f"<!DOCTYPE html><html lang='en-GB'><head>{head}</head><body>{article}</body></html>"


def test_the_article_is_markdown_without_what_stands_around_it() -> None:
    around = (
        "<nav><a href=/>Home</a> <a href=/world>World</a></nav><div class='cookie-banner'>We use cookies.</div>"
        f"<article><h1>The bridge</h1>{BODY}<h2>What it costs</h2><ul><li>Four million for stone</li><li>One million"
        " for labour</li></ul><blockquote>It cannot wait, the mayor of the town said by phone.</blockquote></article>"
        "<div class='related-posts'><h3>Related</h3><a href=/x>Ten bridges you must see</a></div><footer>©</footer>"
    )
    article = one("a.html", page(body="").replace("<article><h1>The bridge</h1></article>", around))
    assert article.format == "markdown"
    for kept in ["council of Grauwald", "## What it costs\n\n- Four million for stone\n- One", "> It cannot wait"]:
        assert kept in article.text
    for left_out in ["Home", "cookies", "Ten bridges", "©"]:
        assert left_out not in article.text


def test_a_page_says_who_wrote_it_where_and_when() -> None:
    head = (
        "<title>The bridge | The Post</title><meta property='og:title' content='The bridge is closed'>"
        "<meta name='author' content='Ann Lee'><meta property='og:site_name' content='The Post'>"
        "<meta property='article:published_time' content='2025-06-03T09:00:00Z'>"
        "<meta name='description' content='Two years of repairs.'><link rel='canonical' href='https://post.example/bridge'>"
    )
    article = one("a.html", page(head))
    assert (article.title, article.author, article.source) == ("The bridge is closed", "Ann Lee", "The Post")
    assert (article.published, article.url) == ("2025-06-03", "https://post.example/bridge")
    assert article.provenance is not None
    assert article.provenance.language == "en-GB"
    assert article.provenance.meta["description"] == "Two years of repairs."


def test_linked_data_and_dublin_core_say_it_too() -> None:
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "The bridge",
        "datePublished": "2025-06-03",
        "author": {"@type": "Person", "name": "Ann Lee"},
    }
    article = one("a.html", page(f"<script type='application/ld+json'>{json.dumps(linked)}</script>"))
    assert (article.author, article.published) == ("Ann Lee", "2025-06-03")
    core = {"creator": "Ann Lee", "title": "A bridge", "date": "2025-06-03"}
    article = one("a.html", page("".join(f"<meta name='DC.{name}' content='{said}'>" for name, said in core.items())))
    assert (article.title, article.author, article.published) == ("A bridge", "Ann Lee", "2025-06-03")


def test_no_date_is_guessed_from_numbers_in_the_text() -> None:
    told = page(body=BODY + "<p>It was built in 1995, on 3 May 1995, for 1995 people.</p>")
    assert one("a.html", told).published is None


def test_it_is_known_what_made_the_text_of_what() -> None:
    data = page()
    provenance = one("a.html", data).provenance
    assert provenance is not None
    assert provenance.original == hashlib.sha256(data.encode()).hexdigest()
    assert provenance.extractor.startswith("trafilatura 2.")
    assert provenance.extractor.endswith(", postil html 1")


def test_a_page_of_one_sentence_is_an_article_too() -> None:
    article = one("short.html", "<html><p>Hello, world.</p></html>")
    assert (article.text, article.title) == ("Hello, world.\n", "short.html")


def test_a_page_that_only_a_script_fills_is_a_sentence() -> None:
    data = "<html><body><div id=root></div><script>render()</script></body></html>"
    assert refusal("a.html", data) == "a.html has no words: it may be a page that a script fills in."


@pytest.mark.parametrize("open_tag", ["<div>", "<table><tr><td>", "<ul><li>", "<x-y>"])
def test_a_page_nested_a_hundred_thousand_deep_is_read(open_tag: str) -> None:
    with at_most(60):
        assert "council of Leeds" in one("deep.html", page(body=BODY + open_tag * 100_000 + "deep")).text


def test_what_is_no_page_at_all_does_no_harm() -> None:
    assert "<" in one("a.html", "<html>" + "<" * 100_000).text
    assert one("b.html", b"<html>" + bytes(range(1, 256)) * 200)


# The process with limits


def test_a_page_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    parser = limited.Parser(seconds=0.01)
    try:
        with pytest.raises(ArticleError, match=r"^slow\.html took longer than 0\.01 s to read and was given up\.$"):
            parser.parse("html", page(body=BODY * 2000).encode(), "slow.html", charset=None, url=None)
        parser._seconds = 60
        assert "council" in parser.parse("html", page().encode(), "a.html", charset=None, url=None)["text"]
    finally:
        parser.close()


def test_a_page_that_needs_too_much_memory_is_a_sentence() -> None:
    parser = limited.Parser(megabytes=200)
    try:
        with pytest.raises(ArticleError, match=r"^big\.html (needs too much memory|cannot be read)"):
            parser.parse("html", page(body=MANY).encode(), "big.html")
    finally:
        parser.close()


def test_a_process_that_falls_is_a_sentence_and_a_new_one_is_started() -> None:
    parser = limited.Parser()
    try:
        parser.parse("html", page().encode(), "a.html")
        assert parser._child is not None
        parser._child.kill()
        parser._child.wait()
        assert "council" in parser.parse("html", page().encode(), "a.html")["text"]
        assert parser._child is not None
        threading.Timer(0.5, parser._child.kill).start()  # as where it falls over a file: while it is asked
        with pytest.raises(ArticleError, match="brings down the program that reads such files"):
            parser.parse("html", page(body=MANY).encode(), "a.html")
    finally:
        parser.close()
