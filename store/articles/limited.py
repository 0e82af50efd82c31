"""The parent's side of a process in which strangers' files are parsed: bounded in time and memory, and it may crash.

A parser of HTML or PDF is large, some of it is in C, and there is always a file that makes it loop, eat memory or fall.
In a process of its own that is one sentence about one file, and the next file gets a new process.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import orjson

from store.errors import ArticleError

SECONDS = 60
"""That one file may take."""

MEGABYTES = 2048
"""Of address space that the process may take, where the system can be told."""


class RefusedError(Exception):
    """What a parser raises where there is no article; its words follow the file's name in a sentence."""


class Parser:
    """A process that parses, started when it is first needed. Threads may share it: each waits for its turn."""

    def __init__(self, *, seconds: float = SECONDS, megabytes: int = MEGABYTES) -> None:
        """Allow that much time for a file, and that much memory for the process."""
        self._seconds = seconds
        self._megabytes = megabytes
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def parse(self, kind: str, data: bytes, name: str, **hints: Any) -> dict[str, Any]:
        """What `store.articles.parsing` makes of the bytes of a file of that kind, for which sentences have a name.

        Raises:
            ArticleError: it says why there is no article, or it took too long, too much memory, or fell.
        """
        with self._lock:
            child = self._child = self._running()
            overtime = threading.Event()

            def end() -> None:
                overtime.set()
                child.kill()

            timer = threading.Timer(self._seconds, end)
            timer.start()
            try:
                answer = self._ask(child, orjson.dumps({"kind": kind, **hints}), data)
            finally:
                timer.cancel()
            if answer is None:
                self._end(child)
                if overtime.is_set():
                    raise ArticleError(f"{name} took longer than {self._seconds:g} s to read and was given up.")
                raise ArticleError(f"{name} cannot be read: it brings down the program that reads such files.")
        if "refused" in answer:
            raise ArticleError(f"{name} {answer['refused']}")
        return answer

    def close(self) -> None:
        """End the process, if there is one."""
        with self._lock:
            if self._child is not None:
                self._end(self._child)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is not None:
            if self._child.poll() is None:
                return self._child
            self._end(self._child)
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
        return subprocess.Popen(
            # -P: a file `lxml.py` where the reader happens to stand must not be imported.
            [sys.executable, "-P", "-m", "store.articles.parsing", str(self._megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,  # ctrl+c is for the reader, not for the process
        )

    def _ask(self, child: subprocess.Popen[bytes], question: bytes, data: bytes) -> dict[str, Any] | None:
        """The answer, or None if the process ended without one."""
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            for piece in (question, data):
                child.stdin.write(len(piece).to_bytes(8, "big"))
                child.stdin.write(piece)
            child.stdin.flush()
            answer = receive(child.stdout)
        except OSError:
            return None
        if answer is None:
            return None
        found: dict[str, Any] = orjson.loads(answer)
        return found

    def _end(self, child: subprocess.Popen[bytes]) -> None:
        self._child = None
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with suppress(OSError):  # a question that was never read
                    pipe.close()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next piece, which follows its length in eight bytes; None if the stream ended."""
    length = stream.read(8)
    if len(length) < 8:
        return None
    size = int.from_bytes(length, "big")
    data = stream.read(size)
    return data if len(data) == size else None


_shared: Parser | None = None


def parser() -> Parser:
    """The process that all readers share; it ends with this one."""
    global _shared
    if _shared is None:
        _shared = Parser()
        atexit.register(_shared.close)
    return _shared
