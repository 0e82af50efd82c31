"""Of what kind a file is: told by its first bytes, and by its name only where several kinds begin alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import cast

from store.articles.sources import Source
from store.errors import ArticleError
from store.records import Article

Read = Callable[[Source], Iterator[Article | ArticleError]]
"""What every reader's `articles` is: the articles of a source, and in their places the errors of what is none.

It raises an ArticleError of its own where the whole source cannot be read.
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file, and who reads it."""

    name: str
    module: str
    """Imported only when such a file is read: it may bring a library of its own."""
    endings: tuple[str, ...]
    """Of names, in lower case: how files in folders are found, and what decides where the bytes leave it open."""
    several: bool = False
    """Whether one file may hold several articles."""

    def reader(self) -> Read:
        """The reader of such files."""
        return cast(Read, import_module(self.module).articles)


TEXT = Kind("text", "store.articles.plain", (".txt", ".text"))
MARKDOWN = Kind("markdown", "store.articles.markdown", (".md", ".markdown"))
HTML = Kind("html", "store.articles.html", (".html", ".htm", ".xhtml"))
EPUB = Kind("epub", "store.articles.epub", (".epub",), several=True)
PDF = Kind("pdf", "store.articles.pdf", (".pdf",))
FEED = Kind("feed", "store.articles.feed", (".rss", ".atom", ".xml"), several=True)
JSONL = Kind("jsonl", "store.articles.tables", (".jsonl", ".ndjson"), several=True)
CSV = Kind("csv", "store.articles.tables", (".csv", ".tsv"), several=True)
ZIP = Kind("zip", "store.articles.archive", (".zip",), several=True)
TAR = Kind("tar", "store.articles.archive", (".tar.gz", ".tgz", ".tar"), several=True)

KINDS = (TEXT, MARKDOWN, HTML, EPUB, PDF, FEED, JSONL, CSV, ZIP, TAR)

NAMED = ".txt, .md, .html, .epub, .pdf, .rss, .atom, .xml, .jsonl, .csv, .zip and .tar.gz"
"""For sentences."""

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_XML_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_XML_ROOT = re.compile(
    rb"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[.*?\])*>)*<([A-Za-z_][\w.:-]*)", re.DOTALL | re.IGNORECASE
)
_HTML_START = re.compile(
    rb"\s*(?:<\?xml.*?\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta)\b",
    re.DOTALL | re.IGNORECASE,
)
_JSON_OBJECT = re.compile(rb'\s*\{\s*"')
_MEDIA_TYPES = {
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/rss+xml": FEED,
    "application/atom+xml": FEED,
    "text/markdown": MARKDOWN,
    "text/csv": CSV,
    "application/jsonl": JSONL,
    "application/x-ndjson": JSONL,
}
_OTHERS = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document: save it as PDF or text"),
    (b"SQLite format 3\0", "a database: postil --library opens a library"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it, or make it a .zip"),
    (b"Rar!", "a RAR archive: unpack it, or make it a .zip"),
    (b"BZh", "packed with bzip2: unpack it, or make it a .tar.gz"),
    (b"\xfd7zXZ", "packed with xz: unpack it, or make it a .tar.gz"),
    (b"\x28\xb5\x2f\xfd", "packed with zstd: unpack it, or make it a .tar.gz"),
)


def by_name(name: str) -> Kind | None:
    """The kind that a name's ending promises; None if it is no ending of ours."""
    lower = name.lower()
    return next((kind for kind in KINDS for ending in kind.endings if lower.endswith(ending)), None)


def is_feed(head: bytes) -> bool:
    """Whether XML that begins like this is a feed."""
    return bool(_XML_FEED.search(head))


def recognise(source: Source, head: bytes) -> Kind:
    """The kind of a source that begins with the bytes `head`.

    Raises:
        ArticleError: it is of no kind that postil reads.
    """
    named = by_name(source.url.partition("?")[0] if source.url else source.name)
    if kind := _by_bytes(head, named):
        return kind
    said = _MEDIA_TYPES.get((source.content_type or "").partition(";")[0].strip().lower())
    for promised in (named, said):
        if promised in {EPUB, PDF, ZIP, TAR}:
            raise ArticleError(f"{source.name} is called {promised.endings[0]} and is not one: it may be damaged.")
        if promised is FEED:
            raise ArticleError(f"{source.name} is XML, but no feed (RSS or Atom): postil reads {NAMED} files.")
        if promised:
            return promised
    for magic, what in _OTHERS:
        if head.startswith(magic):
            raise ArticleError(f"{source.name} is {what}; postil reads {NAMED} files.")
    if source.options.text_field:
        return JSONL if _JSON_OBJECT.match(head) else CSV
    if b"\0" in head and not head.startswith(_BOMS):
        raise ArticleError(f"{source.name} is not a text, nor of another kind that postil reads: {NAMED} files.")
    return JSONL if _JSON_OBJECT.match(head) and _is_json_line(head) else TEXT


def _by_bytes(head: bytes, named: Kind | None) -> Kind | None:
    """The kind, where the bytes alone tell it."""
    if head.startswith(b"%PDF-") or (named is PDF and b"%PDF-" in head):
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return EPUB if named is EPUB or head[30:58] == b"mimetypeapplication/epub+zip" else ZIP
    if head.startswith(b"\x1f\x8b") or head[257:262] == b"ustar":
        return TAR
    head = _without_mark(head)
    if named in {JSONL, CSV}:
        return named  # a text in the first row may begin like anything
    if _HTML_START.match(head):
        return HTML
    if (root := _XML_ROOT.match(head)) and head.lstrip().startswith(b"<"):
        name = root[1].lower()
        if name in {b"rss", b"feed", b"rdf:rdf"}:
            return FEED
        if name == b"html":
            return HTML
    return None


def _without_mark(head: bytes) -> bytes:
    """The bytes as ASCII would have them, where a byte order mark says that they are UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[2:].replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_json_line(head: bytes) -> bool:
    import json

    first, ended, _ = head.lstrip().partition(b"\n")
    try:
        return bool(ended) and isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
