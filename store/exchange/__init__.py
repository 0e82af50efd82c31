"""Formats that a library leaves in: one file a format, each a function from a library to pieces of bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from store.errors import ExportError
from store.library import Library

Writer = Callable[[Library], Iterator[bytes]]
"""Yields the export piece by piece, one article a piece, so that memory stays flat."""

_FORMATS = {"jsonl": "store.exchange.jsonl"}
"""Imported only when asked for: a format may bring a library of its own."""


def formats() -> list[str]:
    """The names of the formats."""
    return sorted(_FORMATS)


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        ExportError: there is no such format.
    """
    if name not in _FORMATS:
        raise ExportError(f"There is no format {name}: postil exports {', '.join(formats())}.")
    write: Writer = import_module(_FORMATS[name]).write
    return write
