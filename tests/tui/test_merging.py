"""`postil share`, `compare` and `merge`, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from typer.testing import CliRunner

from store.library import Library
from tests.conftest import article
from tests.store.helpers import quotes
from tui.cli import app

ARTICLE = article("The council voted. [b]Nobody[/b] clapped.")


@pytest.fixture
def bobs(tmp_path: Path) -> Path:
    """A snapshot that bob gave away."""
    with Library(tmp_path / "bob's own.db", annotator="bob") as bob:
        bob.articles.add([ARTICLE])
        bob.annotations.tag(ARTICLE, 0, 11, "SOURCE")
    assert run(tmp_path / "bob's own.db", "share", str(tmp_path / "bob.db")).startswith("shared: ")
    return tmp_path / "bob.db"


def run(library: Path, *arguments: str, code: int = 0) -> str:
    """What a command prints."""
    result = CliRunner().invoke(app, ["--library", str(library), "--annotator", "ada", *arguments])
    assert result.exit_code == code, result.output
    return result.output


def test_sharing_comparing_and_merging(library: Library, bobs: Path) -> None:
    library.articles.add([ARTICLE])
    library.annotations.tag(ARTICLE, 0, 11)
    compared = run(library.path, "compare", str(bobs))
    assert f"Only in {bobs}: 1 annotation.\nOnly in this library: 1 annotation.\n" in compared
    assert "ada says CLAIM, bob says SOURCE of “The council”" in compared
    assert "would bring:\n  added: 1 annotation\n" in run(library.path, "merge", "--dry-run", str(bobs))
    assert quotes(library, ARTICLE) == ["The council"]
    merged = run(library.path, "merge", str(bobs))
    assert "brought:\n  added: 1 annotation\n" in merged
    assert "before-merge" in merged
    assert quotes(library, ARTICLE) == ["The council", "The council"]
    assert "merge library  (bob.db)  1 added" in run(library.path, "history")
    assert "brought nothing new." in run(library.path, "merge", str(bobs))


def test_a_comparison_as_json(library: Library, bobs: Path) -> None:
    found = orjson.loads(run(library.path, "compare", "--json", str(bobs)))
    assert (found["brought"]["added"]["article"], found["disagreeing"]) == (1, 0)
