"""Working through articles on the screens: done, skipped, queued, on to what is next, the figures, and the farewell."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.kinds import State
from store.library import Library
from store.records import Course, Next
from store.sitting import Sitting
from tests.conftest import article
from tests.tui.drive import Session, browsing, reading
from tui import farewell
from tui.screens import stats
from tui.screens.library import LibraryScreen
from tui.screens.stats import StatsScreen
from tui.widgets.article_table import ArticleTable
from tui.widgets.bars import Bar
from tui.widgets.figure_view import FigureView

A, B, C = (article(f"{title}\n\nA text of {title}. It has two sentences.\n", f"{title}.txt") for title in "ABC")


@pytest.fixture
def three(library_path: Path) -> Path:
    """A library with three articles."""
    with Library(library_path, annotator="ada") as library:
        library.articles.add([A, B, C])
    return library_path


def course(path: Path, which: str) -> Course:
    with Library(path, annotator="ada") as library:
        return library.reading.course({"A": A, "B": B, "C": C}[which].id)


def figures(session: Session) -> str:
    view = session.app.screen.query_one(FigureView)
    return "\n".join(view.render_line(y).text.rstrip() for y in range(view.size.height))


async def test_an_article_is_worked_through_in_the_reader(three: Path) -> None:
    async with reading(three, B) as session:
        await session.keys("Q")
        await session.until(lambda: "queued 1" in session.title)
        assert session.status == "queued as number 1 · Q takes it out"
        await session.keys("G")  # reading to the end decides nothing, and it is said how it is decided
        assert session.status.startswith("This is the end: D says that the article is done")
        await session.reader.leave()
        assert course(three, "B") == Course(State.READING, 1)
        await session.keys("D")
        await session.until(lambda: session.status == "done · next: “A” (unread) · ctrl+n opens it")
        assert "done" in session.title
        assert "queued" not in session.title
        await session.keys("D")
        await session.until(lambda: session.status == "not done any more")
        await session.keys("u")
        await session.until(lambda: session.status == "undone: not done")
        await session.until(lambda: "   done   " in session.title)
        await session.keys("h", "G")  # it is done, and nothing has to be said
        assert not session.status.startswith("This is the end")
        await session.keys("ctrl+n")
        await session.until(lambda: session.reader.article.id == A.id)
        await session.until_saved()
        await session.keys("S")
        await session.until(lambda: session.status == "skipped · next: “C” (unread) · ctrl+n opens it")
        await session.keys("ctrl+n")
        await session.until(lambda: session.reader.article.id == C.id)
        await session.until_saved()
        await session.keys("ctrl+n")
        await session.until(lambda: session.status == "Nothing else is left to do: D says that this is done, too.")
        await session.keys("D")
        await session.until(lambda: session.status == "done · nothing else is left to do")
        await session.keys("ctrl+n")
        await session.until(lambda: session.status.startswith("Nothing is left to do: every article"))
        said = await session.app._desk.ask(session.app._farewell)
        assert said == [
            "under a minute · 3 articles opened · 2 done · 1 skipped",
            "nothing is left to do",
        ]


async def test_another_postil_s_decision_shows_in_the_title(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.following.LOOK_EVERY", 0.05)
    async with reading(three, B) as session:
        with Library(three, annotator="ada") as other:
            other.reading.mark([B.id], State.SKIPPED)
        await session.until(lambda: "skipped" in session.title)
        # Of this sitting nothing is to be said.
        assert await session.app._desk.ask(session.app._farewell) == []


async def test_articles_are_worked_through_in_the_library(three: Path) -> None:
    async with browsing(three) as session:
        status = session.app.screen.query_one("#status", Bar)
        table = session.app.screen.query_one(ArticleTable)

        def read() -> list[str]:
            return [table.render_line(y).text.split()[-1] for y in range(3)]

        assert read() == ["·", "·", "·"]
        await session.keys("D")
        await session.until(lambda: status.left == "done · next: “B” (unread) · ctrl+n opens it")
        assert read() == ["done", "·", "·"]
        await session.keys("G", "Q")
        await session.until(lambda: status.left == "queued as number 1 · Q takes it out")
        assert table.render_line(2).text.rstrip().endswith("Q1 ·")
        await session.keys("k", "S")
        await session.until(lambda: status.left == "skipped · next: “C” (queued) · ctrl+n opens it")
        assert read()[1] == "skipped"
        await session.keys("ctrl+n")
        await session.until(lambda: len(session.app.screen_stack) == 3)
        assert session.reader.article.id == C.id
        await session.until_saved()
        await session.keys("D", "q")
        await session.until(lambda: isinstance(session.app.screen, LibraryScreen))
        await session.until(lambda: read() == ["done", "skipped", "done"])
        await session.keys("ctrl+n")
        await session.until(lambda: status.left.startswith("Nothing is left to do: every article"))


async def test_the_figures_of_the_library_follow_what_is_done(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats, "LOOK_EVERY", 0.05)
    with Library(three, annotator="ada") as library:
        library.annotations.tag(A, 3, 10)
    async with browsing(three) as session:
        await session.keys("T")
        await session.until(lambda: "1 claim" in figures(session))
        assert "Articles, as ada reads them" in figures(session)
        with Library(three, annotator="bea") as beas:
            beas.annotations.tag(B, 3, 10, "SOURCE")
            await session.until(lambda: "2 claims" in figures(session))
        assert "bea" in figures(session)
        await session.pilot.resize_terminal(60, 10)
        top = figures(session).splitlines()[0]
        await session.keys("G")
        assert figures(session).splitlines()[0] != top
        await session.keys("g", "j", "k", "space", "pageup")
        assert figures(session).splitlines()[0] == top == "Made"
        await session.keys("tab")  # there is no article to be switched to
        await session.keys("q")
        assert isinstance(session.app.screen, LibraryScreen)


async def test_the_figures_of_the_open_article(three: Path) -> None:
    with Library(three, annotator="ada") as library:
        library.annotations.tag(B, 3, 10)
    async with reading(three, A) as session:
        await session.keys("c")
        await session.until(lambda: "1 claim " in session.title)
        await session.keys("T")
        await session.until(lambda: "The article, as ada reads it" in figures(session))
        assert "1 claim\n" in figures(session)
        screen = session.app.screen
        assert isinstance(screen, StatsScreen)
        assert screen.query_one("#title", Bar).left == "A"
        await session.keys("tab")
        await session.until(lambda: "2 claims" in figures(session))
        assert screen.query_one("#status", Bar).left.startswith("the whole library")
        await session.keys("escape")
        assert session.app.screen is session.reader


# What is said on leaving


@pytest.mark.parametrize(
    ("sitting", "following", "seconds", "said"),
    [
        (Sitting(claims=1), None, 20, ["under a minute · 2 articles opened", "1 claim", "nothing is left to do"]),
        (
            Sitting(claims=12, notes=3, decisions=4, relations=1, withdrawn=2, done=1, queued=2),
            Next("0", "The [b]moon", "queued"),
            1500,
            [
                "25 minutes · 2 articles opened · 1 done · 2 queued",
                "12 claims · 3 notes · 4 decisions · 1 relation · 2 withdrawn",
                "next: “The [b]moon” (queued) · postil read --next",
            ],
        ),
        (Sitting(skipped=1), None, 3900, ["1 h 05 min · 2 articles opened · 1 skipped", "nothing is left to do"]),
    ],
)
def test_a_sitting_is_told_in_three_lines_at_most(
    sitting: Sitting, following: Next | None, seconds: float, said: list[str]
) -> None:
    assert farewell.told(sitting, following, 2, seconds) == said
