"""Pictures of the screens. Look at a new one before you keep it: `--snapshot-update`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from store.articles import files
from store.entities.pipelines import identity
from store.kinds import Grouping
from store.library import Library
from store.records import Entity, Found
from tests.conftest import SAMPLES, article
from tui.app import PostilApp
from tui.reading.page import Page
from tui.screens.reader import ReaderScreen
from tui.settings import Settings
from tui.widgets.bars import Bar

Snap = Callable[..., bool]
RunBefore = Callable[[Pilot[Any]], Awaitable[None]]

PIPELINE = "a_pipeline"
"""A folder that looks like a pipeline: what it said is in the library already, so no process is started."""

TEXT = """Four ways of marking a text

Amazon and Ada Lovelace met in Leeds on 3 May 2024. It cost $4 million, she said. "Nobody asked," wrote Bob.

中文句子没有空格，但是可以换行。第二句在这里！ A family 👨‍👩‍👧 and a flag 🏳️‍🌈 and cafe\u0301, all measured.

A tab\there, a control \x1b[31m code, [bold]markup[/bold], and a last sentence.
"""
ENTITIES = [("Amazon", "ORG"), ("Ada Lovelace", "PERSON"), ("Leeds", "GPE"), ("3 May 2024", "DATE")]
ENTITIES += [("$4 million", "MONEY"), ("Bob", "WORK_OF_ART")]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A library at a path that is the same everywhere, with an article whose entities are known."""
    monkeypatch.chdir(tmp_path)
    Path(PIPELINE).mkdir()
    (Path(PIPELINE) / "meta.json").write_text('{"lang": "en", "name": "test", "version": "1"}')
    shown = article(TEXT)
    entities = [Entity(TEXT.index(name), TEXT.index(name) + len(name), label) for name, label in ENTITIES]
    with Library(Path("own.db"), annotator="ada") as library:
        library.articles.add([shown])
        found = [Found(*span, entities) for span in Page(TEXT).spans()]
        library.predictions.keep(shown.id, identity(PIPELINE), found)
    return Settings(Path("own.db"), "ada", PIPELINE)


def doing(*keys: str) -> RunBefore:
    """Wait for the article, press keys, and wait until nothing is unsaved; hold the note's caret still."""

    async def run(pilot: Pilot[Any]) -> None:
        while len(pilot.app.screen_stack) < 2:
            await pilot.pause(0.02)
        reader = next(screen for screen in pilot.app.screen_stack if isinstance(screen, ReaderScreen))

        while not reader.query("#title"):
            await pilot.pause(0.02)

        async def saved() -> None:
            while reader.query_one("#title", Bar).right[-1:] != ("✓ saved",) or reader.is_working_out:
                await pilot.pause(0.02)
            await pilot.pause(0.2)  # the panel gathers changes for a tenth of a second

        await saved()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        await saved()
        for area in pilot.app.screen.query(TextArea):
            area.cursor_blink = False
        for line in pilot.app.screen.query(Input):
            line.cursor_blink = False
        await pilot.pause()

    return run


SESSION = [")", "c", ")", "v", "w", "w", "w", "a", *"sure?", "ctrl+s", "}", "c"]
"""A claim, a note on three words, a claim in Chinese."""


@pytest.mark.parametrize("size", [(80, 24), (120, 30)], ids=["80x24", "120x30"])
@pytest.mark.parametrize("theme", ["postil-dark", "postil-light"])
def test_reader(snap_compare: Snap, settings: Settings, size: tuple[int, int], theme: str) -> None:
    app = PostilApp(Settings(settings.library, "ada", PIPELINE, theme), first=article(TEXT))
    assert snap_compare(app, terminal_size=size, run_before=doing(*SESSION))


def test_reader_without_colour(snap_compare: Snap, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(app, terminal_size=(120, 30), run_before=doing(*SESSION))


def test_reader_on_a_wide_screen(snap_compare: Snap, settings: Settings) -> None:
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(app, terminal_size=(200, 40), run_before=doing(*SESSION, "g", "v", "}"))


def test_furniture_is_folded(snap_compare: Snap, settings: Settings) -> None:
    app = PostilApp(Settings(settings.library, "ada", "none"), first=files.read(SAMPLES / "news-aggregator-page.txt"))
    assert snap_compare(app, terminal_size=(80, 24), run_before=doing("j"))


def test_many_scripts(snap_compare: Snap, settings: Settings) -> None:
    app = PostilApp(Settings(settings.library, "ada", "none"), first=files.read(SAMPLES / "many-scripts.md"))
    assert snap_compare(app, terminal_size=(80, 60), run_before=doing("}", "}"))


def test_note_being_written(snap_compare: Snap, settings: Settings) -> None:
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(app, terminal_size=(80, 24), run_before=doing(")", "a", *"who says so?"))


def test_leaving_an_unsaved_note(snap_compare: Snap, settings: Settings) -> None:
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(app, terminal_size=(80, 24), run_before=doing(")", "a", *"who?", "escape"))


INSPECTED = [")", "c", "enter", "c", "C", "down", "2", "down"]


@pytest.mark.parametrize("size", [(80, 24), (120, 30)], ids=["80x24", "120x30"])
def test_inspector(snap_compare: Snap, settings: Settings, size: tuple[int, int]) -> None:
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(app, terminal_size=size, run_before=doing(*INSPECTED))


def test_a_date_being_typed(snap_compare: Snap, settings: Settings) -> None:
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(
        app, terminal_size=(80, 24), run_before=doing(*INSPECTED, "down", "down", "down", "enter", *"2024-13")
    )


RELATED = [")", "c", "r", ")", "v", "w", "enter", "s", "(", "(", "m"]


@pytest.mark.parametrize("size", [(80, 24), (120, 30)], ids=["80x24", "120x30"])
def test_what_hangs_on_a_claim(snap_compare: Snap, settings: Settings, size: tuple[int, int]) -> None:
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(app, terminal_size=size, run_before=doing(*RELATED))


def test_help(snap_compare: Snap, settings: Settings) -> None:
    app = PostilApp(settings, first=article(TEXT))
    assert snap_compare(app, terminal_size=(100, 60), run_before=doing("question_mark"))


@pytest.mark.parametrize("size", [(80, 24), (140, 30)], ids=["80x24", "140x30"])
def test_library(snap_compare: Snap, settings: Settings, size: tuple[int, int]) -> None:
    with Library(settings.library, annotator="ada") as library:
        library.articles.add(files.read(path) for path in sorted(SAMPLES.iterdir()))
        assert sum(library.folds.look())  # the counts of words do not change while the picture is taken
        ids = library.articles.ids()
        library.groups.add(Grouping.TAG, "health", ids[:2])
        library.groups.add(Grouping.COLLECTION, "To check", ids[1:4])

    async def listed(pilot: Pilot[Any]) -> None:
        while not any("13 articles" in bar.left for bar in pilot.app.screen.query("#status").results(Bar)):
            await pilot.pause(0.02)
        await pilot.press("j", "v", "v")
        await pilot.pause()

    assert snap_compare(PostilApp(settings), terminal_size=size, run_before=listed)
