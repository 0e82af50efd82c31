"""The parent's side of the entity process: start it, ask it about a stretch, and keep what is on screen first."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from store.entities.pipelines import Pipeline, PipelineError
from store.records import Entity, Found
from store.text.paragraphs import paragraphs

_MARKDOWN_SIGNS = re.compile(r"\s*(?:(?:#{1,6}|>|[-*+])\s+)+")

_AHEAD = 2
"""Stretches sent before the first answer is read, so that the process never waits for the next one."""


class EntityProcess:
    """A running spaCy process. One thread may use it at a time; answers come in the order of the questions."""

    def __init__(self, pipeline: Pipeline | str) -> None:
        """Start the process; `wait_until_ready` tells when, and whether, it can answer."""
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
        chosen = Pipeline.of(pipeline)
        self._pipeline = chosen.name
        self._child = subprocess.Popen(
            # -P: a folder `store` or a file `spacy.py` where the reader happens to stand must not be imported.
            [sys.executable, "-P", "-m", "store.entities.worker", chosen.name, chosen.layers.to_json()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,  # ctrl+c is for the reader, not for the process
            text=True,
            encoding="utf-8",
        )
        self._asked: deque[tuple[int, int, bool]] = deque()

    def wait_until_ready(self) -> None:
        """Wait for the model to be loaded.

        Raises:
            PipelineError: it cannot be.
        """
        said = self._answer()
        if "failed" in said:
            raise PipelineError(
                f"No names are marked: the pipeline {self._pipeline} cannot be used ({said['failed']})."
            )

    @property
    def waiting(self) -> int:
        """How many stretches were asked about and not answered yet."""
        return len(self._asked)

    def ask(self, text: str, start: int, end: int) -> None:
        """Send the stretch `text[start:end]`.

        Raises:
            PipelineError: the process has ended.
        """
        whole = (start, end) == (0, len(text))
        self._send({"paragraphs": _prose(text, start, end), "whole": whole})
        self._asked.append((start, end, whole))

    def receive(self) -> Found:
        """The answer to the oldest question that has none yet; waits for it.

        It is a draft unless the stretch is the whole text.

        Raises:
            PipelineError: the process has ended.
        """
        entities = [Entity(*entity) for entity in self._answer()["entities"]]
        start, end, whole = self._asked.popleft()
        return Found(start, end, entities, draft=not whole)

    def settle(self, text: str, drafts: Sequence[Found]) -> Iterator[Found]:
        """The stretches of a text again, now that all of them were read: what stands in one bears on the others.

        Ask for it when no question waits for an answer, and take every answer. It depends on nothing but the text and
        the drafts, so it does not matter in what order, and by which process, they were read.

        Args:
            text: the article's.
            drafts: what the process said of each of its stretches, in any order; the answers come in the text's.

        Raises:
            PipelineError: the process has ended.
        """
        drafts = sorted(drafts, key=lambda draft: draft.start)
        self._send({"settle": "begin"})
        for draft in drafts:
            self._send({"settle": "count"} | _draft(text, draft))
        for draft in drafts:
            self._send({"settle": "answer"} | _draft(text, draft))
            entities = [Entity(*entity) for entity in self._answer()["entities"]]
            yield Found(draft.start, draft.end, entities)

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(OSError):  # a question that was never read
                    pipe.close()

    def _send(self, question: dict[str, object]) -> None:
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(json.dumps(question) + "\n")
            self._child.stdin.flush()
        except (OSError, ValueError) as error:
            raise self._ended() from error

    def _answer(self) -> dict[str, list[tuple[int, int, str]]]:
        assert self._child.stdout is not None
        try:
            line = self._child.stdout.readline()
        except ValueError as error:  # closed by another thread
            raise self._ended() from error
        if not line:
            raise self._ended()
        answer: dict[str, list[tuple[int, int, str]]] = json.loads(line)
        return answer

    def _ended(self) -> PipelineError:
        return PipelineError(f"No more names are marked: the process of {self._pipeline} ended unexpectedly.")


def _prose(text: str, start: int, end: int) -> list[tuple[int, str]]:
    return [(a, as_prose(text[a:b])) for a, b in paragraphs(text, start, end)]


def _draft(text: str, draft: Found) -> dict[str, object]:
    entities = [(entity.start, entity.end, entity.label) for entity in draft.entities]
    return {"paragraphs": _prose(text, draft.start, draft.end), "entities": entities}


def as_prose(paragraph: str) -> str:
    """The paragraph as the model has to see it, code point for code point.

    A line end in it was put there by wrapping, and the signs of a heading, a quotation or a list item are not words.
    """
    prose = paragraph.replace("\n", " ")
    signs = _MARKDOWN_SIGNS.match(prose)
    return " " * signs.end() + prose[signs.end() :] if signs else prose


@dataclass(frozen=True, slots=True)
class Work:
    """The stretches of one article that are to be read."""

    article_id: str
    text: str
    stretches: Sequence[tuple[int, int]]
    drafts: Sequence[Found] = ()
    """What was read of the others before, if the article is still to be settled."""


class EntityReader:
    """Reads articles for entities in a thread of its own, the stretches nearest to the reader's eyes first."""

    def __init__(
        self,
        pipeline: Pipeline | str,
        *,
        found: Callable[[str, Found], None],
        failed: Callable[[PipelineError], None],
        settled: Callable[[str, list[Found]], None] = lambda *_: None,
    ) -> None:
        """Nothing is started until there is work.

        Args:
            pipeline: a spaCy pipeline's package or folder.
            found: called from the reader's thread with the article's id for each stretch that was read.
            failed: called from the reader's thread once, when no more can be read.
            settled: called from the reader's thread with the article's id and all its stretches, once all were read.
                Each was told to `found` as a draft before, unless it is the only one, which needs no settling.
        """
        self._pipeline = pipeline
        self._found = found
        self._failed = failed
        self._settled = settled
        self._changed = threading.Condition()
        self._work = Work("", "", ())
        self._pending: list[tuple[int, int]] = []
        self._drafts: list[Found] = []
        self._near = 0
        self._closed = False
        self._process: EntityProcess | None = None
        self._thread: threading.Thread | None = None

    def read(self, work: Work, *, near: int = 0) -> None:
        """Read these stretches, those nearest to the code point `near` first, instead of what was left to read."""
        with self._changed:
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
            process = self._process
            self._changed.notify()
        if process is not None:
            process.close()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            with self._changed:
                if self._closed:
                    return
                process = self._process = EntityProcess(self._pipeline)
            process.wait_until_ready()
            asked: deque[Work] = deque()
            while True:
                while process.waiting < _AHEAD and (task := self._next(wait=not process.waiting)):
                    work, (start, end) = task
                    process.ask(work.text, start, end)
                    asked.append(work)
                if self._closed:
                    return
                if not process.waiting:
                    self._settle(process)
                    continue
                answer = process.receive()
                work = asked.popleft()
                self._found(work.article_id, answer)
                with self._changed:
                    if answer.draft and work is self._work:
                        self._drafts.append(answer)
        except PipelineError as error:
            if not self._closed:
                process.close()
                self._failed(error)
        except OSError as error:
            if not self._closed:
                self._failed(PipelineError(f"No names are marked: the entity process cannot be started ({error})."))

    def _settle(self, process: EntityProcess) -> None:
        """Settle the article whose last stretch was read, unless the reader goes on to another meanwhile."""
        with self._changed:
            work, drafts = self._work, sorted(self._drafts, key=lambda draft: draft.start)
        settled = []
        for stretch in process.settle(work.text, drafts):
            settled.append(stretch)
            if self._work is not work:
                return
        self._settled(work.article_id, settled)
        with self._changed:
            if self._work is work:
                self._drafts = []

    def _next(self, *, wait: bool) -> tuple[Work, tuple[int, int]] | None:
        """The stretch to read next; with `wait`, None only when there is an article to settle or to close."""
        with self._changed:
            while wait and not self._pending and not self._closed and not self._all_read():
                self._changed.wait()
            if not self._pending:
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
