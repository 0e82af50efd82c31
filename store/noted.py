"""What a note has to be to be kept, on whatever it stands."""

from __future__ import annotations

from store.errors import AnnotationError
from store.text.storable import LONGEST_NOTE, storable


def noted(text: str) -> str:
    """The text of a note as it is kept.

    Raises:
        AnnotationError: it is too long.
    """
    if len(text) > LONGEST_NOTE:
        raise AnnotationError(f"The note was not saved: it has {len(text):,} signs, and {LONGEST_NOTE:,} are the most.")
    return storable(text)
