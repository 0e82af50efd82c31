"""The first frame is painted before the screens are imported, and keys that come before them wait."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from textual.events import Key

import tui.app
from store.library import Library
from tests.conftest import article
from tests.tui.drive import NO_PIPELINE, Session
from tui.app import PostilApp
from tui.screens.first import FirstScreen
from tui.settings import Settings


def test_what_the_first_frame_needs_imports_neither_the_reader_nor_the_store() -> None:
    asked = "import sys, tui.app; print(*(m for m in sys.modules if m.startswith(('tui.', 'store.'))))"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert "tui.screens.first" in loaded
    assert not {"tui.screens.reader", "tui.screens.library", "store.records", "store.library"} & {*loaded}


class Hasty(PostilApp):
    """Keys that were typed behind the command are there before anything is painted."""

    CSS_PATH = str(Path(tui.app.__file__).parent / "styles/postil.tcss")
    held = 0

    def on_mount(self) -> None:  # Textual calls the app's own too
        for key, sign in (("right_parenthesis", ")"), ("c", "c")):
            self.post_message(Key(key, sign))

    async def _after_first_frame(self) -> None:
        assert isinstance(self.screen, FirstScreen)
        self.held = len(self.screen.held)
        await super()._after_first_frame()


async def test_keys_typed_behind_the_one_that_ends_postil_are_dropped(library_path: Path) -> None:
    app = PostilApp(Settings(library_path, "ada", NO_PIPELINE), first=article("One sentence."))
    async with app.run_test(size=(80, 24)) as pilot:
        await Session(app, pilot).until_saved()
        app._screen_stack.clear()  # as Textual leaves it while the last keys still come
        key = Key("c", "c")
        await app.on_key(key)
        assert key._no_default_action
        app.exit()
    app.close()


async def test_keys_typed_before_the_article_is_there_are_keys_of_the_article(library_path: Path) -> None:
    app = Hasty(Settings(library_path, "ada", NO_PIPELINE), first=article("One sentence. Another one."))
    async with app.run_test(size=(80, 24)) as pilot:
        session = Session(app, pilot)
        await session.until_saved()
        await session.until(lambda: "1 claim" in session.title)
    app.close()
    assert app.held == 2
    with Library(library_path, annotator="ada") as library:
        (claim,) = library.annotations.of(article("One sentence. Another one.").id)
    assert claim.quote == "Another one."
