"""The command that gives something away: a snapshot of the library, or of a part of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.shared import (
    AnnotatorOption,
    LibraryOption,
    article_called,
    counted,
    open_library,
    printing,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from store.sharing.snapshot import Choice, Shared


def share(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    article: Annotated[
        list[str] | None,
        typer.Option("--article", metavar="ARTICLE", help="Only this one, by id, file or title; again for more."),
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="NAME", help="Only what this annotator made; again for more.")
    ] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", metavar="LABEL", help="Only what has this label; again for more.")
    ] = None,
    positions: Annotated[
        bool, typer.Option("--positions", help="With how far everybody has read, and what is done or queued.")
    ] = False,
    journal: Annotated[bool, typer.Option("--journal", help="With the journal, and all that was taken back.")] = False,
    predictions: Annotated[bool, typer.Option("--predictions", help="With what pipelines said.")] = False,
) -> None:
    """Write a snapshot to give away, of everything or of what is chosen, into a new file. It replaces no file."""
    from store.care import copies
    from store.sharing import snapshot

    settings = settings_of(context, library, annotator)
    copies.require(settings.library)
    with open_library(settings) as opened:
        articles = [article_called(opened, name) for name in article or []]
    chosen = snapshot.Choice(
        articles, by or (), label or (), positions=positions, journal=journal, predictions=predictions
    )
    shared = snapshot.share(settings.library, target, chosen)
    with printing():
        say(f"shared: {target}", sys.stdout)
        for line in _told(shared, chosen):
            say(f"  {line}", sys.stdout)


def _told(shared: Shared, chosen: Choice) -> Iterator[str]:
    """What went into a snapshot and what did not, a line each."""
    annotations, relations = counted(shared.annotations, "annotation"), counted(shared.relations, "relation")
    owners = counted(shared.annotators, "annotator")
    yield f"{counted(shared.articles, 'article')}, {annotations} and {relations} by {owners}"
    if shared.withdrawn:
        yield f"{shared.withdrawn:,} withdrawn, {'with' if chosen.journal else 'without'} what was written in them"
    if shared.cut:
        yield f"left out: {counted(shared.cut, 'relation')} to or from an annotation that does not go along"
    asked = (
        (chosen.journal, "the journal", f"the journal ({counted(shared.changes, 'change')})"),
        (chosen.positions, "reading positions", counted(shared.positions, "reading position")),
        (chosen.predictions, "predictions", counted(shared.predictions, "prediction")),
    )
    with_it = [counts for goes, _, counts in asked if goes]
    if with_it:
        yield f"with it: {', '.join(with_it)}"
    left = [what for goes, what, _ in asked if not goes]
    if left:
        yield f"not with it: {', '.join(left)}"
