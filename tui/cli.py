"""The `postil` command: thin, each command a few lines over `store`."""

from __future__ import annotations

import dataclasses
import gc
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from store.errors import ArticleError, ExportError, PostilError
from tui import locations
from tui.commands import (
    adding,
    care,
    entities,
    exchange,
    figures,
    finding,
    merging,
    metadata,
    naming,
    revisions,
    scheme,
    sharing,
    shelving,
    working,
)
from tui.commands.shared import (
    AnnotatorOption,
    LibraryOption,
    PipelineOption,
    fail,
    make_default_folder,
    open_library,
    printing,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from store.articles.files import Item
    from store.articles.sources import Options
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
    context: typer.Context,
    names: adding.MaybeNamesArgument = None,
    next_to_do: Annotated[
        bool, typer.Option("--next", help="The article that is next to do: queued, being read, or unread.")
    ] = False,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    text_field: adding.TextFieldOption = None,
    encoding: adding.EncodingOption = None,
    whole_books: adding.WholeBooksOption = False,
    allow_private: adding.AllowPrivateOption = False,
    pipeline: PipelineOption = None,
) -> None:
    """Open articles to read, adding them to the library. Without a terminal, print them with their marks."""
    from store.articles import files

    chosen = settings_of(context, library, annotator, pipeline)
    options = adding.options(text_field, encoding, whole_books, allow_private)
    if next_to_do == bool(names):
        raise PostilError("Name what to read, or let --next choose it: one of the two.")
    if next_to_do:
        _read_next(chosen, options)
        return
    names = names or []
    items = list(files.find(names))
    if not sys.stdout.isatty():
        _print(chosen, items, options)
        return
    problems = []
    for position, item in enumerate(items):
        # What a file has beside its first article is added behind it, with the other files.
        first, beside = _first_of(item, options)
        if isinstance(first, ArticleError):
            problems.append(first.sentence)
        else:
            if files.STANDARD_INPUT in names:
                adding.keys_from_the_terminal()
            _run(chosen, first, [*beside, *items[position + 1 :]], problems, options)
            return
    fail(*problems)


def _read_next(chosen: Settings, options: Options) -> None:
    """Open what is next to do, or print it."""
    with open_library(chosen) as opened:
        found = opened.reading.next()
        article = None if found is None else opened.articles.get(found.article_id)
    if article is None:
        from tui.working import NOTHING

        fail(NOTHING)
    if sys.stdout.isatty():
        _run(chosen, article)
    else:
        _print(chosen, [article], options)


def _first_of(item: Item, options: Options) -> tuple[Article | ArticleError, list[Item]]:
    """The first article of a file, and what else is to be added; what can be read only once is read to its end."""
    from store.articles import files

    if isinstance(item, Path):
        try:
            first = files.read(item, options)
        except ArticleError as error:
            return error, []
        return first, [item] if files.holds_several(item) else []
    found = list(files.articles(item, options))
    place = next((place for place, one in enumerate(found) if not isinstance(one, ArticleError)), 0)
    return found[place], [one for other, one in enumerate(found) if other != place]


app.command()(adding.add)
app.command()(shelving.articles)
app.command()(shelving.tag)
app.command()(shelving.collect)
app.command()(shelving.archive)
app.command()(shelving.delete)
app.command()(exchange.export)
app.command("import")(exchange.import_)
for command in (
    entities.entities,
    entities.pipelines,
    exchange.formats,
    finding.search,
    metadata.meta,
    naming.names,
    naming.rules,
    working.mark,
    working.queue,
    figures.stats,
    revisions.diff,
    sharing.share,
    merging.compare,
    merging.merge,
    care.history,
    care.backup,
    care.compact,
    care.check,
    shelving.purge,
):
    app.command()(command)
app.add_typer(scheme.app, name="scheme")


@app.command()
def locate(context: typer.Context, library: LibraryOption = None) -> None:
    """Print where the library and the settings are."""
    chosen = settings_of(context, library)
    typer.echo(f"library  {chosen.library}")
    typer.echo(f"settings {locations.config_file()}")


def _run(
    chosen: Settings,
    first: Article | None = None,
    rest: list[Item] | None = None,
    problems: list[str] | None = None,
    options: Options | None = None,
) -> None:
    """Run the screens; afterwards say again what could not be added, and exit accordingly."""
    from store import header

    make_default_folder(chosen.library)
    header.check(chosen.library)
    gc.disable()  # an eighth of the time to the first frame; the app turns it on again when the library is open
    from tui.app import PostilApp
    from tui.reading.cells import one_line

    screens = PostilApp(chosen, first=first, rest=rest or [], options=options)
    screens.problems += problems or []
    sitting: Sequence[str] = ()
    try:
        following = screens.run()
    finally:
        sitting = screens.close()
    if sitting and sys.stdout.isatty():
        with suppress(ExportError), printing():  # the terminal may be gone: then nobody misses it
            for line in sitting:
                say(one_line(line), sys.stdout)
    if following is not None:
        if not following.exists():
            fail(*screens.problems, f"There is no library at {following} any more: name another with --library.")
        _run(dataclasses.replace(chosen, library=following), problems=screens.problems)
    elif screens.problems:
        fail(*screens.problems)


def _print(chosen: Settings, items: list[Item], options: Options) -> None:
    """Print articles as text with their entities and annotations."""
    from store.articles import files
    from tui.plain_reading import PlainReader

    problems = []
    with printing(), open_library(chosen) as opened, PlainReader(opened, chosen.reads_with) as reader:
        shown = 0
        for article in (found for item in items for found in files.articles(item, options)):
            if isinstance(article, ArticleError):
                problems.append(article.sentence)
                continue
            if shown:
                say("\n" + "─" * 72 + "\n", sys.stdout)
            for line in reader.lines(article):
                say(line, sys.stdout)
            shown += 1
        for problem in reader.problems:
            say(f"postil: {problem}", sys.stderr)
    if problems:
        fail(*problems)
