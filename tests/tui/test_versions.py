"""An article shows what stands on other versions of its text, and says so."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from textual.widgets import Static
from typer.testing import CliRunner

from store.kinds import Fate
from store.library import Library
from tests.conftest import article
from tests.store.sharing.libraries import ARTICLES, CORRECTED, REPORT
from tests.tui.drive import Session, reading
from tui.cli import app
from tui.screens.versions import VersionsScreen
from tui.widgets.bars import Bar
from tui.widgets.carried_list import CarriedList

ARTICLE, VERSION = ARTICLES[:2]


async def test_marks_on_another_version_show_where_their_words_are_and_stay_there(library_path: Path) -> None:
    with Library(library_path, annotator="bea") as beas:
        beas.articles.add([ARTICLE])
        start = REPORT.index("“an honest")
        claim = beas.annotations.tag(ARTICLE, start, start + len("“an honest guess”"))
        beas.annotations.tag(ARTICLE, REPORT.index("a third"), REPORT.index("a third") + len("a third of"))
    async with reading(library_path, VERSION, size=(120, 30)) as session:
        assert "0 claims" in session.title  # none on this very text
        session.reader._end_was_told = True  # what stands at the end of the text is what is looked at
        await session.keys("]")
        assert session.pane.caret == CORRECTED.index('"an honest')
        assert session.status == f"CLAIM by bea on another version, “{ARTICLE.title[:59]}…”"
        await session.keys("d")
        await session.until(lambda: "stands on another version" in session.status)
        mark = next(mark for mark in session.pane.marks.at(session.pane.caret) if mark.id == claim.id)
        assert mark.letter == "c"
        panel = session.reader.query_one("#panel")
        await session.until(
            lambda: "! a third of" in "\n".join(line.text for line in panel.render_lines(panel.size.region))
        )


async def test_what_is_here_stays_when_a_merge_is_heard_of(library_path: Path) -> None:
    with Library(library_path, annotator="bea") as beas:
        beas.articles.add([ARTICLE])
        beas.annotations.tag(ARTICLE, 0, 11)
    async with reading(library_path, VERSION) as session:
        assert len(session.reader._notebook) == 1


BUILT = "The mill was built in 1815, and it burned twice."
SOLD = "Ada sold it to the town for a pound."
URL = "https://example.org/mill"
OLD = dataclasses.replace(article(f"{BUILT}\n\n{SOLD}\n\nNobody lives there."), url=URL)
NEW = dataclasses.replace(article(f"{BUILT.replace('5', '6')}\n\n{SOLD}\n\nIt is a museum now."), url=URL)


def fill(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([OLD])
        for words in ("The mill was built in 1815", "Ada sold it to the town", "Nobody lives there."):
            start = OLD.text.index(words)
            library.annotations.tag(OLD, start, start + len(words))
        library.articles.add([NEW])


def shown(session: Session) -> list[Fate]:
    screen = session.app.screen
    return [one.fate for one in screen.query_one(CarriedList).shown] if isinstance(screen, VersionsScreen) else []


def said(session: Session) -> str:
    return session.app.screen.query_one("#status", Bar).left


async def test_what_stands_on_another_version_is_settled_from_one_screen(library_path: Path) -> None:
    fill(library_path)
    async with reading(library_path, NEW, size=(100, 30)) as session:
        session.reader._end_was_told = True  # the text is so short that its end is on screen
        assert session.status == "3 annotations stand on older versions of this text: V settles them."
        await session.keys("V")
        await session.until(lambda: shown(session) == [Fate.ORPHANED, Fate.CHANGED, Fate.MOVED])
        told = str(session.app.screen.query_one("#versions-says", Static).content)
        assert "«Nobody lives there.»" in told
        assert "p places it by hand" in told
        await session.keys("t")
        await session.until(lambda: "has no place in this version" in said(session))
        await session.keys("T")
        await session.until(lambda: said(session).startswith("1 taken over"))
        await session.keys("x")
        await session.until(lambda: shown(session) == [Fate.CHANGED])
        await session.keys("u")
        await session.until(lambda: shown(session) == [Fate.ORPHANED, Fate.CHANGED])
        await session.keys("j", "t")
        await session.until(lambda: shown(session) == [Fate.ORPHANED])
        await session.keys("d")
        rows = "\n".join
        await session.until(lambda: "[-gone-]" in said(session))
        lines = session.app.screen.query_one("#hits")
        assert "[-1815-]{+1816+}" in rows(line.text for line in lines.render_lines(lines.size.region))
        await session.keys("q")
        # By hand: the text, its words, enter.
        await session.keys("p")
        assert session.status.startswith("placing CLAIM “Nobody lives there.”")
        await session.keys("G", "enter")
        await session.until(lambda: session.status.startswith("placed · u undoes"))
        await session.until_saved()
        assert "3 claims" in session.title
        await session.keys("V")
        await session.until(lambda: "everything on them is settled" in said(session))
        # The older version knows of the newer one, and what was made of its own is not shown on it.
        await session.keys("o")
        await session.until(lambda: session.reader.article.id == OLD.id)
        await session.until(lambda: "newer version of this text" in session.status)
        assert [one.version for one in session.reader._notebook] == [None] * 3
        await session.keys("u")
        await session.until(lambda: session.status.startswith("undone: carry in"))
    with Library(library_path, annotator="ada") as library:
        assert [one.quote for one in library.annotations.of(NEW.id)] == [
            "The mill was built in 1816", "Ada sold it to the town",
        ]  # fmt: skip


def test_adding_a_revision_says_what_became_of_what_stands_on_the_older_one(library_path: Path, tmp_path: Path) -> None:
    file = tmp_path / "mill.txt"
    file.write_text(OLD.text)
    run = CliRunner().invoke
    options = ["--library", str(library_path), "--annotator", "ada"]
    run(app, ["add", str(file), *options])
    fill(library_path)
    file.write_text(NEW.text + "\n\nIt is open on Sundays.")
    told = run(app, ["add", str(file), *options]).output
    assert (
        "(a revision of “The mill was built in 1815, and it burned twice.”, from the same file, 80% the same)" in told
    )
    assert (
        "): 2 annotations carried over, 1 moved, 1 with other words, 1 orphaned: V in the reader settles them" in told
    )
    found = run(app, ["diff", OLD.id, NEW.id, *options])
    assert found.exit_code == 0
    assert "~ The mill was built in [-1815-]{+1816+}, and it burned twice." in found.output.splitlines()
    assert "  … 1 paragraph the same" in found.output.splitlines()
    assert f"{OLD.id[:12]} to {NEW.id[:12]}: " in found.output
    assert "older: The mill" in run(app, ["articles", *options]).output
