"""`postil check`: a sound library has nothing wrong with it, and each thing that can be wrong is found and named."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.care.check import check, rebuild_search
from store.errors import LibraryError
from store.library import Library
from store.records import Provenance
from tests.conftest import article
from tests.store.helpers import copied, execute, query

WORDS = article("One two three. And four.")
MORE = article("More words are here.")


@pytest.fixture
def sound(library: Library, library_path: Path) -> Path:
    """A library with what a library has: claims, notes, pieces, relations, withdrawals, undone acts."""
    library.articles.add([WORDS, dataclasses.replace(MORE, provenance=Provenance("postil text 1"))])
    claim = library.annotations.tag(WORDS, 0, 3)
    pieces = library.annotations.tag(WORDS, 4, 19, "SOURCE", pieces=[(4, 7), (15, 19)])
    library.annotations.edit_note(claim.id, "Says who?")
    library.annotations.note(MORE, None, "On the whole.")
    library.annotations.withdraw(library.annotations.note(MORE, (0, 4), "More?").id)
    library.relations.relate(claim.id, pieces.id, "attributed_to")
    library.annotations.tag(MORE, 5, 10)
    library.history.undo()
    return library_path


def test_nothing_is_wrong_with_a_sound_library_also_while_it_is_open(sound: Path) -> None:
    assert list(check(sound)) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE article SET text = 'One two three. And five.' WHERE title LIKE 'One%'", "was changed since it was"),
        ("UPDATE article SET length = 1 WHERE title LIKE 'One%'", "has 24 code points, not 1"),
        ("UPDATE annotation SET start = 90, \"end\" = 99 WHERE start = 0", "stands at 90:99, outside its text"),
        ("UPDATE annotation SET \"end\" = 4 WHERE start = 0 AND \"end\" = 3", "does not quote what stands at 0:4"),
        ("UPDATE annotation SET suffix = 'no' WHERE start = 0", "does not stand between the words"),
        ("UPDATE annotation SET \"end\" = NULL WHERE start = 0", "a start without an end"),
        ("UPDATE annotation SET pieces = '[[4, 7], [5, 19]]' WHERE start = 4", "has pieces that do not follow"),
        ("UPDATE annotation SET pieces = '{}' WHERE start = 4", "has pieces that do not follow"),
        ("UPDATE annotation SET attributes = '[' WHERE start = 4", "attributes that are no JSON object"),
        ("UPDATE annotation SET kind = 'stripe' WHERE start = 4", "is a stripe, which postil does not know"),
        ("UPDATE provenance SET meta = '['", "says is no JSON object"),
        ("DELETE FROM relation", "speaks of the relation"),
        ("DELETE FROM reading_state; INSERT INTO reading_state VALUES ('none', 'nobody', 1, 1, '', NULL, NULL)",
         "of reading_state refers to no row of"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(sound: Path, damage: str, said: str) -> None:
    execute(sound, damage)
    assert any(said in finding for finding in check(sound))


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("INSERT INTO article_words(article_words, rowid, title, text) VALUES ('delete', 1, '', 'three')", "articles"),
        ("DROP TRIGGER note_words_update; UPDATE annotation SET note = 'Says she.' WHERE note LIKE 'Says%'", "notes"),
    ],
)
def test_an_index_that_fell_behind_is_found_and_made_anew(sound: Path, damage: str, what: str) -> None:
    execute(sound, damage)
    assert list(check(sound)) == [
        f"The full text index over the {what} does not say what they say: postil check --rebuild-search makes it anew."
    ]
    rebuild_search(sound)
    assert list(check(sound)) == []


def test_of_a_thousand_findings_of_a_sort_twenty_are_told_and_the_rest_counted(
    library: Library, library_path: Path
) -> None:
    library.articles.add(article(f"Number {number}.") for number in range(1000))
    execute(library_path, "UPDATE article SET length = 0")
    findings = list(check(library_path))
    assert (len(findings), findings[-1]) == (21, "… and 980 more of this sort.")


@given(st.integers())
def test_a_page_of_noise_is_damage_or_an_error_and_never_called_sound(blank_library: Path, seed: int) -> None:
    chance = random.Random(seed)
    with copied(blank_library) as library:
        library.articles.add([WORDS, MORE])
        path = library.path
        library.close()
        size = query(path, "PRAGMA page_size")[0]
        (page,) = query(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'article'")
        with path.open("r+b") as file:
            file.seek((page - 1) * size)
            file.write(chance.randbytes(size))
        try:
            findings = list(check(path))
        except LibraryError as error:
            findings = [error.sentence]
        assert findings


def test_checking_changes_nothing(sound: Path, library: Library) -> None:
    library.close()
    before = sound.read_bytes()
    list(check(sound))
    assert sound.read_bytes() == before


def test_no_library_is_none_to_check(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library at"):
        list(check(tmp_path / "none.db"))
    assert not (tmp_path / "none.db").exists()
