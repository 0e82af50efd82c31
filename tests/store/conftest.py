"""Libraries made by copying, which costs a tenth of making one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.library import Library


@pytest.fixture(scope="session")
def blank_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty library of ada's, closed: one file, to be copied and not to be changed."""
    path = tmp_path_factory.mktemp("blank") / "library.db"
    Library(path, annotator="ada").close()
    return path


@pytest.fixture
def library(blank_library: Path, library_path: Path) -> Iterator[Library]:
    """An empty library of ada's, open."""
    shutil.copyfile(blank_library, library_path)
    with Library(library_path, annotator="ada") as opened:
        yield opened
