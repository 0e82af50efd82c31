"""The commands about pipelines: which there are, and reading many articles for names at once."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.shared import (
    AnnotatorOption,
    JsonOption,
    LibraryOption,
    PipelineOption,
    article_called,
    as_json_line,
    counted,
    fail,
    open_library,
    printing,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from store.entities.planning import Plan
    from store.library import Library

_MOST_WORKERS = 4
"""Processes that are started unasked: each takes some 200 MB."""

_INTERRUPTED = 130
"""The exit code of what ctrl+c has stopped."""


def pipelines(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    pipeline: PipelineOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the spaCy pipelines that are installed, and which of them reads texts of which language."""

    from store.text.language import name_of
    from tui import pipeline_list

    with printing():
        rows = pipeline_list.rows(settings_of(context, library, annotator, pipeline).reads_with)
        for row in rows:
            if as_json:
                say(as_json_line(row), sys.stdout)
            else:
                reads = ", ".join(name_of(code) if code else "texts of no known language" for code in row.reads)
                chosen = f"reads {reads}" if reads else "reads nothing"
                names = "finds names" if row.entities else "finds no names"
                told = f"{row.name} {row.version}".ljust(32) + f" {name_of(row.language):<18} {names}; {chosen}"
                say(told + (f"; {row.problem}" if row.problem else ""), sys.stdout)
        if not rows:
            say("No pipeline is installed.", sys.stdout)


def entities(
    context: typer.Context,
    articles: Annotated[
        list[str] | None,
        typer.Argument(metavar="ARTICLE", help="Their ids or the beginnings of them, files, or titles; else all."),
    ] = None,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    pipeline: PipelineOption = None,
    anew: Annotated[bool, typer.Option("--all", help="Also those that were read before.")] = False,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, max=64, help="Processes that read at a time.")
    ] = None,
) -> None:
    """Find the names in articles that were not read yet; stopped by ctrl+c, it goes on there the next time."""
    from store.entities import planning

    chosen = settings_of(context, library, annotator, pipeline)
    with printing(), open_library(chosen) as opened:
        ids = {article_called(opened, name) for name in articles} if articles else None
        plan = planning.plan(opened, chosen.reads_with, ids, anew=anew)
        problems = [f"{sentence} ({counted(count, 'article')})" for sentence, count in plan.unreadable.items()]
        problems += _read(opened, plan, workers or _processors())
    if problems:
        fail(*problems)


def _read(library: Library, plan: Plan, workers: int) -> list[str]:
    """Read what is planned, with a bar; sentences about what was not read."""
    from store.entities import corpus
    from tui.meter import Meter

    if not plan.readings:
        say(f"Nothing is left to read: read before, {counted(plan.known, 'article')}.", sys.stdout)
        return []
    problems, names = [], 0
    counted_words: dict[str, int] = {}
    with Meter(articles=len(plan.readings), words=sum(reading.words for reading in plan.readings)) as meter:
        try:
            for step in corpus.read(library, plan.readings, workers=workers, said=meter.say):
                article_id, words = step.reading.article_id, step.words
                counted_words[article_id] = counted_words.get(article_id, 0) + words
                if step.done:  # what was read another time, and what is lost by rounding
                    words += step.reading.words - counted_words.pop(article_id)
                    names += step.names
                if step.problem:
                    problems.append(f"{step.reading.title} was not read: {step.problem}")
                meter.advance(words=words, articles=step.done)
        except KeyboardInterrupt:
            stopped = True
        else:
            stopped = False
    read = f"{counted(meter.read_articles, 'article')}, {counted(meter.read_words, 'word')}"
    if stopped:
        say(f"Stopped after {read}, which are kept: the same command without --all goes on from there.", sys.stderr)
        raise typer.Exit(_INTERRUPTED)
    say(f"{read} at {meter.rate:,.0f} words/s: {counted(names, 'name')}.", sys.stdout)
    return problems


def _processors() -> int:
    """How many processes to start: one for each processor that we may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST_WORKERS)
