"""The library as a whole: who opens it, and that nothing said to be saved is lost."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.library import Library
from tests.conftest import article
from tests.store.helpers import query, quotes

WORDS = article("One two three.")


def test_a_library_that_is_not_there_is_made(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        assert library.articles.count() == 0
        assert library.path == library_path
    assert library_path.exists()


def test_an_annotator_is_made_on_the_first_visit_and_known_on_the_next(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as first:
        key = first.annotator_id
    with Library(library_path, annotator="ada") as second:
        assert second.annotator_id == key
    assert query(library_path, "SELECT name FROM annotator") == ["ada"]


@pytest.mark.parametrize("name", ["Ada", "ada ", "Ǎda", "아다", "a'da", "a\nda"])
def test_annotators_of_different_names_are_different_people(library: Library, library_path: Path, name: str) -> None:
    with Library(library_path, annotator=name) as other:
        assert other.annotator_id != library.annotator_id
        assert other.annotator == name


def test_everything_is_there_when_the_library_is_opened_again(library: Library, library_path: Path) -> None:
    library.articles.add([WORDS])
    library.annotations.tag(WORDS, 0, 3)
    library.close()
    with Library(library_path, annotator="ada") as again:
        assert again.articles.get(WORDS.id) == WORDS
        assert quotes(again, WORDS) == ["One"]


def test_a_copy_of_a_closed_library_is_a_library(library: Library, library_path: Path, tmp_path: Path) -> None:
    library.articles.add([WORDS])
    library.close()
    (tmp_path / "copy.db").write_bytes(library_path.read_bytes())
    with Library(tmp_path / "copy.db", annotator="bob") as copy:
        assert copy.articles.get(WORDS.id) == WORDS


def killed(code: str, path: Path) -> str:
    """What a process that kills itself (`kill -9`) had printed by then."""
    start = (
        "import os, signal, sys; from pathlib import Path\n"
        "from store.library import Library; from tests.conftest import article\n"
        "library, words = Library(Path(sys.argv[1]), annotator='ada'), article('One two three.')\n"
        "die = lambda: os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", start + code, path], capture_output=True, text=True, cwd=root)
    assert run.returncode == -signal.SIGKILL, run.stderr
    return run.stdout


def test_what_was_said_to_be_saved_is_there_after_kill_9(library_path: Path) -> None:
    said = killed(
        "library.articles.add([words])\n"
        "for start in range(5):\n"
        "    library.annotations.tag(words, start, start + 1); print('saved', flush=True)\n"
        "die()",
        library_path,
    )
    assert said.count("saved") == 5
    with Library(library_path, annotator="ada") as library:
        assert quotes(library, WORDS) == list("One t")
        undone = library.history.undo()
        assert undone is not None


def test_an_act_that_kill_9_interrupts_leaves_nothing(library_path: Path) -> None:
    killed(
        "library.articles.add([words])\n"
        "with library.database.writing() as session:\n"
        "    session.connection().exec_driver_sql(\"UPDATE article SET title = 'half done'\")\n"
        "    die()",
        library_path,
    )
    with Library(library_path, annotator="ada") as library:
        assert library.articles.get(WORDS.id) == WORDS


def test_a_name_that_is_not_utf_8_is_kept_as_far_as_it_can_be(library_path: Path) -> None:
    with Library(library_path, annotator="ad\udce9") as library:  # as it comes from an environment in Latin-1
        assert library.annotator == "ad?"
    assert query(library_path, "SELECT name FROM annotator") == ["ad?"]
