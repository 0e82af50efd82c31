"""Which process has something open, told so that another process can find out whether it still runs.

After a `kill -9` nobody says goodbye; what is left behind is known by a process that is gone.
"""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path


@cache
def _host() -> str:
    return socket.gethostname()


def this_process() -> str:
    """This process: the host, its number there, and when it was started, as far as the system tells."""
    number = os.getpid()
    return f"{_host()} {number} {_started(number)}"


def runs(writer: str) -> bool:
    """Whether the process that called itself `writer` runs. Where that cannot be known, it is taken to."""
    parts = writer.rsplit(" ", 2)
    if len(parts) < 3:
        return False
    host, number, started = parts
    if host != _host():
        return True
    if not number.isdigit() or os.name != "posix":  # elsewhere a signal of no meaning would end the process
        return True
    if _started(int(number)) != started:
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _started(number: int) -> str:
    """When the process of that number was started, in ticks since the machine was; `-` where there is no /proc."""
    try:
        fields = Path(f"/proc/{number}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return "-"
    return fields[19] if len(fields) > 19 else "-"
