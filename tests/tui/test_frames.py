"""What a key costs, counted: frames, rows, layouts, and what is done before it is needed. No test looks at a clock."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

from store.library import Library
from tests.conftest import article
from tests.tui.drive import Session, reading
from tui import memory
from tui.reading.marks import Marks
from tui.reading.page import Page
from tui.widgets.side_panel import SidePanel

TEXT = "\n\n".join(f"Paragraph {number} says a thing or two. It is short." for number in range(400))


@contextmanager
def counted(session: Session) -> Iterator[Counter[str]]:
    """What is done inside the block: frames that reach the terminal and their rows, layouts, styles worked out."""
    found: Counter[str] = Counter()
    patch = pytest.MonkeyPatch()

    def display(_screen: Screen[Any], update: object) -> None:
        if isinstance(update, ChopsUpdate):
            found["frames"] += 1
            found["rows"] += len({y for y, *_ in update.spans})
        elif isinstance(update, LayoutUpdate):
            found["whole screens"] += 1

    def counting(name: str, old: Any) -> Any:
        def count(*args: Any, **options: Any) -> Any:
            found[name] += 1
            return old(*args, **options)

        return count

    patch.setattr(session.app, "_display", display)
    patch.setattr(Screen, "_refresh_layout", counting("layouts", Screen._refresh_layout))
    patch.setattr(Stylesheet, "apply", counting("styles", Stylesheet.apply))
    yield found
    patch.undo()


async def quiet(session: Session) -> None:
    """Wait until what follows a key has been painted too."""
    await session.pilot.pause()
    await asyncio.sleep(0.25)
    await session.pilot.pause()


async def test_a_move_is_one_frame_of_the_rows_that_look_different(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("w")
        await quiet(session)
        with counted(session) as done:
            await session.keys("w")
            await quiet(session)
        assert done == {"frames": 1, "rows": 1}, "the caret's row; the status line still says the same"
        with counted(session) as done:
            await session.keys("j")
            await quiet(session)
        assert done == {"frames": 1, "rows": 3}, "the rows that the caret left and entered, and the status line"


async def test_a_key_that_scrolls_is_one_frame_too_and_no_layout(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.until(lambda: session.pane.layout_rows.settled)
        await session.keys("space")
        await quiet(session)
        with counted(session) as done:
            await session.keys("space")
            await quiet(session)
        assert done == {"frames": 1, "rows": session.pane.size.height + 1}


async def test_a_burst_of_keys_is_one_frame(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("w")
        await quiet(session)
        with counted(session) as done:
            session.burst(*"wwwww")
            await quiet(session)
        # The keys may fall on both sides of a tick of Textual's clock, which has sixty a second.
        assert done["frames"] <= 2
        assert session.pane.page.text[session.pane.caret :].startswith("two. It")


async def test_a_key_that_changes_nothing_sends_nothing(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("g")
        await quiet(session)
        with counted(session) as done:
            await session.keys("k", "h", "g")
            await quiet(session)
        assert not done


async def test_nothing_is_painted_while_nobody_does_anything(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), size=(120, 30)) as session:
        await session.until(lambda: session.pane.layout_rows.settled)
        await session.keys("j")
        await quiet(session)
        with counted(session) as done:
            await asyncio.sleep(1.5)  # longer than between two looks for what others wrote
        assert not done


async def test_a_claim_paints_its_own_rows_and_the_lines_that_tell_of_it(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("j", "j")
        await quiet(session)
        with counted(session) as done:
            await session.keys("c")
            await session.until_saved()
            await quiet(session)
        assert not done["layouts"]
        assert done["rows"] <= 3 * 4, "the claim, the title, the status and the keys, at most three times"


async def test_the_next_page_is_painted_before_it_is_asked_for(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.until(lambda: session.pane.layout_rows.settled)
        await session.keys("space")
        await quiet(session)
        painted = session.pane.rows_painted
        monkeypatch.setattr(session.pane, "_paint_ahead", lambda: None)
        await session.keys("space")
        assert session.pane.rows_painted - painted <= 4, "the rows that the caret and its sentence left and entered"


async def test_the_same_row_is_the_same_strip(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("space")
        kept = session.pane.render_line(12)
        await session.keys("j")
        assert session.pane.render_line(12) is kept, "what it keeps of its own rendering is kept with it"


async def test_a_fast_reader_does_not_wait_for_the_panel(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), size=(120, 30)) as session:
        await session.keys(")", "c", "}", "}", "c")
        await session.until_saved()
        panel = session.reader.query_one(SidePanel)
        await quiet(session)
        there = panel.cursor
        session.burst(*"gw")
        await session.pilot.pause()
        await session.until(lambda: panel.cursor != there)


async def test_what_the_library_keeps_is_put_in_order_beside_the_screen(
    library_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = article(TEXT)
    with Library(library_path, annotator="ada") as library:
        library.articles.add([opened])
        for start in range(0, 300, 30):
            library.annotations.tag(opened, start, start + 20)
    added: list[str] = []
    add = Marks.add

    def count(marks: Marks, *args: Any) -> None:
        added.append(threading.current_thread().name)
        add(marks, *args)

    monkeypatch.setattr(Marks, "add", count)
    async with reading(library_path, opened) as session:
        assert len(session.pane.marks.annotations(0, 300)) == 10
    assert added
    assert "MainThread" not in added


async def test_an_open_article_is_set_aside_from_the_collector(library_path: Path) -> None:
    memory.take_back()
    async with reading(library_path, article(TEXT)):
        assert gc.get_freeze_count() > 10_000
    assert gc.get_freeze_count() == 0


async def test_a_row_fewer_costs_no_row_of_the_text(library_path: Path) -> None:
    """As the line of a search takes one; the layout is the same."""
    async with reading(library_path, article(TEXT)) as session:
        await quiet(session)
        painted, height = session.pane.rows_painted, session.pane.size.height
        await session.pilot.resize_terminal(80, 23)
        await session.until(lambda: session.pane.size.height < height)
        await quiet(session)
        assert session.pane.rows_painted == painted


def test_the_collector_works_when_the_library_is_open_and_passes_over_what_was_there_before() -> None:
    gc.disable()
    try:
        memory.started()
        assert gc.isenabled()
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.enable()
        memory.take_back()


def test_marks_of_another_page_of_the_text_are_taken_over() -> None:
    page = Page(TEXT)
    marks, others = Marks(page), Marks(Page(TEXT))
    before = marks.epoch(0)
    marks.take_over(others)
    assert marks.epoch(0) > before
