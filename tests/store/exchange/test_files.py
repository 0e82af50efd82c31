"""A file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.errors import ExportError
from store.exchange.files import write_whole
from tests.store.helpers import files_no_longer_than, read_only


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_the_pieces_are_the_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.jsonl", [b"one\n", b"", b"two\n"])
    assert (tmp_path / "a.jsonl").read_bytes() == b"one\ntwo\n"
    assert names(tmp_path) == ["a.jsonl"]


def test_no_piece_is_an_empty_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.jsonl", [])
    assert (tmp_path / "a.jsonl").read_bytes() == b""


def test_an_old_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("a longer file than the new one")
    write_whole(path, [b"new"])
    assert path.read_bytes() == b"new"


def test_until_the_last_piece_the_old_file_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")

    def looking() -> Iterator[bytes]:
        yield b"one"
        assert path.read_text() == "old"
        yield b"two"

    write_whole(path, looking())
    assert path.read_bytes() == b"onetwo"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, GeneratorExit])
def test_an_interruption_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, error: type[BaseException]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")

    def interrupted() -> Iterator[bytes]:
        yield b"half"
        raise error

    with pytest.raises(error):
        write_whole(path, interrupted())
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.jsonl"]


def test_an_interruption_leaves_no_file_where_there_was_none(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        write_whole(tmp_path / "a.jsonl", (b"%d" % (1 // left) for left in [1, 0]))
    assert names(tmp_path) == []


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("old")
    with files_no_longer_than(100_000), pytest.raises(ExportError, match=r"cannot be written \(File too large\)"):
        write_whole(path, [b"x" * 50_000] * 4)
    assert path.read_text() == "old"
    assert names(tmp_path) == ["a.jsonl"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing/a.jsonl", "No such file or directory"), ("folder", "Is a directory"), ("x" * 300, "File name too long")],
)
def test_what_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError) as refused:
        write_whole(tmp_path / name, [b"x"])
    assert refused.value.sentence == (
        f"{tmp_path / name} cannot be written ({reason}): name another file with --output."
    )
    assert names(tmp_path) == ["folder"]


def test_a_folder_that_cannot_be_written_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with read_only(tmp_path), pytest.raises(ExportError, match="cannot be written"):
        write_whole(tmp_path / "a.jsonl", [b"x"])
    assert names(tmp_path) == []


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600)])
def test_a_new_file_may_be_read_by_whom_the_umask_lets(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "a.jsonl", [b"x"])
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "a.jsonl").stat().st_mode & 0o777 == mode


def test_a_file_that_was_closed_to_others_stays_closed(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.touch(mode=0o600)
    write_whole(path, [b"x"])
    assert path.stat().st_mode & 0o777 == 0o600
