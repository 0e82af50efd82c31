"""Readers: how well the article is found in a page, and how many articles a second each reader gives.

F1 is that of runs of four words, as in Scrapinghub's benchmark of article extraction: the harmonic mean of how many of
the gold text's runs are found and how many of those found are the gold text's. The pages are of our own making; the
floor is what trafilatura alone, asked for plain text, finds in the same page.

The rates are taken in one process after a warm-up, a file at a time, to the articles in memory; the floor is the
library that the reader stands on, given the same bytes. Pages and PDF files go through the process with limits, which
is part of what is measured.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from statistics import mean
from time import perf_counter

from store.articles.files import read_source
from store.articles.sources import Source
from store.records import Article
from tests.benchmarks.measures import Measure, in_turns
from tests.benchmarks.pages import Page, pages
from tests.store.articles import making

_RUN = 4
"""Words of a run."""

_MARKERS = re.compile(r"^\s*(?:\d+\.|[-#>|]+) ", re.MULTILINE)
"""What Markdown writes before items: not every extractor numbers them."""


def measure(rounds: int) -> Iterator[Measure]:
    """F1 against trafilatura alone, then the milliseconds an article of each reader against its library."""
    made = list(pages())
    found = [_read(page) for page in made]
    ours = [f1(page, article.text) for page, article in zip(made, found, strict=True)]
    bare = [f1(page, _trafilatura(page.html.encode())) for page in made]
    worst = min(zip(ours, made, strict=True), key=lambda pair: pair[0])
    yield Measure(
        f"F1 of {len(made)} pages, in per cent",
        100 * mean(ours),
        100 * mean(bare),
        "more",
        unit="",
        note=f"worst {100 * worst[0]:.0f}: {worst[1].name[:40]}",
    )
    for what in ("title", "author", "published"):
        both = zip(made, found, strict=True)
        right = [getattr(article, what) == getattr(page, what) for page, article in both if _says(page, what)]
        yield Measure(f"{what}, of pages that say it", sum(right), len(right), "all", unit="pages")
    for what, name, data, articles, floor in _rates(made):
        taken, least = in_turns(rounds, partial(_time, name, data), partial(_timed, floor))
        yield Measure(
            f"{what}, an article",
            1000 * min(taken) / articles,
            1000 * min(least) / articles,
            note=f"{articles / min(taken):,.0f} a second",
        )


def f1(page: Page, text: str) -> float:
    """How well a text agrees with the gold text of a page, 0 to 1."""
    gold, found = _runs(page.gold), _runs(_without_title(text, page.title))
    both = sum((gold & found).values())
    return 2 * both / (sum(gold.values()) + sum(found.values())) if both else 0.0


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", _MARKERS.sub("", text).casefold())
    return Counter(tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1)))


def _says(page: Page, what: str) -> bool:
    """Whether a page says who wrote it, or when."""
    return escape(getattr(page, what)) in page.html


def _without_title(text: str, title: str) -> str:
    first, _, rest = text.lstrip("# \n").partition("\n")
    return rest if first.strip().casefold() == title.casefold() else text


def _read(page: Page) -> Article:
    (article,) = read_source(Source("page.html", io.BytesIO(page.html.encode())))
    assert isinstance(article, Article)
    return article


def _trafilatura(data: bytes) -> str:
    import trafilatura

    return trafilatura.extract(data, include_comments=False) or ""


def _with_metadata(data: bytes) -> object:
    """What our reader asks trafilatura for."""
    import trafilatura

    return trafilatura.bare_extraction(data, include_comments=False, with_metadata=True)


_Rate = tuple[str, str, bytes, int, Callable[[], object]]
"""What, the file's name and bytes, how many articles are in it, and the floor."""


def _rates(made: list[Page]) -> Iterator[_Rate]:
    largest = max(made, key=lambda page: len(page.html)).html
    page = largest.encode()
    text = ("A sentence of plain text, as there are many. " * 20 + "\n\n") * 20  # 3,600 words
    items = "".join(
        f"<item><title>{n}</title><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>" for n in range(200)
    )
    feed = f"<rss><channel><title>Many</title>{items}</channel></rss>".encode()
    rows = "".join(json.dumps({"id": n, "text": f"{n} {text}"}) + "\n" for n in range(200)).encode()
    lines = [(72.0, 760.0 - 14 * n, 11.0, "A line of a page, with words as there are many in it.") for n in range(50)]
    paper = making.pdf([lines] * 10)
    book = making.epub({str(n): f"<p>{text}</p>" for n in range(50)})
    archive = making.zipped({f"{n}.txt": f"{n} {text}" for n in range(200)})
    yield "text", "a.txt", text.encode(), 1, lambda: text.encode().decode()
    yield "html", "a.html", page, 1, lambda: _with_metadata(page)
    yield "pdf of 10 pages", "a.pdf", paper, 1, lambda: _pdfium(paper)
    yield "epub of 50 chapters", "a.epub", book, 50, lambda: _chapters(book)
    yield "feed of 200 items", "a.rss", feed, 200, lambda: _items(feed)
    yield "jsonl of 200 rows", "a.jsonl", rows, 200, lambda: [json.loads(line) for line in rows.splitlines()]
    yield "zip of 200 texts", "a.zip", archive, 200, lambda: _members(archive)


def _pdfium(data: bytes) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def _chapters(data: bytes) -> list[str]:
    import lxml.html

    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = [name for name in book.namelist() if name.endswith("xhtml")]
        return [lxml.html.document_fromstring(book.read(name)).text_content() for name in names]


def _items(data: bytes) -> list[str]:
    import lxml.etree
    import lxml.html

    root = lxml.etree.fromstring(data)
    return [lxml.html.document_fromstring(item.findtext("description")).text_content() for item in root.iter("item")]


def _members(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name).decode() for name in archive.namelist()]


def _time(name: str, data: bytes) -> float:
    return _timed(lambda: [*read_source(Source(name, io.BytesIO(data)))])


def _timed(work: Callable[[], object]) -> float:
    work()  # once for what is imported and started
    started = perf_counter()
    work()
    return perf_counter() - started
