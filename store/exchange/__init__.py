"""Formats that a library leaves in and that annotations come in: one file a format, and this registry of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.errors import ExportError

if TYPE_CHECKING:
    from store.exchange.losses import Losses
    from store.exchange.sheets import Sheet

_ALL = ("article", "annotation", "sentence")


@dataclass(frozen=True, slots=True)
class Format:
    """What postil knows of one format."""

    name: str
    says: str
    """What it is, in a few words."""
    module: str
    """Where it is written and read; imported only when asked for, since a format may bring a library of its own."""
    shape: str = ""
    """What an export is: `file`, `folder`, or empty if postil does not write the format."""
    reads: bool = False
    """Whether postil imports it."""
    offsets: str = "code points"
    """What its offsets count."""
    units: tuple[str, ...] = _ALL
    """What one record can be; the first is what it is unless something else is asked for."""
    loses: str = "nothing"
    """What it has no place for, as docs/formats.md says it; an export counts what it really left out."""


@dataclass(frozen=True, slots=True)
class Job:
    """How an export is to be made."""

    unit: str
    """What one record is: `article`, `annotation` or `sentence`."""
    losses: Losses
    """Where the writer counts what it cannot carry."""
    labels: frozenset[str] = frozenset()
    """The labels that were asked for; empty for all."""
    names: bool = False
    """Whether named entities are put beside the annotations, where a format has one kind of span."""
    predictions: bool = False
    """Whether the model's own names come too, where nobody decided on them: with `names`, where a format asks that."""
    furniture: bool = True
    """Whether sentences that are page furniture or a repeat come too, where a record is a sentence."""
    dev: float = 0.2
    """The part of the articles that a format which splits them keeps for development, 0 to 1."""
    template: Path | None = None
    """A file with templates of the reader's own, for a format that has them."""
    notes: list[str] = field(default_factory=list)
    """Sentences of the writer's about what it wrote, for whoever asked for it."""


FORMATS = {
    known.name: known
    for known in (
        Format("jsonl", "postil's own JSONL, an article a line", "jsonl", "file", reads=True),
        Format("prodigy", "Prodigy's tasks, JSONL", "prodigy", "file", reads=True),
        Format("doccano", "doccano's sequence labelling, JSONL", "doccano", "file", reads=True, offsets="UTF-16 units"),
        Format("labelstudio", "Label Studio's tasks, JSON", "labelstudio", "file", reads=True),
        Format("spacy", "spaCy's DocBins for training", "spacy", "folder", offsets="tokens"),
        Format("conll", "CoNLL's columns, IOB2", "conll", "file", reads=True, offsets="tokens"),
        Format("brat", "brat's standoff", "brat", "folder", reads=True),
        Format("w3c", "W3C Web Annotations, JSON-LD", "w3c", "file", reads=True, units=("annotation",)),
        Format("huggingface", "a data set for the Hugging Face hub", "huggingface", "folder"),
        Format("csv", "a table, an annotation a row", "csv", "file", units=("annotation",)),
        Format("parquet", "the same table in Parquet", "parquet", "file", units=("annotation",)),
        Format("markdown", "quotes and notes, for Obsidian", "markdown", "folder", units=("article",)),
        Format(
            "claimreview",
            "schema.org's ClaimReview, JSON-LD",
            "claimreview",
            "file",
            offsets="none",
            units=("annotation",),
        ),
        Format("slate", "SLATE's annotations, beside the text", "slate", reads=True, offsets="words of a line"),
    )
}
"""Every format by its name."""

FileWriter = Callable[["Iterable[Sheet]", Job], Iterator[bytes]]
"""Yields the export piece by piece, about an article a piece, so that memory stays flat."""

FolderWriter = Callable[["Iterable[Sheet]", Job, Path], None]
"""Writes the export into a folder that is there and is empty."""


def formats() -> list[str]:
    """The names of the formats that postil exports."""
    return sorted(known.name for known in FORMATS.values() if known.shape)


def readable() -> list[str]:
    """The names of the formats that postil imports."""
    return sorted(known.name for known in FORMATS.values() if known.reads)


def format_called(name: str) -> Format:
    """The format of that name, to be written.

    Raises:
        ExportError: there is no such format.
    """
    known = FORMATS.get(name)
    if known is None or not known.shape:
        raise ExportError(f"There is no format {name}: postil exports {', '.join(formats())}.")
    return known


def unit_for(known: Format, unit: str | None) -> str:
    """What one record of the format is, if `unit` is asked for, or with None nothing is.

    Raises:
        ExportError: the format cannot have such records.
    """
    if unit is None:
        return known.units[0]
    if unit not in known.units:
        raise ExportError(f"{known.name} has no record of one {unit}: its unit is {' or '.join(known.units)}.")
    return unit


def file_writer(known: Format) -> FileWriter:
    """The writer of a format whose exports are files."""
    write: FileWriter = _module(known).write
    return write


def folder_writer(known: Format) -> FolderWriter:
    """The writer of a format whose exports are folders."""
    write: FolderWriter = _module(known).write
    return write


def _module(known: Format) -> Any:
    return import_module(f"store.exchange.{known.module}")
