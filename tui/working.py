"""Working through articles: the acts on what is done, skipped and queued, each with the sentence that tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.kinds import State
from store.records import Course, Next
from tui.reading import describe

if TYPE_CHECKING:
    from store.library import Library

NOTHING = "Nothing is left to do: every article of the library is done or skipped."
"""What is said when there is nothing next."""


class Worked(NamedTuple):
    """An act that is on the disk."""

    said: str
    course: Course
    """How the first of its articles stands now."""


def settle(
    library: Library, article_ids: Sequence[str], state: State, *, here: str | None, passed: Sequence[str]
) -> Worked:
    """Decide that articles are `done` or `skipped`, or take it back; see `store.reading.Reading.next` for the rest.

    Raises:
        PostilError: it was refused or could not be written.
    """
    what = _counted(article_ids)
    if not library.reading.toggle(article_ids, state):
        return Worked(f"{what}not {state} any more", library.reading.course(article_ids[0]))
    return Worked(
        f"{what}{state} · {following(library.reading.next(here=here, passed=passed))}",
        library.reading.course(article_ids[0]),
    )


def queue(library: Library, article_ids: Sequence[str]) -> Worked:
    """Put articles in the queue, or take them out.

    Raises:
        PostilError: it was refused or could not be written.
    """
    what = _counted(article_ids)
    queued = library.reading.toggle_queued(article_ids)
    course = library.reading.course(article_ids[0])
    if not queued:
        return Worked(f"{what}out of the queue", course)
    place = f" as number {course.queue:,}" if len(article_ids) == 1 and course.queue else ""
    return Worked(f"{what}queued{place} · Q takes {'it' if len(article_ids) == 1 else 'them'} out", course)


def following(found: Next | None) -> str:
    """What is next, and which key opens it."""
    if found is None:
        return "nothing else is left to do"
    return f"next: {called(found)} · ctrl+n opens it"


def called(found: Next) -> str:
    """What is next, and why."""
    return f"“{describe.short(found.title)}” ({found.why})"


def _counted(article_ids: Sequence[str]) -> str:
    return f"{len(article_ids):,} articles " if len(article_ids) > 1 else ""
