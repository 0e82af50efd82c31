"""Articles of an older postil, whose language nobody has looked at: done a few at a time when nothing else waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk import Desk

if TYPE_CHECKING:
    from store.library import Library

_AT_A_TIME = 32
"""Articles: a key waits for no more."""


def look_at_languages(desk: Desk) -> None:
    """Let the library look at what it never looked at, and acts go between."""

    def look(library: Library) -> None:
        if library.languages.refresh(most=_AT_A_TIME):
            desk.later(look)

    desk.later(look)
