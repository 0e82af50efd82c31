"""The commands that care for the library's file."""

from __future__ import annotations

from pathlib import Path

from store.library import Library
from tests.conftest import article
from tests.store.helpers import execute
from tests.tui.conftest import Run

WORDS = article("One two three. And four.")


def test_the_command_says_sound_or_what_to_do(run: Run, tmp_path: Path) -> None:
    with Library(tmp_path / "own.db", annotator="ada") as library:
        library.articles.add([WORDS])
        library.annotations.tag(WORDS, 0, 3)
    assert run("check") == (0, "own.db is sound: 1 article, 1 annotation.\n", "")
    execute(tmp_path / "own.db", "UPDATE annotation SET suffix = 'no'")
    code, out, err = run("check")
    assert (code, out) == (1, "")
    assert err.startswith("postil: The annotation ")
    execute(tmp_path / "own.db", "UPDATE annotation SET suffix = ''")
    assert run("check", "--rebuild-search") == (0, "own.db is sound: 1 article, 1 annotation.\n", "")
