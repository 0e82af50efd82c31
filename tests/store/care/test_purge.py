"""Purging: what was deleted long enough ago leaves the file for good, and everything else stays as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.care import copies
from store.care.check import check
from store.care.purge import DAYS, doomed, purge
from store.errors import LibraryLockedError
from store.exchange.exporting import pieces
from store.kinds import Grouping, State
from store.library import Library
from tests.conftest import article
from tests.store.helpers import execute, found, query

HERE = article("Ada Moreau counted the herons. She wrote to the council.")
GONE = article("Zyxwood Tarn counted the quarkbirds. Nobody knows why he did so, or for whom.")
VERSION = article(GONE.text.replace("for whom", "for what"))


@pytest.fixture
def filled(library: Library) -> Path:
    """A library, closed: one article stays, one was deleted with all that can stand on an article, in every table."""
    library.articles.add([HERE, GONE, VERSION])
    here, gone = library.annotations.tag(HERE, 0, 10), library.annotations.tag(GONE, 0, 12)
    library.annotations.edit_note(gone.id, "plumzebra")
    library.annotations.edit_note(gone.id, "pearzebra")
    library.relations.relate(here.id, gone.id, "supports", note="figzebra")
    library.history.undo()
    library.history.redo()
    library.predictions.keep(HERE.id, "p 1", [found(HERE.text, ("Ada Moreau", "PERSON"))])
    library.predictions.keep(GONE.id, "p 1", [found(GONE.text, ("Zyxwood Tarn", "PERSON"))])
    library.rules.add("quarkbirds", "PRODUCT", article_id=GONE.id)
    library.groups.add(Grouping.TAG, "kiwizebra", [GONE.id])
    library.groups.add(Grouping.TAG, "birds", [HERE.id, GONE.id])
    library.articles.leave(GONE.id, caret=0, furthest=1)
    library.reading.mark([GONE.id], State.DONE)
    with Library(library.path, annotator="bob") as bob:
        bob.annotations.note(GONE, None, "limezebra")
    for _ in library.names.refresh():
        pass
    library.shelf.delete([GONE.id, VERSION.id])
    library.close()
    return library.path


def bytes_of(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.name in {path.name, f"{path.name}-wal"})


WORDS = (b"yxwood", b"zyxwood", b"quarkbirds", b"zebra", GONE.id.encode(), VERSION.id.encode())


def test_nothing_of_it_remains_in_the_file(filled: Path) -> None:
    assert all(word in bytes_of(filled) for word in WORDS), "or the test would look for what was never there"
    told = doomed(filled, 0)
    assert (told.count, told.annotations, told.relations) == (2, 2, 1)
    assert {key for key, _ in told.articles} == {GONE.id, VERSION.id}
    purged = purge(filled, 0)
    assert purged is not None
    assert purged.count == 2
    assert [word for word in WORDS if word in bytes_of(filled)] == []
    assert list(check(filled)) == []
    for table in ("relation", "rule", "name_stale", "variant", "shelf"):
        assert query(filled, f"SELECT count(*) FROM {table}") == [0], table
    assert query(filled, "SELECT DISTINCT article_id FROM change") == [HERE.id]
    assert query(filled, "SELECT article_number NOT IN (SELECT number FROM article) FROM sketch") in ([], [0])
    with Library(filled, annotator="ada") as library:
        assert [name.text for name in library.names.find()] == ["Ada Moreau"]
        assert library.names.stale() == 0
        assert library.articles.add([GONE]) == [True], "it is as if it had never been there"
        assert library.annotations.of(GONE.id) == []


def test_the_copy_has_it_and_what_stays_is_as_it_was(filled: Path) -> None:
    with Library(filled, annotator="ada") as library:
        before = b"".join(pieces(library))
    purged = purge(filled, 0)
    assert purged is not None
    with Library(filled, annotator="ada") as library:
        assert b"".join(pieces(library)) == before
        undone = library.history.undo()
        assert undone is not None
        assert (undone.action, undone.articles) == ("add tag", 1), "the tag of what stays; all else was on what went"
    with Library(purged.backup, annotator="ada") as backup:
        backup.shelf.restore([GONE.id])
        assert {one.note for one in backup.annotations.of(GONE.id)} == {"pearzebra", "limezebra"}


def test_what_was_deleted_not_long_ago_stays(filled: Path) -> None:
    assert doomed(filled).count == 0
    assert purge(filled) is None
    execute(filled, f"UPDATE shelf SET deleted = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-{DAYS + 1} days')"
                    f" WHERE article_id = '{VERSION.id}'")  # fmt: skip
    assert [key for key, _ in doomed(filled).articles] == [VERSION.id]
    assert purge(filled) is not None
    assert query(filled, "SELECT count(*) FROM article") == [2]


def test_a_library_that_is_open_elsewhere_is_left_alone(filled: Path) -> None:
    with Library(filled, annotator="bob"), pytest.raises(LibraryLockedError, match="is open in another postil"):
        purge(filled, 0)
    assert query(filled, "SELECT count(*) FROM shelf") == [2]
    assert [one.name for one in filled.parent.glob("*.backup")] == []


def test_a_merge_before_it_is_still_undone_and_takes_nothing_that_came_since(
    blank_library: Path, tmp_path: Path
) -> None:
    theirs, mine = tmp_path / "theirs.db", tmp_path / "mine" / "library.db"
    mine.parent.mkdir()
    with Library(theirs, annotator="bob") as bob:
        bob.articles.add([HERE, GONE])
        bob.annotations.note(GONE, None, "limezebra")
    copies.copy_to(blank_library, mine)
    with Library(mine, annotator="ada") as ada:
        ada.sharing.merge([theirs])
        ada.shelf.delete([GONE.id])
    assert purge(mine, 0) is not None
    later = article("This came after the purge, and gets the numbers of what went.")
    with Library(mine, annotator="ada") as ada:
        ada.articles.add([later])
        undone = ada.history.undo()
        assert undone is not None
        assert undone.action == "merge"
        assert ada.articles.ids() == [later.id]
        ada.history.redo()
        assert set(ada.articles.ids()) == {later.id, HERE.id}
    assert b"quarkbirds" not in bytes_of(mine)
    assert list(check(mine)) == []
