"""`.zip` and `.tar.gz`: every article in them, and in archives in them, within limits. Nothing is written down."""

from __future__ import annotations

import gzip
import io
import posixpath
import tarfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from store.articles import files, kinds, unpacking
from store.articles.sources import LARGEST, Source
from store.errors import ArticleError
from store.records import Article

if TYPE_CHECKING:
    import zipfile

_DEEPEST = 2
"""Archives that a member may lie in."""

_GROWTH, _GROWTH_FROM = 200, 64 * 1024**2
"""How many times its packed size a .tar.gz may unpack to, once it is that many bytes."""

_CHUNK = 1024**2


def articles(source: Source) -> Iterator[Article | ArticleError]:
    """The articles of an archive, and the errors of members that are none. Members of other kinds are passed over.

    Raises:
        ArticleError: it cannot be unpacked, holds nothing of ours, or archives in archives in archives.
    """
    if source.depth >= _DEEPEST:
        raise ArticleError(f"{source.name} lies in {source.depth} archives, one in the other: unpack it first.")
    magic = source.file.read(2)
    source.file.seek(0)
    if magic == b"PK" and _is_book(source):
        from store.articles import epub

        yield from epub.articles(source)
        return
    members = _in_zip(source) if magic == b"PK" else _in_tar(source)
    found = False
    for member in members:
        found = True
        if isinstance(member, ArticleError):
            yield member
            continue
        try:
            yield from files.read_source(member)
        except ArticleError as error:
            yield error
    if not found:
        raise ArticleError(f"{source.name} has no articles in it: postil reads {kinds.NAMED} files.")


def _is_book(source: Source) -> bool:
    """Whether a zip is an EPUB that says so neither by its name nor by its first bytes."""
    with unpacking.opened(source.file, source.name) as archive:
        return "META-INF/container.xml" in archive.namelist()


def _in_zip(source: Source) -> Iterator[Source | ArticleError]:
    with unpacking.opened(source.file, source.name) as archive:
        infos = archive.infolist()
        names = {info.filename for info in infos}
        if "[Content_Types].xml" in names:
            raise ArticleError(f"{source.name} is an Office document: save it as PDF, HTML or text.")
        for info in sorted(infos, key=lambda info: info.filename):
            if info.is_dir() or not _is_wanted(info.filename):
                continue
            if over := _spend(source):
                yield over
                return
            yield _unzipped(source, archive, info)


def _unzipped(source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Source | ArticleError:
    name = f"{source.name}/{info.filename}"
    if outside := _outside(source, info.filename):
        return outside
    try:
        return _member(source, name, unpacking.member(archive, info, name, source.budget))
    except ArticleError as error:
        return error


def _in_tar(source: Source) -> Iterator[Source | ArticleError]:
    """The members in the order in which they stand: a packed tar can only be read from one end to the other."""
    stream = _Unpacked(source)
    try:
        with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r|") as archive:
            for info in archive:
                if not info.isreg() or not _is_wanted(info.name):  # links are not followed
                    continue
                if over := _spend(source):
                    yield over
                    return
                name = f"{source.name}/{info.name}"
                if outside := _outside(source, info.name):
                    yield outside
                elif info.size > LARGEST:
                    yield ArticleError(f"{name} is too large: postil reads up to {LARGEST / 1e6:,.0f} MB.")
                else:
                    file = archive.extractfile(info)
                    assert file is not None
                    yield _member(source, name, file.read())
    except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
        yield ArticleError(f"{source.name} is damaged, or no tar ({error}): what follows in it is lost.")


def _member(source: Source, name: str, data: bytes) -> Source:
    return Source(
        name,
        io.BytesIO(data),
        options=source.options,
        depth=source.depth + 1,
        budget=source.budget,
        fetched=source.fetched,
    )


def _is_wanted(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts) or parts[0] == "__MACOSX"
    return not hidden and kinds.by_name(name) is not None


def _outside(source: Source, name: str) -> ArticleError | None:
    """Why a member is not read that would lie outside of the archive's folder: nobody means well by such a name."""
    path = posixpath.normpath(name.replace("\\", "/"))
    if path.startswith(("/", "..")) or path[1:3] == ":/":
        return ArticleError(f"{source.name} has a member that would lie outside of it, {name}: it was left alone.")
    return None


def _spend(source: Source) -> ArticleError | None:
    source.budget.members -= 1
    if source.budget.members < 0:
        return ArticleError(f"{source.name} has more members than postil takes from one archive: unpack it first.")
    return None


class _Unpacked:
    """The bytes of a tar that is packed with gzip or not at all, up to the limits."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._size = max(1, source.size())
        packed = source.file.read(2) == b"\x1f\x8b"
        source.file.seek(0)
        self._file = cast(BinaryIO, gzip.GzipFile(fileobj=source.file)) if packed else source.file
        self._read = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        self._read += len(data)
        self._source.budget.bytes -= len(data)
        if self._source.budget.bytes < 0:
            raise ArticleError(
                f"{self._source.name} unpacks to more than postil takes from one archive: unpack it first."
            )
        if self._read > _GROWTH_FROM and self._read > _GROWTH * self._size:
            raise ArticleError(f"{self._source.name} unpacks to more than {_GROWTH} times its size: it was left alone.")
        return data
