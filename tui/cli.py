"""The `postil` command: thin, each command a few lines over `store`."""

from __future__ import annotations

import dataclasses
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from store.errors import ArticleError, PostilError
from tui import locations
from tui.commands import care, exchange, finding
from tui.commands.shared import (
    AnnotatorOption,
    LibraryOption,
    fail,
    make_default_folder,
    open_library,
    printing,
    read_item,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Article
    from tui.settings import Settings

app = typer.Typer(
    name="postil",
    help="Read articles in the terminal, tag claims and write notes, and keep it all in one file.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

PathsArgument = Annotated[
    list[Path], typer.Argument(metavar="PATH", help="Text or Markdown files, or folders of them.")
]


def main() -> None:
    """Run the command. No traceback reaches the reader: what goes wrong is a sentence and an exit code."""
    try:
        app(prog_name="postil")
    except PostilError as error:
        fail(error.sentence)
    except Exception:
        fail(_keep_for_report())


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
        _run(settings_of(context))


@app.command()
def read(
    context: typer.Context, paths: PathsArgument, library: LibraryOption = None, annotator: AnnotatorOption = None
) -> None:
    """Open articles to read, adding them to the library. Without a terminal, print them with their marks."""
    from store.articles import files

    chosen = settings_of(context, library, annotator)
    items = list(files.find(paths))
    if not sys.stdout.isatty():
        _print(chosen, items)
        return
    problems = []
    for position, item in enumerate(items):
        try:
            first = read_item(item)
        except ArticleError as error:
            problems.append(error.sentence)
        else:
            _run(chosen, first, items[position + 1 :], problems)
            return
    fail(*problems)


@app.command()
def add(
    context: typer.Context, paths: PathsArgument, library: LibraryOption = None, annotator: AnnotatorOption = None
) -> None:
    """Add articles to the library, and say of each file what came of it."""
    from store.articles import files
    from tui.progress import track

    failed = False
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        items = list(files.find(paths))
        waiting: list[Article] = []
        for item in track(items, total=len(items), doing="adding"):
            try:
                waiting.append(read_item(item))
            except ArticleError as error:
                failed = True
                _add(opened, waiting)
                say(f"not added: {error.sentence}", sys.stdout)
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
        say(f"{'added' if new else 'known'}: {article.path}", sys.stdout)
    articles.clear()


@app.command()
def articles(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the articles of the library."""
    import orjson

    from tui.reading.cells import one_line

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        for row in opened.articles.rows():
            if as_json:
                say(orjson.dumps(dataclasses.asdict(row)).decode(), sys.stdout)
            else:
                claims, notes = f"{row.claims} C", f"{row.notes} N"
                counts = f"{row.words:>7,} words {claims:>6} {notes:>6} {row.progress:>5.0%}"
                source = f" ({row.source})" if row.source else ""
                say(f"{row.id[:12]} {counts}  {one_line(row.title + source)}", sys.stdout)


app.command()(exchange.export)
app.command("import")(exchange.import_)
for command in (exchange.formats, finding.search, care.history, care.backup, care.compact, care.check):
    app.command()(command)


@app.command()
def locate(context: typer.Context, library: LibraryOption = None) -> None:
    """Print where the library and the settings are."""
    chosen = settings_of(context, library)
    typer.echo(f"library  {chosen.library}")
    typer.echo(f"settings {locations.config_file()}")


def _run(
    chosen: Settings,
    first: Article | None = None,
    rest: list[Path | ArticleError] | None = None,
    problems: list[str] | None = None,
) -> None:
    """Run the screens; afterwards say again what could not be added, and exit accordingly."""
    from store import header

    make_default_folder(chosen.library)
    header.check(chosen.library)
    gc.disable()  # an eighth of the time to the first frame; the app turns it on again
    from tui.app import PostilApp

    screens = PostilApp(chosen, first=first, rest=rest or [])
    screens.problems += problems or []
    try:
        following = screens.run()
    finally:
        screens.close()
    if following is not None:
        if not following.exists():
            fail(*screens.problems, f"There is no library at {following} any more: name another with --library.")
        _run(dataclasses.replace(chosen, library=following), problems=screens.problems)
    elif screens.problems:
        fail(*screens.problems)


def _print(chosen: Settings, items: list[Path | ArticleError]) -> None:
    """Print articles as text with their entities and annotations."""
    from tui.plain_reading import PlainReader

    problems = []
    with printing(), open_library(chosen) as opened, PlainReader(opened, chosen.pipeline) as reader:
        shown = 0
        for item in items:
            try:
                article = read_item(item)
            except ArticleError as error:
                problems.append(error.sentence)
                continue
            if shown:
                say("\n" + "─" * 72 + "\n", sys.stdout)
            for line in reader.lines(article):
                say(line, sys.stdout)
            shown += 1
        if reader.problem:
            say(f"postil: {reader.problem}", sys.stderr)
    if problems:
        fail(*problems)
