"""From paths to articles: which files to read, which reader reads each, and what is refused with a sentence."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from store.articles import markdown, plain
from store.articles.identity import canonical
from store.errors import ArticleError
from store.records import Article

LARGEST = 64 * 1024 * 1024
"""Bytes a file may have."""

_READERS: dict[str, Callable[[str, Path], Article]] = {
    "": plain.read,
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}
"""By the name's ending, in lower case; a named file without an ending is taken for plain text."""

_KNOWN = ".txt and .md"


def find(paths: Iterable[Path]) -> Iterator[Path | ArticleError]:
    """Every file that the paths name, in order: files themselves, and of folders the articles inside, sorted.

    What cannot be followed comes out as an error in its place, so that the rest is still read. Hidden files and
    files of other kinds are passed over in folders, and refused by `read` when named themselves.
    """
    for path in paths:
        try:
            if path.is_dir():
                yield from _in_folder(path)
            elif path.exists():
                yield path
            elif path.is_symlink():
                yield ArticleError(f"{path} is a link to a file that does not exist.")
            else:
                yield ArticleError(f"{path} does not exist: check the path.")
        except OSError as error:
            yield ArticleError(f"{path} cannot be looked at ({error.strerror}): check the path.")


def _in_folder(folder: Path) -> Iterator[Path | ArticleError]:
    found = False
    problems: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() in _READERS and Path(name).suffix:
                found = True
                yield Path(parent, name)
    for problem in problems:
        yield ArticleError(f"The folder {problem.filename} cannot be read ({problem.strerror}).")
    if not found and not problems:
        yield ArticleError(f"The folder {folder} has no articles: postil reads {_KNOWN} files.")


def read(path: Path) -> Article:
    """The article in a file.

    Raises:
        ArticleError: the file cannot be read, or is not an article; the sentence says why and what to do.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise ArticleError(
            f"{path} is a {path.suffix} file: postil reads {_KNOWN} files so far; save it as one of these."
        )
    text = canonical(_decode(_bytes(path), path))
    if not text.strip():
        raise ArticleError(f"{path} is empty: there is nothing to read.")
    # A name that is not UTF-8 cannot be kept in a library; the signs that cannot be read are replaced.
    return reader(text, Path(os.fsencode(path).decode("utf-8", "replace")))


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise ArticleError(f"{path} is not a file that can be read: name a text file or a folder.")
        size = path.stat().st_size
        if size > LARGEST:
            raise ArticleError(
                f"{path} is too large ({size / 1e6:,.0f} MB): postil reads up to {LARGEST / 1e6:,.0f} MB; split it."
            )
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path} cannot be read ({error.strerror}).") from error


def _decode(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ArticleError(f"{path} is UTF-16: save it as UTF-8 (iconv -f UTF-16 -t UTF-8).")
    nul = data.find(b"\0")
    if nul >= 0:
        raise ArticleError(f"{path} has a NUL byte in line {_line(data, nul)}, so it is not a text: name another file.")
    try:
        return data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{path} is not UTF-8: line {_line(data, error.start)} has the byte 0x{data[error.start]:02X}. "
            f"Save it as UTF-8 (iconv -f WINDOWS-1252 -t UTF-8)."
        ) from error


def _line(data: bytes, position: int) -> int:
    return len(re.findall(rb"\r\n?|\n", data[:position])) + 1
