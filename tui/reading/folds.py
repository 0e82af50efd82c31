"""What is folded in the reading pane: runs of page furniture and repeats, each one dim line until it is opened.

Nothing of it touches the text: a closed fold is a span that the layout gives one row, and every offset stays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from store.records import Annotation
from store.text.folding import Folded, left

Span = tuple[int, int]


class Spans:
    """Spans that are apart from each other, found by an offset in them."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Take spans in the order of the text."""
        self._spans = tuple(spans)
        self._starts = [start for start, _ in self._spans]

    def at(self, offset: int) -> Span | None:
        """The span that holds the offset."""
        index = bisect_right(self._starts, offset) - 1
        return self._spans[index] if index >= 0 and offset < self._spans[index][1] else None

    def other_than(self, other: Spans) -> list[Span]:
        """The spans that only one of the two has, in order."""
        return sorted(set(self._spans) ^ set(other._spans))


class Folds:
    """The runs of one text that may be folded, and which of them are closed."""

    def __init__(self, text: str = "", found: Sequence[Folded] = (), decisions: Iterable[Annotation] = ()) -> None:
        """Close all runs that were found, but for those of which somebody decided that they are the article's own.

        Args:
            text: the whole text.
            found: its runs, in order.
            decisions: annotations of the kind `fold`.
        """
        self._text = text
        self._found = found
        self._decisions = {decision.id: decision for decision in decisions}
        self._opened: set[int] = set()
        """Where the runs begin that are open."""
        self.runs: list[Folded] = []
        """The runs that may be folded."""
        self._choose()

    def __len__(self) -> int:
        """How many runs may be folded."""
        return len(self.runs)

    @property
    def closed(self) -> Spans:
        """The spans that are closed, with the line end after them."""
        return Spans((run.start, self._end(run)) for run in self.runs if run.start not in self._opened)

    @property
    def everything(self) -> Spans:
        """The spans of all runs, open or closed, with the line end after them."""
        return Spans((run.start, self._end(run)) for run in self.runs)

    @property
    def any_closed(self) -> bool:
        """Whether anything is closed."""
        return any(run.start not in self._opened for run in self.runs)

    def at(self, offset: int) -> Folded | None:
        """The run, open or closed, that holds the offset, or the line end before it."""
        index = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        return self.runs[index] if index >= 0 and offset < self._end(self.runs[index]) else None

    def own_before(self, offset: int) -> int:
        """How many code points before an offset are the article's own."""
        index = bisect_right(self.runs, offset, key=lambda run: run.start)
        inside = max(0, self.runs[index - 1].end - offset) if index else 0
        return offset - self._lengths[index] + inside

    def is_open(self, run: Folded) -> bool:
        """Whether the run is shown."""
        return run.start in self._opened

    def toggle(self, run: Folded) -> None:
        """Open a closed run, or close it."""
        self._opened ^= {run.start}

    def open_at(self, offset: int) -> bool:
        """Open what is closed at an offset; whether anything was."""
        run = self.at(offset)
        if run is None or run.start in self._opened:
            return False
        self._opened.add(run.start)
        return True

    def toggle_all(self) -> None:
        """Open every run; where all are open, close them."""
        self._opened = {run.start for run in self.runs} if self.any_closed else set()

    def decide(self, annotation_id: str, decision: Annotation | None) -> None:
        """Take a decision, or with None take it back."""
        if decision is not None:
            self._decisions[annotation_id] = decision
        else:
            self._decisions.pop(annotation_id, None)
        self._choose()

    def decision(self, annotation_id: str) -> Annotation | None:
        """The decision with this key."""
        return self._decisions.get(annotation_id)

    def _choose(self) -> None:
        from store.text.furniture_words import BYLINE  # its patterns are nothing for the first frame to wait for

        # A line that says who wrote the article is what a reader looks for, and folding one saves no row.
        decided = [(one.start or 0, one.end or 0) for one in self._decisions.values()]
        self.runs = [run for run in left(self._found, decided) if run.count > 1 or run.kinds != (BYLINE,)]
        self._lengths = [0, *accumulate(run.end - run.start for run in self.runs)]
        """Code points of the first so many runs."""

    def _end(self, run: Folded) -> int:
        return run.end + (run.end < len(self._text) and self._text[run.end] == "\n")


def words(run: Folded, width: int) -> str:
    """The dim line: what is folded and how much, as far as there is room in `width` cells."""
    lines = run.count
    what = f"{lines:,} {'line' if lines == 1 else 'lines'} folded"
    kinds = list(run.kinds)
    while True:
        more = ", …" if len(kinds) < len(run.kinds) else ""
        line = f"··· {what}: {', '.join(kinds)}{more} · z shows ···"
        if len(line) <= width or len(kinds) == 1:
            break
        kinds.pop()
    for shorter in (line, f"··· {what} · z shows", f"··· {lines:,}"):
        if len(shorter) <= width:
            return shorter
    return "···"[:width]
