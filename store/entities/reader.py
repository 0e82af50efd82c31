"""Reading the open article for entities, in a thread that asks about what is on screen first."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from store.entities.lasting import PAUSE, LastingProcess
from store.entities.pipelines import Pipeline, PipelineError
from store.entities.process import AHEAD
from store.records import Found


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """The stretches of one article that are to be read."""

    article_id: str
    text: str
    stretches: Sequence[tuple[int, int]]
    pipeline: Pipeline | str
    """What they are to be read with."""
    version: str = ""
    """The pipeline's identity, under which answers are kept."""
    drafts: Sequence[Found] = ()
    """What was read of the others before, if the article is still to be settled."""


_NOTHING = Work("", "", (), "")


class EntityReader:
    """Reads articles for entities in a thread of its own, the stretches nearest to the reader's eyes first.

    All it reports is called from that thread, with the work that it belongs to.
    """

    def __init__(
        self,
        *,
        found: Callable[[Work, Found], None],
        failed: Callable[[Work, PipelineError], None],
        settled: Callable[[Work, list[Found]], None] = lambda *_: None,
        said: Callable[[Work, str], None] = lambda *_: None,
        passed_over: Callable[[Work, str], None] = lambda *_: None,
        pause: float = PAUSE,
    ) -> None:
        """Nothing is started until there is work.

        Args:
            found: called for each stretch that was read.
            failed: called when no more of the work can be read; other work may be given afterwards.
            settled: called with all stretches of an article, once all were read. Each was told to `found` as a draft
                before, unless it is the only one, which needs no settling.
            said: called with a sentence when the process is started again.
            passed_over: called with a sentence for each stretch that the process dies over; `found` never hears of it.
            pause: seconds before a process that died is started again.
        """
        self._found = found
        self._failed = failed
        self._settled = settled
        self._said = said
        self._passed_over = passed_over
        self._pause = pause
        self._changed = threading.Condition()
        self._work = _NOTHING
        self._pending: list[tuple[int, int]] = []
        self._drafts: list[Found] = []
        self._near = 0
        self._closed = False
        self._process: LastingProcess | None = None
        self._thread: threading.Thread | None = None

    def read(self, work: Work, *, near: int = 0) -> None:
        """Read these stretches, those nearest to the code point `near` first, instead of what was left to read."""
        with self._changed:
            if self._process is not None and work.pipeline != self._work.pipeline:
                self._process.kill()  # it may be loading its model for long yet
            self._work = work
            self._pending = list(work.stretches)
            self._drafts = list(work.drafts)
            self._near = near
            if (self._pending or self._drafts) and self._thread is None and not self._closed:
                self._thread = threading.Thread(target=self._run, name="entities", daemon=True)
                self._thread.start()
            self._changed.notify()

    def prefer(self, near: int) -> None:
        """Go on with the stretches nearest to the code point `near`."""
        with self._changed:
            self._near = near

    def close(self) -> None:
        """End the thread and the process, whatever they are doing."""
        with self._changed:
            self._closed = True
            self._pending = []
            self._drafts = []
            if self._process is not None:
                self._process.kill()
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        """One process after another, each for as long as the work is for its pipeline."""
        while (work := self._wait_for_work()) is not None:
            pipeline = work.pipeline
            process = LastingProcess(pipeline, said=self._say, pause=self._pause)
            with self._changed:
                self._process = process
                if self._closed:
                    return
            try:
                self._serve(process, pipeline)
            except PipelineError as error:
                with self._changed:
                    work = self._work
                    if process.closed:
                        continue  # by us: the reader goes on to another pipeline, or is closed
                    self._pending = []
                    self._drafts = []
                self._failed(work, error)
            finally:
                with self._changed:
                    self._process = None
                process.close()

    def _wait_for_work(self) -> Work | None:
        """The work, when there is some; None if the reader is closed."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._pending or self._all_read())
            return None if self._closed else self._work

    def _serve(self, process: LastingProcess, pipeline: Pipeline | str) -> None:
        """Read until the reader is closed or goes on to another pipeline."""
        asked: deque[Work] = deque()
        while True:
            while process.waiting < AHEAD and (task := self._next(pipeline, wait=not process.waiting)):
                work, (start, end) = task
                process.ask(work.text, start, end)
                asked.append(work)
            if self._closed or self._work.pipeline != pipeline:
                return
            if not process.waiting:
                self._settle(process)
                continue
            answer = process.receive()
            work = asked.popleft()
            if answer is None:  # it is asked about again when the article is opened again
                self._passed_over(work, "Names in one part of the article are not marked: the process dies over it.")
                continue
            self._found(work, answer)
            with self._changed:
                if answer.draft and work is self._work:
                    self._drafts.append(answer)

    def _settle(self, process: LastingProcess) -> None:
        """Settle the article whose last stretch was read, unless the reader goes on to another meanwhile."""
        with self._changed:
            work, drafts = self._work, sorted(self._drafts, key=lambda draft: draft.start)
        settled = process.settle(work.text, drafts, wanted=lambda: self._work is work)
        if settled is not None:
            self._settled(work, settled)
        elif self._work is work:
            self._said(work, "The names of the parts of the article were not compared: the process dies over it.")
        with self._changed:
            if self._work is work:
                self._drafts = []

    def _next(self, pipeline: Pipeline | str, *, wait: bool) -> tuple[Work, tuple[int, int]] | None:
        """The stretch to read next; with `wait`, None only when something else is to be done."""
        with self._changed:
            if wait:
                self._changed.wait_for(
                    lambda: self._closed or self._work.pipeline != pipeline or self._pending or self._all_read()
                )
            if not self._pending or self._work.pipeline != pipeline:
                return None
            nearest = min(range(len(self._pending)), key=lambda index: self._distance(self._pending[index]))
            return self._work, self._pending.pop(nearest)

    def _all_read(self) -> bool:
        """Whether every stretch of an article was read, which is settled by none of them alone."""
        return sum(draft.end - draft.start for draft in self._drafts) == len(self._work.text) > 0

    def _distance(self, stretch: tuple[int, int]) -> int:
        start, end = stretch
        # What lies ahead is read next; what lies behind was passed already.
        if start > self._near:
            return start - self._near
        return 2 * (self._near - end + 1) if end <= self._near else 0

    def _say(self, sentence: str) -> None:
        self._said(self._work, sentence)
