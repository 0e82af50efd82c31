"""An article shows what stands on other versions of its text, and says so."""

from __future__ import annotations

from pathlib import Path

from store.library import Library
from tests.store.sharing.libraries import ARTICLES, CORRECTED, REPORT
from tests.tui.drive import reading

ARTICLE, VERSION = ARTICLES[:2]


async def test_marks_on_another_version_show_where_their_words_are_and_stay_there(library_path: Path) -> None:
    with Library(library_path, annotator="bea") as beas:
        beas.articles.add([ARTICLE])
        start = REPORT.index("“an honest")
        claim = beas.annotations.tag(ARTICLE, start, start + len("“an honest guess”"))
        beas.annotations.tag(ARTICLE, REPORT.index("a third"), REPORT.index("a third") + len("a third of"))
    async with reading(library_path, VERSION, size=(120, 30)) as session:
        assert "0 claims" in session.title  # none on this very text
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
