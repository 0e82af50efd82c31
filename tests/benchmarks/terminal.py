"""A terminal that a program runs in, seen from the side of whoever sits before it.

It reads what the program writes as soon as it is written, notes when each piece came, and answers no question that
the program asks: what it does not know, it does not say. What the pieces look like is worked out by pyte, but only
when nothing is being measured.
"""

from __future__ import annotations

import os
import re
import select
import signal
import termios
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, perf_counter, sleep
from types import TracebackType
from typing import Literal

import pyte

COLUMNS, ROWS = 120, 40

PATIENCE = 120.0
"""Seconds after which whatever is waited for is taken to have failed."""

_BURST = 0.004
"""Seconds without output that end a frame."""

_QUIET = 0.05
"""Seconds without output after which a key is done with: more than three frames at 60 a second."""

_NOTHING = 1.0
"""Seconds without output after which a key is taken to change nothing."""

_IDLE = 0.75
"""Seconds without using the processor after which a program has nothing left to do."""

_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one read brought."""

    at: float
    """Seconds of `perf_counter`."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Painted:
    """When the first things were to be seen, in seconds after the program was started."""

    something: float
    """The piece that brought the first sign that is not a space."""
    text: float
    """The piece that completed the text that was waited for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a key brought about, in seconds after it was written."""

    frame: float
    """The last byte of the first frame."""
    settled: float
    """The last byte before the terminal was quiet."""
    written: int
    """Bytes."""


class Terminal:
    """One program in a pseudo-terminal of its own, from its start to its end."""

    def __init__(self, command: Sequence[str], *, home: Path) -> None:
        """Run `command`, whose home, settings and working directory are in the folder `home`."""
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self._pieces: list[Piece] = []
        self._ended = False
        self._master, slave = os.openpty()
        termios.tcsetwinsize(slave, (ROWS, COLUMNS))
        known = environment(home)
        self.started = perf_counter()
        self.pid = os.fork()
        if self.pid == 0:
            try:
                os.close(self._master)
                os.login_tty(slave)
                os.chdir(home)
                os.execve(command[0], list(command), known)
            finally:
                os._exit(127)
        os.close(slave)

    def until(self, text: str) -> Painted:
        """Wait until `text` stands in one line of the screen, and tell when it and anything at all was painted."""
        wanted, deadline = text.encode(), monotonic() + PATIENCE
        while wanted not in _ESCAPES.sub(b"", b"".join(piece.data for piece in self._pieces)):
            if self._ended or monotonic() > deadline:
                self.show()
                raise RuntimeError(f"{text!r} was not painted, but this:\n" + "\n".join(self.screen.display))
            self._receive(1.0)
        self._settle()
        something = complete = 0.0
        for piece in self._taken():
            self._stream.feed(piece.data)
            if not complete:
                shown = self.screen.display
                something = something or (piece.at - self.started) * any(line.strip() for line in shown)
                complete = (piece.at - self.started) * any(text in line for line in shown)
        if not complete:
            raise RuntimeError(f"{text!r} was written, but is not on the screen:\n" + "\n".join(self.screen.display))
        return Painted(something, complete)

    def press(self, key: str) -> Answer:
        """Write a key, and tell when the terminal was painted again. Returns when it is quiet."""
        answer = self.try_press(key, PATIENCE)
        if answer is None:
            raise RuntimeError(f"The key {key!r} changed nothing.")
        return answer

    def try_press(self, key: str, patience: float = _NOTHING) -> Answer | None:
        """The same; None if nothing was painted for so many seconds."""
        self._settle()
        self.show()
        written_at = perf_counter()
        os.write(self._master, key.encode())
        if not self._receive(patience):
            return None
        while self._receive(_BURST):
            pass
        frame = self._pieces[-1].at
        self._settle()
        pieces = self._pieces
        return Answer(frame - written_at, pieces[-1].at - written_at, sum(len(piece.data) for piece in pieces))

    def press_until(self, key: str, text: str) -> float:
        """Write a key, and tell after how many seconds `text` stood in a line of the screen."""
        self._settle()
        self.show()
        written_at = perf_counter()
        os.write(self._master, key.encode())
        return self.started + self.until(text).text - written_at

    def write(self, keys: str) -> None:
        """Write keys that are not measured, and wait until all of them are painted."""
        os.write(self._master, keys.encode())
        self.idle()

    def idle(self) -> float:
        """Wait until the program has used no processor time for a while: all it does in the background is done.

        Returns:
            The seconds from the start of the program to the beginning of that while.
        """
        deadline, used = monotonic() + PATIENCE, -1.0
        while used != (used := self._processor_time()) and not self._ended:
            if monotonic() > deadline:
                raise RuntimeError("The program is never idle.")
            end = monotonic() + _IDLE
            while (left := end - monotonic()) > 0:
                self._receive(left)
        since_start = perf_counter() - self.started - _IDLE
        self.show()
        return since_start

    def show(self) -> None:
        """Bring `screen` up to what was received."""
        for piece in self._taken():
            self._stream.feed(piece.data)

    def memory(self) -> float:
        """MB of memory that the program holds, of its own and shared."""
        return memory(self.pid, "VmRSS")

    def close(self) -> None:
        """Ask the program to quit, so that it ends what it started itself, and kill it if it does not."""
        if not self._ended:
            with suppress(OSError):
                os.write(self._master, b"\x11")  # ctrl+q
        deadline = monotonic() + 10
        while not self._ended and monotonic() < deadline:
            self._receive(0.1)
        with suppress(ProcessLookupError):
            if not self._ended:
                os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._master)

    def __enter__(self) -> Terminal:
        """Use the terminal in a `with` block, which ends the program."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the program."""
        self.close()

    def _receive(self, seconds: float) -> bool:
        """Wait up to so many seconds for a piece; whether one came."""
        if self._ended:
            sleep(min(seconds, 0.01))
            return False
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65_536)
        except OSError:  # how Linux says that nobody writes any more
            data = b""
        if not data:
            self._ended = True
            return False
        self._pieces.append(Piece(perf_counter(), data))
        return True

    def _settle(self) -> None:
        deadline = monotonic() + PATIENCE
        while self._receive(_QUIET):
            if monotonic() > deadline:
                raise RuntimeError("The program never stops painting.")

    def _taken(self) -> list[Piece]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def _processor_time(self) -> float:
        """Ticks that the program's own threads have used."""
        try:
            after_name = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return -1.0
        return float(after_name[11]) + float(after_name[12])


def memory(process: int | Literal["self"], which: Literal["VmRSS", "VmHWM"]) -> float:
    """MB that a process holds now (VmRSS), or held at its fullest since its exec (VmHWM).

    Not `getrusage`, whose peak a process inherits from the one that started it.
    """
    status = Path(f"/proc/{process}/status").read_text()
    return int(status.partition(f"{which}:")[2].split()[0]) / 1000


def environment(home: Path) -> dict[str, str]:
    """What a program is told: a capable terminal, a home of its own, and nobody's settings of postil or Textual.

    Compiled modules are kept, as they are for an installed program, but in the home and not beside the sources. The
    postil that is measured is the one beside these benchmarks, whichever is installed.
    """
    unwanted = ("POSTIL_", "TEXTUAL", "XDG_", "PYTHON", "NO_COLOR", "COLUMNS", "LINES", "TMUX", "TERM_PROGRAM")
    kept: Mapping[str, str] = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
    return {
        **kept,
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "PYTHONPYCACHEPREFIX": str(home / "compiled"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
