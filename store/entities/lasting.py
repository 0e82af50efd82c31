"""An entity process that lasts: when it dies it is started again, and what it had not answered is asked again."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence

from store.entities.pipelines import Pipeline, PipelineError
from store.entities.process import EntityProcess, ProcessEnded
from store.records import Found

PAUSE = 0.5
"""Seconds before a process that died is started again, doubled each time: what took the memory may be done by then."""

_TRIES = 5
"""How often in a row it may die without an answer, before it is given up."""

BLAMED = 2
"""How often it may die over the same stretch, before that one is passed over."""


class LastingProcess:
    """One spaCy process after another, used as if it were one. One thread may use it, and any may close it."""

    def __init__(
        self, pipeline: Pipeline | str, *, said: Callable[[str], None] = lambda _: None, pause: float = PAUSE
    ) -> None:
        """Nothing is started before there is a question.

        Args:
            pipeline: a spaCy pipeline's package or folder, with what is laid over it.
            said: called with a sentence for the reader when the process is to be started again.
            pause: seconds before the first new start.
        """
        self._pipeline = pipeline
        self._said = said
        self._pause = pause
        self._questions: deque[tuple[str, int, int]] = deque()
        self._process: EntityProcess | None = None
        self._starting = threading.Lock()
        self._closed = threading.Event()
        self._ends = 0
        """How often in a row it died without an answer."""
        self._blame = 0
        """How often it died over the oldest question."""

    @property
    def closed(self) -> bool:
        """Whether it was ended for good, by us."""
        return self._closed.is_set()

    @property
    def waiting(self) -> int:
        """How many stretches were asked about and not answered yet."""
        return len(self._questions)

    def ask(self, text: str, start: int, end: int) -> None:
        """Send the stretch `text[start:end]`.

        Raises:
            PipelineError: the pipeline cannot be used.
            ProcessEnded: the process dies whatever is done, or was closed.
        """
        earlier = bool(self._questions)
        self._questions.append((text, start, end))
        try:
            if self._process is None:
                self._start()
            else:
                self._process.ask(text, start, end)
        except ProcessEnded as error:
            # The question that finds the process dead has not killed it.
            self._bury(error, blame=earlier)

    def receive(self) -> Found | None:
        """The answer to the oldest question that has none yet; None if the process dies over it, so it has none.

        Raises:
            PipelineError: the pipeline cannot be used.
            ProcessEnded: the process dies whatever is done, or was closed.
        """
        while self._blame < BLAMED:
            try:
                process = self._process or self._start()
                found = process.receive()
            except ProcessEnded as error:
                self._bury(error, blame=self._process is not None)
            else:
                self._questions.popleft()
                self._ends = self._blame = 0
                return found
        self._questions.popleft()
        self._blame = 0
        return None

    def settle(
        self, text: str, drafts: Sequence[Found], *, wanted: Callable[[], bool] = lambda: True
    ) -> list[Found] | None:
        """The stretches of a text, settled together; to be asked for when no question waits for an answer.

        Returns:
            None if the process dies over them, or `wanted`, asked between stretches, says no: they stay drafts.

        Raises:
            PipelineError: the pipeline cannot be used.
            ProcessEnded: the process dies whatever is done, or was closed.
        """
        while self._blame < BLAMED:
            settled: list[Found] = []
            try:
                process = self._process or self._start()
                for stretch in process.settle(text, drafts):
                    settled.append(stretch)
                    if not wanted():
                        return None
            except ProcessEnded as error:
                self._bury(error, blame=self._process is not None)
            else:
                self._ends = self._blame = 0
                return settled
        self._blame = 0
        return None

    def kill(self) -> None:
        """End it for good, from any thread and without waiting."""
        with self._starting:
            self._closed.set()
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End it for good, and wait until it is gone. For the thread that uses it."""
        self.kill()
        self._let_go()

    def _start(self) -> EntityProcess:
        with self._starting:
            if self._closed.is_set():
                raise _closed()
            try:
                process = EntityProcess(self._pipeline)
            except OSError as error:
                raise PipelineError(
                    f"No names are marked: the process that finds them cannot be started ({error})."
                ) from error
            self._process = process
        try:
            process.wait_until_ready()
        except PipelineError:
            self._let_go()  # nothing to blame a stretch for
            raise
        for question in self._questions:
            process.ask(*question)
        return process

    def _bury(self, error: ProcessEnded, *, blame: bool) -> None:
        """Count the death, say it, and wait; the next question or answer starts a new process."""
        self._let_go()
        if self._closed.is_set():
            raise _closed() from error
        self._blame += blame
        self._ends += 1
        if self._ends == _TRIES:
            raise ProcessEnded(
                f"No more names are marked: the process that finds them ended {_TRIES} times in a row ({error.how}).",
                error.how,
            ) from error
        self._said(f"The process that finds names ended ({error.how}); it is started again.")
        self._closed.wait(self._pause * 2 ** (self._ends - 1))

    def _let_go(self) -> None:
        with self._starting:
            process, self._process = self._process, None
        if process is not None:
            process.close()


def _closed() -> ProcessEnded:
    return ProcessEnded("No more names are marked: the process that finds them was closed.", "it was closed")
