"""The text layer of a PDF: PDFium reads it, and the lines are put together to paragraphs by where they stand.

`articles` is the reader; `parse` is what runs in the process with limits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from store.articles import limited
from store.articles.identity import article_id, canonical
from store.articles.plain import title_of
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    from store.articles.sources import Source

_VERSION = 1
"""Goes up when the same file would give another text though PDFium stays."""

_MOST_PAGES = 10_000
_RUNNING = 3
"""Pages that begin or end with the same line."""

_HYPHENS = ("\ufffe", "\x02", "\xad")
"""What PDFium makes of a hyphen at which a word was divided."""

_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_FILE_NAME = re.compile(r"(?i)^(?:microsoft word - .*|.*\.(?:docx?|tex|dvi|pdf|rtf|odt|indd|qxd|pages)|untitled.*)$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, in points from its lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    """Of its letters."""


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The one article of a PDF."""
    said = limited.parser().parse("pdf", source.read(), source.name)
    text = canonical(said["text"])
    name = source.name.rstrip("/").rpartition("/")[2]
    yield Article(
        id=article_id(text),
        text=text,
        title=said["title"] or title_of(text) or name.rpartition(".")[0] or name,
        author=said["author"],
        url=source.url,
        path=source.path,
        provenance=source.provenance(said["extractor"], language=said["language"], meta=said["meta"]),
    )


def parse(data: bytes) -> dict[str, Any]:
    """The text of a PDF, and what it says of itself.

    Raises:
        RefusedError: it has a password, no text, or is damaged.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise limited.RefusedError(
                "is locked with a password: take the password off first, as by printing it."
            ) from error
        raise limited.RefusedError("is damaged or no PDF: open it with another program and save it anew.") from error
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise limited.RefusedError(f"has {count:,} pages: postil reads up to {_MOST_PAGES:,}; split it.")
        pages = [_lines(document, number) for number in range(count)]
        said = document.get_metadata_dict()
    finally:
        document.close()
    text = "\n\n".join(paragraphs(pages))
    if not any(sign.isalnum() for sign in text):
        raise limited.RefusedError(
            f"has no text in its {count:,} page{'' if count == 1 else 's'}, only pictures: it was scanned; "
            "put it through text recognition (such as ocrmypdf) first."
        )
    title = " ".join(said.get("Title", "").split())
    meta: dict[str, Any] = {"pages": count, "pages_without_text": sum(not page for page in pages) or None}
    meta |= {
        name: said.get(key)
        for name, key in (("subject", "Subject"), ("keywords", "Keywords"), ("made_with", "Creator"))
    }
    meta["created"] = _date(said.get("CreationDate", ""))
    return {
        "text": text + "\n",
        "title": title if title and not _FILE_NAME.match(title) else None,
        "author": " ".join(said.get("Author", "").split()) or None,
        "language": None,
        "extractor": f"pypdfium2 {pypdfium2.PYPDFIUM_INFO}, postil pdf {_VERSION}",
        "meta": {name: value for name, value in meta.items() if value},
    }


def _date(text: str) -> str | None:
    """A PDF's date, `D:20240131…`, as `2024-01-31`."""
    match = re.match(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?", text)
    return "-".join(part for part in match.groups() if part) if match else None


def _lines(document: Any, number: int) -> list[Line]:
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []  # one page that is damaged does not cost the others
    textpage = page.get_textpage()
    try:
        return list(_read(textpage))
    finally:
        textpage.close()
        page.close()


def _read(textpage: Any) -> Iterator[Line]:
    import pypdfium2.raw as pdfium

    count = textpage.count_chars()
    text = textpage.get_text_range() if count > 0 else ""
    position = 0
    for line in text.split("\n"):
        words = line.rstrip("\r")
        first = position + len(words) - len(words.lstrip())
        last = position + len(words.rstrip()) - 1
        position += len(line) + 1
        if last < first or last >= count:
            continue
        left, bottom, _, _ = textpage.get_charbox(first, loose=True)
        _, _, right, _ = textpage.get_charbox(last, loose=True)
        yield Line(words.strip(), left, right, bottom, pdfium.FPDFText_GetFontSize(textpage, first))


def paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[str]:
    """The paragraphs of a document, those that a page's end divides whole again. Running heads are left out."""
    running = _running(pages)
    words = ""
    for page in pages:
        lines = [line for place, line in enumerate(page) if (place not in _edges(page) or _shape(line) not in running)]
        gap = _usual_gap(lines)
        right = max((line.right for line in lines), default=0.0)
        before: Line | None = None
        for line in lines:
            if before is None:
                goes_on = bool(words) and words[-1] not in '.!?:”"' and line.text[:1].islower()
            else:
                goes_on = _goes_on(before, line, gap, right)
            if words and not goes_on:
                yield _clean(words)
                words = ""
            words = _joined(words, line.text)
            before = line
    if words:
        yield _clean(words)


def _edges(page: Sequence[Line]) -> set[int]:
    return {0, len(page) - 1}


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _running(pages: Sequence[Sequence[Line]]) -> set[str]:
    """The first and last lines that, numbers aside, stand on three pages or more."""
    seen = Counter(shape for page in pages if page for shape in {_shape(page[place]) for place in _edges(page)})
    return {shape for shape, times in seen.items() if times >= _RUNNING}


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [a.bottom - b.bottom for a, b in pairwise(lines) if a.bottom > b.bottom]
    return median(gaps) if gaps else 0.0


def _goes_on(before: Line, line: Line, gap: float, right: float) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    size = max(before.size, line.size, 1.0)
    if abs(before.size - line.size) > 0.12 * size:
        return False  # a heading
    down = before.bottom - line.bottom
    if abs(down) < 0.3 * size:
        return True  # the same line, in two pieces
    if down < 0:
        return line.text[:1].islower()  # the next column
    if down > 1.35 * gap and down > 1.5 * size:
        return False
    if line.left - before.left > 0.8 * size and before.text[-1] in ".!?:”\"'’)":
        return False  # its first line is indented
    short = right - before.right > 0.25 * right
    return not (short and before.text[-1] in '.!?:”"’')


def _joined(words: str, line: str) -> str:
    if not words:
        return line
    if words.endswith(_HYPHENS):
        return words[:-1] + ("" if line[:1].islower() else "-") + line
    if words[-1] == "-" and line[:1].isalpha():
        return words + line
    return f"{words} {line}"


def _clean(words: str) -> str:
    return _UNFIT.sub("", words.removesuffix("\ufffe"))
