"""Opening somebody else's file: each trick is refused with a sentence, or costs only the rows that it touched."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from store.errors import ForeignLibraryError
from store.header import APPLICATION_ID, SCHEMA
from store.library import Library
from store.sharing import quarantine
from store.sharing.foreign import Foreign, open_foreign
from tests.store.helpers import at_most, connect, execute, fingerprint, query
from tests.store.sharing.conftest import Gift


@pytest.fixture(autouse=True)
def private(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where copies are made in these tests; nothing is left behind there by any of them."""
    folder = tmp_path_factory.mktemp("private")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def read_all(opened: Foreign) -> int:
    """Read every table to its end; how many rows there were."""
    methods = (
        opened.annotators, opened.articles, opened.labels, opened.scheme_attributes, opened.scheme_relations,
        opened.annotations, opened.relations,
        opened.reading_states, opened.predictions,
    )  # fmt: skip
    return sum(1 for method in methods for _ in method())


def refusal(path: Path) -> str:
    """The sentence with which the file is refused, which leaves it as it was."""
    before = fingerprint(path.parent)
    with pytest.raises(ForeignLibraryError) as refused, open_foreign(path) as opened:
        read_all(opened)
    assert fingerprint(path.parent) == before
    assert "\n" not in refused.value.sentence
    return refused.value.sentence


def schema_written(path: Path, statement: str, *values: object) -> None:
    """Write into the schema's own table what SQLite would not let anybody say."""
    with connect(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        assert connection.execute(statement, values).rowcount == 1
        version = connection.execute("PRAGMA schema_version").fetchone()[0]
        connection.execute(f"PRAGMA schema_version = {version + 1}")


def test_a_good_file_is_left_as_it_was(gift: Gift) -> None:
    before = fingerprint(gift.path.parent)
    with open_foreign(gift.path) as opened:
        assert read_all(opened) > 10
        assert (opened.path, opened.schema) == (gift.path, SCHEMA)
    assert fingerprint(gift.path.parent) == before


def test_a_library_with_statistics_for_the_planner_is_welcome(gift: Gift) -> None:
    execute(gift.path, "ANALYZE")
    assert query(gift.path, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'") == [1]
    with open_foreign(gift.path) as opened:
        assert read_all(opened) > 10


# What is no library of ours


def test_what_is_not_sqlite(tmp_path: Path) -> None:
    path = tmp_path / "gift.db"
    path.write_text("Dear Ada, here are my claims.")
    assert "not SQLite" in refusal(path)
    path.write_bytes(b"")
    assert "not SQLite" in refusal(path)


def test_another_programs_database(tmp_path: Path) -> None:
    execute(tmp_path / "gift.db", "CREATE TABLE annotation (id TEXT)")
    assert "another program's SQLite file" in refusal(tmp_path / "gift.db")


def test_another_programs_database_that_says_it_is_ours(tmp_path: Path) -> None:
    path = tmp_path / "gift.db"
    statements = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA};"
    execute(path, f"CREATE TABLE annotation (id TEXT); {statements}")
    assert "the table annotation is not ours" in refusal(path)


def test_a_later_schema(gift: Gift) -> None:
    execute(gift.path, f"PRAGMA user_version = {SCHEMA + 1}")
    assert "made by a later postil" in refusal(gift.path)


@pytest.mark.parametrize("version", [0, -1])
def test_a_schema_that_never_was(gift: Gift, version: int) -> None:
    execute(gift.path, f"PRAGMA user_version = {version}")
    assert re.search("has no schema of ours|later postil", refusal(gift.path))


def test_an_earlier_schema_that_is_not_what_the_file_has(gift: Gift) -> None:
    execute(gift.path, "PRAGMA user_version = 1")
    assert "not as postil makes a library of schema 1" in refusal(gift.path)


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_log_beside_it(gift: Gift, ending: str) -> None:
    gift.path.with_name(gift.path.name + ending).write_bytes(b"")
    sentence = refusal(gift.path)
    assert f"gift.db{ending} lies beside" in sentence
    assert "postil share or postil backup" in sentence


def test_a_library_that_is_open(gift: Gift) -> None:
    with Library(gift.path, annotator="ben"), pytest.raises(ForeignLibraryError, match="lies beside"):
        open_foreign(gift.path).__enter__()


def test_nothing_but_files(gift: Gift, tmp_path: Path) -> None:
    link, pipe = tmp_path / "link.db", tmp_path / "pipe.db"
    link.symlink_to(gift.path)
    os.mkfifo(pipe)
    for path, said in ((link, "is a link"), (pipe, "is not a file"), (tmp_path, "is not a file")):
        with at_most(5), pytest.raises(ForeignLibraryError, match=said):
            open_foreign(path).__enter__()
    with pytest.raises(ForeignLibraryError, match="is not a file"):
        open_foreign(Path("/dev/zero")).__enter__()
    with pytest.raises(ForeignLibraryError, match="No such file"):
        open_foreign(tmp_path / "nothing.db").__enter__()


def test_a_file_too_large(gift: Gift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "LARGEST", 1_000)
    assert "is too large" in refusal(gift.path)


def test_no_room_for_a_copy(gift: Gift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000))
    assert "There is no room in" in refusal(gift.path)


