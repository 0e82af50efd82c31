"""What was said to be saved is there, whatever happens to the process that saved it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from store.care.check import check
from store.errors import LibraryWriteError
from store.exchange.exporting import pieces
from store.library import Library
from tests.conftest import ROOT, article
from tests.store.helpers import quotes

WORDS = article("One two three. And four.")


def test_of_two_hundred_sessions_that_kill_9_ends_at_any_moment_nothing_saved_is_lost(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.crashes", str(tmp_path), "200", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    *lost, last = done.stdout.splitlines()
    assert lost == []
    reported = re.fullmatch(r"200 killed, (\d+) acts", last)
    assert reported is not None
    assert int(reported[1]) >= 100, "the sessions were killed before they did anything"


def test_nothing_is_saved_into_a_file_that_lost_its_name_and_all_is_well_when_it_is_back(library: Library) -> None:
    library.articles.add([WORDS])
    library.annotations.tag(WORDS, 0, 3)
    aside = library.path.with_name("aside.db")
    library.path.rename(aside)
    with pytest.raises(LibraryWriteError, match="was moved, removed or replaced while it was open"):
        library.annotations.tag(WORDS, 4, 7)
    assert not library.path.exists()
    aside.rename(library.path)
    library.annotations.tag(WORDS, 8, 13)
    assert quotes(library, WORDS) == ["One", "three"]


def test_nothing_is_saved_when_another_file_has_taken_the_name(library: Library) -> None:
    library.articles.add([WORDS])
    library.path.unlink()
    library.path.write_text("something else")
    with pytest.raises(LibraryWriteError, match="replaced while it was open"):
        library.annotations.tag(WORDS, 4, 7)
    assert library.path.read_text() == "something else"


WRITER = """
import sys
from pathlib import Path
from store.library import Library
from tests.store.test_durability import WORDS
with Library(Path(sys.argv[1]), annotator=sys.argv[2]) as library:
    for start in range(0, 20):
        library.annotations.tag(WORDS, start, start + 1)
        library.history.undo()
        library.history.redo()
"""


def test_writers_and_an_export_at_once_never_meet_a_locked_database(library: Library) -> None:
    library.articles.add([WORDS])
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(library.path), name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in ("bea", "cem", "dee")
    ]
    exports = 0
    while any(writer.poll() is None for writer in writers):
        assert len(list(pieces(library))) == 1
        exports += 1
    for writer in writers:
        _, said = writer.communicate()
        assert (writer.returncode, said) == (0, b"")
    assert exports
    assert len(library.annotations.of(WORDS.id)) == 60
    assert list(check(library.path)) == []
