"""Import: files of any format that postil reads, taken into a library as one act, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from store.errors import ImportingError
from store.exchange import FORMATS, readable
from store.exchange.incoming import Incoming
from store.exchange.intake import Arrived, Intake
from store.exchange.recognizing import recognize
from store.library import Library

Reader = Callable[[Path], Iterator[Incoming]]
"""The records of a file, one at a time; what cannot be read comes out as `Bad` in its place."""


@dataclass(slots=True)
class Report:
    """What came of an import."""

    files: list[tuple[Path, str, Arrived]] = field(default_factory=list)
    """Each file with its format and what came of it, in the order in which they were read."""
    relations: int = 0
    """New ones, of all files."""
    known_relations: int = 0
    problems: list[str] = field(default_factory=list)
    """What was left out, each a sentence with file, line and reason."""


class _NotKeptError(Exception):
    """Takes back what a dry run did."""


def import_files(
    library: Library,
    paths: Sequence[Path],
    *,
    format_name: str | None = None,
    strict: bool = False,
    dry_run: bool = False,
    watch: Callable[[Iterable[Incoming]], Iterable[Incoming]] = lambda records: records,
) -> Report:
    """Take the files in, in one transaction and as one step of the journal.

    Args:
        library: where to.
        paths: files, or folders of a format that is a folder.
        format_name: the format of all of them; None finds it out from what each holds.
        strict: whether one bad record stops all of it.
        dry_run: whether to find out what would come in, and keep nothing of it.
        watch: handed the records of each file, and gives them on: to show how far it is.

    Raises:
        ImportingError: a file cannot be read, is of no format that postil reads, or has a bad record and `strict` is
            set; nothing was taken in.
        LibraryError: the library cannot be written; nothing was taken in.
    """
    readers = [(path, *_reader(path, format_name)) for path in paths]
    report = Report()
    try:
        with library.database.writing() as session:
            intake = Intake(session, annotator=library.annotator, annotator_id=library.annotator_id)
            for path, name, read in readers:
                arrived = intake.file(path, watch(read(path)))
                report.files.append((path, name, arrived))
                report.problems += arrived.problems
                _stop(strict, report.problems)
            report.relations, report.known_relations, problems = intake.finish()
            report.problems += problems
            _stop(strict, report.problems)
            if dry_run:
                raise _NotKeptError
    except _NotKeptError:
        pass
    return report


def _stop(strict: bool, problems: Sequence[str]) -> None:
    if strict and problems:
        more = f", and {len(problems) - 1:,} more like it" if len(problems) > 1 else ""
        raise ImportingError(f"{problems[0]}{more}: nothing was imported.")


def _reader(path: Path, format_name: str | None) -> tuple[str, Reader]:
    name = format_name or recognize(path)
    known = FORMATS.get(name)
    if known is None or not known.reads:
        raise ImportingError(f"There is no format {name} to import: postil reads {', '.join(readable())}.")
    reader: Reader = import_module(f"store.exchange.{known.module}_in").read
    return name, reader