# Damage


@pytest.mark.parametrize("part", [0.001, 0.01, 0.25, 0.5, 0.75, 0.99, 0.999_99])
def test_a_file_that_is_cut_short(gift: Gift, part: float) -> None:
    content = gift.path.read_bytes()
    gift.path.write_bytes(content[: int(len(content) * part)])
    assert re.search("is cut short|damaged", refusal(gift.path))


def test_a_file_that_is_too_long(gift: Gift) -> None:
    with gift.path.open("ab") as file:
        file.write(b"\0" * 4096)
    assert "is damaged" in refusal(gift.path)


def test_a_file_cut_short_that_hides_it(gift: Gift) -> None:
    content = bytearray(gift.path.read_bytes()[: 4096 * 9])
    content[28:32] = struct.pack(">I", 9)
    gift.path.write_bytes(content)
    assert "is damaged" in refusal(gift.path)


def test_bits_that_flipped(gift: Gift, library: Library, library_path: Path) -> None:
    library.close()
    own = fingerprint(library_path.parent)
    chance = random.Random(8)
    content = gift.path.read_bytes()
    with open_foreign(gift.path) as opened:
        whole = read_all(opened)
    outcomes = {"refused": 0, "skipped": 0, "read": 0}
    for _ in range(500):
        flipped = bytearray(content)
        flipped[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        gift.path.write_bytes(flipped)
        try:
            with at_most(20), open_foreign(gift.path) as opened:
                read = read_all(opened)
                assert read + sum(opened.skipped_count.values()) <= whole
                outcomes["skipped" if opened.skipped else "read"] += 1
        except ForeignLibraryError:
            outcomes["refused"] += 1
    assert fingerprint(library_path.parent) == own
    assert outcomes["refused"] > 0
    assert outcomes["read"] > 0


def test_bytes_that_were_lost_in_the_pages_that_are_read(gift: Gift) -> None:
    chance = random.Random(88)
    content = gift.path.read_bytes()
    with closing(sqlite3.connect(gift.path)) as connection:
        pages = [row[0] for row in connection.execute("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0")]
    refused = 0
    for _ in range(150):
        flipped = bytearray(content)
        start = (chance.choice([1, *pages]) - 1) * 4096 + chance.randrange(4096)
        flipped[start : start + 8] = chance.randbytes(min(8, len(flipped) - start))
        gift.path.write_bytes(flipped)
        try:
            with at_most(20), open_foreign(gift.path) as opened:
                read_all(opened)
        except ForeignLibraryError:
            refused += 1
    assert 0 < refused < 150


# Programs in the schema


@pytest.mark.parametrize(
    ("smuggled", "what"),
    [
        ("CREATE VIEW secrets AS SELECT 1", "the view secrets"),
        ("CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END", "the trigger t"),
        ("CREATE TEMP TABLE mine (a); CREATE TABLE extra (a)", "the table extra"),
        ("CREATE INDEX slow ON annotation (hex(note))", "the index slow"),
        ("CREATE VIRTUAL TABLE spy USING fts5(a)", "the table spy"),
        ("DROP INDEX relation_by_source; CREATE INDEX relation_by_source ON relation (label)", "the index relation_by"),
        ("ALTER TABLE annotation ADD COLUMN bait TEXT AS (hex(note))", "the table annotation"),
        ("DROP TRIGGER note_words_update", "the trigger note_words_update is missing"),
        ("DROP VIEW noted; CREATE VIEW noted AS SELECT number, note FROM annotation", "the view noted"),
        (
            "DROP VIEW noted; CREATE VIEW noted AS WITH RECURSIVE n(i) AS"
            " (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000) SELECT i AS number, '' AS note FROM n",
            "the view noted",
        ),
    ],
)
def test_what_was_smuggled_into_the_schema(gift: Gift, smuggled: str, what: str) -> None:
    execute(gift.path, smuggled)
    with at_most(20):
        assert what in refusal(gift.path)


def test_a_view_of_a_billion_rows_in_place_of_a_table(gift: Gift) -> None:
    execute(
        gift.path,
        "DROP TABLE relation; CREATE VIEW relation AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
        " LIMIT 1000000000) SELECT i AS id FROM n",
    )
    with at_most(20):
        assert "is not ours" in refusal(gift.path)


def test_a_name_in_the_schema_cannot_play_with_the_terminal(gift: Gift) -> None:
    execute(gift.path, 'CREATE VIEW "\x1b[2J\n" AS SELECT 1')
    assert "the view �[2J� is not ours" in refusal(gift.path)


def test_a_check_that_would_run_while_damage_is_looked_for(gift: Gift) -> None:
    schema_written(
        gift.path,
        "UPDATE sqlite_schema SET sql = replace(sql, 'color TEXT NOT NULL', ?) WHERE name = 'label'",
        "color TEXT NOT NULL CHECK (color <> 'x' OR hex(randomblob(1000000000)) <> 'y')",
    )
    with at_most(20):
        assert "the table label is not ours" in refusal(gift.path)


@pytest.mark.parametrize(
    ("was", "is_now"),
    [
        ("STRICT", ""),
        ("start INTEGER", "start TEXT"),
        ("UNIQUE (id)", "UNIQUE (id) ON CONFLICT REPLACE"),
        ("note TEXT NOT NULL", "note TEXT"),
        ("note TEXT NOT NULL", "note TEXT NOT NULL GENERATED ALWAYS AS (hex(quote))"),
    ],
)
def test_a_schema_that_says_something_else(gift: Gift, was: str, is_now: str) -> None:
    change = "UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE name = 'annotation' AND type = 'table'"
    schema_written(gift.path, change, was, is_now)
    assert re.search("the table annotation is not ours|is damaged", refusal(gift.path))


def table_said_as(path: Path, table: str, sql: str) -> None:
    """Have the schema say something else of a table."""
    schema_written(path, "UPDATE sqlite_schema SET sql = ? WHERE name = ?", sql, table)


def test_a_schema_that_lies_about_types(gift: Gift) -> None:
    (truth,) = query(gift.path, "SELECT sql FROM sqlite_schema WHERE name = 'annotation'")
    table_said_as(gift.path, "annotation", truth.replace("STRICT", ""))
    execute(gift.path, "UPDATE annotation SET note = x'6263', start = 'zero' WHERE number = 1")
    table_said_as(gift.path, "annotation", truth)
    assert "is damaged (in its annotation)" in refusal(gift.path)


def test_ids_that_collide(gift: Gift) -> None:
    (truth,) = query(gift.path, "SELECT sql FROM sqlite_schema WHERE name = 'annotation'")
    own = "sqlite_autoindex_annotation_1"
    # An index that does not mind takes the place of the one that keeps ids apart.
    schema_written(gift.path, "DELETE FROM sqlite_schema WHERE name = ?", own)
    table_said_as(gift.path, "annotation", truth.replace(",\n    UNIQUE (id)", ""))
    execute(
        gift.path,
        "UPDATE annotation SET id = (SELECT id FROM annotation WHERE number = 1) WHERE number = 2;"
        "CREATE INDEX lax ON annotation (id)",
    )
    with connect(gift.path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET name = ?, sql = NULL WHERE name = 'lax'", (own,))
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'annotation'", (truth,))
    assert query(gift.path, "PRAGMA integrity_check(annotation)") == [f"non-unique entry in index {own}"]
    assert "is damaged (in its annotation)" in refusal(gift.path)


def test_two_tables_in_one_place(gift: Gift) -> None:
    (place,) = query(gift.path, "SELECT rootpage FROM sqlite_schema WHERE name = 'change'")
    schema_written(gift.path, "UPDATE sqlite_schema SET rootpage = ? WHERE name = 'annotation'", place)
    assert "is damaged" in refusal(gift.path)


# Too much


def test_a_cell_too_large_is_refused_without_reading_it(gift: Gift, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(gift.path, f"UPDATE annotation SET note = '{'n' * 300_000}' WHERE number = 1")
    monkeypatch.setitem(quarantine._LIMITS, sqlite3.SQLITE_LIMIT_LENGTH, 200_000)
    assert "has a row that is too large" in refusal(gift.path)


def test_no_end_of_reading(gift: Gift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "_LOOK_EVERY", 1)
    with pytest.raises(ForeignLibraryError, match="could not be read within 0 seconds"):
        open_foreign(gift.path, seconds=0).__enter__()


def test_the_time_that_the_reader_takes_does_not_count(gift: Gift, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "_LOOK_EVERY", 1)
    now = [0.0]
    monkeypatch.setattr("store.sharing.clock.monotonic", lambda: now[0])
    with open_foreign(gift.path, seconds=60) as opened:
        for _ in opened.articles():
            now[0] += 3_600
        assert len(list(opened.annotations())) == 4


# What can be done with it once it is open


_DENIED = "not authorized|prohibited|vtable constructor failed"


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO label VALUES ('A', 1, 'a', 'a', 'a')",
        "DELETE FROM annotation",
        "SELECT count(*) FROM article",
        "SELECT * FROM article_words",
        "SELECT * FROM article_words_data",
        "SELECT * FROM noted",
        "SELECT * FROM change",
        "SELECT * FROM sqlite_schema",
        "SELECT load_extension('x')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        "ATTACH 'other.db' AS other",
        "PRAGMA query_only = OFF",
        "CREATE TEMP TABLE t (a)",
        "BEGIN",
    ],
)
def test_all_that_can_be_done_is_to_read_rows_of_our_tables(gift: Gift, sql: str) -> None:
    with open_foreign(gift.path) as opened, pytest.raises(sqlite3.DatabaseError, match=_DENIED):
        opened._reader._connection.execute(sql)
