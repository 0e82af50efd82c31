"""What comes into a folder is told of when it is whole, once, and again when it was changed."""

from __future__ import annotations

import os
from pathlib import Path

from store.articles.arrivals import Arrivals


def names(arrivals: Arrivals) -> list[str]:
    return [path.name for path in arrivals.look()]


def test_a_file_is_told_of_once_it_stays_as_it_is(tmp_path: Path) -> None:
    arrivals = Arrivals([tmp_path])
    assert names(arrivals) == []
    (tmp_path / "a.txt").write_text("Half a")
    assert names(arrivals) == []  # it may still be written
    (tmp_path / "a.txt").write_text("Half a sentence.")
    assert names(arrivals) == []
    assert names(arrivals) == ["a.txt"]
    assert names(arrivals) == []


def test_what_is_there_already_comes_too_and_what_is_no_article_does_not(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ["b.txt", "a.md", "sub/c.html", "d.png", ".e.txt", "f.txt.part"]:
        (tmp_path / name).write_text("Words.")
    arrivals = Arrivals([tmp_path])
    assert names(arrivals) == []
    assert names(arrivals) == ["a.md", "b.txt", "c.html"]


def test_a_file_that_was_changed_or_came_again_is_told_of_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("One.")
    arrivals = Arrivals([tmp_path])
    assert [names(arrivals), names(arrivals)] == [[], ["a.txt"]]
    os.utime(path, ns=(1, 1))
    assert [names(arrivals), names(arrivals)] == [[], ["a.txt"]]
    path.unlink()
    assert names(arrivals) == []
    path.write_text("One.")
    os.utime(path, ns=(1, 1))
    assert [names(arrivals), names(arrivals)] == [[], ["a.txt"]]


def test_a_folder_that_goes_away_does_no_harm(tmp_path: Path) -> None:
    arrivals = Arrivals([tmp_path / "gone"])
    assert names(arrivals) == []
