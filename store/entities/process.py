"""The parent's side of the entity process: start it, ask it about a stretch, and take its answers."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from store.entities.pipelines import Pipeline, PipelineError
from store.records import Entity, Found
from store.text.paragraphs import paragraphs

_MARKDOWN_SIGNS = re.compile(r"\s*(?:(?:#{1,6}|>|[-*+])\s+)+")

AHEAD = 2
"""Stretches to send before the first answer is read, so that the process never waits for the next one."""

_LAST_BREATH = 2.0
"""Seconds in which a process whose output is closed is gone too, so that it can be told how it ended."""


class ProcessEnded(PipelineError):  # noqa: N818 -- it is what happened
    """The process is gone: killed, out of memory, or by an error in a pipeline's own code. A new one may do."""

    def __init__(self, sentence: str, how: str) -> None:
        """Say `sentence`; `how` is the part of it that tells how the process ended."""
        super().__init__(sentence)
        self.how = how


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
            ProcessEnded: the process has ended before it was.
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
            ProcessEnded: the process has ended.
        """
        whole = (start, end) == (0, len(text))
        self._send({"paragraphs": _prose(text, start, end), "whole": whole})
        self._asked.append((start, end, whole))

    def receive(self) -> Found:
        """The answer to the oldest question that has none yet; waits for it.

        It is a draft unless the stretch is the whole text.

        Raises:
            ProcessEnded: the process has ended.
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
            ProcessEnded: the process has ended.
        """
        drafts = sorted(drafts, key=lambda draft: draft.start)
        self._send({"settle": "begin"})
        for draft in drafts:
            self._send({"settle": "count"} | _draft(text, draft))
        for draft in drafts:
            self._send({"settle": "answer"} | _draft(text, draft))
            entities = [Entity(*entity) for entity in self._answer()["entities"]]
            yield Found(draft.start, draft.end, entities)

    def kill(self) -> None:
        """End the process from any thread and without waiting; whoever waits for an answer is told that it ended."""
        self._child.kill()

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

    def _ended(self) -> ProcessEnded:
        how = self._how()
        return ProcessEnded(
            f"No more names are marked: the process of {self._pipeline} ended unexpectedly ({how}).", how
        )

    def _how(self) -> str:
        """How the process ended, as far as the system tells."""
        try:
            code = self._child.wait(_LAST_BREATH)
        except subprocess.TimeoutExpired:
            return "it does not answer"
        if code == -signal.SIGKILL:
            return "it was killed, as a machine does that has run out of memory"
        return f"by signal {-code}" if code < 0 else f"exit code {code}"


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
