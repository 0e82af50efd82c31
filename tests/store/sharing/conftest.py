"""Two people's libraries: ada's, open, and bob's, closed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from store.library import Library
from tests.store.sharing.libraries import ARTICLES

Filled = Callable[..., Path]


@pytest.fixture
def somebodys(blank_library: Path, tmp_path: Path) -> Filled:
    """Makes a library of somebody else's, with the report in it and what `fill` does; closed."""

    def make(annotator: str = "bob", fill: Callable[[Library], object] = lambda _: None, name: str = "") -> Path:
        path = tmp_path / f"{name or annotator}.db"
        shutil.copyfile(blank_library, path)
        with Library(path, annotator=annotator) as library:
            library.articles.add(ARTICLES[:1])
            fill(library)
        return path

    return make
