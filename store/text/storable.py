"""What somebody typed, fit to be kept."""

from __future__ import annotations


def storable(text: str) -> str:
    """The text with what a terminal may send and no text has replaced: half a surrogate pair, and NUL."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
