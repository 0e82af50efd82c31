"""Copies of a library: whole, of one moment, never over another file; and making it small again."""

from __future__ import annotations

import stat
import threading
from datetime import date
from pathlib import Path

import pytest

from store.care.copies import compact, copy_to, default_target
from store.errors import CopyError, LibraryError, LibraryLockedError, NotALibraryError
from store.header import APPLICATION_ID, SCHEMA
from store.library import Library
from tests.conftest import article
from tests.store.helpers import connect, files_no_longer_than, query

WORDS = article("One two three.")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


def test_a_copy_of_an_open_library_has_what_is_still_in_the_log(
    library: Library, library_path: Path, target: Path
) -> None:
    library.articles.add([WORDS])
    library.annotations.note(WORDS, None, "in the log")
    assert library_path.with_name("library.db-wal").stat().st_size
    copy_to(library_path, target)
    with Library(target, annotator="ada") as copied:
        assert [one.note for one in copied.annotations.of(WORDS.id)] == ["in the log"]


def test_a_copy_is_one_file_of_ours_with_the_same_permissions(
    library: Library, library_path: Path, target: Path
) -> None:
    library_path.chmod(0o640)
    copy_to(library.path, target)
    assert {file.name for file in target.parent.iterdir() if not file.name.startswith("library.db")} == {"copy.db"}
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    pragmas = ("application_id", "user_version", "quick_check", "journal_mode")
    assert [query(target, f"PRAGMA {name}")[0] for name in pragmas] == [APPLICATION_ID, SCHEMA, "ok", "delete"]


def test_copies_made_while_another_thread_writes_are_of_one_moment(library: Library, tmp_path: Path) -> None:
    library.articles.add([WORDS])
    done = threading.Event()

    def write() -> None:
        for number in range(40):
            library.annotations.note(WORDS, None, f"note {number}")
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    copies: list[Path] = []
    while not copies or not done.is_set():
        copies.append(tmp_path / f"copy-{len(copies)}.db")
        copy_to(library.path, copies[-1])
    writer.join()
    for copy in copies:
        notes = query(copy, "SELECT count(*) FROM annotation")
        assert notes == query(copy, "SELECT count(*) FROM change")
        assert query(copy, "PRAGMA foreign_key_check") == []


def test_an_existing_file_is_left_alone(library: Library, target: Path) -> None:
    target.write_text("precious")
    with pytest.raises(CopyError, match=r"copy\.db exists already and was left alone"):
        copy_to(library.path, target)
    assert target.read_text() == "precious"


def test_a_link_that_leads_nowhere_is_left_alone(library: Library, target: Path, tmp_path: Path) -> None:
    target.symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(CopyError, match="exists already"):
        copy_to(library.path, target)
    assert not (tmp_path / "elsewhere.db").exists()


@pytest.mark.parametrize("name", ["library.db-journal", "other-wal"])
def test_a_name_that_sqlite_would_take_for_its_own_is_refused(library: Library, tmp_path: Path, name: str) -> None:
    with pytest.raises(CopyError, match="SQLite keeps for its own files"):
        copy_to(library.path, tmp_path / name)


def test_a_log_left_behind_is_not_mixed_into_the_copy(library: Library, target: Path) -> None:
    target.with_name("copy.db-wal").write_bytes(b"old")
    with pytest.raises(CopyError, match="left behind"):
        copy_to(library.path, target)
    assert not target.exists()


def test_a_full_disk_leaves_nothing_behind(library: Library, target: Path) -> None:
    library.articles.add([article("word " * 100_000)])
    before = set(target.parent.iterdir())
    with files_no_longer_than(200_000), pytest.raises(CopyError, match=r"copy\.db cannot be written"):
        copy_to(library.path, target)
    assert set(target.parent.iterdir()) == before


def test_a_folder_that_is_not_there_is_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(CopyError, match="No such file or directory"):
        copy_to(library.path, tmp_path / "nowhere" / "copy.db")


@pytest.mark.parametrize("do", [compact, lambda path: copy_to(path, path.with_name("copy.db"))])
def test_what_is_no_library_is_refused_and_none_is_made(do: object, tmp_path: Path) -> None:
    assert callable(do)
    missing, text = tmp_path / "missing.db", tmp_path / "text.db"
    text.write_text("no library" * 20)
    with pytest.raises(LibraryError, match="There is no library at"):
        do(missing)
    with pytest.raises(NotALibraryError):
        do(text)
    assert [file.name for file in tmp_path.iterdir()] == ["text.db"]


def test_a_copy_is_named_after_the_day() -> None:
    assert default_target(Path("texts/elections.db"), date(2026, 3, 1)) == Path("texts/elections-2026-03-01.db")


def test_compacting_gives_room_back_and_loses_nothing(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([WORDS, article("word " * 100_000)])
        library.annotations.note(WORDS, None, "kept")
    with connect(library_path) as other:
        other.execute("DELETE FROM article WHERE words > 1000")
    before, after = compact(library_path)
    assert after == library_path.stat().st_size
    assert after < before - 400_000
    assert query(library_path, "PRAGMA journal_mode") == ["wal"]
    with Library(library_path, annotator="ada") as library:
        assert [one.note for one in library.annotations.of(WORDS.id)] == ["kept"]


def test_a_library_that_is_open_is_not_compacted(library: Library) -> None:
    library.articles.add([WORDS])
    with pytest.raises(LibraryLockedError, match="is open in another postil: nothing was changed"):
        compact(library.path)
    library.annotations.note(WORDS, None, "still writable")
    assert query(library.path, "PRAGMA journal_mode") == ["wal"]
