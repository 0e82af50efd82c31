"""Snapshots to give away: what is chosen goes along, and of the rest no byte."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from store import models  # noqa: F401 -- the tables register themselves
from store.care.check import check
from store.errors import CopyError, LibraryError
from store.header import APPLICATION_ID, SCHEMA
from store.kinds import State
from store.library import Library
from store.metadata.fields import Field
from store.records import Annotation
from store.sharing.foreign import open_foreign
from store.sharing.snapshot import AT_HOME, TAKEN, Choice, Shared, share
from tests.conftest import article
from tests.store.helpers import connect, execute, files_no_longer_than, fingerprint, found, query

RIVER = article("The river rose in Avonlea. Nobody drowned.", "/home/ada/secret-folder/river.txt")
MOON = article("The zyxmoon is made of quarkcheese. So they say.", "moon.txt")


class Home:
    """A library of two people's work, with words that can be told apart in the bytes of a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with Library(path, annotator="benedict") as ben:
            ben.articles.add([RIVER, MOON])
            self.bens = ben.annotations.tag(RIVER, 0, 9, "SOURCE")
            ben.annotations.note(RIVER, (4, 9), "bensprivatenote")
            ben.articles.leave(RIVER.id, caret=7, furthest=9)
        with Library(path, annotator="ada") as ada:
            self.claim = ada.annotations.tag(RIVER, 0, 25)
            self.moon = ada.annotations.tag(MOON, 4, 11)
            self.withdrawn = ada.annotations.note(RIVER, (27, 33), "takenbackbyada")
            ada.annotations.withdraw(self.withdrawn.id)
            ada.relations.relate(self.claim.id, self.bens.id, "attributed_to", note="whysoever")
            ada.relations.relate(self.claim.id, self.moon.id, "supports", note="acrossarticles")
            ada.articles.leave(MOON.id, caret=3, furthest=9)
            ada.predictions.keep(RIVER.id, "pipe 1.0", [found(RIVER.text, ("Avonlea", "GPE"))])


@pytest.fixture
def home(library: Library, library_path: Path) -> Home:
    library.close()
    return Home(library_path)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "away"
    folder.mkdir()
    return folder / "gift.db"


def ids(path: Path, table: str) -> set[str]:
    return set(query(path, f"SELECT id FROM {table}"))


def of(*annotations: Annotation) -> set[str]:
    return {annotation.id for annotation in annotations}


def test_every_table_goes_along_or_is_left_at_home_on_purpose() -> None:
    assert {*TAKEN, *AT_HOME} == set(SQLModel.metadata.tables)


def test_everything_goes_along_but_what_tells_of_the_giver(home: Home, target: Path) -> None:
    shared = share(home.path, target)
    assert shared == Shared(
        articles=2, annotations=4, relations=2, withdrawn=1, annotators=2, cut=0, positions=0, changes=0, predictions=0
    )
    for table in ("article", "annotation", "relation", "annotator", "label"):
        column = "name" if table == "label" else "id"
        assert query(target, f"SELECT {column} FROM {table}") == query(home.path, f"SELECT {column} FROM {table}")
    for table in ("change", "reading_state", "prediction"):
        assert query(target, f"SELECT * FROM {table}") == []
    content = target.read_bytes()
    assert b"takenbackbyada" not in content
    assert b"secret-folder" not in content


def test_what_was_corrected_in_an_article_goes_along_with_it_and_with_who_corrected_it(
    home: Home, target: Path
) -> None:
    with Library(home.path, annotator="cyrus") as cyrus:
        cyrus.metadata.correct([RIVER.id, MOON.id], {Field.SOURCE: "The Herald"})
        cyrus.metadata.correct([RIVER.id], {Field.AUTHOR: "takenbackbycyrus"})
        cyrus.metadata.correct([RIVER.id], {}, [Field.AUTHOR])
    share(home.path, target, Choice(annotators=["benedict"]))
    assert query(target, "SELECT field, value, withdrawn IS NULL FROM correction ORDER BY field") == [
        ("author", None, 0), ("source", "The Herald", 1),
    ]  # fmt: skip
    assert b"takenbackbycyrus" not in target.read_bytes()
    assert set(query(target, "SELECT name FROM annotator")) == {"benedict", "cyrus"}
    assert query(target, "SELECT article_id FROM language") == [RIVER.id]
    assert list(check(target)) == []


