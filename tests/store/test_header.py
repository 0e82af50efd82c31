"""A look at the first bytes tells a library from everything else, and leaves everything else alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store.errors import LibraryError, NewerLibraryError, NotALibraryError
from store.header import APPLICATION_ID, SCHEMA, check, refuse_newer
from store.library import Library
from tests.store.helpers import connect, execute, fingerprint


def test_a_library_says_what_it_is_in_its_first_bytes(library: Library, library_path: Path) -> None:
    library.close()
    data = library_path.read_bytes()
    assert data[60:64] == SCHEMA.to_bytes(4, "big")
    assert data[68:72] == b"PSTL" == APPLICATION_ID.to_bytes(4, "big")


def test_a_library_passes(library: Library, library_path: Path) -> None:
    check(library_path)
    library.close()
    check(library_path)


def test_a_file_that_is_not_there_will_become_a_library(library_path: Path) -> None:
    check(library_path)
    assert not library_path.exists()


def test_an_empty_file_will_become_a_library(library_path: Path) -> None:
    library_path.touch()
    check(library_path)
    Library(library_path, annotator="ada").close()


def test_a_schema_that_is_known_is_not_refused(library_path: Path) -> None:
    refuse_newer(library_path, SCHEMA)


def make_text(path: Path) -> None:
    path.write_text("Some words.\n" * 100)


def make_short_text(path: Path) -> None:
    path.write_bytes(b"S")


def make_another_programs_file(path: Path) -> None:
    execute(path, "CREATE TABLE other (x); INSERT INTO other VALUES (1); PRAGMA user_version = 1;")


def make_another_programs_wal_file(path: Path) -> None:
    execute(path, "PRAGMA journal_mode = WAL; CREATE TABLE other (x);")


def make_the_start_of_a_file(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (make_text, "is not a postil library (not SQLite): name another file with --library."),
        (make_short_text, "is not a postil library (not SQLite): name another file with --library."),
        (make_another_programs_file, "is another program's SQLite file and was left alone"),
        (make_another_programs_wal_file, "is another program's SQLite file and was left alone"),
        (make_the_start_of_a_file, "is another program's SQLite file and was left alone"),
        (Path.mkdir, "is a folder, not a library: name a file with --library."),
    ],
)
def test_what_is_no_library_is_refused_and_left_byte_for_byte(
    library_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    make(library_path)
    before = fingerprint(library_path.parent)
    with pytest.raises(NotALibraryError) as refused:
        Library(library_path, annotator="ada")
    assert refused.value.sentence.startswith(f"{library_path} {sentence}")
    assert fingerprint(library_path.parent) == before


def test_a_later_postils_library_is_refused_and_left_byte_for_byte(library: Library, library_path: Path) -> None:
    library.close()
    execute(library_path, f"PRAGMA user_version = {SCHEMA + 1}")
    before = fingerprint(library_path.parent)
    with pytest.raises(NewerLibraryError) as refused:
        Library(library_path, annotator="ada")
    assert refused.value.sentence.startswith(
        f"{library_path} was made by a later postil (schema {SCHEMA + 1}, this one knows {SCHEMA}): install the newer"
    )
    assert fingerprint(library_path.parent) == before


def test_a_library_that_became_newer_in_its_log_only_is_refused_too(library: Library, library_path: Path) -> None:
    library.close()
    with connect(library_path) as another:
        another.execute("PRAGMA wal_autocheckpoint = 0")
        another.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        check(library_path)  # the header does not know yet
        with pytest.raises(NewerLibraryError):
            Library(library_path, annotator="ada")


def test_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as refused:
        Library(tmp_path / "missing" / "library.db", annotator="ada")
    assert refused.value.sentence.startswith(f"The folder {tmp_path / 'missing'} does not exist: make it")
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_the_system_refuses_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="File name too long"):
        check(tmp_path / ("x" * 300))


def test_looking_needs_no_sqlite(library: Library, library_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.close()
    monkeypatch.delattr(sqlite3, "connect")
    check(library_path)
