"""The schema over time: what the migrations make is what the models say, and a migration loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from store import header, migrations
from store.care import copies
from store.errors import LibraryError, NotALibraryError
from store.library import Library
from store.migrations import upgrade
from tests.conftest import article
from tests.store.helpers import connect, execute, files_no_longer_than, query, quotes

WORDS = article("One two three.")

NOW = header.SCHEMA
"""Before a test pretends that there is a newer one."""


def schema(path: Path) -> dict[str, Any]:
    """Every table of a file with its columns, indexes and references, as SQLite tells them."""
    tables = query(path, "SELECT name FROM pragma_table_list WHERE strict ORDER BY name")
    return {
        table: {
            "columns": sorted(
                query(path, 'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', table)
            ),
            "indexes": sorted(
                (unique, query(path, "SELECT name FROM pragma_index_info(?) ORDER BY seqno", name))
                for name, unique in query(path, 'SELECT name, "unique" FROM pragma_index_list(?)', table)
            ),
            "references": sorted(query(path, 'SELECT "table", "from", "to" FROM pragma_foreign_key_list(?)', table)),
        }
        for table in tables
    }


def not_of_the_full_text(name: str | None, kind: str, _parents: object) -> bool:
    """The full text's tables are made in SQL: no model can say them."""
    return kind != "table" or "_words" not in str(name)


def scripts() -> ScriptDirectory:
    return ScriptDirectory(str(Path(migrations.__file__).parent))


def test_alembic_finds_nothing_to_do_between_the_migrated_schema_and_the_models(blank_library: Path) -> None:
    engine = create_engine(f"sqlite:///{blank_library}")
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "include_name": not_of_the_full_text}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_sqlite_tells_no_difference_either(blank_library: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'models.db'}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert schema(blank_library) == schema(tmp_path / "models.db")


def test_the_schemas_number_is_that_of_the_newest_migration(blank_library: Path) -> None:
    assert [int(script.revision) for script in reversed(list(scripts().walk_revisions()))] == [
        *range(1, header.SCHEMA + 1)
    ]
    assert query(blank_library, "SELECT version_num FROM alembic_version") == [scripts().get_current_head()]
    assert query(blank_library, "PRAGMA user_version") == [header.SCHEMA]


def test_a_new_library_has_labels_for_claims(blank_library: Path) -> None:
    assert query(blank_library, "SELECT position, name, key FROM label ORDER BY position") == [
        (1, "CLAIM", "C"),
        (2, "SOURCE", "S"),
        (3, "CUE", "U"),
        (4, "EVIDENCE", "E"),
    ]


def test_a_library_half_made_is_none_and_is_made_the_next_time(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(config: Config, revision: str) -> None:
        real(config, revision)
        raise KeyboardInterrupt

    real = command.upgrade
    monkeypatch.setattr(command, "upgrade", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Library(library_path, annotator="ada")
    assert query(library_path, "SELECT count(*) FROM sqlite_schema") == [0]
    assert query(library_path, "PRAGMA user_version") == query(library_path, "PRAGMA application_id") == [0]

    monkeypatch.setattr(command, "upgrade", real)
    with Library(library_path, annotator="ada") as library:
        assert library.articles.count() == 0


def test_a_row_that_refers_to_nothing_is_found_before_a_migration_is_kept(old_library: Path) -> None:
    execute(old_library, "UPDATE annotation SET article_id = 'no such article'")
    before = old_library.read_bytes()
    with pytest.raises(NotALibraryError, match="a row of annotation refers to nothing"):
        Library(old_library, annotator="ada")
    assert old_library.read_bytes() == before


# A postil of the future, which knows one schema more; its migration is an empty one.


@pytest.fixture
def old_library(library: Library, library_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with a claim in it, of a schema that is not the newest any more."""
    library.articles.add([WORDS])
    library.annotations.tag(WORDS, 0, 3)
    library.close()
    newest = header.SCHEMA + 1
    for module in (header, upgrade):
        monkeypatch.setattr(module, "SCHEMA", newest)
    return library_path


def backup(path: Path) -> Path:
    return path.with_name(f"library.db.schema-{NOW}.backup")


def test_an_older_library_is_brought_up_to_date_with_everything_in_it(old_library: Path) -> None:
    with Library(old_library, annotator="ada") as library:
        assert quotes(library, WORDS) == ["One"]
    assert query(old_library, "PRAGMA user_version") == [header.SCHEMA]


def test_before_a_migration_a_whole_copy_is_written_beside_the_library(old_library: Path) -> None:
    before = query(old_library, "SELECT * FROM annotation")
    Library(old_library, annotator="ada").close()
    assert query(backup(old_library), "SELECT * FROM annotation") == before
    assert query(backup(old_library), "PRAGMA user_version") == [NOW]
    assert query(backup(old_library), "PRAGMA integrity_check") == ["ok"]
    assert query(backup(old_library), "PRAGMA journal_mode") == ["delete"]  # one file, nothing beside it
    assert sorted(file.name for file in old_library.parent.iterdir()) == ["library.db", backup(old_library).name]


def test_the_copy_holds_what_is_still_in_the_log(old_library: Path) -> None:
    with connect(old_library) as another:
        another.execute("PRAGMA wal_autocheckpoint = 0")
        another.execute("UPDATE annotation SET note = 'in the log'")
        Library(old_library, annotator="ada").close()
    assert query(backup(old_library), "SELECT note FROM annotation") == ["in the log"]


def test_a_copy_that_was_not_finished_does_not_count(old_library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(copies, "_sync", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Library(old_library, annotator="ada")
    assert not backup(old_library).exists()
    assert query(old_library, "PRAGMA user_version") == [NOW]
    Library(old_library, annotator="ada").close()
    assert query(backup(old_library), "PRAGMA integrity_check") == ["ok"]


def test_a_finished_copy_is_not_written_again(old_library: Path) -> None:
    backup(old_library).write_text("the first copy")
    Library(old_library, annotator="ada").close()
    assert backup(old_library).read_text() == "the first copy"


def test_a_current_library_is_not_copied(library: Library, library_path: Path) -> None:
    library.close()
    Library(library_path, annotator="ada").close()
    assert [file.name for file in library_path.parent.iterdir()] == ["library.db"]


def test_without_room_for_the_copy_the_library_is_left_as_it_was(old_library: Path) -> None:
    before = old_library.read_bytes()
    with files_no_longer_than(40_000), pytest.raises(LibraryError):
        Library(old_library, annotator="ada")
    assert old_library.read_bytes() == before
    assert not backup(old_library).exists()
