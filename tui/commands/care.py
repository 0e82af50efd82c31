"""The commands that care for the library: its journal, copies of it, and whether it is sound."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from tui.commands.shared import (
    AnnotatorOption,
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
    from itertools import islice

    from tui import journal

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        about = None if article is None else article_called(opened, article)
        changes = opened.history.changes(about)
        as_objects = (as_json_line(change) for change in changes)
        lines = as_objects if as_json else journal.lines(changes)
        for line in islice(lines, limit):
            say(line, sys.stdout)


def backup(
    context: typer.Context,
    target: Annotated[Path | None, typer.Argument(metavar="FILE", help="A file that does not exist yet.")] = None,
    library: LibraryOption = None,
) -> None:
    """Copy the library, which may be open, to a new file: beside it with the date, if none is named."""
    from datetime import date

    from store.care import copies

    path = settings_of(context, library).library
    target = target or copies.default_target(path, date.today())
    copies.copy_to(path, target)
    with printing():
        say(f"copied: {target}", sys.stdout)


def compact(context: typer.Context, library: LibraryOption = None) -> None:
    """Make the library's file as small as what it holds; no other postil may have it open."""
    from store.care import copies

    path = settings_of(context, library).library
    before, after = copies.compact(path)
    with printing():
        say(f"{path}: {before:,} bytes before, {after:,} bytes after", sys.stdout)


def check(
    context: typer.Context,
    library: LibraryOption = None,
    rebuild: Annotated[bool, typer.Option("--rebuild-search", help="Make the full text index anew first.")] = False,
) -> None:
    """Look for damage in the library, and say what is wrong and what to do. It changes nothing unless told to."""
    from store.care import check as care
    from tui.reading.cells import one_line

    path = settings_of(context, library).library
    if rebuild:
        care.rebuild_search(path)
    findings = [one_line(finding) for finding in care.check(path)]
    if findings:
        fail(*findings)
    looked_at = care.count(path)
    sizes = f"{counted(looked_at.articles, 'article')}, {counted(looked_at.annotations, 'annotation')}"
    with printing():
        say(f"{path} is sound: {sizes}.", sys.stdout)
