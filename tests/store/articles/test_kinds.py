"""A file is told by its bytes, and by its name only where these leave it open."""

from __future__ import annotations

import io

import pytest

from store.articles import kinds
from store.articles.kinds import Kind, recognise
from store.articles.sources import Options, Source
from store.errors import ArticleError
from tests.store.articles import making

PAGE = b"<!DOCTYPE html><html><body><p>Words.</p></body></html>"
FEED = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel></channel></rss>'
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>'


def kind(name: str, data: bytes, **options: str) -> Kind:
    return recognise(Source(name, io.BytesIO(data), Options(**options)), data[:4096])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PAGE, kinds.HTML),
        (b"\n\n  <HTML lang=en><head>", kinds.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', kinds.HTML),
        ("\ufeff<!doctype html>".encode(), kinds.HTML),
        ("<!doctype html><html>".encode("utf-16"), kinds.HTML),
        (FEED, kinds.FEED),
        (ATOM, kinds.FEED),
        (b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', kinds.FEED),
        (b"%PDF-1.7\n", kinds.PDF),
        (making.epub({"One": "<p>Words.</p>"}), kinds.EPUB),
        (making.zipped({"a.txt": "Words."}), kinds.ZIP),
        (making.tarred({"a.txt": "Words."}), kinds.TAR),
        (b'{"text": "Words."}\n{"text": "More."}\n', kinds.JSONL),
    ],
    # An archive holds the time, and a test has to be called the same in every process.
    ids="html upper-case xhtml mark utf-16 rss atom rdf pdf epub zip tar jsonl".split(),
)
@pytest.mark.parametrize("name", ["download", "a.txt", "page.php", "a.html"])
def test_the_bytes_say_what_a_file_is_whatever_it_is_called(data: bytes, expected: Kind, name: str) -> None:
    if expected is kinds.JSONL and name in {"a.txt", "a.html"}:
        assert kind(name, data) is kinds.by_name(name)  # a text may be in braces: then the name is believed
    else:
        assert kind(name, data) is expected


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.md", b"# Title\n", kinds.MARKDOWN),
        ("a.MD", b"<div align=center>", kinds.MARKDOWN),
        ("a.txt", b"# Title\n", kinds.TEXT),
        ("README", b"Words.", kinds.TEXT),
        ("a.tex", b"\\begin{document}", kinds.TEXT),
        ("a.html", b"<p>Words.", kinds.HTML),
        ("a.csv", b"text\nWords.", kinds.CSV),
        ("a.jsonl", b"<html>", kinds.JSONL),
        ("a.txt", b'<svg xmlns="http://www.w3.org/2000/svg">', kinds.TEXT),
    ],
)
def test_the_name_decides_where_the_bytes_do_not(name: str, data: bytes, expected: Kind) -> None:
    assert kind(name, data) is expected


def test_a_column_of_text_makes_a_table_of_what_has_no_name() -> None:
    assert kind("standard input", b"id,words\n1,Words.\n", text_field="words") is kinds.CSV
    assert kind("standard input", b'{"words": "Words."}', text_field="words") is kinds.JSONL


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n\0", "a.png is a picture; postil reads"),
        ("a.doc", b"\xd0\xcf\x11\xe0\0", "is an old Office document: save it as PDF or text"),
        ("a.db", b"SQLite format 3\0", "is a database"),
        ("a.bin", b"\x01\0\x02\0\x03", "is not a text, nor of another kind that postil reads"),
        ("a.pdf", b"Words.", "is called .pdf and is not one"),
        ("a.epub", b"Words.", "is called .epub and is not one"),
        ("a.xml", b"<?xml version='1.0'?><project/>", "is XML, but no feed"),
    ],
)
def test_what_is_of_no_kind_is_refused_with_what_it_is(name: str, data: bytes, says: str) -> None:
    with pytest.raises(ArticleError, match=says):
        kind(name, data)
