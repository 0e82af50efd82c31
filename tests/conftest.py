"""What the tests share: libraries in their own folders, articles, and a home that is not the reader's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from store.articles import plain
from store.library import Library
from store.records import Article

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_articles"

# Machines are shared: how long an example took says nothing.
settings.register_profile("postil", deadline=None)
settings.load_profile("postil")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the settings or the library of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name))
    monkeypatch.setenv("HOME", str(home))
    for name in ("LIBRARY", "ANNOTATOR", "PIPELINE", "THEME"):
        monkeypatch.delenv(f"POSTIL_{name}", raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    return home


@pytest.fixture
def library_path(tmp_path: Path) -> Path:
    """Where a library of this test's own will be."""
    return tmp_path / "library.db"


@pytest.fixture
def library(library_path: Path) -> Iterator[Library]:
    """A new library, of an annotator called ada."""
    with Library(library_path, annotator="ada") as opened:
        yield opened


def article(text: str, name: str = "article.txt") -> Article:
    """A plain text article."""
    return plain.read(text, Path(name))
