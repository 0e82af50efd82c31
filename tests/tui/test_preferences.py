"""What postil remembers by itself: a small file that is never in the way."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.kinds import Order
from tui.preferences import MEASURES, Preferences, Remembered, load, save

liked = st.builds(
    Preferences,
    st.sampled_from(MEASURES),
    st.frozensets(st.sampled_from(["claims", "names", "hits"])),
    st.sampled_from([None, True, False]),
    st.lists(st.sampled_from(["/a.db", "/b.db"]), unique=True).map(tuple),
    st.sampled_from([order.value for order in Order]),
)


@given(liked)
def test_what_was_saved_is_loaded(preferences: Preferences) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state" / "preferences.json"
        save(path, preferences)
        assert load(path) == preferences
        assert [file.name for file in path.parent.iterdir()] == ["preferences.json"]


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"measure": 9}',
        b'{"measure": true, "hidden_layers": 5, "panel": "no"}',
        b"[" * 99_999,
    ],
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "p.json").write_bytes(damaged)
    assert load(tmp_path / "p.json") == Preferences()


def test_a_file_that_is_not_there_counts_as_none(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == Preferences()


def test_a_change_that_cannot_be_written_lasts_as_long_as_the_session(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    remembered = Remembered(tmp_path / "file" / "p.json")
    remembered.change(measure=60)
    assert remembered.preferences.measure == 60


def test_the_libraries_that_were_open_are_remembered_the_latest_first() -> None:
    preferences = Preferences()
    for name in [*"abcdefghij", "h"]:
        preferences = dataclasses.replace(preferences, libraries=preferences.with_library(Path(f"/{name}.db")))
    assert preferences.libraries == tuple(f"/{name}.db" for name in "hjigfedc")
