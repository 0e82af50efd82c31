"""What was said to be saved is there, whatever happens to the process that saved it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def test_of_two_hundred_sessions_that_kill_9_ends_at_any_moment_nothing_saved_is_lost(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.crashes", str(tmp_path), "200", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    *lost, last = done.stdout.splitlines()
    assert lost == []
    reported = re.fullmatch(r"200 killed, (\d+) acts", last)
    assert reported is not None
    assert int(reported[1]) > 100, "the sessions were killed before they did anything"
