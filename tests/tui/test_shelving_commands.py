"""The commands that keep a library in order, as somebody types them."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from store.library import Library
from tests.conftest import article
from tests.tui.conftest import Run

APPLES, BERRIES, CHERRIES = (article(f"{title}.\n\nMore words." * number) for number, title in
                             enumerate(("Apples", "Berries", "Cherries"), 1))  # fmt: skip


@pytest.fixture(autouse=True)
def filled(tmp_path: Path) -> Path:
    """A library in the folder in which `postil` runs."""
    with Library(tmp_path / "own.db", annotator="ada") as library:
        library.articles.add([APPLES, BERRIES, CHERRIES])
    return tmp_path / "own.db"


def titles(run: Run, *arguments: str) -> list[str]:
    code, out, _ = run("articles", "--json", *arguments)
    assert code == 0
    return [orjson.loads(line)["title"] for line in out.splitlines()]


def test_articles_are_tagged_and_listed_by_their_tags(run: Run) -> None:
    assert run("tag", "Apples.", BERRIES.id[:12], "--add", "budget", "--add", "two words") == (
        0,
        "tag budget: 2 articles more\ntag two words: 2 articles more\n",
        "",
    )
    assert run("collect", "Apples.", "--add", "Elections 2024")[:2] == (
        0,
        "collection Elections 2024: 1 article more\n",
    )
    assert run("tag") == (0, "      2  budget\n      2  two words\n", "")
    assert run("collect") == (0, "      1  Elections 2024\n", "")
    assert titles(run, "--tag", "BUDGET") == ["Apples.", "Berries."]
    assert titles(run, "--tag", "budget", "--collection", "elections 2024") == ["Apples."]
    assert "Apples.  ▪Elections 2024 #budget #two words" in run("articles")[1]
    assert run("tag", "Apples.", "--remove", "budget")[1] == "tag budget: 1 article less\n"
    assert run("tag", "--rename", "budget", "money")[1] == "tag budget is money now: 1 article\n"
    assert run("search", "tag:money")[1].startswith(f"{BERRIES.id[:12]} Berries.\n")
    code, out, _ = run("export", "--tag", "two words", "--collection", "Elections 2024")
    assert (code, out.count("\n")) == (0, 1)


def test_what_is_put_away_is_listed_when_it_is_asked_for_and_comes_back(run: Run) -> None:
    assert run("archive", "Apples.")[:2] == (0, "archived: 1 article\n")
    assert run("delete", "Berries.")[:2] == (0, "deleted: 1 article (--back brings back)\n")
    assert titles(run) == ["Cherries."]
    assert titles(run, "--archived") == ["Apples."]
    assert titles(run, "--deleted") == ["Berries."]
    assert run("export", "--without-archived")[1].count("\n") == 1
    assert run("archive", "Apples.", "--back")[1] == "brought back: 1 article\n"
    assert run("delete", "Berries.", "--back")[1] == "brought back: 1 article\n"
    assert titles(run, "--sort", "words") == ["Cherries.", "Berries.", "Apples."]
    assert titles(run, "--sort", "added") == ["Cherries.", "Berries.", "Apples."]


def test_adding_says_that_what_was_deleted_is_back(run: Run, tmp_path: Path) -> None:
    (tmp_path / "apples.txt").write_text(APPLES.text, "utf-8")
    run("delete", "apples.txt")
    assert run("export", "--article", "apples.txt")[0] == 1
    assert run("add", "apples.txt")[:2] == (0, "back: apples.txt (the same text as article.txt)\n")
    assert run("add", "apples.txt")[:2] == (0, "known: apples.txt (the same text as article.txt)\n")
    run("delete", "apples.txt")
    assert run("delete", "apples.txt", "--back")[0] == 0


def test_deleting_and_purging_what_others_wrote_is_asked_about(run: Run, filled: Path) -> None:
    with Library(filled, annotator="bob") as bob:
        bob.annotations.note(APPLES, None, "mine")
    code, _, err = run("delete", "Apples.", "Berries.")
    assert (code, err) == (
        1,
        "postil: 2 articles with 1 annotation, 1 of them by others would count as gone: --yes does it.\n",
    )
    assert len(titles(run)) == 3
    assert run("delete", "Apples.", "Berries.", "--yes")[0] == 0
    assert run("purge")[:2] == (0, "Nothing in own.db was deleted more than 30 days ago.\n")
    code, out, err = run("purge", "--days", "0")
    assert (code, out) == (1, "")
    assert f"{APPLES.id[:12]}  Apples.\n" in err
    assert err.endswith("postil: 2 articles with 1 annotation and 0 relations would be gone for good: --yes does it.\n")
    code, out, _ = run("purge", "--days", "0", "--yes")
    assert code == 0
    assert out.startswith("gone for good: 2 articles; own.db has ")
    assert len(list(filled.parent.glob("own.db.before-purge-*.backup"))) == 1
    assert titles(run, "--deleted") == []
    assert run("check")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("tag", "--add", "x"), "Name articles and what to do with them: postil tag ARTICLE --add NAME"),
        (("collect", "Apples."), "Name articles and what to do with them: postil collect ARTICLE --add NAME"),
        (("tag", "Apples.", "--add", 'a "b"'), "cannot be a name: leave out quotation marks"),
        (("tag", "Apples.", "--add", "x", "--remove", "y"), "There is no tag y: postil tag lists them."),
        (("tag", "--rename", "x", "y"), "There is no tag x"),
        (("articles", "--collection", "x"), "There is no collection x: postil collect lists them."),
        (("export", "--tag", "x"), "There is no tag x"),
        (("archive", "Plums"), "The library has no article Plums"),
        (("delete", "Apples.", "--back"), "No article Apples. was deleted: postil articles --deleted lists"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_nothing_is_done(
    run: Run, arguments: tuple[str, ...], sentence: str
) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert sentence in err
    assert run("tag")[1] == run("collect")[1] == ""
