"""The `postil` command: thin, each command a few lines over `store`."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from store.errors import ArticleError, ExportError, PostilError
from tui import locations, settings

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Article

app = typer.Typer(
    name="postil",
    help="Read articles in the terminal, tag claims and write notes, and keep it all in one file.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", metavar="PATH", help="The library file (or POSTIL_LIBRARY)."),
]
AnnotatorOption = Annotated[
    str | None,
    typer.Option("--annotator", metavar="NAME", help="Who annotates (or POSTIL_ANNOTATOR)."),
]
PathsArgument = Annotated[
    list[Path], typer.Argument(metavar="PATH", help="Text or Markdown files, or folders of them.")
]


def main() -> None:
    """Run the command. No traceback reaches the reader: what goes wrong is a sentence and an exit code."""
    try:
        app(prog_name="postil")
    except PostilError as error:
        _fail(error.sentence)
    except Exception:
        _fail(_keep_for_report())


def _keep_for_report() -> str:
    """Write the traceback of a bug of ours where it can be reported from; the sentence for the reader."""
    import traceback

    log = locations.log_file()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            traceback.print_exc(file=file)
    except OSError:
        return f"Something went wrong that should not have ({sys.exc_info()[1]}): please report it."
    return f"Something went wrong that should not have: please report it with what is at the end of {log}."


@app.callback(invoke_without_command=True)
def library(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    version: Annotated[bool, typer.Option("--version", help="Print the version, and nothing else.")] = False,
) -> None:
    """Open the library, or do what a command says."""
    if version:
        from importlib import metadata

        typer.echo(f"postil {metadata.version('postil')}")
        raise typer.Exit
    context.obj = {"library": library, "annotator": annotator}
    if context.invoked_subcommand is None:
        if not sys.stdout.isatty():
            raise PostilError("The library needs a terminal: postil articles lists it without one.")
        _run(_settings(context))


@app.command()
def read(
    context: typer.Context, paths: PathsArgument, library: LibraryOption = None, annotator: AnnotatorOption = None
) -> None:
    """Open articles to read, adding them to the library. Without a terminal, print them with their marks."""
    from store.articles import files

    chosen = _settings(context, library, annotator)
    items = list(files.find(paths))
    if not sys.stdout.isatty():
        _print(chosen, items)
        return
    problems = []
    for position, item in enumerate(items):
        try:
            first = _read(item)
        except ArticleError as error:
            problems.append(error.sentence)
        else:
            _run(chosen, first, items[position + 1 :], problems)
            return
    _fail(*problems)


@app.command()
def add(
    context: typer.Context, paths: PathsArgument, library: LibraryOption = None, annotator: AnnotatorOption = None
) -> None:
    """Add articles to the library, and say of each file what came of it."""
    from store.articles import files
    from tui.progress import track

    failed = False
    with _printing(), _library(_settings(context, library, annotator)) as opened:
        items = list(files.find(paths))
        waiting: list[Article] = []
        for item in track(items, total=len(items), doing="adding"):
            try:
                waiting.append(_read(item))
            except ArticleError as error:
                failed = True
                _add(opened, waiting)
                _say(f"not added: {error.sentence}", sys.stdout)
            if len(waiting) >= _ADDED_TOGETHER:
                _add(opened, waiting)
        _add(opened, waiting)
    if failed:
        raise typer.Exit(1)


_ADDED_TOGETHER = 32
"""Articles in one transaction: fewer would make a thousand files slow, more would make a crash dear."""


def _add(library: Library, articles: list[Article]) -> None:
    """Add the articles, say so, and empty the list."""
    for article, new in zip(articles, library.articles.add(articles), strict=True):
        _say(f"{'added' if new else 'known'}: {article.path}", sys.stdout)
    articles.clear()


@app.command()
def articles(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the articles of the library."""
    import dataclasses

    import orjson

    from tui.reading.cells import one_line

    with _printing(), _library(_settings(context, library, annotator)) as opened:
        for row in opened.articles.rows():
            if as_json:
                _say(orjson.dumps(dataclasses.asdict(row)).decode(), sys.stdout)
            else:
                claims, notes = f"{row.claims} C", f"{row.notes} N"
                counts = f"{row.words:>7,} words {claims:>6} {notes:>6} {row.progress:>5.0%}"
                source = f" ({row.source})" if row.source else ""
                _say(f"{row.id[:12]} {counts}  {one_line(row.title + source)}", sys.stdout)


@app.command()
def export(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help="The format: jsonl.")] = "jsonl",  # noqa: A002
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write a file, whole or not at all.")
    ] = None,
) -> None:
    """Export all articles with their annotations and entities."""
    from tui.progress import track

    with _printing(), _library(_settings(context, library, annotator)) as opened:
        from store import exchange
        from store.exchange.files import write_whole

        write = exchange.writer(format)
        pieces = write(opened)
        if output is not None or not sys.stdout.isatty():
            pieces = track(pieces, total=opened.articles.count(), doing="exporting")
        if output is not None:
            write_whole(output, pieces)
            return
        for piece in pieces:
            sys.stdout.buffer.write(piece)


@app.command()
def history(
    context: typer.Context,
    article: Annotated[
        str | None, typer.Argument(metavar="ARTICLE", help="Its id or the beginning of it, its file, or its title.")
    ] = None,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a change, with the rows.")] = False,
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="The latest N only.")] = None,
) -> None:
    """Show who changed what and when, in the whole library or on one article, the latest first."""
    import dataclasses
    from itertools import islice

    import orjson

    from tui import journal

    with _printing(), _library(_settings(context, library, annotator)) as opened:
        about = None if article is None else _article_called(opened, article)
        changes = opened.history.changes(about)
        as_objects = (orjson.dumps(dataclasses.asdict(change)).decode() for change in changes)
        lines = as_objects if as_json else journal.lines(changes)
        for line in islice(lines, limit):
            _say(line, sys.stdout)


