"""One SQLite file: its settings, its transactions, and what is said when it cannot be used."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from store import database, header, models
from store.errors import LibraryError, LibraryLockedError, LibraryWriteError, NotALibraryError
from store.library import Library
from tests.conftest import article
from tests.store.helpers import connect, execute, fingerprint, query, quotes, read_only, run_python

WORDS = article("One two three.")


def pragma(session: Session, name: str) -> object:
    return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for nobody's lock. Read when a library is opened, so it goes before the library."""
    monkeypatch.setattr(database, "LOCK_WAIT", 0.05)


# Settings


@pytest.mark.parametrize(
    ("name", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)]
)
def test_every_connection_is_careful(library: Library, name: str, value: object) -> None:
    with library.database.reading() as reading:
        assert pragma(reading, name) == value
        with library.database.writing() as writing:
            assert pragma(writing, name) == value


def test_every_table_is_strict(blank_library: Path) -> None:
    strict = set(query(blank_library, "SELECT name FROM pragma_table_list WHERE strict"))
    assert strict == {model.__tablename__ for model in models._Table.__subclasses__()}


def test_a_column_holds_what_it_says(library: Library, library_path: Path) -> None:
    library.articles.add([WORDS])
    with connect(library_path) as another, pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value"):
        another.execute("UPDATE article SET words = 'many'")


def test_an_annotation_without_its_article_is_refused(library: Library, library_path: Path) -> None:
    with pytest.raises(LibraryWriteError, match=r"FOREIGN KEY constraint failed\): nothing was changed"):
        library.annotations.tag(WORDS, 0, 3)
    assert query(library_path, "SELECT count(*) FROM annotation") == [0]


def test_a_closed_library_is_one_file(library: Library, library_path: Path) -> None:
    library.articles.add([WORDS])
    library.close()
    assert [file.name for file in library_path.parent.iterdir()] == ["library.db"]


@pytest.mark.parametrize("name", ["my library.db", "#1.db", "ärticles.db", "100%.db", "it's.db", "library"])
def test_a_library_may_have_any_name(tmp_path: Path, name: str) -> None:
    Library(tmp_path / name, annotator="ada").close()
    assert [file.name for file in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["why?.db", "a%20b.db"])
def test_a_library_may_have_a_name_that_means_something_in_a_url(tmp_path: Path, name: str) -> None:
    Library(tmp_path / name, annotator="ada").close()
    assert [file.name for file in tmp_path.iterdir()] == [name]


# Transactions


def test_what_a_block_writes_is_kept_when_it_ends(library: Library, library_path: Path) -> None:
    with library.database.writing() as session:
        session.add(models.Annotator(id="1", name="bob", created="now"))
        session.flush()
        assert "bob" not in query(library_path, "SELECT name FROM annotator")
    assert "bob" in query(library_path, "SELECT name FROM annotator")


def test_what_a_block_writes_is_gone_when_it_fails(library: Library, library_path: Path) -> None:
    def interrupted() -> None:
        with library.database.writing() as session:
            session.add(models.Annotator(id="1", name="bob", created="now"))
            session.flush()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert query(library_path, "SELECT name FROM annotator") == ["ada"]


def test_a_block_that_reads_keeps_nothing(library: Library, library_path: Path) -> None:
    with library.database.reading() as session:
        session.add(models.Annotator(id="1", name="bob", created="now"))
        session.flush()
    assert query(library_path, "SELECT name FROM annotator") == ["ada"]


def test_a_block_that_reads_sees_one_moment(library: Library, library_path: Path) -> None:
    with library.database.reading() as session:
        names = select(models.Annotator.name).order_by(models.Annotator.name)
        assert session.exec(names).all() == ["ada"]
        Library(library_path, annotator="bob").close()
        assert session.exec(names).all() == ["ada"]


def test_two_open_libraries_see_each_others_commits(library: Library, library_path: Path) -> None:
    with Library(library_path, annotator="bob") as bobs:
        library.articles.add([WORDS])
        assert bobs.articles.get(WORDS.id) == WORDS
        bobs.annotations.tag(WORDS, 0, 3)
        assert quotes(library, WORDS) == ["One"]


