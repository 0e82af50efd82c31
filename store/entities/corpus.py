"""Many articles read for entities at once, by several spaCy processes that send back spans and nothing else.

Each process has a thread of ours that keeps it busy. A piece of work is a run of stretches of one article, so that one
long article is shared out too. What comes back is kept every moment in one transaction, so a run that is stopped goes
on where it was.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, Queue
from time import monotonic
from typing import TYPE_CHECKING

from store.entities.lasting import PAUSE, LastingProcess
from store.entities.pipelines import Pipeline, PipelineError
from store.entities.process import AHEAD
from store.records import Found
from store.text import stretches

if TYPE_CHECKING:
    from store.library import Library

_PIECE = 24
"""Stretches of an article that one process reads before another may take the next ones."""

_KEPT_EVERY = 1.0
"""Seconds of answers in one transaction: what a crash costs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that is to be read."""

    article_id: str
    title: str
    words: int
    pipeline: Pipeline
    version: str
    """The pipeline's identity, under which answers are kept."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened: words were read, an article is done, or cannot be."""

    reading: Reading
    words: int = 0
    """Words that were read since the last step of the article; of a part of it, in proportion."""
    names: int = 0
    """Names in the article, once it is done."""
    done: bool = False
    problem: str = ""
    """Why the article, or a part of it, was not read."""


