"""The clipboard of whoever sits at the terminal: the system's own tool where that is this machine, else OSC 52.

A terminal is not asked whether it took what it was sent: Textual's parser would take its answer for typed keys. So
the sentence says what was done, and no more than is known. A library (pyperclip) was looked at: it neither says which
tool it used nor gives up on one that hangs.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass

_PATIENCE = 2.0
"""Seconds that a tool has; xclip without an answering display would hang for ever."""

_LONGEST = 74_994
"""Bytes of an OSC 52 sequence that every terminal which knows it takes; xterm and hterm take no more."""

_TOOLS = (
    ("wl-copy", (), "WAYLAND_DISPLAY"),
    ("xclip", ("-selection", "clipboard"), "DISPLAY"),
    ("xsel", ("--clipboard", "--input"), "DISPLAY"),
    ("pbcopy", (), ""),
    ("clip.exe", (), ""),
)
"""The tools, their arguments, and the variable without which they have no clipboard to write to."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a text that was to be copied."""

    done: bool
    """Whether it was handed to a clipboard, as far as can be known."""
    sentence: str
    """What to tell the reader."""


def copy(text: str, send: Callable[[str], None], environment: Mapping[str, str] | None = None) -> Copied:
    """Copy a text; may block for some seconds.

    Args:
        text: what to copy.
        send: hands a text to the terminal by OSC 52.
        environment: the variables of the process, unless others are given.
    """
    known = os.environ if environment is None else environment
    text = text.encode("utf-8", "replace").decode()
    words = f"{len(text):,} characters"
    far_away = bool(known.get("SSH_CONNECTION") or known.get("SSH_TTY"))
    if not far_away and (tool := _by_tool(text, known)):
        return Copied(True, f"copied {words} with {tool}")
    if problem := _no_osc_52(known):
        return Copied(False, f"Not copied: {problem}. Install wl-copy or xclip, or select with the mouse and shift.")
    send(text)
    if len(base64.b64encode(text.encode())) > _LONGEST:
        return Copied(True, f"sent {words} to the terminal (OSC 52): more than some terminals take")
    needs = " and tmux's set-clipboard is on" if known.get("TMUX") else ""
    return Copied(True, f"sent {words} to the terminal (OSC 52): copied if it lets programs copy{needs}")


def _by_tool(text: str, environment: Mapping[str, str]) -> str:
    """The name of the tool that took the text; empty if none did."""
    for name, arguments, needed in _TOOLS:
        program = shutil.which(name, path=environment.get("PATH"))
        if program is None or (needed and not environment.get(needed)):
            continue
        try:
            done = subprocess.run(
                [program, *arguments],
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
                env=dict(environment),
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return name
    return ""


def _no_osc_52(environment: Mapping[str, str]) -> str:
    """Why the terminal is known not to take OSC 52; empty if it is not known."""
    term = environment.get("TERM", "")
    if term in {"linux", "dumb", ""}:
        return f"a terminal of the type {term or 'unknown'} has no clipboard"
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return "Terminal.app lets no program copy"
    if environment.get("STY"):
        return "GNU screen passes nothing on to the terminal's clipboard"
    return ""
