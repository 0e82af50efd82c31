"""From what a person names to articles: paths, folders, addresses and standard input."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

from store.articles import kinds
from store.articles.sources import HEAD, LARGEST, Options, Source
from store.errors import ArticleError
from store.records import Article

Item = Path | str | Article | ArticleError
"""A file, the address of a web page, `-` for standard input, an article that was read already, or why there is none."""

STANDARD_INPUT = "-"


def find(names: Iterable[Path | str]) -> Iterator[Item]:
    """Every file and page that is named, in order: files themselves, and of folders the articles inside, sorted.

    What cannot be followed comes out as an error in its place, so that the rest is still read. Hidden files and
    files of other kinds are passed over in folders, and left to `read` when named themselves.
    """
    for name in names:
        if isinstance(name, str) and (name == STANDARD_INPUT or is_address(name)):
            yield name
            continue
        path = Path(name)
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


def is_address(name: str) -> bool:
    """Whether `name` is the address of a web page."""
    return name.lower().startswith(("http://", "https://"))


def _in_folder(folder: Path) -> Iterator[Item]:
    found = False
    problems: list[OSError] = []
    for path in files_in(folder, problems):
        found = True
        yield path
    for problem in problems:
        yield ArticleError(f"The folder {problem.filename} cannot be read ({problem.strerror}).")
    if not found and not problems:
        yield ArticleError(f"The folder {folder} has no articles: postil reads {kinds.NAMED} files.")


def files_in(folder: Path, problems: list[OSError]) -> Iterator[Path]:
    """The files in a folder whose names promise articles, sorted; what goes wrong is put to the `problems`."""
    for parent, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and kinds.by_name(name) is not None:
                path = Path(parent, name)
                if not name.lower().endswith(".xml") or _is_feed(path):
                    yield path


def _is_feed(path: Path) -> bool:
    """Whether an XML file is a feed: most are something else."""
    try:
        with path.open("rb") as file:
            return kinds.is_feed(file.read(HEAD))
    except OSError:
        return True  # to be told by whoever reads it


def read(item: Item, options: Options | None = None) -> Article:
    """The first article of a file, a page or standard input.

    Raises:
        ArticleError: it cannot be read, or is not an article; the sentence says why and what to do.
    """
    wrong: ArticleError | None = None
    with closing(articles(item, options)) as all_of_it:
        for found in all_of_it:
            if isinstance(found, Article):
                return found
            wrong = wrong or found
    raise wrong or ArticleError(f"{item} has no article.")


def articles(item: Item, options: Options | None = None) -> Generator[Article | ArticleError]:
    """All articles of a file, a page or standard input, and the errors of what in it is none. Nothing is raised.

    Args:
        item: what `find` found.
        options: what the readers are told.
    """
    try:
        if isinstance(item, Article | ArticleError):
            yield item
            return
        if isinstance(item, str) and is_address(item):
            from store.articles import web

            yield from read_source(web.fetch(item, options or Options()))
            return
        with _opened(item) as file:
            yield from read_source(
                Source(str(item) if item != STANDARD_INPUT else "standard input", file, options or Options())
            )
    except ArticleError as error:
        yield error


def holds_several(item: Item) -> bool:
    """Whether a file may hold more than one article; of pages and standard input nobody knows before."""
    if not isinstance(item, Path):
        return False
    try:
        with item.open("rb") as file:
            return kinds.recognise(Source(str(item), file), file.read(HEAD)).several
    except (OSError, ArticleError):
        return False


def read_source(source: Source) -> Iterator[Article | ArticleError]:
    """The articles of a source by the reader of its kind.

    Raises:
        ArticleError: it is of no kind that postil reads, or all of it cannot be read.
    """
    head = source.file.read(HEAD)
    source.file.seek(0)
    yield from kinds.recognise(source, head).reader()(source)


@contextmanager
def _opened(item: Path | str) -> Iterator[BinaryIO]:
    if item == STANDARD_INPUT:
        data = sys.stdin.buffer.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ArticleError(f"Standard input is larger than {LARGEST / 1e6:,.0f} MB: write it to files first.")
        yield io.BytesIO(data)
        return
    path = Path(item)
    try:
        if not path.is_file():
            raise ArticleError(f"{path} is not a file that can be read: name a file or a folder.")
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise ArticleError(f"{path} cannot be read ({error.strerror}).") from error
