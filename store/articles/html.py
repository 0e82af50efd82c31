"""A web page: trafilatura finds the article in it and what the page says of itself, and the blocks are written anew.

`articles` is the reader; `parse` is what runs in the process with limits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from store.articles import decoding, limited
from store.articles.identity import article_id, canonical
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    from store.articles.sources import Source

_SIGNS = (
    "//*[contains(concat(' ', @class, ' '), ' headerlink ') or contains(concat(' ', @class, ' '), ' mw-editsection ')]"
)
_DATED = re.compile(r"date|time|publi|posted|byline|meta|dateline", re.IGNORECASE)
"""What the elements are called that hold the date of an article."""

_VERSION = 1
"""Goes up when the same page would give another text though trafilatura stays."""


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The one article of a page."""
    said = limited.parser().parse("html", source.read(), source.name, charset=source.charset, url=source.url)
    text = canonical(said["text"])
    yield Article(
        id=article_id(text),
        text=text,
        title=said["title"] or source.name.rstrip("/").rpartition("/")[2],
        author=said["author"],
        source=said["source"],
        url=said["url"],
        published=said["published"],
        format="markdown",
        path=source.path,
        provenance=source.provenance(said["extractor"], language=said["language"], meta=said["meta"]),
    )


def parse(data: bytes, charset: str | None = None, url: str | None = None) -> dict[str, Any]:
    """The article in a page as Markdown, and what the page says of itself.

    Args:
        data: the page as it came.
        charset: the encoding that the server named.
        url: where the page was fetched from; the page's own word for it is believed before.

    Raises:
        RefusedError: there is no article in it.
    """
    import trafilatura

    from store.articles import markup
    from store.articles.blocks import as_markdown
    from store.articles.limited import RefusedError

    page = decoding.markup_of(data, charset)
    tree = markup.parse(page)
    if tree is None:
        raise RefusedError("has nothing in it: there is nothing to read.")
    _prepare(tree)
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip() or None
    canonical_url = _canonical_url(tree) or url
    found: Any = trafilatura.bare_extraction(
        tree,
        url=canonical_url,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        with_metadata=True,
    )
    extractor = f"trafilatura {trafilatura.__version__}, postil html {_VERSION}"
    text = "" if found is None else as_markdown(markup.blocks(found.body))
    if not text.strip():
        # Too little for trafilatura to tell from what stands around it: all words of the page, then.
        tree = markup.parse(page)
        text = as_markdown(markup.blocks(tree.body if tree is not None and tree.body is not None else tree))
        extractor = f"postil html {_VERSION}, the whole page"
    if not text.strip():
        raise RefusedError("has no words: it may be a page that a script fills in.")
    said = found.as_dict() if found is not None else {}
    title = said.get("title") or _title(page)
    address = canonical_url or said.get("url") or None
    meta = {name: said.get(name) for name in ("description", "license", "image", "pagetype")}
    meta |= {name: list(said.get(name) or ()) for name in ("categories", "tags")}
    return {
        "text": text,
        "title": title,
        "author": said.get("author") or None,
        "source": said.get("sitename") or said.get("hostname") or (urlsplit(address).hostname if address else None),
        "url": address,
        "published": _date(page, address) if said.get("date") else None,
        "language": language,
        "extractor": extractor,
        "meta": {name: value for name, value in meta.items() if value},
    }


def _prepare(tree: Any) -> None:
    """Help trafilatura to the words of pictures, and take off the signs by which headings are linked and edited."""
    for element in tree.xpath(_SIGNS):
        element.drop_tree()
    for figure in tree.xpath("//figure[.//figcaption]"):
        figure.tag = "div"
        for caption in figure.iter("figcaption"):
            caption.tag = "p"


def _date(page: str, address: str | None) -> str | None:
    """When the page says that it was published: in its head, its address or a line of its own, not in its prose.

    A date that an article tells of is not its own, and htmldate takes the first that it finds.
    """
    from htmldate import find_date

    from store.articles import markup

    tree = markup.parse(page)
    if tree is None:
        return None
    for element in tree.xpath("//body//p | //body//li | //body//td | //body//blockquote | //body//pre"):
        if not element.xpath(".//time") and not _DATED.search(f"{element.get('class')} {element.get('id')}"):
            element.clear()
    return find_date(tree, extensive_search=False, original_date=True, url=address)


def _canonical_url(tree: Any) -> str | None:
    """The address that the page gives itself, if it is one."""
    for path, attribute in (("//link[@rel='canonical']", "href"), ("//meta[@property='og:url']", "content")):
        for element in tree.xpath(path):
            address = (element.get(attribute) or "").strip()
            parts = urlsplit(address) if address.isascii() or address else None
            if parts and parts.scheme in {"http", "https"} and parts.hostname and len(address) < 2000:
                return address
    return None


def _title(page: str) -> str | None:
    from store.articles import markup

    tree = markup.parse(page)
    words = "" if tree is None else (tree.findtext(".//title") or tree.findtext(".//h1") or "")
    return " ".join(words.split()) or None
