"""What of a long text is folded, found in a process of its own: the threads that read and paint go on meanwhile.

The rules hold Python's lock all the time, so that a thread of ours would slow every key for ten seconds. Run as a
program, this module is that process: it reads a text and writes the runs, as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from store.text.folding import Folded, folded


def folded_apart(text: str) -> list[Folded]:
    """The runs of furniture and repeats of a text, in its order. Blocks until they are found; none if that fails."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "store.text.folding_apart"],
        input=text.encode("utf-8", "surrogatepass"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": path},
        start_new_session=True,  # ctrl+c is for the reader
        check=False,
    )
    if done.returncode:
        return []
    return [Folded(start, end, tuple(kinds), count) for start, end, kinds, count in json.loads(done.stdout)]


def _main() -> None:
    if hasattr(os, "nice"):
        os.nice(10)  # whoever reads comes first
    text = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    json.dump([[run.start, run.end, run.kinds, run.count] for run in folded(text)], sys.stdout)


if __name__ == "__main__":
    _main()
