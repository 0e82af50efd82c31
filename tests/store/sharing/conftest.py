"""Other people's libraries: one of ben's to be tampered with, and those that a test fills."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from store.kinds import Grouping
from store.library import Library
from store.metadata.fields import Field
from store.records import Provenance
from tests.conftest import article
from tests.store.helpers import found
from tests.store.sharing.libraries import ARTICLES

Filled = Callable[..., Path]

WORDS = article("One two three. And four.", "words.txt")
OTHER = article("Another text, with an émigré 👨🏻‍🚒 in it.", "other.txt")


@dataclass(frozen=True)
class Gift:
    """A file of ben's, with the ids of what is in it."""

    path: Path
    ben: str
    claim: str
    note: str
    whole: str
    withdrawn: str
    relation: str


@pytest.fixture(scope="session")
def wrapped(blank_library: Path, tmp_path_factory: pytest.TempPathFactory) -> Gift:
    """The gift, closed: to be copied and not to be changed."""
    path = tmp_path_factory.mktemp("gift") / "gift.db"
    shutil.copyfile(blank_library, path)
    with Library(path, annotator="ben") as library:
        told = Provenance("postil text 1", original=64 * "0", part="line 1", meta={"mood": "grim"})
        library.articles.add([replace(WORDS, provenance=told), replace(OTHER, url="https://example.org/o", path=None)])
        claim = library.annotations.tag(WORDS, 0, 7, pieces=[(0, 3), (4, 7)])
        note = library.annotations.note(WORDS, (19, 23), "a note")
        whole = library.annotations.note(OTHER, None, "on all of it")
        withdrawn = library.annotations.tag(OTHER, 0, 7)
        relation = library.relations.relate(claim.id, withdrawn.id, "supports")
        library.annotations.withdraw(withdrawn.id)
        library.articles.leave(WORDS.id, caret=4, furthest=9)
        library.reading.toggle_queued([WORDS.id])
        library.rules.add("One", "ORG")
        library.groups.add(Grouping.TAG, "number words", [WORDS.id, OTHER.id])
        library.groups.remove(Grouping.TAG, "number words", [OTHER.id])
        library.metadata.correct([WORDS.id], {Field.LANGUAGE: "en"})
        library.predictions.keep(WORDS.id, "pipe 1.0", [found(WORDS.text, ("One", "CARDINAL"))])
        return Gift(path, library.annotator_id, claim.id, note.id, whole.id, withdrawn.id, relation)


@pytest.fixture
def gift(wrapped: Gift, tmp_path: Path) -> Gift:
    """The gift, to be tampered with."""
    path = tmp_path / "gift" / "gift.db"
    path.parent.mkdir()
    shutil.copyfile(wrapped.path, path)
    return Gift(path, wrapped.ben, wrapped.claim, wrapped.note, wrapped.whole, wrapped.withdrawn, wrapped.relation)


@pytest.fixture
def somebodys(blank_library: Path, tmp_path: Path) -> Filled:
    """Makes a library of somebody else's, with the report in it and what `fill` does; closed."""

    def make(annotator: str = "bob", fill: Callable[[Library], object] = lambda _: None, name: str = "") -> Path:
        path = tmp_path / f"{name or annotator}.db"
        shutil.copyfile(blank_library, path)
        with Library(path, annotator=annotator) as library:
            library.articles.add(ARTICLES[:1])
            fill(library)
        return path

    return make