def test_it_is_one_compact_file_that_is_a_library(home: Home, target: Path) -> None:
    home.path.chmod(0o640)
    share(home.path, target)
    assert [file.name for file in target.parent.iterdir()] == ["gift.db"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    pragmas = ("application_id", "user_version", "journal_mode", "freelist_count", "integrity_check")
    assert [query(target, f"PRAGMA {name}")[0] for name in pragmas] == [APPLICATION_ID, SCHEMA, "delete", 0, "ok"]
    assert list(check(target)) == []
    assert query(target, "SELECT count(*) FROM note_words WHERE note_words MATCH 'bensprivatenote'") == [1]
    with Library(target, annotator="cleo") as library:
        assert len(library.annotations.of(RIVER.id)) == 3


def test_what_was_shared_can_be_opened_as_somebody_elses(home: Home, target: Path) -> None:
    share(home.path, target, Choice(positions=True, predictions=True))
    with open_foreign(target) as opened:
        assert {row["id"] for row in opened.annotations()} == ids(home.path, "annotation")
        assert {row["id"] for row in opened.relations()} == ids(home.path, "relation")
        assert len(list(opened.reading_states())) == 2
        assert len(list(opened.predictions())) == 1
        assert opened.skipped == []


def test_the_library_is_left_as_it_was(home: Home, target: Path) -> None:
    before = fingerprint(home.path.parent)
    share(home.path, target, Choice(journal=True))
    assert fingerprint(home.path.parent) == before


def test_a_tombstone_keeps_what_a_merge_asks_for_and_not_what_was_written(home: Home, target: Path) -> None:
    share(home.path, target)
    columns = 'id, annotator_id, kind, label, start, "end", quote, created, updated, withdrawn'
    rows = [query(path, f"SELECT {columns} FROM annotation WHERE withdrawn NOT NULL") for path in (home.path, target)]
    assert rows[0] == rows[1]
    assert len(rows[0]) == 1
    assert query(target, "SELECT note FROM annotation WHERE withdrawn NOT NULL") == [""]


def test_with_the_journal_goes_all_that_was_ever_written(home: Home, target: Path) -> None:
    shared = share(home.path, target, Choice(journal=True))
    assert shared.changes == 8
    assert query(target, "SELECT * FROM change") == query(home.path, "SELECT * FROM change")
    assert query(target, "SELECT note FROM annotation WHERE withdrawn NOT NULL") == ["takenbackbyada"]
    assert list(check(target)) == []
    with Library(target, annotator="ada") as library:
        for _ in range(3):  # two relations, and the withdrawal
            library.history.undo()
        assert "takenbackbyada" in [one.note for one in library.annotations.of(RIVER.id)]


def test_chosen_articles(home: Home, target: Path) -> None:
    shared = share(home.path, target, Choice(articles=[RIVER.id], positions=True, journal=True, predictions=True))
    assert ids(target, "article") == {RIVER.id}
    assert home.moon.id not in ids(target, "annotation")
    assert (shared.relations, shared.cut) == (1, 1)
    assert (shared.positions, shared.predictions) == (1, 1)
    assert shared.changes == 6  # the tag on the moon and the relation to it are of no use there
    content = target.read_bytes()
    for word in (b"zyxmoon", b"quarkcheese", b"acrossarticles"):
        assert word not in content
    assert list(check(target)) == []


def test_chosen_annotators(home: Home, target: Path) -> None:
    shared = share(home.path, target, Choice(annotators=["ada"], journal=True, positions=True))
    assert ids(target, "annotation") == of(home.claim, home.moon, home.withdrawn)
    assert query(target, "SELECT name FROM annotator") == ["ada"]
    assert (shared.relations, shared.cut) == (1, 1)
    content = target.read_bytes()
    for word in (b"bensprivatenote", b"benedict", b"whysoever"):
        assert word not in content
    assert list(check(target)) == []


def test_a_choice_of_annotators_takes_the_articles_that_they_worked_on(home: Home, target: Path) -> None:
    share(home.path, target, Choice(annotators=["benedict"]))
    assert ids(target, "article") == {RIVER.id}
    assert b"quarkcheese" not in target.read_bytes()


def test_chosen_labels(home: Home, target: Path) -> None:
    share(home.path, target, Choice(labels=["SOURCE"]))
    assert ids(target, "annotation") == of(home.bens)
    assert ids(target, "article") == {RIVER.id}
    assert query(target, "SELECT name FROM label") == query(home.path, "SELECT name FROM label")
    assert b"bensprivatenote" not in target.read_bytes()
    assert list(check(target)) == []


def test_choices_go_together(home: Home, target: Path) -> None:
    shared = share(home.path, target, Choice([RIVER.id, MOON.id], ["ada"], ["CLAIM", "SOURCE"]))
    assert ids(target, "annotation") == of(home.claim, home.moon)
    assert (shared.articles, shared.relations, shared.cut) == (2, 1, 1)


def test_articles_that_were_named_go_along_without_annotations_too(home: Home, target: Path) -> None:
    shared = share(home.path, target, Choice(articles=[MOON.id], annotators=["benedict"]))
    assert (shared.articles, shared.annotations, shared.annotators) == (1, 0, 0)


def test_what_was_deleted_from_the_library_long_ago_is_not_in_it(home: Home, target: Path) -> None:
    execute(home.path, "PRAGMA secure_delete = OFF; UPDATE annotation SET note = 'harmless' WHERE note LIKE 'bens%'")
    share(home.path, target)
    assert b"bensprivatenote" not in target.read_bytes()


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(annotators=["ada", "zoe"]), "has no annotator zoe"),
        (Choice(labels=["CLAIMS"]), "has no label CLAIMS"),
        (Choice(articles=["0" * 64]), "has no article 000"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(home: Home, target: Path, choice: Choice, said: str) -> None:
    with pytest.raises(CopyError, match=said):
        share(home.path, target, choice)
    assert list(target.parent.iterdir()) == []


def test_no_file_is_replaced(home: Home, target: Path) -> None:
    target.write_text("precious")
    with pytest.raises(CopyError, match="exists already and was left alone"):
        share(home.path, target)
    assert target.read_text() == "precious"


def test_no_library_no_snapshot(tmp_path: Path, target: Path) -> None:
    with pytest.raises(LibraryError, match="There is no library at"):
        share(tmp_path / "none.db", target)
    assert list(tmp_path.iterdir()) == [target.parent]


def test_no_folder_no_snapshot(home: Home, tmp_path: Path) -> None:
    with pytest.raises(CopyError, match="cannot be written"):
        share(home.path, tmp_path / "nowhere" / "gift.db")


@pytest.mark.parametrize("room", [40_000, 200_000], ids=["to begin", "to fill"])
def test_no_room_no_snapshot(home: Home, target: Path, room: int) -> None:
    with Library(home.path, annotator="ada") as library:
        library.articles.add([article("word " * 100_000)])
    with files_no_longer_than(room), pytest.raises(CopyError, match=r"gift\.db cannot be written"):
        share(home.path, target)
    assert list(target.parent.iterdir()) == []


def test_the_snapshot_is_of_one_moment_and_has_what_is_still_in_the_log(home: Home, target: Path) -> None:
    with Library(home.path, annotator="ada") as open_elsewhere, connect(home.path) as reader:
        reader.execute("PRAGMA wal_autocheckpoint = 0")
        late = open_elsewhere.annotations.note(MOON, None, "in the log")
        share(home.path, target)
        open_elsewhere.annotations.note(MOON, None, "too late")
    assert late.id in ids(target, "annotation")
    assert query(target, "SELECT count(*) FROM annotation WHERE note = 'too late'") == [0]


def test_what_is_done_and_queued_goes_along_with_the_positions_and_only_with_them(home: Home, target: Path) -> None:
    with Library(home.path, annotator="ada") as ada:
        ada.reading.mark([MOON.id], State.DONE)
        ada.reading.toggle_queued([RIVER.id])  # which ada never opened
    share(home.path, target, Choice(journal=True))
    assert query(target, "SELECT * FROM reading_choice") == []
    assert query(target, "SELECT count(*) FROM change WHERE subject = 'reading_choice'") == [0]
    with_it = target.with_name("with.db")
    assert share(home.path, with_it, Choice(positions=True, journal=True)).positions == 3
    assert query(with_it, "SELECT state FROM reading_choice ORDER BY state") == [None, "done"]
    assert query(with_it, "SELECT count(*) FROM change WHERE subject = 'reading_choice'") == [2]
    with open_foreign(with_it) as opened:
        assert len(list(opened.reading_choices())) == 2
        assert opened.skipped == []
