"""The same table as `csv`, in Parquet. Needs pyarrow, which the extra `parquet` brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any

from store.errors import ExportError
from store.exchange import Job
from store.exchange.rows_of import COLUMNS, rows
from store.exchange.sheets import Sheet

_GROUP = 20_000
"""Rows of one group: what is in memory at a time."""


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The file, a group of rows a piece.

    Raises:
        ExportError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ExportError("Parquet needs pyarrow: python3 -m pip install 'postil[parquet]'.") from error

    types = {"text": pyarrow.string(), "number": pyarrow.int64()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    sink = _Sink()
    with parquet.ParquetWriter(sink, schema) as writer:
        waiting: list[dict[str, Any]] = []
        for found in rows(sheets, job.losses):
            waiting += found
            if len(waiting) >= _GROUP:
                writer.write_table(pyarrow.Table.from_pylist(waiting, schema))
                waiting = []
            yield sink.take()
        if waiting:
            writer.write_table(pyarrow.Table.from_pylist(waiting, schema))
    yield sink.take()


class _Sink(RawIOBase):
    """A file that is read while it is written: it knows how far it is, and gives up what was written."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._pieces.append(piece)
        self._position += len(piece)
        return len(piece)

    def tell(self) -> int:
        return self._position

    def take(self) -> bytes:
        """What was written since the last time."""
        taken, self._pieces = b"".join(self._pieces), []
        return taken
