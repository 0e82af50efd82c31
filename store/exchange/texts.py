"""Text files beside annotations, read with a sentence for what can go wrong."""

from __future__ import annotations

from pathlib import Path

from store.articles.identity import canonical
from store.errors import ImportingError

MARK = "\ufeff"
"""What some programs put before a text that is UTF-8, and what readers take away."""


def for_file(text: str) -> str:
    """The text as it stands in a file: one that begins with a mark of its own gets another, to be taken away."""
    return MARK + text if text.startswith(MARK) else text


def read_text(path: Path) -> str:
    """The text of a file as it is, without the mark that some programs put before it.

    Raises:
        ImportingError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode().removeprefix(MARK)
    except OSError as error:
        raise ImportingError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        byte = error.object[error.start]
        raise ImportingError(
            f"{path} is not UTF-8: line {line} has the byte 0x{byte:02X}; save it as UTF-8."
        ) from error


def read_lines(path: Path) -> list[str]:
    """The lines of a file, without their ends.

    Raises:
        ImportingError: it cannot be read, or is not UTF-8.
    """
    lines = canonical(read_text(path)).split("\n")
    return lines[:-1] if lines[-1] == "" else lines
