"""EPUB: the chapters in the order of the book's spine, one article each, or all of them as one."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag

from store.articles import decoding, markup, unpacking, xml
from store.articles.blocks import as_markdown
from store.articles.identity import article_id, canonical
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    from store.articles.sources import Source

EXTRACTOR = "postil epub 1"
"""The number goes up when the same file would give another text."""

_LOCKED = "META-INF/encryption.xml"
_CONTAINER = "META-INF/container.xml"
_TEXTS = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}


@dataclass(slots=True)
class _Book:
    """What the package document says."""

    title: str = ""
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    meta: dict[str, Any] = field(default_factory=dict)
    chapters: list[str] = field(default_factory=list)
    """Paths in the archive, in reading order."""
    contents: str | None = None
    """The path of the table of contents."""


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The chapters of a book, or with `whole_books` the book, and the errors of chapters that cannot be read.

    Raises:
        ArticleError: it is no EPUB, is damaged, or is locked.
    """
    digest = source.digest()
    assert digest
    with unpacking.opened(source.file, source.name) as archive:
        book = _book(archive, source)
        titles = _contents(archive, source, book)
        whole: list[str] = []
        found = 0
        for number, path in enumerate(book.chapters, start=1):
            part = f"chapter {number:,}"
            try:
                text, heading = _chapter(archive, source, path, part)
            except ArticleError as error:
                yield error
                continue
            if not text.strip():
                continue  # a cover, or a page that is a picture
            found += 1
            if source.options.whole_books:
                whole.append(text)
                continue
            title = titles.get(path) or heading or part.capitalize()
            yield _article(source, book, text, f"{book.title}: {title}" if book.title else title, part)
    if whole:
        yield _article(source, book, "\n".join(whole), book.title or source.name.rpartition("/")[2], None)
    elif not found:
        raise ArticleError(f"{source.name} has no text: its pages may be pictures.")


def _article(source: Source, book: _Book, text: str, title: str, part: str | None) -> Article:
    text = canonical(text)
    return Article(
        id=article_id(text),
        text=text,
        title=title,
        author=book.author,
        source=book.publisher,
        url=source.url,
        published=book.published,
        format="markdown",
        path=source.path,
        provenance=source.provenance(EXTRACTOR, part=part, language=book.language, meta=book.meta),
    )


def _read(archive: zipfile.ZipFile, source: Source, path: str, what: str) -> bytes:
    try:
        info = archive.getinfo(path)
    except KeyError as error:
        raise ArticleError(f"{source.name}, {what}: the book has no file {path}.") from error
    return unpacking.member(archive, info, f"{source.name}, {what}", source.budget)


def _xml(archive: zipfile.ZipFile, source: Source, path: str, what: str) -> Any:
    data = _read(archive, source, path, what)
    if xml.is_bomb(data[:65_536]):
        raise ArticleError(f"{source.name} has entities made of entities, or of other files: it was left alone.")
    root = xml.parse(data)
    if root is None:
        raise ArticleError(f"{source.name} is damaged: its {what} is no XML.")
    return root


def _book(archive: zipfile.ZipFile, source: Source) -> _Book:
    names = set(archive.namelist())
    if _CONTAINER not in names:
        raise ArticleError(f"{source.name} is no EPUB: it has no {_CONTAINER}.")
    container = _xml(archive, source, _CONTAINER, "container")
    paths = [
        element.get("full-path") for element in container.iter() if xml.name_of(element.tag) == "container:rootfile"
    ]
    if not paths or not paths[0]:
        raise ArticleError(f"{source.name} is no EPUB that can be read: its container names no package.")
    package = _xml(archive, source, paths[0], "package")
    folder = posixpath.dirname(paths[0])
    book = _Book()
    texts: dict[str, str] = {}
    creators = []
    for element in package.iter():
        name = xml.name_of(element.tag)
        words = xml.words(element) if name.startswith(("dc:", "opf:meta")) else ""
        match name:
            case "dc:title":
                book.title = book.title or words
            case "dc:creator":
                creators.append(words)
            case "dc:publisher":
                book.publisher = book.publisher or words
            case "dc:date":
                book.published = book.published or words
            case "dc:language":
                book.language = book.language or words
            case "dc:identifier" | "dc:description" | "dc:rights" | "dc:subject" if words:
                book.meta.setdefault(name[3:], words)
            case "opf:item":
                path = _inside(folder, element.get("href") or "")
                if element.get("media-type") in _TEXTS and path:
                    texts[element.get("id") or ""] = path
                    if "nav" in (element.get("properties") or "").split():
                        book.contents = path
                elif element.get("media-type") == "application/x-dtbncx+xml" and book.contents is None:
                    book.contents = path
            case "opf:itemref":
                if (path := texts.get(element.get("idref") or "")) and element.get("linear") != "no":
                    book.chapters.append(path)
    book.author = ", ".join(filter(None, creators)) or None
    book.chapters = [path for path in dict.fromkeys(book.chapters) if path != book.contents]
    if _LOCKED in names and (locked := _locked(archive, source)) & set(book.chapters):
        raise ArticleError(
            f"{source.name} is locked (DRM): {len(locked):,} of its files cannot be read without its key."
        )
    return book


def _locked(archive: zipfile.ZipFile, source: Source) -> set[str]:
    """The files that are encrypted; obfuscated fonts are listed among them too."""
    root = _xml(archive, source, _LOCKED, "encryption")
    uris = (element.get("URI") for element in root.iter() if element.get("URI"))
    return {unquote(uri) for uri in uris}


def _inside(folder: str, reference: str) -> str | None:
    """The archive's path of what a document in `folder` refers to; None for what lies outside of the archive."""
    path = posixpath.normpath(posixpath.join(folder, unquote(urldefrag(reference)[0])))
    return None if path.startswith(("/", "..")) or "://" in reference or not reference else path


def _contents(archive: zipfile.ZipFile, source: Source, book: _Book) -> dict[str, str]:
    """The titles of the chapters by their paths, as far as there is a table of contents that can be read."""
    if book.contents is None:
        return {}
    try:
        root = _xml(archive, source, book.contents, "table of contents")
    except ArticleError:
        return {}
    folder = posixpath.dirname(book.contents)
    titles: dict[str, str] = {}
    label = ""
    for element in root.iter():
        name = xml.name_of(element.tag).rpartition(":")[2]
        if name == "text":
            label = xml.words(element)
        elif name == "content" and (path := _inside(folder, element.get("src") or "")):
            titles.setdefault(path, label)
        elif name == "a" and (path := _inside(folder, element.get("href") or "")):
            titles.setdefault(path, xml.words(element))
    return titles


def _chapter(archive: zipfile.ZipFile, source: Source, path: str, part: str) -> tuple[str, str]:
    """The text of a chapter, and its first heading."""
    tree = markup.parse(decoding.markup_of(_read(archive, source, path, part)))
    if tree is None:
        return "", ""
    blocks = list(markup.blocks(tree))
    heading = next((block.text for block in blocks if block.kind == "heading"), "")
    return as_markdown(blocks), " ".join(heading.split())
