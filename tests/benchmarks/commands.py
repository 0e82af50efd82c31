"""The command lines that are measured: the same interpreter, with the same flags, for postil and for its floors."""

from __future__ import annotations

import sys
from pathlib import Path

ANNOTATOR = "ada"

_PYTHON = (sys.executable, "-P")  # what lies where the benchmark runs must not be imported in place of a package


def hello() -> list[str]:
    """The Textual hello world."""
    return [*_PYTHON, str(Path(__file__).with_name("hello.py"))]


def library(path: Path) -> list[str]:
    """postil with the list of articles in the library at `path`."""
    return [*_PYTHON, "-c", "from tui.cli import main; main()", "--library", str(path), "--annotator", ANNOTATOR]


def read(file: Path, path: Path) -> list[str]:
    """postil with the article in `file`, kept in the library at `path`."""
    return [*library(path), "read", str(file)]


def helper(module: str, *arguments: str) -> list[str]:
    """A module of these benchmarks, in a process of its own."""
    return [*_PYTHON, "-m", f"tests.benchmarks.{module}", *arguments]
