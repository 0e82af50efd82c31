"""`postil mark`, `queue`, `stats` and `read --next`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from store.kinds import State
from store.library import Library
from tests.conftest import article
from tests.tui.conftest import Run
from tui.commands import figures
from tui.reading.charts import Piece, Role

A, B, C = (article(f"{title}\n\nA text of {title}.\n", f"{title}.txt") for title in "ABC")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The library that `run` uses, with three articles."""
    with Library(tmp_path / "own.db", annotator="ada") as library:
        library.articles.add([A, B, C])
    return tmp_path / "own.db"


def states(path: Path) -> list[State]:
    with Library(path, annotator="ada") as library:
        return [row.state for row in library.articles.page()]


def test_articles_are_marked_in_one_step(run: Run, own: Path) -> None:
    assert run("mark", "A", C.id[:12], "--as", "done") == (0, "marked done: 2 articles\n", "")
    assert run("mark", "A", "B", "A", "--as", "done") == (0, "marked done: 1 article; one was so already\n", "")
    assert states(own) == 3 * [State.DONE]
    _, out, _ = run("history")
    assert [line.split("  ", 1)[1] for line in out.splitlines()] == [
        "ada  mark done  in B", "ada  mark done  2 changes  in A and 1 more",
    ]  # fmt: skip
    with Library(own, annotator="ada") as library:
        library.history.undo()
        library.history.undo()
    assert states(own) == 3 * [State.UNREAD]
    assert run("mark", "B", "--as", "reading")[0] == 0
    assert states(own) == [State.UNREAD, State.READING, State.UNREAD]


def test_a_bad_name_or_state_marks_nothing(run: Run, own: Path) -> None:
    code, out, err = run("mark", "A", "Z", "Y", "--as", "skipped")
    assert (code, out) == (1, "")
    assert err == (
        "postil: The library has no article Z: postil articles lists what there is.\n"
        "postil: The library has no article Y: postil articles lists what there is.\n"
        "postil: Nothing was marked.\n"
    )
    assert run("mark", "A", "--as", "asleep")[0] == 2
    assert run("mark", "A")[0] == 2
    assert states(own) == 3 * [State.UNREAD]


def test_the_queue_is_listed_in_its_order(run: Run, own: Path) -> None:
    assert run("queue") == (
        0, "The queue is empty: Q puts an article in it, in the reader and in the library.\n", "",
    )  # fmt: skip
    assert run("queue", "--json") == (0, "", "")
    with Library(own, annotator="ada") as library:
        library.reading.toggle_queued([C.id])
        library.reading.toggle_queued([A.id])
    _, out, _ = run("queue")
    assert [line.split()[0] + line.split()[-1] for line in out.splitlines()] == ["1C", "2A"]
    _, out, _ = run("queue", "--json")
    assert [(row["title"], row["queue"]) for row in map(json.loads, out.splitlines())] == [("C", 1), ("A", 2)]
    run("mark", "B", "--as", "skipped")
    _, out, _ = run("articles")
    assert [line.partition(" N ")[2].split() for line in out.splitlines()] == [
        ["Q2", "·", "A"], ["skipped", "B"], ["Q1", "·", "C"],
    ]  # fmt: skip


def test_the_next_article_is_read(run: Run, own: Path) -> None:
    code, out, _ = run("read", "--next")
    assert code == 0
    assert "A text of A." in out
    run("mark", "A", "B", "C", "--as", "done")
    assert run("read", "--next") == (
        1, "", "postil: Nothing is left to do: every article of the library is done or skipped.\n",
    )  # fmt: skip
    for arguments in ([], ["--next", str(own)]):
        assert run("read", *arguments) == (
            1,
            "",
            "postil: Name what to read, or let --next choose it: one of the two.\n",
        )


def test_figures_are_drawn_or_told_as_json(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library(own, annotator="ada") as library:
        library.annotations.tag(A, 3, 9)
    with Library(own, annotator="東京") as others:
        others.annotations.tag(B, 3, 9, "SOURCE")
    monkeypatch.setenv("COLUMNS", "50")
    code, out, err = run("stats")
    assert (code, err) == (0, "")
    assert out.startswith("Made\n  2 claims\n\nArticles, as ada reads them\n")
    assert "\x1b" not in out
    _, out, _ = run("stats", "--by", "annotator")
    assert out == (
        "Annotators\n"
        "  ada  ████████████████████████████████████ 1  1 C\n"
        "  東京 ████████████████████████████████████ 1  1 C\n"
    )
    told = json.loads(run("stats", "--json", "--annotator", "東京")[1])
    assert (told["claims"], told["reader"], told["states"]["unread"]) == (1, "東京", 3)
    assert [label["key"] for label in told["by_label"]] == ["SOURCE"]
    assert all(f'"{name}"' in figures._EXAMPLE for name in (*told, *told["states"], *told["by_label"][0]))
    assert json.loads(run("stats", "--json", "--by", "label", "--since", "2999-01-01")[1]) == []


def test_what_cannot_be_counted_is_a_sentence(run: Run, own: Path) -> None:
    assert run("stats", "--annotator", "eve") == (
        1, "", "postil: The library has no annotator called eve: it has ada.\n",
    )  # fmt: skip
    code, _, err = run("stats", "--since", "yesterday")
    assert (code, err) == (1, "postil: yesterday is not a time: write it as 2026-11-24 or 2026-11-24T18:30.\n")
    assert run("stats", "--by", "moon")[0] == 2
    assert own.exists()


def test_only_a_terminal_gets_colours() -> None:
    line = [Piece("  CLAIM "), Piece("███ ", Role.BAR), Piece("3")]
    assert figures._painted(line, coloured=False) == "  CLAIM ███ 3"
    assert figures._painted(line, coloured=True) == "  CLAIM \x1b[36m███ \x1b[0m3"
