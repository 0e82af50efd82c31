"""Reading a member of a zip file with limits on what it may grow to. Nothing is ever written to the disk."""

from __future__ import annotations

import zipfile
import zlib
from typing import BinaryIO

from store.articles.sources import LARGEST, Budget
from store.errors import ArticleError

_GROWTH, _GROWTH_FROM = 100, 4 * 1024**2
"""How many times its packed size a member may unpack to, once it is that many bytes. Text packs to a tenth or so."""

_CHUNK = 1024**2


def opened(file: BinaryIO, name: str) -> zipfile.ZipFile:
    """The zip file in `file`, called `name`.

    Raises:
        ArticleError: it is damaged, or lists more members than any archive of articles has.
    """
    try:
        return zipfile.ZipFile(file)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        UnicodeDecodeError,
    ) as error:
        raise ArticleError(f"{name} is damaged and cannot be unpacked ({error}).") from error


def member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, budget: Budget, *, largest: int = LARGEST
) -> bytes:
    """The bytes of a member, which sentences call `name`.

    Raises:
        ArticleError: it is locked, damaged, packed in an unknown way, or more than the limits allow.
    """
    if info.flag_bits & 0x1:
        raise ArticleError(f"{name} is locked with a password: unpack the archive first.")
    data = bytearray()
    try:
        with archive.open(info) as packed:
            while chunk := packed.read(_CHUNK):
                data += chunk
                budget.bytes -= len(chunk)
                if len(data) > largest:
                    raise ArticleError(f"{name} is too large: postil reads up to {largest / 1e6:,.0f} MB.")
                if len(data) > _GROWTH_FROM and len(data) > _GROWTH * max(1, info.compress_size):
                    raise ArticleError(f"{name} unpacks to more than {_GROWTH} times its size: it was left alone.")
                if budget.bytes < 0:
                    raise ArticleError(f"{name} unpacks to more than postil takes from one archive: unpack it first.")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise ArticleError(f"{name} is damaged or packed in a way that postil does not know ({error}).") from error
    return bytes(data)
