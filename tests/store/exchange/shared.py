"""What the tests of the formats share: an article that breaks programs, and an export and import of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from store.exchange import FORMATS, Job, format_called, unit_for
from store.exchange.exporting import into_folder, pieces
from store.exchange.importing import Report, import_files
from store.exchange.losses import Losses
from store.exchange.selection import Selection
from store.library import Library
from store.records import Annotation, Article
from tests.conftest import article
from tests.store.helpers import found

FIREMEN = "👨🏻‍🚒 firemen drive firetrucks, said Ada. 東京は大きい。 Cafe\u0301s are open!\n\nThe council denies it.\n"
"""An emoji of four code points and seven UTF-16 units, ideographs, a combining mark, two paragraphs."""


def span(text: str, quote: str) -> tuple[int, int]:
    """Where the quote first stands in the text."""
    start = text.index(quote)
    return start, start + len(quote)


def firemen(library: Library, other: Library | None = None) -> Article:
    """The article in the library, with two claims, a source, notes, a relation, attributes and names."""
    here = article(FIREMEN)
    library.articles.add([here])
    claim = library.annotations.tag(here, *span(FIREMEN, "firemen drive firetrucks"))
    library.annotations.edit_note(claim.id, "all of them?\nreally")
    library.annotations.tag(here, *span(FIREMEN, "東京は大きい"))
    source = library.annotations.tag(here, *span(FIREMEN, "Ada"), "SOURCE")
    library.annotations.note(here, span(FIREMEN, "Cafe\u0301s"), "Which?")
    library.annotations.note(here, None, "Who wrote this?")
    library.relations.relate(claim.id, source.id, "attributed_to")
    if other is not None:
        other.annotations.tag(here, *span(FIREMEN, "drive firetrucks"))
    library.predictions.keep(here.id, "p 1", [found(FIREMEN, ("Ada", "PERSON"), ("東京", "GPE"))])
    return here


def job_for(name: str, **options: Any) -> Job:
    """What a writer is told."""
    known = format_called(name)
    return Job(unit_for(known, options.pop("unit", None)), Losses(), **options)


def exported(library: Library, name: str, job: Job | None = None, selection: Selection | None = None) -> bytes:
    """The export as one piece."""
    return b"".join(pieces(library, name, selection, job or job_for(name)))


def lines(data: bytes) -> list[Any]:
    """The objects of JSON lines."""
    return [orjson.loads(line) for line in data.split(b"\n") if line]


def export_to(library: Library, name: str, path: Path, job: Job | None = None) -> Path:
    """The export as a file or a folder."""
    job = job or job_for(name)
    if FORMATS[name].shape == "folder":
        path.mkdir()
        into_folder(library, name, path, None, job)
    else:
        path.write_bytes(exported(library, name, job))
    return path


def taken_in(library: Library, path: Path, **options: Any) -> Report:
    """What came of an import that has nothing to complain of."""
    report = import_files(library, [path], **options)
    assert report.problems == []
    return report


def said(annotation: Annotation) -> tuple[object, ...]:
    """What an annotation says, and whose it is; not what it is called, nor when it was made."""
    return (annotation.annotator, annotation.kind, annotation.label, annotation.start, annotation.end,
            annotation.note, annotation.pieces, dict(annotation.attributes))  # fmt: skip
