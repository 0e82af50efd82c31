"""`postil add`: files, folders, pages and standard input become articles of the library; `--watch` waits for more."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from store.errors import ArticleError
from store.kinds import Fate, Why
from tui.commands.shared import AnnotatorOption, LibraryOption, counted, fail, open_library, printing, say, settings_of

if TYPE_CHECKING:
    from store.articles.files import Item
    from store.articles.sources import Options
    from store.library import Library
    from store.records import Article, Carried, Seen, Version

_NAMES = typer.Argument(
    metavar="NAME",
    help="Files (text, Markdown, HTML, EPUB, PDF, feeds, JSONL, CSV, .zip, .tar.gz), folders, web addresses, or -.",
)
NamesArgument = Annotated[list[str], _NAMES]
MaybeNamesArgument = Annotated[list[str] | None, _NAMES]
TextFieldOption = Annotated[
    str | None, typer.Option("--text-field", metavar="COLUMN", help="The column of a JSONL or CSV file with the text.")
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="What text files are in that are not UTF-8.")
]
WholeBooksOption = Annotated[bool, typer.Option("--whole-books", help="One article a book, not one a chapter.")]
AllowPrivateOption = Annotated[
    bool, typer.Option("--allow-private", help="Fetch pages from this machine and its own network too.")
]
WatchOption = Annotated[bool, typer.Option("--watch", help="Go on adding what comes into the folders, until ctrl+c.")]

_ADDED_TOGETHER = 32
"""Articles in one transaction: fewer would make a thousand files slow, more would make a crash dear."""

_LOOK = 1.0
"""Seconds between two looks into the folders."""


def options(text_field: str | None, encoding: str | None, whole_books: bool, allow_private: bool) -> Options:
    """What the readers are told."""
    from store.articles.sources import Options

    return Options(text_field=text_field, encoding=encoding, whole_books=whole_books, allow_private=allow_private)


def keys_from_the_terminal() -> None:
    """Take keys from the terminal again, after standard input was an article."""
    with suppress(OSError):
        terminal = os.open("/dev/tty", os.O_RDONLY)
        os.dup2(terminal, 0)
        os.close(terminal)


def add(
    context: typer.Context,
    names: NamesArgument,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    text_field: TextFieldOption = None,
    encoding: EncodingOption = None,
    whole_books: WholeBooksOption = False,
    allow_private: AllowPrivateOption = False,
    watch: WatchOption = False,
) -> None:
    """Add articles to the library, and say of each file what came of it."""
    from store.articles import files
    from tui.progress import track

    told = options(text_field, encoding, whole_books, allow_private)
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        adder = _Adder(opened, told)
        if watch:
            _watch(adder, names)
        else:
            items = list(files.find(names))
            adder.add(track(items, total=len(items), doing="adding"))
    if adder.failed:
        raise typer.Exit(1)


class _Adder:
    """Adds what items hold to a library, and says of each article what came of it."""

    def __init__(self, library: Library, told: Options) -> None:
        self._library = library
        self._told = told
        self._waiting: list[Article] = []
        self.failed = False
        """Whether something could not be added."""

    def add(self, items: Iterable[Item]) -> None:
        """Add all that the items hold."""
        from store.articles import files

        for found in (found for item in items for found in files.articles(item, self._told)):
            if isinstance(found, ArticleError):
                self.failed = True
                self._keep()
                say(f"not added: {found.sentence}", sys.stdout)
                continue
            self._waiting.append(found)
            if len(self._waiting) >= _ADDED_TOGETHER:
                self._keep()
        self._keep()

    def _keep(self) -> None:
        """Add the articles that wait, and say so."""
        articles = self._library.articles
        gone = self._library.shelf.deleted_among([article.id for article in self._waiting])
        new = articles.add(self._waiting)
        added = [article.id for article, is_new in zip(self._waiting, new, strict=True) if is_new]
        seen, versions = articles.seen_before(added), articles.versions_of(added)
        told: set[str] = set()
        for article, is_new in zip(self._waiting, new, strict=True):
            if is_new:
                about = self._revision(article, versions.get(article.id, ()), seen.get(article.id))
            else:
                about = "" if article.id in told else self._also(article)
            told.add(article.id)
            what = "added" if is_new else "back" if article.id in gone else "known"
            say(f"{what}: {_name(article)}{about}", sys.stdout)
        self._waiting.clear()

    def _revision(self, article: Article, versions: Sequence[Version], seen: Seen | None) -> str:
        """Which older article it is nearly the same as or a revision of, and what became of what stands on that."""
        older = [version for version in versions if not version.newer]
        if not older:
            return ""
        latest = next((one for one in reversed(older) if one.why in _BY_PLACE), older[-1])
        same = f"{min(99, int(100 * seen.same))}% the same" if seen is not None else ""
        if latest.why in _BY_PLACE:
            told = ", ".join(filter(None, [f" (a revision of “{latest.title}”", _BY_PLACE[latest.why], same])) + ")"
        else:
            told = f" (seen before: {same} as “{seen.title}”)" if seen is not None else ""
        carried = self._library.settling.open(article.id)
        return told + (f": {_fates(carried)}: V in the reader settles them" if carried else "")

    def _also(self, article: Article) -> str:
        """Where else a text was found that the library has."""
        sources = self._library.articles.sources(article.id)
        here = {article.path, article.url}
        others = [source.place for source in sources if source.place not in here]
        return f" (the same text as {others[0]})" if others else ""


_BY_PLACE = {Why.URL: "from the same address", Why.ITEM: "the same item of the feed",
             Why.PATH: "from the same file"}  # fmt: skip


def _fates(carried: Sequence[Carried]) -> str:
    """`12 annotations carried over, 3 of them moved, 1 orphaned`."""
    counts = Counter(one.fate for one in carried)
    over = len(carried) - counts[Fate.ORPHANED]
    parts = [
        f"{counts[fate]:,} {word}"
        for fate, word in ((Fate.MOVED, "moved"), (Fate.CHANGED, "with other words"), (Fate.ORPHANED, "orphaned"))
        if counts[fate]
    ]
    return ", ".join([f"{counted(over, 'annotation')} carried over", *parts])


def _name(article: Article) -> str:
    """What an article is called after where it came from."""
    part = article.provenance and article.provenance.part
    return f"{article.path or article.url}{f', {part}' if part else ''}"


def _watch(adder: _Adder, names: list[str]) -> None:
    """Add what is in the folders and what comes, until ctrl+c."""
    from time import sleep

    from store.articles.arrivals import Arrivals

    folders = [Path(name) for name in names]
    if wrong := [folder for folder in folders if not folder.is_dir()]:
        fail(*(f"{folder} is no folder: --watch waits for files in folders." for folder in wrong))
    say(f"watching {', '.join(map(str, folders))}: ctrl+c ends it", sys.stderr)
    arrivals = Arrivals(folders)
    with suppress(KeyboardInterrupt):
        while True:
            adder.add(arrivals.look())
            sys.stdout.flush()
            sleep(_LOOK)