@app.command()
def backup(
    context: typer.Context,
    target: Annotated[Path | None, typer.Argument(metavar="FILE", help="A file that does not exist yet.")] = None,
    library: LibraryOption = None,
) -> None:
    """Copy the library, which may be open, to a new file: beside it with the date, if none is named."""
    from datetime import date

    from store.care import copies

    path = _settings(context, library).library
    target = target or copies.default_target(path, date.today())
    copies.copy_to(path, target)
    with _printing():
        _say(f"copied: {target}", sys.stdout)


@app.command()
def compact(context: typer.Context, library: LibraryOption = None) -> None:
    """Make the library's file as small as what it holds; no other postil may have it open."""
    from store.care import copies

    path = _settings(context, library).library
    before, after = copies.compact(path)
    with _printing():
        _say(f"{path}: {before:,} bytes before, {after:,} bytes after", sys.stdout)


@app.command()
def check(
    context: typer.Context,
    library: LibraryOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild-search", help="Make the full text index anew first.")] = False,
) -> None:
    """Look for damage in the library, and say what is wrong and what to do. It changes nothing unless told to."""
    from store.care import check as care
    from tui.reading.cells import one_line

    path = _settings(context, library).library
    if rebuild:
        care.rebuild_search(path)
    findings = [one_line(finding) for finding in care.check(path)]
    if findings:
        _fail(*findings)
    counted = care.count(path)
    with _printing():
        _say(
            f"{path} is sound: {_counted(counted.articles, 'article')}, {_counted(counted.annotations, 'annotation')}.",
            sys.stdout,
        )


@app.command()
def locate(context: typer.Context, library: LibraryOption = None) -> None:
    """Print where the library and the settings are."""
    chosen = _settings(context, library)
    typer.echo(f"library  {chosen.library}")
    typer.echo(f"settings {locations.config_file()}")


def _settings(context: typer.Context, library: Path | None = None, annotator: str | None = None) -> settings.Settings:
    """The settings in force: a flag after the command wins over the same flag before it."""
    before = context.obj or {}
    return settings.load(library=library or before.get("library"), annotator=annotator or before.get("annotator"))


@contextmanager
def _library(chosen: settings.Settings) -> Iterator[Library]:
    _make_default_folder(chosen.library)
    from store import header

    header.check(chosen.library)
    from store.library import Library

    with Library(chosen.library, annotator=chosen.annotator) as opened:
        yield opened


@contextmanager
def _printing() -> Iterator[None]:
    """Print until whoever reads the pipe has enough, which is no error."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise ExportError(f"Standard output cannot be written ({error.strerror}).") from error


def _make_default_folder(path: Path) -> None:
    """The folder of the default library is ours to make; any other is the reader's, and may be a slip."""
    if path == locations.default_library():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PostilError(
                f"The folder {path.parent} cannot be made ({error.strerror}): name a library with --library."
            ) from error


def _article_called(library: Library, name: str) -> str:
    """The id of an article that is named on the command line, by its file or as `library.articles.called` says."""
    path = Path(name)
    if not path.is_file():
        return library.articles.called(name)
    article = _read(path)
    if library.articles.get(article.id) is None:
        raise ArticleError(f"{name} is not in the library: postil add adds it.")
    return article.id


def _read(item: Path | ArticleError) -> Article:
    from store.articles import files

    if isinstance(item, ArticleError):
        raise item
    return files.read(item)


def _run(
    chosen: settings.Settings,
    first: Article | None = None,
    rest: list[Path | ArticleError] | None = None,
    problems: list[str] | None = None,
) -> None:
    """Run the screens; afterwards say again what could not be added, and exit accordingly."""
    from store import header

    _make_default_folder(chosen.library)
    header.check(chosen.library)
    gc.disable()  # an eighth of the time to the first frame; the app turns it on again
    from tui.app import PostilApp

    screens = PostilApp(chosen, first=first, rest=rest or [])
    screens.problems += problems or []
    try:
        screens.run()
    finally:
        screens.close()
    if screens.problems:
        _fail(*screens.problems)


def _print(chosen: settings.Settings, items: list[Path | ArticleError]) -> None:
    """Print articles as text with their entities and annotations."""
    from tui.plain_reading import PlainReader

    problems = []
    with _printing(), _library(chosen) as opened, PlainReader(opened, chosen.pipeline) as reader:
        shown = 0
        for item in items:
            try:
                article = _read(item)
            except ArticleError as error:
                problems.append(error.sentence)
                continue
            if shown:
                _say("\n" + "─" * 72 + "\n", sys.stdout)
            for line in reader.lines(article):
                _say(line, sys.stdout)
            shown += 1
        if reader.problem:
            _say(f"postil: {reader.problem}", sys.stderr)
    if problems:
        _fail(*problems)


def _say(sentence: str, stream: TextIO) -> None:
    # Not `typer.echo`: what a file is called may hold what a terminal's encoding cannot write.
    encoding = stream.encoding or "utf-8"
    stream.write(sentence.encode(encoding, "replace").decode(encoding, "replace") + "\n")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _fail(*sentences: str) -> NoReturn:
    """Say what went wrong, a line each, and exit with 1."""
    for sentence in sentences:
        _say(f"postil: {sentence}", sys.stderr)
    sys.exit(1)
