"""What a reader reads: some bytes with a name, wherever they came from, and how much of them there may be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BufferedReader
from typing import Any, BinaryIO, cast

from store.errors import ArticleError
from store.records import Provenance

LARGEST = 64 * 1024 * 1024
"""Bytes that a document may have. Tables and archives may be larger: they are read a piece at a time."""

HEAD = 4096
"""Bytes from the beginning of a file that tell of what kind it is."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the reader of a file may be told."""

    text_field: str | None = None
    """The column or key of a table that holds the text."""
    encoding: str | None = None
    """The encoding of plain text that is not UTF-8."""
    whole_books: bool = False
    """One article a book, not one a chapter."""
    allow_private: bool = False
    """Whether a page may come from this machine or its own network."""


@dataclass(slots=True)
class Budget:
    """What may still be unpacked, of an archive and of all the archives in it together."""

    bytes: int = 4 * 1024**3
    members: int = 100_000


@dataclass(slots=True)
class Source:
    """A file, a member of an archive, standard input or a web page."""

    name: str
    """What sentences call it."""
    file: BinaryIO
    """Its bytes, at the first of them; it can be sought in."""
    options: Options = field(default_factory=Options)
    url: str | None = None
    """Where it was fetched from, after all redirections."""
    fetched: str | None = None
    """When."""
    content_type: str | None = None
    """What the server says that it is: `text/html; charset=utf-8`."""
    depth: int = 0
    """How many archives it lies in."""
    budget: Budget = field(default_factory=Budget)
    _hash: str | None = None

    @property
    def path(self) -> str | None:
        """What an article keeps as its path."""
        # A name that is not UTF-8 cannot be kept in a library; the signs that cannot be read are replaced.
        return None if self.url else self.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    @property
    def charset(self) -> str | None:
        """The encoding that the server names."""
        _, _, parameters = (self.content_type or "").partition(";")
        for parameter in parameters.split(";"):
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'") or None
        return None

    def size(self) -> int:
        """How many bytes it has."""
        size = self.file.seek(0, 2)
        self.file.seek(0)
        return size

    def read(self) -> bytes:
        """All its bytes.

        Raises:
            ArticleError: they are too many.
        """
        if (size := self.size()) > LARGEST:
            raise ArticleError(
                f"{self.name} is too large ({size / 1e6:,.0f} MB): "
                f"postil reads up to {LARGEST / 1e6:,.0f} MB; split it."
            )
        return self.file.read()

    def digest(self) -> str:
        """SHA-256 of all its bytes, in hexadecimal, taken once: before a reader that reads on afterwards begins."""
        if self._hash is None:
            self.file.seek(0)
            self._hash = hashlib.file_digest(cast(BufferedReader, self.file), "sha256").hexdigest()
            self.file.seek(0)
        return self._hash

    def provenance(
        self,
        extractor: str,
        *,
        part: str | None = None,
        language: str | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> Provenance:
        """How a text came out of this source."""
        return Provenance(
            extractor=extractor,
            original=self.digest(),
            part=part,
            fetched=self.fetched,
            language=language,
            meta=dict(meta or {}),
        )
