"""What is said on leaving: what was done in this sitting, and what is next. Nothing, where nothing was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.reading.figures import counted
from tui.working import called

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Next
    from store.sitting import Sitting


def lines(library: Library, opened: int, seconds: float) -> list[str]:
    """Up to three lines; `opened` is how many articles were opened in these `seconds`."""
    sitting = library.sitting()
    return told(sitting, library.reading.next(), opened, seconds) if sitting else []


def told(sitting: Sitting, following: Next | None, opened: int, seconds: float) -> list[str]:
    """A sitting in words: time and articles, what was made, what is next."""
    articles = [_time(seconds)]
    if opened:
        articles.append(f"{counted(opened, 'article')} opened")
    articles += [
        f"{number:,} {what}"
        for number, what in ((sitting.done, "done"), (sitting.skipped, "skipped"), (sitting.queued, "queued"))
        if number
    ]
    made = [
        counted(number, what)
        for number, what in (
            (sitting.claims, "claim"), (sitting.notes, "note"), (sitting.decisions, "decision"),
            (sitting.relations, "relation"), (sitting.other, "other change"),
        )
        if number
    ]  # fmt: skip
    if sitting.withdrawn:
        made.append(f"{sitting.withdrawn:,} withdrawn")
    said = [" · ".join(articles)]
    if made:
        said.append(" · ".join(made))
    said.append("nothing is left to do" if following is None else f"next: {called(following)} · postil read --next")
    return said


def _time(seconds: float) -> str:
    """`under a minute`, `25 minutes`, `1 h 05 min`."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return "under a minute"
    if minutes < 60:
        return counted(minutes, "minute")
    return f"{minutes // 60:,} h {minutes % 60:02} min"
