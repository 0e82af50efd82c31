"""From bytes to text: with a guess where a page's own words allow one, and without one for plain text.

A text's letters are its identity, so plain text in an unknown encoding is refused with the way out. A web page says
what it is, or else is what browsers take it for.
"""

from __future__ import annotations

import codecs
import re

from store.articles.sources import Source
from store.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096
"""Bytes; the HTML standard looks at 1,024, and pages are not always so good."""


def text_of(source: Source, data: bytes) -> str:
    """Plain text: UTF-8, UTF-16 or UTF-32 by its byte order mark, or what the reader says that it is.

    Raises:
        ArticleError: it is something else; the sentence names the line and says what to do.
    """
    name = source.name
    if source.options.encoding:
        return _as_told(data, source.options.encoding, name)
    for mark, encoding in _MARKS:
        if data.startswith(mark) and encoding != "utf-8":
            try:
                text = data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise ArticleError(
                    f"{name} begins as {encoding.upper()} and is not: byte {error.start + len(mark):,} cannot be read; "
                    "say what it is with --encoding."
                ) from error
            return _without_nul(text, name)
    nul = data.find(b"\0")
    if nul >= 0:
        if _looks_like_utf_16(data):
            raise ArticleError(f"{name} is UTF-16 without a byte order mark: say --encoding utf-16-le or utf-16-be.")
        raise ArticleError(f"{name} has a NUL byte in line {_line(data, nul)}, so it is not a text: name another file.")
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name} is not UTF-8: line {_line(data, error.start)} has the byte 0x{data[error.start]:02X}. "
            "Say what it is with --encoding; windows-1252 is the likeliest."
        ) from error


def markup_of(data: bytes, charset: str | None = None) -> str:
    """A web page: by its byte order mark, the server's `charset`, its own declaration, or as browsers guess.

    Nothing is refused. What a declaration leaves unreadable is read as UTF-8 if all of it is that; else as UTF-8 with
    the odd bytes taken for Windows-1252, as where a page is put together from two.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    named = [charset, declared and (declared[1] or declared[2]).decode("ascii")]
    for said in (*named, "utf-8"):
        if said and (codec := _codec(said)) and not codec.startswith(("utf-16", "utf-32")):  # what it is said in
            try:
                return data.decode(codec)
            except (UnicodeDecodeError, ValueError):
                continue
    codecs.register_error("postil-mixed", _mixed)
    return data.decode("utf-8", "postil-mixed")


def _as_told(data: bytes, encoding: str, name: str) -> str:
    codec = _codec(encoding)
    if codec is None:
        raise ArticleError(f"There is no encoding {encoding}: utf-8, utf-16, windows-1252 and latin-1 are some.")
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{name} is not {encoding}: line {_line(data, error.start)} has the byte 0x{data[error.start]:02X}."
        ) from error
    return _without_nul(text.removeprefix("\ufeff"), name)


def _codec(encoding: str) -> str | None:
    """Python's name of an encoding of texts; None if there is none. What the web calls latin-1 is Windows-1252."""
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return None
    if not found._is_text_encoding or found.name in {
        "idna",
        "punycode",
        "raw-unicode-escape",
        "unicode-escape",
        "utf-7",
    }:
        return None
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name


def _mixed(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    odd = error.object[error.start : error.end]
    return odd.decode("cp1252", "replace"), error.end


def _without_nul(text: str, name: str) -> str:
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise ArticleError(f"{name} has a NUL in line {line}, so it is not a text: name another file.")
    return text


def _looks_like_utf_16(data: bytes) -> bool:
    """Whether every NUL stands on one side of pairs of bytes, and there are many."""
    sample = data[:_DECLARED_WITHIN]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    return min(even, odd) == 0 and 4 * max(even, odd) > len(sample)


def _line(data: bytes, position: int) -> int:
    return len(re.findall(rb"\r\n?|\n", data[:position])) + 1
