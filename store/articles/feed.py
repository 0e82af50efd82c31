"""RSS and Atom: one article an item, read as the file streams by, so that a feed may have any number of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from store.articles import markup, xml
from store.articles.blocks import as_markdown
from store.articles.identity import article_id, canonical
from store.articles.sources import HEAD, LARGEST
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    from store.articles.sources import Source

EXTRACTOR = "postil feed 1"
"""The number goes up when the same file would give another text."""

_ITEMS = ("item", "atom:entry")
_CONTENT = ("content:encoded", "atom:content", "html:body", "description", "atom:summary", "dc:description")
"""Where an item's text is, the fullest first."""


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The articles of a feed, and the errors of items without text or that lie behind a damage.

    Raises:
        ArticleError: it is too large, or no feed at all.
    """
    import lxml.etree

    if (size := source.size()) > LARGEST:
        raise ArticleError(
            f"{source.name} is too large ({size / 1e6:,.0f} MB): postil reads up to {LARGEST / 1e6:,.0f} MB; split it."
        )
    source.digest()
    if xml.is_bomb(source.file.read(HEAD)):
        raise ArticleError(f"{source.name} has entities made of entities, or of other files: it was left alone.")
    source.file.seek(0)
    feed: dict[str, str] = {}
    number = 0
    depth = 0
    events = lxml.etree.iterparse(source.file, events=("start", "end"), **xml.HARDENED)
    try:
        for event, element in events:
            depth += 1 if event == "start" else -1
            name = xml.name_of(element.tag)
            if event == "start":
                if name in {"rss", "atom:feed", "rdf:RDF"} and (language := element.get(_LANGUAGE)):
                    feed["language"] = language
                continue
            if name in _ITEMS:
                number += 1
                yield _article(source, element, number, feed)
            elif depth <= 2 and name.partition(":")[2] != "entry":
                _note(feed, name, element)
            if name in _ITEMS:
                _forget(element)
    except lxml.etree.XMLSyntaxError as error:
        if not number:
            raise ArticleError(f"{source.name} is no feed that can be read ({_said(error)}).") from error
        yield ArticleError(
            f"{source.name} is damaged after its item {number:,} ({_said(error)}): what follows is lost."
        )
        return
    fault = next((entry for entry in events.error_log if entry.level_name == "FATAL"), None)
    if fault is not None:
        yield ArticleError(
            f"{source.name} is damaged in line {fault.line:,} ({fault.message.strip()}): {number:,} items were read, "
            "and some may be missing."
        )
    elif not number:
        raise ArticleError(f"{source.name} is a feed without items: there is nothing to read.")


_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _forget(element: Any) -> None:
    """Free an item that was read, and what came before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _note(feed: dict[str, str], name: str, element: Any) -> None:
    """Keep what the feed says of itself, in the words of RSS; the first to say it is believed."""
    field = name.rpartition(":")[2]
    if field in {"title", "language", "author"} and (value := xml.words(element)):
        feed.setdefault(field, value)
    elif field == "link" and element.get("rel", "alternate") == "alternate":
        feed.setdefault("link", element.get("href") or (element.text or "").strip())


def _article(source: Source, item: Any, number: int, feed: dict[str, str]) -> Article | ArticleError:
    fields: dict[str, Any] = {}
    categories = []
    for child in item:
        name = xml.name_of(child.tag)
        if name in {"category", "atom:category", "dc:subject"}:
            categories.append(child.get("term") or xml.words(child))
        elif name == "atom:link":
            if child.get("rel", "alternate") == "alternate":
                fields.setdefault("link", child.get("href"))
        elif name:
            fields.setdefault(name, child)
    text = next((text for name in _CONTENT if name in fields and (text := _text(fields[name]))), "")
    title = _one(fields, "title", "atom:title", "dc:title")
    part = f"item {number:,}"
    if not text:
        return ArticleError(f"{source.name}, {part} has no text{f' ({title})' if title else ''}.")
    text = canonical(text)
    link = fields.get("link")
    address = (link if isinstance(link, str) or link is None else xml.words(link)) or _permanent(fields.get("guid"))
    url = urljoin(feed.get("link") or source.url or "", address) if address else None
    url = url if url and urlsplit(url).scheme in {"http", "https"} else None
    author = _author(fields.get("atom:author")) or _one(fields, "dc:creator", "author") or feed.get("author")
    return Article(
        id=article_id(text),
        text=text,
        title=title or text.lstrip("#> ").partition("\n")[0][:80],
        author=author,
        source=feed.get("title"),
        url=url,
        published=_date(_one(fields, "pubDate", "atom:published", "dc:date", "dcterms:issued", "atom:updated")),
        format="markdown",
        path=source.path,
        provenance=source.provenance(
            EXTRACTOR,
            part=part,
            language=feed.get("language"),
            meta={
                name: value
                for name, value in {
                    "categories": [category for category in categories if category],
                    "guid": _one(fields, "guid", "atom:id"),
                }.items()
                if value
            },
        ),
    )


def _text(element: Any) -> str:
    """The text of an element that holds HTML, written out or as text, as Markdown."""
    kind = (element.get("type") or "html").lower()
    if len(element):
        return as_markdown(markup.blocks(element))
    words = element.text or ""
    if kind in {"text", "text/plain"} or ("<" not in words and "&" not in words):
        paragraphs = (" ".join(part.split()) for part in words.split("\n\n"))
        return as_markdown(markup.plain(paragraphs))
    tree = markup.parse(words)
    return "" if tree is None else as_markdown(markup.blocks(tree))


def _one(fields: dict[str, Any], *names: str) -> str | None:
    """The words of the first of the fields that has any. What was escaped twice, as titles are, is read once more."""
    import html

    for name in names:
        element = fields.get(name)
        if element is not None and (words := xml.words(element)):
            return " ".join(_TAG.sub("", html.unescape(words)).split()) or None
    return None


def _author(person: Any) -> str | None:
    if person is None:
        return None
    names = [child for child in person if xml.name_of(child.tag) == "atom:name"]
    return (xml.words(names[0]) if names else xml.words(person)) or None


def _permanent(guid: Any) -> str | None:
    return None if guid is None or guid.get("isPermaLink", "true") != "true" else xml.words(guid)


def _date(text: str | None) -> str | None:
    """An RFC 2822 date as ISO 8601; another date as it is written."""
    if not text:
        return None
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError):
        return text
