"""What somebody typed, fit to be kept."""

from __future__ import annotations

LONGEST_NOTE = 1_000_000
"""Code points of a note: a longer one would not come through a merge (`store.sharing.rows`)."""


def storable(text: str) -> str:
    """The text with what a terminal may send and no text has replaced: half a surrogate pair, and NUL."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()
