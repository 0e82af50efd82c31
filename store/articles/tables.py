"""JSONL and CSV: one article a row, of the column that holds the text; the other columns are kept beside it.

Rows are read one by one, so a table may be of any size.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

import orjson

from store.articles import kinds
from store.articles.identity import article_id, canonical
from store.articles.plain import title_of
from store.articles.sources import HEAD, LARGEST
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    from store.articles.sources import Source

EXTRACTOR = "postil table 1"
"""The number goes up when the same file would give another text."""

_TEXT_FIELDS = ("text", "content", "body", "article", "article_text", "full_text", "document")
"""Columns that hold the text where nobody says which does, the likeliest first."""

_FIELDS = {
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline", "creator"),
    "source": ("source", "publisher", "publication", "site", "sitename"),
    "url": ("url", "link"),
    "published": ("published", "published_at", "date_published", "publication_date", "pubdate", "date"),
    "language": ("language", "lang"),
}
"""What an article has places for, and what it is called in tables."""

_SHOWN = 20
"""Rows whose errors are told one by one; the rest are counted."""

_DELIMITERS = ",;\t|"

_Row = tuple[int, Mapping[str, Any] | ArticleError]
"""The line in which a row begins, and its columns by name."""


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The articles of a table, and the errors of rows that have none: the first of them, and how many more there are.

    Raises:
        ArticleError: it has no column that could hold the text.
    """
    source.digest()
    head = source.file.read(HEAD)
    source.file.seek(0)
    is_json = kinds.by_name(source.name) is not kinds.CSV and head.lstrip().startswith(b"{")
    rows = _json_rows(source) if is_json else _csv_rows(source)
    field = source.options.text_field
    bad = found = 0
    for line, row in rows:
        if isinstance(row, ArticleError):
            article: Article | ArticleError = row
        else:
            field = field or _text_field(source, row)
            article = _article(source, row, field, line)
        if isinstance(article, Article):
            found += 1
        else:
            bad += 1
        if isinstance(article, Article) or bad <= _SHOWN:
            yield article
    if bad > _SHOWN:
        yield ArticleError(f"{source.name} has {bad - _SHOWN:,} more rows that are no articles.")
    elif not found and not bad:
        raise ArticleError(f"{source.name} has no rows: there is nothing to read.")


def _text_field(source: Source, row: Mapping[str, Any]) -> str:
    """The name of the column that holds the text, guessed by the first row."""
    names = {name.strip().lower(): name for name in row}
    found = next((names[name] for name in _TEXT_FIELDS if name in names), None)
    if found is None:
        listed = ", ".join(list(row)[:20])
        raise ArticleError(
            f"{source.name} has no column that is plainly the text: name it with --text-field. It has {listed}."
        )
    return found


def _article(source: Source, row: Mapping[str, Any], field: str, line: int) -> Article | ArticleError:
    where = f"{source.name}, line {line:,}"
    if field not in row:
        return ArticleError(f"{where} has no {field}: it has {', '.join(list(row)[:20]) or 'nothing'}.")
    text = row[field]
    if not isinstance(text, str):
        return ArticleError(f"{where}: its {field} is no text.")
    if not text.strip():
        return ArticleError(f"{where}: its {field} is empty.")
    if "\0" in text:
        return ArticleError(f"{where}: its {field} has a NUL, so it is not a text.")
    if not _is_encodable(text):
        return ArticleError(f"{where} is not UTF-8: say what it is with --encoding.")
    rest = {name: value for name, value in row.items() if name != field and value not in (None, "")}
    inner = rest.get("meta")
    said = {name: _take(rest, names) for name, names in _FIELDS.items()}
    if isinstance(inner, dict):
        said |= {name: _take(inner, names) for name, names in _FIELDS.items() if not said[name]}
    text = canonical(text)
    return Article(
        id=article_id(text),
        text=text,
        title=said["title"] or title_of(text) or f"{source.name.rpartition('/')[2]}, line {line:,}",
        author=said["author"],
        source=said["source"],
        url=said["url"],
        published=said["published"],
        path=source.path,
        provenance=source.provenance(
            EXTRACTOR,
            part=f"line {line:,}",
            language=said["language"],
            meta={_cleaned(name): _cleaned(value) for name, value in rest.items() if value != {}},
        ),
    )


def _take(row: dict[str, Any], names: tuple[str, ...]) -> str | None:
    """The first of the columns that is a line of text or a number, taken out of the row."""
    here = {name.strip().lower(): name for name in row}
    for name in names:
        if name in here:
            value = row[here[name]]
            if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
                value = ", ".join(value)
            if isinstance(value, int | float) and not isinstance(value, bool):
                value = str(value)
            if isinstance(value, str) and (words := " ".join(value.split())):
                del row[here[name]]
                return words.encode("utf-8", "replace").decode()
    return None


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cleaned(value: Any) -> Any:
    """A value that a library can hold: bytes that are not UTF-8 are replaced."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _json_rows(source: Source) -> Iterator[_Row]:
    for number, line in enumerate(_lines(source.file), start=1):
        where = f"{source.name}, line {number:,}"
        if line is None:
            yield number, ArticleError(f"{where} is longer than {LARGEST / 1e6:,.0f} MB.")
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield number, ArticleError(f"{where} is no JSON ({error}).")
            continue
        yield number, row if isinstance(row, dict) else ArticleError(f"{where} is no JSON object.")


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file; None for one that is too long, which is passed over."""
    while line := file.readline(LARGEST + 1):
        if len(line) <= LARGEST:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(LARGEST)
        yield None


def _csv_rows(source: Source) -> Iterator[_Row]:
    encoding = source.options.encoding or _marked(source.file)
    if encoding in {"utf-16", "utf-32"} or (encoding or "").lower().startswith(("utf-16", "utf-32")):
        raise ArticleError(f"{source.name} is {encoding}: save it as UTF-8.")
    try:
        "".encode(encoding or "utf-8-sig")
    except LookupError as error:
        raise ArticleError(f"There is no encoding {encoding}: utf-8, windows-1252 and latin-1 are some.") from error
    csv.field_size_limit(LARGEST)
    lines = (
        (line or b"").decode(encoding or ("utf-8-sig" if number == 0 else "utf-8"), "surrogateescape")
        for number, line in enumerate(_lines(source.file))
    )
    first = next((line for line in lines if line.strip()), "")
    if not first:
        return
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(_after(first, lines), delimiter=delimiter, strict=False)
    names: list[str] | None = None
    began = 1
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield (
                began,
                ArticleError(
                    f"{source.name}, line {began:,} cannot be read ({error}): a quotation mark may be missing there."
                ),
            )
            return
        if names is None:
            names = [name.strip() for name in row]
        elif row:
            yield began, dict(zip(names, row, strict=False))
        began = rows.line_num + 1


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _marked(file: BinaryIO) -> str | None:
    mark = file.read(4)
    file.seek(0)
    return "utf-16" if mark.startswith((b"\xff\xfe", b"\xfe\xff")) else None