def test_threads_take_turns_and_lose_nothing(library: Library) -> None:
    here = article("x" * 40)
    library.articles.add([here])

    def tag_ten(first: int) -> None:
        for start in range(first, first + 10):
            library.annotations.tag(here, start, start + 1)

    threads = [threading.Thread(target=tag_ten, args=(first,)) for first in (0, 10, 20, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [annotation.start for annotation in library.annotations.of(here.id)] == list(range(40))


# Locks


@pytest.mark.usefixtures("impatient")
def test_an_act_that_finds_the_library_locked_says_so_and_can_be_tried_again(
    library: Library, library_path: Path
) -> None:
    library.articles.add([WORDS])
    with connect(library_path) as another:
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLockedError) as refused:
            library.annotations.tag(WORDS, 0, 3)
        assert refused.value.sentence == (
            f"{library_path} is held by another process: nothing was changed; try again when it is done."
        )
    assert quotes(library, WORDS) == []
    library.annotations.tag(WORDS, 0, 3)
    assert quotes(library, WORDS) == ["One"]


@pytest.mark.usefixtures("impatient")
def test_a_locked_library_can_be_read(library: Library, library_path: Path) -> None:
    library.articles.add([WORDS])
    with connect(library_path) as another:
        another.execute("BEGIN IMMEDIATE")
        assert library.articles.get(WORDS.id) == WORDS


def test_an_act_waits_for_a_lock_that_is_given_back(library: Library, library_path: Path) -> None:
    with connect(library_path) as another:
        another.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.1, another.rollback)
        release.start()
        assert library.articles.add([WORDS]) == [True]
        release.join()


@pytest.mark.usefixtures("impatient")
def test_opening_a_locked_library_says_so(blank_library: Path, library_path: Path) -> None:
    shutil.copyfile(blank_library, library_path)
    with connect(library_path) as another:
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLockedError):
            Library(library_path, annotator="ada")


def test_opening_a_copy_waits_for_who_reads_it(blank_library: Path, library_path: Path) -> None:
    # A copy made with VACUUM INTO has no log yet, and a reader keeps the log from being begun.
    execute(blank_library, f"VACUUM INTO '{library_path}'")
    with connect(library_path) as another:
        another.execute("BEGIN")
        another.execute("SELECT * FROM article").fetchall()
        release = threading.Timer(0.1, another.rollback)
        release.start()
        Library(library_path, annotator="ada").close()
        release.join()


@pytest.mark.usefixtures("impatient")
def test_opening_a_copy_that_somebody_goes_on_reading_says_that_it_is_locked(
    blank_library: Path, library_path: Path
) -> None:
    execute(blank_library, f"VACUUM INTO '{library_path}'")
    with connect(library_path) as another:
        another.execute("BEGIN")
        another.execute("SELECT * FROM article").fetchall()
        with pytest.raises(LibraryLockedError):
            Library(library_path, annotator="ada")


