"""The commands for working through articles: marking them, and what is queued."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from store.errors import ArticleError
from store.kinds import State
from tui.commands.shared import (
    AnnotatorOption,
    JsonOption,
    LibraryOption,
    article_called,
    as_json_line,
    counted,
    fail,
    open_library,
    printing,
    say,
    settings_of,
)


def mark(
    context: typer.Context,
    articles: Annotated[
        list[str], typer.Argument(metavar="ARTICLE", help="Its id or the beginning of it, its file, or its title.")
    ],
    as_: Annotated[State, typer.Option("--as", metavar="STATE", help="done, skipped, reading or unread.")],
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
) -> None:
    """Say that articles are done, skipped, being read or unread, in one step that u undoes: all of them, or none."""
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        ids, problems = [], []
        for name in articles:
            try:
                ids.append(article_called(opened, name))
            except ArticleError as error:
                problems.append(error.sentence)
        if problems:
            fail(*problems, "Nothing was marked.")
        changed = opened.reading.mark(ids, as_)
        already = len(set(ids)) - len(changed)
        also = f"; {counted(already, 'article')} were so already" if already > 1 else "; one was so already"
        say(f"marked {as_}: {counted(len(changed), 'article')}{also if already else ''}", sys.stdout)


def queue(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the articles of the queue in its order; Q puts them in and takes them out, read --next opens the first."""

    from tui.reading.cells import one_line

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        rows = opened.reading.queued()
        if not rows and not as_json:
            say("The queue is empty: Q puts an article in it, in the reader and in the library.", sys.stdout)
        for row in rows:
            if as_json:
                say(as_json_line(row), sys.stdout)
            else:
                source = f" ({row.source})" if row.source else ""
                counts = f"{row.words:>7,} words {row.progress:>5.0%}"
                say(f"{row.queue:>3,} {row.id[:12]} {counts}  {one_line(row.title + source)}", sys.stdout)
