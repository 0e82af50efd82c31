"""Texts that mean harm: shown safely, offsets exact, nothing sent raw to the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.articles import files
from store.library import Library
from tests.conftest import article
from tests.tui.drive import reading

HOSTILE = {
    "markup": "[bold red]Not bold.[/] [@click=app.quit]no[/] [link='x'] Then a claim.",
    "ansi": "A \x1b[31mred\x1b[0m word. Then \x1b[2Ja claim.",
    "osc": "A title \x1b]0;owned\x07 and \x1b]52;c;ZXZpbA==\x07 a copy. Then a claim.",
    "controls": "C0 \x00\x07\x08\x0b\x0c\r\x7f and C1 \x80\x9b\x9d\x9f. Then a claim.",
    "bidi": "An \u202eoverride\u202c and \u2066an isolate\u2069. Then a claim.",
    "zero-width": "Zero\u200bwidth \u200d\u2060\ufeff signs. Then a claim.",
    "marks": "One e" + "\u0301" * 500 + " sign. Then a claim.",
    "one sign": "x",
    "empty lines": "\n" * 100_000 + "Then a claim.\n",
    "one line": "word " * 1_000_000 + "end. Then a claim.",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_it_is_shown_and_marked_and_nothing_of_it_is_a_command(library_path: Path, text: str) -> None:
    report = article(text)
    async with reading(library_path, report, size=(70, 12)) as session:
        pane = session.pane
        for key in ("c", "G", "c", "g", "right_parenthesis", "v", "w", "escape", "slash"):
            await session.keys(key)
        await session.type("claim")
        await session.keys("enter", "n", "plus", "minus", "o", "o")
        await session.until_saved()
        for y in range(pane.size.height):
            shown = pane.render_line(y).text
            assert not any(sign < " " or "\x7f" <= sign < "\xa0" for sign in shown)
            assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
        title = session.reader.query_one("#title").render_line(0).text
        assert title.isprintable()
    with Library(library_path, annotator="ada") as library:
        for mark in library.annotations.of(report.id):
            assert report.text[mark.start : mark.end] == mark.quote


def test_half_a_surrogate_pair_in_a_file_is_a_sentence(tmp_path: Path) -> None:
    from store.errors import ArticleError

    (tmp_path / "half.txt").write_bytes(b"A half: \xed\xa0\xbd. And on.")
    with pytest.raises(ArticleError) as refused:
        files.read(tmp_path / "half.txt")
    assert "half.txt" in refused.value.sentence
