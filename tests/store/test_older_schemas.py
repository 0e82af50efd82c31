"""A library of each earlier schema, made by its own migrations, is brought up to date with all that is in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import orjson
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from store import migrations
from store.care.check import check
from store.header import APPLICATION_ID, SCHEMA
from store.kinds import State
from store.library import Library
from store.metadata.fields import Field
from store.records import Place
from tests.conftest import article
from tests.store.helpers import query

WORDS = article("One two three.")


@pytest.fixture(params=range(1, SCHEMA))
def schema(request: pytest.FixtureRequest) -> int:
    """The number of an earlier schema."""
    return int(request.param)


@pytest.fixture
def old_library(library_path: Path, schema: int) -> Path:
    """An article, a claim with a note, a reading state and a journal, as the postil of that schema wrote them."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "os")
    engine = create_engine(f"sqlite:///{library_path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, f"{schema:04}")
    engine.dispose()
    claim = {
        "id": "a1", "article_id": WORDS.id, "annotator_id": "ada's", "kind": "claim", "label": "CLAIM", "start": 0,
        "end": 3, "quote": "One", "prefix": "", "suffix": " two three.", "note": "", "attributes": "{}",
        "created": "2026-01-01T00:00:00Z", "updated": "2026-01-01T00:00:00Z", "withdrawn": None,
    }  # fmt: skip
    noted = claim | {"note": "why?"}
    with sqlite3.connect(library_path) as old:
        given = {"given": "ada", "here": 1} if schema >= 4 else {}
        _insert(old, "annotator", {"id": "ada's", "name": "ada", "created": "2026-01-01T00:00:00Z"} | given)
        old.execute(
            "INSERT INTO article (id, title, format, added, words, length, listing, text)"
            " VALUES (?, 'One', 'text', '2026', 3, 14, 'one', ?)",
            (WORDS.id, WORDS.text),
        )
        _insert(old, "annotation", noted)
        _insert(old, "reading_state", {"article_id": WORDS.id, "annotator_id": "ada's", "state": "done", "caret": 4,
                                       "furthest": 9, "updated": "2026"})  # fmt: skip
        for step, action, before, after in (("s1", "tag", None, claim), ("s2", "edit", claim, noted)):
            row = {"annotation_id": "a1"} if schema < 3 else {
                "subject": "annotation", "subject_id": "a1", "article_id": WORDS.id}  # fmt: skip
            change = {"step": step, "annotator_id": "ada's", "at": "2026", "action": action} | row
            states = {"before": before and orjson.dumps(before).decode(), "after": orjson.dumps(after).decode()}
            _insert(old, "change", change | states | {"undone": 0})
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        old.execute(f"PRAGMA user_version = {schema}")
    old.close()
    return library_path


def _insert(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    connection.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", [*row.values()])


def test_everything_is_there_after_the_migration(old_library: Path, schema: int) -> None:
    with Library(old_library, annotator="ada") as library:
        (claim,) = library.annotations.of(WORDS.id)
        assert (claim.quote, claim.note, claim.pieces, claim.annotator) == ("One", "why?", (), "ada")
        assert library.articles.place(WORDS.id) == Place(caret=4, furthest=9)
        assert library.reading.course(WORDS.id).state is State.DONE
    assert old_library.with_name(f"library.db.schema-{schema}.backup").exists()
    assert list(check(old_library)) == []


def test_its_own_labels_stay_and_the_default_attributes_come_in(old_library: Path) -> None:
    with sqlite3.connect(old_library) as old:
        old.execute("UPDATE label SET guideline = 'Ours.' WHERE name = 'CLAIM'")
        old.execute("DELETE FROM label WHERE name = 'CUE'")
        old.execute("INSERT INTO label (name, position, key, color, guideline) VALUES ('CAUSE', 9, 'A', 'x', 'Why.')")
    old.close()
    with Library(old_library, annotator="ada") as library:
        scheme = library.scheme.definition()
    assert [(label.name, label.guideline[:5]) for label in scheme.labels if label.name in ("CLAIM", "CAUSE")] == [
        ("CLAIM", "Ours."),
        ("CAUSE", "Why."),
    ]
    assert "CUE" not in {label.name for label in scheme.labels}
    assert "claim_type" in {attribute.name for attribute in scheme.of_label("CLAIM")}


def test_its_articles_can_be_corrected_and_their_languages_are_looked_at_when_somebody_asks(old_library: Path) -> None:
    with Library(old_library, annotator="ada") as library:
        assert query(old_library, "SELECT count(*) FROM language") == [0]  # no migration reads all texts
        assert library.languages.refresh() == 1
        library.metadata.correct([WORDS.id], {Field.TITLE: "Numbers"})
        assert [hit.article_title for hit in library.search.find("numbers")] == ["Numbers"]
        library.history.undo()
        assert [row.title for row in library.articles.page()] == ["One"]


def test_what_was_there_is_in_the_full_text(old_library: Path) -> None:
    Library(old_library, annotator="ada").close()
    assert query(old_library, "SELECT rowid FROM article_words WHERE article_words MATCH 'three'") == [1]
    assert query(old_library, "SELECT rowid FROM note_words WHERE note_words MATCH 'why'") == [1]


def test_what_an_older_postil_did_can_still_be_undone_and_redone(old_library: Path) -> None:
    with Library(old_library, annotator="ada") as library:
        library.history.undo()
        assert [one.note for one in library.annotations.of(WORDS.id)] == [""]
        library.history.undo()
        assert library.annotations.of(WORDS.id) == []
        library.history.redo()
        library.history.redo()
        assert [one.note for one in library.annotations.of(WORDS.id)] == ["why?"]