# Disks


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Every library opened from here on has room for the schema and little more."""

    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 120")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_said_to_be_full_and_nothing_is_lost(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([WORDS])
        library.annotations.tag(WORDS, 0, 3)
        with pytest.raises(LibraryWriteError) as refused:
            library.annotations.note(WORDS, None, "x" * 200_000)
        assert refused.value.sentence == (
            f"There is no room left to write {library_path}: nothing was changed; free some room."
        )
        assert quotes(library, WORDS) == ["One"]
        assert query(library_path, "SELECT action FROM change") == ["tag"]
    assert query(library_path, "PRAGMA integrity_check") == ["ok"]


def test_a_read_only_library_is_found_out_when_it_is_opened(blank_library: Path, library_path: Path) -> None:
    shutil.copyfile(blank_library, library_path)
    with read_only(library_path), pytest.raises(LibraryWriteError) as refused:
        Library(library_path, annotator="ada")
    assert refused.value.sentence == (
        f"{library_path} is read-only: nothing was changed; make it writable, or use --library."
    )
    assert library_path.read_bytes() == blank_library.read_bytes()


def test_a_library_in_a_folder_that_cannot_be_written_is_refused(blank_library: Path, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    shutil.copyfile(blank_library, folder / "library.db")
    before = fingerprint(folder)
    with read_only(folder), pytest.raises(LibraryWriteError, match=r"is read-only|check the permissions"):
        Library(folder / "library.db", annotator="ada")
    assert fingerprint(folder) == before


def test_a_library_is_not_made_where_nothing_can_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    with read_only(folder), pytest.raises(LibraryWriteError, match="cannot be opened for writing"):
        Library(folder / "library.db", annotator="ada")
    assert fingerprint(folder) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every file")
def test_a_library_that_may_not_be_read_is_refused(blank_library: Path, library_path: Path) -> None:
    shutil.copyfile(blank_library, library_path)
    library_path.chmod(0o000)
    with pytest.raises(LibraryError, match=r"cannot be read \(Permission denied\)"):
        Library(library_path, annotator="ada")


# Damage


def overwritten(data: bytes) -> bytes:
    return data[:100] + b"\xaa" * (len(data) - 100)


def overwritten_after_the_schema(data: bytes) -> bytes:
    return data[:4096] + b"\xaa" * (len(data) - 4096)


def cut_short(data: bytes) -> bytes:
    return data[:5000]


def cut_to_its_header(data: bytes) -> bytes:
    return data[:80]


Damage: TypeAlias = Callable[[bytes], bytes]


@pytest.mark.parametrize("damage", [overwritten, overwritten_after_the_schema, cut_short, cut_to_its_header])
def test_a_damaged_library_is_refused_and_left_alone(
    blank_library: Path, library_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    library_path.write_bytes(damage(blank_library.read_bytes()))
    before = fingerprint(library_path.parent)
    with pytest.raises(NotALibraryError) as refused:
        Library(library_path, annotator="ada")
    assert refused.value.sentence.startswith(f"{library_path} is damaged (")
    assert refused.value.sentence.endswith(") and was left alone: go back to a copy of it.")
    assert fingerprint(library_path.parent) == before


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("database is locked", LibraryLockedError),
        ("database table is locked", LibraryLockedError),
        ("database or disk is full", LibraryWriteError),
        ("attempt to write a readonly database", LibraryWriteError),
        ("unable to open database file", LibraryWriteError),
        ("disk I/O error", LibraryWriteError),
        ("database disk image is malformed", NotALibraryError),
        ("file is not a database", NotALibraryError),
    ],
)
def test_what_sqlite_says_becomes_a_sentence_about_the_file(said: str, kind: type[LibraryError]) -> None:
    raw = sqlite3.OperationalError(said)
    for reported in (raw, OperationalError("INSERT", None, raw)):
        error = database.explain(reported, Path("a.db"))
        assert type(error) is kind
        assert "a.db" in error.sentence
        assert error.sentence.endswith(".")


# Opening


def test_a_library_that_is_current_is_opened_without_alembic(blank_library: Path, library_path: Path) -> None:
    shutil.copyfile(blank_library, library_path)
    code = (
        "import sys, pathlib; from store.library import Library\n"
        "Library(pathlib.Path(sys.argv[1]), annotator='ada').close()\n"
        "print([name for name in sys.modules if name.startswith(('alembic', 'store.migrations'))])"
    )
    assert run_python(code, library_path) == "[]"


def test_opening_a_library_changes_nothing_in_it(blank_library: Path, library_path: Path) -> None:
    shutil.copyfile(blank_library, library_path)
    Library(library_path, annotator="ada").close()
    assert library_path.read_bytes() == blank_library.read_bytes()


def test_a_library_is_made_once_though_several_make_it_at_once(library_path: Path) -> None:
    problems: list[BaseException] = []
    together = threading.Barrier(4)

    def make(name: str) -> None:
        together.wait()
        try:
            Library(library_path, annotator=name).close()
        except LibraryLockedError:
            pass  # once in a few hundred times SQLite lets two that begin the log give way at once
        except BaseException as error:
            problems.append(error)

    threads = [threading.Thread(target=make, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert query(library_path, "SELECT version_num FROM alembic_version") == [f"{header.SCHEMA:04}"]
    assert query(library_path, "SELECT count(*) FROM label") == [4]
