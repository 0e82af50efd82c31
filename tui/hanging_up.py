"""When the line is lost: the terminal is gone for good, and nothing written to it may keep the program from its end.

Textual's writing thread ends at the first error, and whoever hands it more then waits for ever. So what is written
goes nowhere from here on; and should the screens still not find their end, the process ends without them.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable

_PATIENCE = 1.0
"""Seconds that the screens have for their end."""

_STREAMS = (0, 1, 2)

EXIT = 129
"""What a process that ended by a hang-up is known by: 128 and the signal's number."""


def terminal_is_gone() -> bool:
    """Whether none of the standard streams is a terminal: one that was hung up is none any more."""
    return not any(os.isatty(stream) for stream in _STREAMS)


def let_go(finish: Callable[[], None]) -> None:
    """Write nowhere from now on; if the process has not ended soon, `finish` what is to be kept and end it."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in _STREAMS:
        os.dup2(nowhere, stream)
    os.close(nowhere)

    def end() -> None:
        try:
            finish()
        finally:
            os._exit(EXIT)

    timer = threading.Timer(_PATIENCE, end)
    timer.daemon = True
    timer.start()
