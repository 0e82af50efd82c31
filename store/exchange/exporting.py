"""Export: what is selected of a library, in a format, as pieces of a file or as a folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from store.exchange import Job, file_writer, folder_writer, format_called, unit_for
from store.exchange.losses import Losses
from store.exchange.selection import Selection
from store.exchange.sheets import Sheet, sheets
from store.library import Library

Watch = Callable[[Iterable[Sheet]], Iterable[Sheet]]
"""Handed the articles, and gives them on: to show how far an export is."""


def pieces(
    library: Library,
    format_name: str = "jsonl",
    selection: Selection | None = None,
    job: Job | None = None,
    watch: Watch = lambda articles: articles,
) -> Iterator[bytes]:
    """An export in a format whose exports are files, piece by piece; nothing is read before the first is asked for.

    Raises:
        ExportError: there is no such format.
    """
    known = format_called(format_name)
    job = job or Job(unit_for(known, None), Losses())
    return file_writer(known)(watch(sheets(library, selection, job.losses)), job)


def into_folder(
    library: Library,
    format_name: str,
    folder: Path,
    selection: Selection | None = None,
    job: Job | None = None,
    watch: Watch = lambda articles: articles,
) -> None:
    """An export in a format whose exports are folders, into a folder that is there and is empty.

    Raises:
        ExportError: there is no such format, or it cannot be written.
    """
    known = format_called(format_name)
    job = job or Job(unit_for(known, None), Losses())
    folder_writer(known)(watch(sheets(library, selection, job.losses)), job, folder)
