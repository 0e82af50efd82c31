"""What leaves the library as a dataset, and what comes in from other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from store.errors import ExportError
from store.kinds import Grouping, State
from tui.commands.shared import (
    AnnotatorOption,
    LibraryOption,
    article_called,
    counted,
    fail,
    open_library,
    printing,
    say,
    settings_of,
)
from tui.commands.shelving import CollectionOption, TagOption

if TYPE_CHECKING:
    from store.exchange import Job
    from store.exchange.importing import Report
    from store.exchange.selection import Selection
    from store.library import Library

T = TypeVar("T")

_SHOWN = 20
"""Problems of an import that are told one by one."""


def export(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    format: Annotated[str, typer.Option("--format", metavar="NAME", help="See postil formats.")] = "jsonl",  # noqa: A002
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="A file or folder, whole or not at all.")
    ] = None,
    label: Annotated[list[str] | None, typer.Option("--label", metavar="LABEL", help="Only these; repeatable.")] = None,
    by: Annotated[list[str] | None, typer.Option("--by", metavar="NAME", help="Only what they annotated.")] = None,
    article: Annotated[list[str] | None, typer.Option("--article", metavar="ARTICLE", help="Only these.")] = None,
    state: Annotated[
        list[State] | None, typer.Option("--state", metavar="STATE", help="Only unread, reading, done or skipped.")
    ] = None,
    tag: TagOption = None,
    collection: CollectionOption = None,
    without_archived: Annotated[
        bool, typer.Option("--without-archived", help="Only articles that are in the list.")
    ] = False,
    since: Annotated[str | None, typer.Option("--since", metavar="TIME", help="Only what was changed since.")] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="UNIT", help="A record: article, annotation or sentence.")
    ] = None,
    names: Annotated[bool, typer.Option("--names", help="Named entities beside the annotations.")] = False,
    predictions: Annotated[
        bool, typer.Option("--predictions", help="The model's own names too, where nobody decided on them.")
    ] = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="With jsonl: what was withdrawn too.")] = False,
    no_furniture: Annotated[
        bool, typer.Option("--no-furniture", help="With --unit sentence: without page furniture and repeats.")
    ] = False,
    dev: Annotated[
        float, typer.Option("--dev", metavar="PART", min=0, max=1, help="Articles kept for development, 0 to 1.")
    ] = 0.2,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="With markdown: templates of your own.")
    ] = None,
) -> None:
    """Export articles with their annotations and names, in a format that other tools read."""
    from store.exchange import Job, format_called, unit_for
    from store.exchange.losses import Losses
    from store.exchange.selection import Selection, moment
    from tui.progress import track

    known = format_called(format)
    if withdrawn and known.name != "jsonl":
        raise ExportError(f"{known.name} cannot tell what was withdrawn from the rest: jsonl can.")
    if known.shape == "folder" and output is None:
        raise ExportError(f"An export as {known.name} is a folder: name it with --output.")
    losses = Losses()
    record = unit_for(known, unit)
    if no_furniture and record != "sentence":
        raise ExportError("--no-furniture leaves out sentences, and no part of a record: ask for --unit sentence too.")
    job = Job(
        record,
        losses,
        labels=frozenset(label or ()),
        names=names or predictions,
        predictions=predictions,
        furniture=not no_furniture,
        dev=dev,
        template=template,
    )
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        selection = Selection(
            labels=job.labels,
            annotators=frozenset(by or ()),
            articles=frozenset(article_called(opened, name) for name in article or ()),
            states=frozenset(state or ()),
            tags=frozenset(opened.groups.called(Grouping.TAG, name) for name in tag or ()),
            collections=frozenset(opened.groups.called(Grouping.COLLECTION, name) for name in collection or ()),
            archived=not without_archived,
            since=None if since is None else moment(since),
            withdrawn=withdrawn,
        )
        chosen = sorted(selection.articles) or None
        for _ in track(opened.folds.look(chosen), total=None, doing="looking for page furniture"):
            pass  # once for each article: what is found is kept
        _write(opened, known.name, known.shape, selection, job, output)
    for sentence in filter(None, [losses.sentence(known.name), *job.notes]):
        say(f"postil: {sentence}", sys.stderr)


def _write(library: Library, name: str, shape: str, selection: Selection, job: Job, output: Path | None) -> None:
    from store.exchange import exporting, sheets
    from store.exchange.files import write_whole, write_whole_folder
    from tui.progress import track

    def watch(articles: Iterable[T]) -> Iterable[T]:
        if output is None and sys.stdout.isatty():
            return articles
        return track(articles, total=sheets.count(library, selection), doing="exporting")

    if shape == "folder":
        assert output is not None
        write_whole_folder(output, lambda to: exporting.into_folder(library, name, to, selection, job, watch))
        return
    pieces = exporting.pieces(library, name, selection, job, watch)
    if output is not None:
        write_whole(output, pieces)
        return
    for piece in pieces:
        sys.stdout.buffer.write(piece)


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Files, or folders of brat's.")],
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    format: Annotated[  # noqa: A002
        str | None, typer.Option("--format", metavar="NAME", help="If it is not to be found out.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Take in nothing if anything is wrong.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come in, and take in nothing.")] = False,
) -> None:
    """Import annotations, with their articles and authors, that postil or another tool exported."""
    from store.exchange.importing import import_files
    from tui.progress import track

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        report = import_files(
            opened,
            files,
            format_name=format,
            strict=strict,
            dry_run=dry_run,
            watch=lambda records: track(records, total=None, doing="importing"),
        )
        _tell(report, dry_run=dry_run)
    if report.problems:
        shown = report.problems[:_SHOWN]
        if len(report.problems) > _SHOWN:
            shown.append(f"… and {len(report.problems) - _SHOWN:,} more.")
        fail(*shown)


def _tell(report: Report, *, dry_run: bool) -> None:
    """A sentence a file of what came in, and one on what belongs to no file."""
    verb = "would come in from" if dry_run else "came in from"
    for path, name, arrived in report.files:
        new = f"{counted(arrived.articles, 'new article')} and {counted(arrived.annotations, 'annotation')}"
        if arrived.corrections:
            new += f", {counted(arrived.corrections, 'correction')} of metadata"
        say(f"{new} {verb} {path} ({name}){_already(arrived.known)}.", sys.stdout)
    if groups := sum(arrived.groups for _, _, arrived in report.files):
        say(
            f"Articles {'would come' if dry_run else 'came'} in with {groups:,} of their tags and collections.",
            sys.stdout,
        )
    if report.relations or report.known_relations:
        came = f"{'would come' if dry_run else 'came'} in{_already(report.known_relations)}"
        say(f"{counted(report.relations, 'relation')} {came}.", sys.stdout)
    unknown = sorted({label for _, _, arrived in report.files for label in arrived.labels})
    if unknown:
        say(f"The scheme of this library does not have these labels: {', '.join(unknown)}.", sys.stdout)


def _already(number: int) -> str:
    """What was there already, after a sentence on what is new; nothing if nothing was."""
    return f"; {number:,} {'was' if number == 1 else 'were'} there already" if number else ""


def formats() -> None:
    """List the formats: what each is, which way it goes, and what its offsets count."""
    from store.exchange import FORMATS

    with printing():
        for known in FORMATS.values():
            ways = " and ".join(way for way, can in (("out", known.shape), ("in", known.reads)) if can)
            say(f"{known.name:<12} {ways:<11} {known.offsets:<15} {known.says}", sys.stdout)
