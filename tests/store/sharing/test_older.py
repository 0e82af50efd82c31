"""Somebody else's library of an earlier schema: told anew in today's, and shared in today's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from store.clock import new_key
from store.errors import ForeignLibraryError
from store.header import APPLICATION_ID, SCHEMA
from store.migrations.upgrade import migrate
from store.sharing.foreign import open_foreign
from store.sharing.snapshot import share
from tests.conftest import article
from tests.store.helpers import connect, execute, fingerprint, query

WORDS = article("One two three.")
THEN = "2026-01-01T00:00:00.000000Z"
ADA, CLAIM = new_key(), new_key()


@pytest.fixture(params=range(1, SCHEMA))
def schema(request: pytest.FixtureRequest) -> int:
    """The number of an earlier schema."""
    return int(request.param)


@pytest.fixture
def old(tmp_path: Path, schema: int) -> Path:
    """A library of that schema, as its postil would have left it: an article, a claim, a place and a prediction."""
    path = tmp_path / "old" / "old.db"
    path.parent.mkdir()
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        migrate(connection, schema)
    engine.dispose()
    rows: dict[str, dict[str, object]] = {
        "annotator": {"id": ADA, "name": "ada", "created": THEN},
        "article": {"id": WORDS.id, "title": "One", "format": "text", "added": THEN, "words": 3, "length": 14,
                    "listing": "one", "text": WORDS.text},
        "annotation": {"id": CLAIM, "article_id": WORDS.id, "annotator_id": ADA, "kind": "claim", "label": "CLAIM",
                       "start": 0, "end": 3, "quote": "One", "prefix": "", "suffix": " two three.", "note": "why?",
                       "attributes": "{}", "created": THEN, "updated": THEN},
        "reading_state": {"article_id": WORDS.id, "annotator_id": ADA, "state": "reading", "caret": 4, "furthest": 9,
                          "updated": THEN},
        "prediction": {"article_id": WORDS.id, "pipeline": "pipe 1", "start": 0, "end": 14, "entities": "[]"},
    }  # fmt: skip
    with connect(path) as connection:
        if schema >= 4:
            rows["annotator"]["given"] = "ada"
        for table, row in rows.items():
            names = ", ".join(f'"{name}"' for name in row)
            connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", [*row.values()])
    execute(path, f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {schema}")
    return path


def test_it_comes_as_the_newest_schema_has_it(old: Path, schema: int) -> None:
    before = fingerprint(old.parent)
    with open_foreign(old) as opened:
        assert opened.schema == schema
        assert [row["name"] for row in opened.annotators()] == ["ada"]
        assert [row["text"] for row in opened.articles()] == [WORDS.text]
        assert [row["name"] for row in opened.labels()] == ["CLAIM", "SOURCE", "CUE", "EVIDENCE"]
        (claim,) = opened.annotations()
        assert (claim["id"], claim["quote"], claim["note"], claim["pieces"]) == (CLAIM, "One", "why?", "[]")
        assert [(row["caret"], row["top"]) for row in opened.reading_states()] == [(4, None)]
        assert [row["pipeline"] for row in opened.predictions()] == ["pipe 1"]
        assert list(opened.relations()) == []
        assert opened.skipped == []
    assert fingerprint(old.parent) == before


def test_its_bad_rows_are_skipped_like_others(old: Path) -> None:
    execute(old, "UPDATE annotation SET note = CAST(x'ff' AS TEXT); UPDATE reading_state SET caret = 99")
    execute(old, "UPDATE annotator SET created = '99999-01-01T00:00:00.000000Z'")
    with open_foreign(old) as opened:
        assert list(opened.annotations()) == list(opened.reading_states()) == []
        assert opened.skipped_count == {"annotator": 1, "annotation": 1, "reading_state": 1}


def test_a_trigger_in_it_is_refused_before_anything_is_migrated(old: Path) -> None:
    execute(old, "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END")
    with pytest.raises(ForeignLibraryError, match="the trigger t is not ours"):
        open_foreign(old).__enter__()


def test_a_history_of_migrations_that_lies_changes_nothing(old: Path) -> None:
    execute(old, "UPDATE alembic_version SET version_num = '9999'")
    with open_foreign(old) as opened:
        assert len(list(opened.annotations())) == 1


def test_damage_in_it_is_found(old: Path) -> None:
    content = bytearray(old.read_bytes())
    (place,) = query(old, "SELECT rootpage FROM sqlite_schema WHERE name = 'annotation'")
    content[(place - 1) * 4096 : (place - 1) * 4096 + 64] = b"\xff" * 64
    old.write_bytes(content)
    with pytest.raises(ForeignLibraryError, match="is damaged"):
        open_foreign(old).__enter__()


def test_one_s_own_is_brought_up_to_date_before_it_is_shared(old: Path, tmp_path: Path) -> None:
    target = tmp_path / "gift.db"
    assert share(old, target).annotations == 1
    assert query(target, "PRAGMA user_version") == [SCHEMA]
