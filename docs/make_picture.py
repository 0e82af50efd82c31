"""Make docs/reader.svg, the picture in the README: `python docs/make_picture.py`.

A real session in a library of its own: the first sample article is opened, its entities are found, two sentences are
tagged and a note is written, and Textual exports the screen.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from store.articles import files
from tui.app import PostilApp
from tui.settings import Settings
from tui.widgets.bars import Bar

DOCS = Path(__file__).parent
ARTICLE = DOCS.parent / "sample_articles" / "ai-money-race.md"
SIZE = (120, 36)


async def picture(size: tuple[int, int] = SIZE, theme: str = "postil-dark") -> str:
    """The reader's screen as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "library.db", "you", theme=theme)
        app = PostilApp(settings, first=files.read(ARTICLE))
        async with app.run_test(size=size) as pilot:
            while "saved" not in str(pilot.app.screen.query_one("#title", Bar).right):
                await pilot.pause(0.05)
            for key in [*")))", "c", *"))", "c", "a"]:
                await pilot.press(key)
                await pilot.pause(0.1)
            await pilot.press(*"filing? only the first part was paid then")
            await pilot.press("ctrl+s")
            while "finding" in str(pilot.app.screen.query_one("#status", Bar).right):
                await pilot.pause(0.05)
            await pilot.press("j", "j", "w")
            await pilot.pause(0.5)
            svg = app.export_screenshot(title="postil")
        app.close()
        return svg


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS / "reader.svg"
    target.write_text(asyncio.run(picture()), encoding="utf-8")
