"""A look at a file's first bytes, which tells a postil library from everything else without opening it.

Opening a file as a database can already change it, and importing SQLModel takes longer than the look.
"""

from __future__ import annotations

from pathlib import Path

from store.errors import LibraryError, NewerLibraryError, NotALibraryError

APPLICATION_ID = 0x5053544C
"""`PSTL`, at byte 68 of the file: how any tool can tell a postil library from another SQLite file."""

SCHEMA = 8
"""The number of the newest migration, kept as the file's `user_version` at byte 60."""

MAGIC = b"SQLite format 3\x00"
"""How every SQLite file begins."""

USER_VERSION_AT = 60
"""The byte of the file at which `user_version` stands."""

APPLICATION_ID_AT = 68
"""The byte of the file at which `application_id` stands."""


def number(first: bytes, at: int) -> int:
    """The number of four bytes, the high one first, at byte `at` of a file's first bytes."""
    return int.from_bytes(first[at : at + 4], "big")


def check(path: Path) -> None:
    """Refuse what is not a library of ours; a file that does not exist or is empty will become one.

    Raises:
        LibraryError: its folder is not there, or it cannot be read.
        NotALibraryError: it is something else.
        NewerLibraryError: a later postil made it.
    """
    try:
        if path.is_dir():
            raise NotALibraryError(f"{path} is a folder, not a library: name a file with --library.")
        if not path.parent.is_dir():
            raise LibraryError(f"The folder {path.parent} does not exist: make it, or name another with --library.")
        with path.open("rb") as file:
            header = file.read(APPLICATION_ID_AT + 4)
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryError(f"{path} cannot be read ({error.strerror}): name another file with --library.") from error
    if not header:
        return
    if not header.startswith(MAGIC):
        raise NotALibraryError(f"{path} is not a postil library (not SQLite): name another file with --library.")
    if number(header, APPLICATION_ID_AT) != APPLICATION_ID:
        raise NotALibraryError(
            f"{path} is another program's SQLite file and was left alone: name another file with --library."
        )
    refuse_newer(path, number(header, USER_VERSION_AT))


def refuse_newer(path: Path, version: int) -> None:
    """Raise a `NewerLibraryError` if the library's schema `version` is one that this postil does not know."""
    if version > SCHEMA:
        raise NewerLibraryError(
            f"{path} was made by a later postil (schema {version}, this one knows {SCHEMA}): "
            f"install the newer postil, or name another file with --library."
        )
