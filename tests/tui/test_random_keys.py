"""No key crashes, whatever the text and whatever came before; all stays inside the text, on grapheme borders."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.library import Library
from store.text import graphemes
from tests.conftest import article
from tests.tui.drive import reading
from tui import actions

PLACES = ("text", "select", "reader", "deciding")
KEYS = sorted({key for action in actions.of(*PLACES) for key in action.keys} - {"q", "a", "A", "I", "R", "T"})
"""Every key of the reading pane but those that leave it."""

PIECES = [
    "A sentence. ", "Two words", "\n", "\n\n", " ", "中文句子。", "「引用」", "e\u0301", "👨🏻\u200d🚒", "🇫🇷🇩🇪",
    "\u200d", "\u0301", "\x1b[31m", "\t", "שלום", "مرحبا", "\u202e", "[bold]", "ﷺ", "नमस्ते", "x" * 200, "# ",
    "Mr. Smith said “no”. ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join).filter(lambda text: text.strip())


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, keys=st.lists(st.sampled_from(KEYS), min_size=1, max_size=25))
def test_no_key_crashes_and_all_stays_inside_the_text(text: str, keys: list[str]) -> None:
    asyncio.run(_press(text, keys))


async def _press(text: str, keys: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        async with reading(path, article(text), size=(60, 12)) as session:
            pane = session.pane
            for key in keys:
                await session.keys(key)
                assert 0 <= pane.caret < len(text)
                assert graphemes.start_of(text, pane.caret) == pane.caret
                if pane.selection:
                    start, end = pane.selection
                    assert 0 <= start < end <= len(text)
                    assert graphemes.snap(text, start, end) == (start, end)
            await session.until_saved()
        with Library(path, annotator="ada") as library:
            for annotation in library.annotations.of(article(text).id):
                assert annotation.start is not None
                assert annotation.end is not None
                assert text[annotation.start : annotation.end] == annotation.quote
                assert graphemes.snap(text, annotation.start, annotation.end) == (annotation.start, annotation.end)
