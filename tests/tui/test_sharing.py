"""`postil share`: a snapshot to give away."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.library import Library
from tests.conftest import article
from tests.store.helpers import query
from tests.tui.conftest import Run

WORDS = article("One two three. And four.", "words.txt")
OTHER = article("Another text.", "other.txt")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Ada's library: a claim supported by one in another article, and a note of ben's."""
    path = tmp_path / "own.db"
    with Library(path, annotator="ben") as library:
        library.articles.add([WORDS, OTHER])
        library.annotations.note(WORDS, None, "a note of ben's")
    with Library(path, annotator="ada") as library:
        claim, other = library.annotations.tag(WORDS, 0, 3), library.annotations.tag(OTHER, 0, 7)
        library.relations.relate(other.id, claim.id, "supports")
        library.annotations.withdraw(library.annotations.tag(WORDS, 4, 7).id)
    return path


@pytest.mark.usefixtures("own")
def test_the_command_says_what_went_along(run: Run) -> None:
    assert run("share", "gift.db") == (
        0,
        "shared: gift.db\n"
        "  2 articles, 3 annotations and 1 relation by 2 annotators\n"
        "  1 withdrawn, without what was written in them\n"
        "  not with it: the journal, reading positions, predictions\n",
        "",
    )
    assert run("--library", "gift.db", "check") == (0, "gift.db is sound: 2 articles, 4 annotations.\n", "")


@pytest.mark.usefixtures("own")
def test_the_journal_and_the_rest_go_along_when_asked_for(run: Run) -> None:
    code, out, _ = run("share", "gift.db", "--journal", "--positions", "--predictions")
    assert code == 0
    assert "  1 withdrawn, with what was written in them\n" in out
    assert out.endswith("  with it: the journal (6 changes), 0 reading positions, 0 predictions\n")


def test_what_is_chosen(run: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text(WORDS.text)
    code, out, _ = run("share", "gift.db", "--article", "words.txt", "--by", "ada", "--label", "CLAIM")
    assert code == 0
    assert "  1 article, 1 annotation and 0 relations by 1 annotator\n" in out
    assert "  left out: 1 relation to or from an annotation that does not go along\n" in out
    assert query(tmp_path / "gift.db", "SELECT id FROM article") == [WORDS.id]
    assert own.exists()


@pytest.mark.usefixtures("own")
def test_several_articles_by_title_and_by_id(run: Run, tmp_path: Path) -> None:
    code, _, _ = run("share", "gift.db", "--article", WORDS.title, "--article", OTHER.id[:12])
    assert code == 0
    assert len(query(tmp_path / "gift.db", "SELECT id FROM article")) == 2


@pytest.mark.usefixtures("own")
def test_what_cannot_be_shared_is_said_in_a_sentence(run: Run, tmp_path: Path) -> None:
    assert run("share", "own.db")[0] == 1
    for arguments, said in (
        (["own.db"], "own.db exists already and was left alone"),
        (["gift.db", "--by", "zoe"], "The library has no annotator zoe"),
        (["gift.db", "--label", "NONE"], "The library has no label NONE"),
        (["gift.db", "--article", "none.txt"], "The library has no article none.txt"),
        (["no/folder/gift.db"], "cannot be written"),
    ):
        code, out, err = run("share", *arguments)
        assert (code, out) == (1, "")
        assert said in err
        assert err.count("\n") == 1
    assert not (tmp_path / "gift.db").exists()


def test_no_library_is_made_to_be_shared(run: Run, tmp_path: Path) -> None:
    code, _, err = run("share", "gift.db")
    assert (code, list(tmp_path.iterdir())) == (1, [])
    assert "There is no library at own.db yet" in err
