"""What a terminal pastes for a file that is dragged into it, and what a person types: names of files and addresses.

Terminals write a path in quotes, with backslashes before spaces, as it is, or as a `file://` address; several behind
each other on one line, or a line each. Nothing is run and nothing is opened here: names are looked up, and that is all.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

LONGEST = 20_000
"""Code points of a paste that is looked at: a longer one is a text."""

_MOST = 1000
"""Names in one paste."""

_DRIVE = re.compile(r"([A-Za-z]):[\\/](.*)", re.DOTALL)


def address(text: str) -> str | None:
    """The one web address that a paste is; None if it is anything else."""
    said = text.strip().strip("'\"")
    if not re.fullmatch(r"https?://[^\s/]\S*", said, re.IGNORECASE) or len(said) > LONGEST:
        return None
    return said


def named(text: str, exists: Callable[[str], bool] = os.path.exists) -> list[str]:
    """The files and folders that a paste names, if it names nothing else; else none. Looks at the disk.

    Args:
        text: what was pasted.
        exists: whether there is a file or a folder of that name.
    """
    if not text.strip() or len(text) > LONGEST or "\0" in text:
        return []
    for names in _readings(text):
        found = [_there(name, exists) for name in names[:_MOST]]
        if names and len(names) <= _MOST and all(found):
            return [name for name in found if name]
    return []


def _readings(text: str) -> Iterator[list[str]]:
    """The ways to read a paste, the most literal first."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    yield lines
    try:
        yield [name for line in lines for name in shlex.split(line)]
    except ValueError:  # a quotation that does not end: the text is none of a terminal's making
        return


def _there(name: str, exists: Callable[[str], bool]) -> str | None:
    """The name as the disk knows it."""
    for candidate in _spellings(name):
        try:
            if exists(candidate):
                return candidate
        except (OSError, ValueError):
            continue
    return None


def _spellings(name: str) -> Iterator[str]:
    if name.lower().startswith("file:"):
        parts = urlsplit(name)
        if parts.netloc in {"", "localhost"} or parts.netloc == os.uname().nodename:
            yield unquote(parts.path)
        return
    yield name
    if len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":
        yield name[1:-1]
    yield _at_home(name)
    if drive := _DRIVE.fullmatch(name.strip("'\"")):  # Windows names what Linux beside it has under /mnt
        yield f"/mnt/{drive[1].lower()}/{drive[2].replace(chr(92), '/')}"


def _at_home(name: str) -> str:
    """The name with a `~` at its beginning followed."""
    return os.path.expanduser(name)  # noqa: PTH111 -- pathlib raises an error for somebody whom it does not know


def completed(text: str) -> tuple[str, list[str]]:
    """A path that was begun, as far as it can only go on in one way, and the names that fit it. Looks at the disk."""
    folder, _, begun = text.rpartition("/")
    where = _at_home(folder + "/" if folder or text.startswith("/") else ".")
    try:
        with os.scandir(where) as entries:
            fitting = sorted(
                entry.name + ("/" if entry.is_dir() else "")
                for entry in entries
                if entry.name.startswith(begun) and (begun or not entry.name.startswith("."))
            )
    except OSError:
        return text, []
    if not fitting:
        return text, []
    return text[: len(text) - len(begun)] + os.path.commonprefix(fitting), fitting  # noqa: RUF071 -- signs are what is typed
