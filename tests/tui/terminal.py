"""A terminal for the installed `postil`: a pseudo-terminal whose screen pyte keeps."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyte

POSTIL = str(Path(sys.executable).with_name("postil"))
"""The command as pip installed it."""


class Terminal:
    """A process in a pseudo-terminal, and what it has painted."""

    def __init__(self, pid: int, descriptor: int, columns: int, rows: int) -> None:
        self.pid = pid
        self._descriptor = descriptor
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.output = b""
        self.hung_up = False

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(self._screen.display)

    def send(self, keys: str) -> None:
        """Type, as bytes of a terminal: `\\x13` is ctrl+s, `\\x1b` escape."""
        os.write(self._descriptor, keys.encode())

    def wait_for(self, sign: str | Callable[[str], object], seconds: float = 60) -> None:
        """Read until the screen shows something; the limit is there for a test that has failed."""
        shows = (lambda text: sign in text) if isinstance(sign, str) else sign
        deadline = time.monotonic() + seconds
        while not shows(self.text):
            assert time.monotonic() < deadline, f"the screen never showed {sign}:\n{self.text}"
            assert self._read(0.1), f"the process ended before {sign}:\n{self.text}"

    def end(self, seconds: float = 30) -> int:
        """Read to the end and give the exit code."""
        deadline = time.monotonic() + seconds
        while self._read(0.1):
            assert time.monotonic() < deadline, f"the process did not end:\n{self.text}"
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def kill(self) -> None:
        """`kill -9`."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    def hang_up(self, seconds: float = 30) -> None:
        """Lose the line, as when ssh ends: the terminal is gone. Wait until the process has ended."""
        os.close(self._descriptor)
        self.hung_up = True
        deadline = time.monotonic() + seconds
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            assert time.monotonic() < deadline, "the process did not end"
            time.sleep(0.02)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._descriptor], [], [], seconds)
        if not ready:
            return True
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # Linux says so when the other side is closed
            return False
        self.output += data
        self._stream.feed(data)
        return bool(data)


@contextmanager
def terminal(
    *arguments: str | Path, cwd: Path, columns: int = 100, rows: int = 30, **environment: str
) -> Iterator[Terminal]:
    """Run `postil` with these arguments in a terminal of its own; whatever is left of it is killed at the end."""
    pid, descriptor = pty.fork()
    if pid == 0:  # pragma: no cover -- the child
        os.chdir(cwd)
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        size = {"COLUMNS": str(columns), "LINES": str(rows)}  # the runner's own may stand in the environment
        variables = os.environ | {"TERM": "xterm-256color", "COLORTERM": "truecolor"} | size | environment
        os.execve(POSTIL, [POSTIL, *map(str, arguments)], variables)
    run = Terminal(pid, descriptor, columns, rows)
    try:
        yield run
    finally:
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        if not run.hung_up:
            os.close(descriptor)