@dataclass(slots=True, eq=False)
class _Article:
    """An article between its first stretch and its last."""

    reading: Reading
    text: str
    left: int
    """Stretches that were not answered yet."""
    found: list[Found]
    """What was answered, now or before."""
    missed: int = 0
    """Stretches that the process dies over."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Stretches of an article; none if they were read before, and it is only to be settled."""

    article: _Article
    spans: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a thread hands to the one that writes."""

    step: Step
    found: list[Found] = field(default_factory=list)


def read(
    library: Library, readings: Sequence[Reading], *, workers: int, said: Callable[[str], None], pause: float = PAUSE
) -> Iterator[Step]:
    """Read articles that have no answers yet, or not all; the steps come when what they tell of is on the disk.

    The articles of one pipeline are read together. Closing the iterator ends the processes and keeps what they
    answered before.

    Args:
        library: where the texts are, and where the answers are kept.
        readings: the articles, in the order in which they are begun.
        workers: processes at a time.
        said: called from other threads with a sentence when a process is started again.
        pause: seconds before a process that died is started again.

    Raises:
        LibraryError: the library cannot be read or written.
    """
    by_pipeline: dict[Pipeline, list[Reading]] = {}
    for reading in readings:
        by_pipeline.setdefault(reading.pipeline, []).append(reading)
    for pipeline, those in by_pipeline.items():
        pool = _Pool(library, pipeline, those, workers, said, pause)
        try:
            yield from pool.steps()
        finally:
            pool.close()


class _Pool:
    """The processes of one pipeline, and the threads that feed them."""

    def __init__(
        self,
        library: Library,
        pipeline: Pipeline,
        readings: Sequence[Reading],
        workers: int,
        said: Callable[[str], None],
        pause: float,
    ) -> None:
        self._library = library
        self._readings = readings
        self._seen: set[str] = set()
        """The articles that were begun."""
        self._work = self._pieces()
        self._taking = threading.Lock()
        self._settling: deque[_Article] = deque()
        self._open: dict[str, _Article] = {}
        self._answers: Queue[_Answer | BaseException | None] = Queue()
        self._closed = False
        self._processes = [LastingProcess(pipeline, said=said, pause=pause) for _ in range(workers)]
        self._threads = [
            threading.Thread(target=self._run, args=(process,), name="corpus", daemon=True)
            for process in self._processes
        ]
        self._running = len(self._threads)
        self._failure = ""
        self._unkept: list[_Answer] = []

    def steps(self) -> Iterator[Step]:
        """Everything that happens until all is read, told when it is kept."""
        for thread in self._threads:
            thread.start()
        deadline = monotonic() + _KEPT_EVERY
        while self._running or not self._answers.empty():
            with suppress(Empty):
                self._take(self._answers.get(timeout=max(0.0, deadline - monotonic())))
            if monotonic() >= deadline:
                yield from self._keep()
                deadline = monotonic() + _KEPT_EVERY
        yield from self._keep()
        if self._failure:
            begun = {article.reading.article_id: article.reading for article in self._open.values()}
            left = [*begun.values(), *(reading for reading in self._readings if reading.article_id not in self._seen)]
            yield from (Step(reading, problem=self._failure) for reading in left)

    def close(self) -> None:
        """End everything, and keep what was answered."""
        self._closed = True
        for process in self._processes:
            process.kill()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        while not self._answers.empty():
            answer = self._answers.get()
            if isinstance(answer, _Answer):
                self._unkept.append(answer)
        self._keep()

    def _take(self, answer: _Answer | BaseException | None) -> None:
        match answer:
            case None:
                self._running -= 1
            case BaseException():
                raise answer
            case _:
                self._unkept.append(answer)

    def _keep(self) -> list[Step]:
        answers, self._unkept = self._unkept, []
        self._library.predictions.keep_all(
            (answer.step.reading.article_id, answer.step.reading.version, answer.found) for answer in answers
        )
        return [answer.step for answer in answers]

    # The threads

    def _run(self, process: LastingProcess) -> None:
        try:
            self._serve(process)
        except PipelineError as error:
            if not process.closed:
                self._failure = error.sentence
        except BaseException as error:
            self._answers.put(error)
        finally:
            process.close()
            self._answers.put(None)

    def _serve(self, process: LastingProcess) -> None:
        asked: deque[_Article] = deque()
        piece: deque[tuple[_Article, tuple[int, int]]] = deque()
        while not self._closed:
            while process.waiting < AHEAD:
                if not piece:
                    task = self._next(settle=not process.waiting)
                    if isinstance(task, _Article):
                        self._settle(process, task)
                        continue
                    if task is None:
                        break
                    piece.extend((task.article, span) for span in task.spans)
                article, span = piece.popleft()
                asked.append(article)
                process.ask(article.text, *span)
            if not process.waiting:
                return
            found = process.receive()
            self._answered(asked.popleft(), found)

    def _next(self, *, settle: bool) -> _Piece | _Article | None:
        """The next piece of work, or an article to settle; None if there is nothing that may be begun now.

        With `settle` false some questions still wait for an answer, and nothing can be settled.
        """
        with self._taking:
            while not self._settling:
                piece = next(self._work, None)
                if piece is None or piece.spans:
                    return piece
                self._settling.append(piece.article)
            return self._settling.popleft() if settle else None

    def _answered(self, article: _Article, found: Found | None) -> None:
        with self._taking:
            article.left -= 1
            if found is None:
                article.missed += 1
            else:
                article.found.append(found)
            last, whole = article.left == 0, not article.missed
            if last and whole and any(stretch.draft for stretch in article.found):
                self._settling.append(article)
                last = False
        words = 0 if found is None else _share(article, found)
        problem = "" if whole or not last else f"{article.missed} of its parts end the process, and were passed over"
        if last:
            self._open.pop(article.reading.article_id, None)
        names = sum(len(stretch.entities) for stretch in article.found) if last else 0
        step = Step(article.reading, words, names, done=last and whole, problem=problem)
        self._answers.put(_Answer(step, [] if found is None else [found]))

    def _settle(self, process: LastingProcess, article: _Article) -> None:
        drafts = sorted(article.found, key=lambda stretch: stretch.start)
        settled = process.settle(article.text, drafts, wanted=lambda: not self._closed)
        if settled is None and self._closed:
            return
        self._open.pop(article.reading.article_id, None)
        names = sum(len(stretch.entities) for stretch in settled or drafts)
        problem = "" if settled is not None else "the process ends when its parts are compared"
        self._answers.put(_Answer(Step(article.reading, 0, names, done=not problem, problem=problem), settled or []))

    def _pieces(self) -> Iterator[_Piece]:
        """The work, an article read from the library at a time. Called by whichever thread has nothing to do."""
        for reading in self._readings:
            self._seen.add(reading.article_id)
            article = self._library.articles.get(reading.article_id)
            if article is None:  # taken away meanwhile
                continue
            kept = self._library.predictions.of(article.id, reading.version)
            known = {found.start for found in kept}
            starts = stretches.cut(article.text)
            spans = zip(starts, [*starts[1:], len(article.text)], strict=True)
            missing = [span for span in spans if span[0] not in known]
            begun = _Article(reading, article.text, len(missing), kept)
            self._open[article.id] = begun
            if not missing:
                yield _Piece(begun, ())
            for first in range(0, len(missing), _PIECE):
                yield _Piece(begun, missing[first : first + _PIECE])


def _share(article: _Article, found: Found) -> int:
    """The words of a stretch, by its part of the article."""
    before, length = article.reading.words * found.start, max(1, len(article.text))
    return article.reading.words * found.end // length - before // length
