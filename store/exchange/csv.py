"""A table as CSV (RFC 4180), an annotation a row, with a head of the columns' names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from store.exchange import Job
from store.exchange.rows_of import COLUMNS, rows
from store.exchange.sheets import Sheet


def write(sheets: Iterable[Sheet], job: Job) -> Iterator[bytes]:
    """The head, then the rows of each article. What is not known is an empty cell."""
    yield (",".join(COLUMNS) + "\r\n").encode()
    for found in rows(sheets, job.losses):
        text = StringIO(newline="")
        csv.DictWriter(text, list(COLUMNS)).writerows(found)
        yield text.getvalue().encode()
