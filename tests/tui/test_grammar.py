"""The grammar of the keyboard in the reading pane: counts, pieces, objects, repeating, jumping, searching."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from store.articles import markdown
from store.library import Library
from store.records import Entity, Found
from tests.conftest import article
from tests.tui.drive import Session, browsing, reading
from tui.reading.marks import Layer
from tui.reading.outline import Marked
from tui.widgets.bars import Bar
from tui.widgets.search_line import SearchLine
from tui.widgets.side_panel import SidePanel

TEXT = """One first sentence. A second sentence says "take the third road" twice.

The third paragraph is short. It names Ada Lovelace and Leeds.
"""
MARKDOWN = """# One

Text under one.

## Two

- an item that is long enough to be wrapped into a second row on a screen of eighty columns
"""


def under(session: Session, length: int = 5) -> str:
    """What begins at the caret."""
    return session.pane.page.text[session.pane.caret :][:length]


def kept(path: Path, text: str = TEXT) -> list[tuple[str | None, list[str], str]]:
    """Label, pieces and note of what the library keeps, in text order."""
    with Library(path, annotator="ada") as library:
        found = library.annotations.of(article(text).id)
    return [
        (one.label, [text[slice(*piece)] for piece in one.pieces or [(one.start or 0, one.end or 0)]], one.note)
        for one in found
    ]


def names(text: str = TEXT) -> Found:
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("Ada Lovelace", "Leeds")]
    return Found(0, len(text), [Entity(*span, label="PERSON") for span in spans])


# Moving


async def test_a_count_says_how_often(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("2", "right_parenthesis")
        assert under(session, 9) == "The third"
        await session.keys("g", "1", "2")
        assert session.status == "12×"
        await session.keys("l")
        assert session.pane.caret == 12
        await session.keys("3", "escape", "l")
        assert session.pane.caret == 13, "escape took the count away"


async def test_0_and_dollar_are_the_ends_of_a_row_and_a_0_may_be_a_digit(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("dollar_sign")
        assert under(session) == ".\n\nTh"
        await session.keys("0")
        assert session.pane.caret == 0
        await session.keys("1", "0", "l")
        assert session.pane.caret == 10


async def test_a_row_is_gone_to_by_its_number_and_apostrophe_leads_back_and_forth(library_path: Path) -> None:
    async with reading(library_path, article("row\n" * 50)) as session:
        await session.keys("3", "j", "2", "0", "G")
        assert session.pane.caret == 19 * 4
        await session.keys("apostrophe")
        assert session.pane.caret == 3 * 4
        await session.keys("apostrophe")
        assert session.pane.caret == 19 * 4


async def test_greater_and_less_go_from_name_to_name(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        session.pane.marks.put_entities(names())
        await session.keys("greater_than_sign")
        assert under(session, 3) == "Ada"
        await session.keys("greater_than_sign", "greater_than_sign")
        assert under(session) == "Leeds"
        assert session.status == "There is no name after this."
        await session.keys("less_than_sign")
        assert under(session, 3) == "Ada"


async def test_the_place_and_the_way_back_are_there_after_a_restart(library_path: Path) -> None:
    rows = article("row\n" * 200)
    async with reading(library_path, rows) as session:
        await session.keys("5", "0", "G", "1", "5", "0", "G", "k")
        await session.reader.leave()
        place = session.pane.caret, session.pane.top
    async with reading(library_path, rows) as session:
        assert (session.pane.caret, session.pane.top) == place
        await session.keys("apostrophe")
        assert session.pane.caret == 49 * 4


# Selecting and acting


async def test_v_and_a_quotation_mark_select_what_is_quoted(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys(*"wwwwwwwww", "v", "quotation_mark", "c")
        await session.until_saved()
    assert kept(library_path) == [("CLAIM", ["take the third road"], "")]


async def test_a_comma_adds_a_piece_to_the_selection(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("v", "w", "comma", "right_parenthesis", "v", "w")
        assert session.status.startswith("selecting 3 words in 2 pieces")
        await session.keys("c")
        await session.until_saved()
        assert len([mark for mark in session.pane.marks.annotations(0, 60) if mark.letter]) == 2
        await session.keys("u")
        await session.until(lambda: "0 claims" in session.title)
        assert session.pane.marks.annotations(0, 60) == []
        await session.keys("ctrl+r")
        await session.until(lambda: "1 claim" in session.title)
    assert kept(library_path) == [("CLAIM", ["One", "A second"], "")]


async def test_t_tags_with_a_label_by_its_key_its_name_or_its_number(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("t", "s")
        await session.until_saved()
        await session.keys("right_parenthesis", "t", *"vid", "enter")
        await session.until_saved()
        await session.keys("right_parenthesis", "3", "t")
        await session.until_saved()
        await session.keys("9", "t")
        assert session.status == "The scheme has 4 labels, so there is no label 9."
        await session.keys("t", "escape")
        letters = [mark.letter for mark in session.pane.marks.annotations(0, len(TEXT))]
        assert letters == ["S", "E", "U"]
    assert [label for label, _, _ in kept(library_path)] == ["SOURCE", "EVIDENCE", "CUE"]


async def test_a_full_stop_does_the_last_verb_again(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("full_stop")
        assert "could be done again" in session.status
        await session.keys("2", "t", "right_parenthesis", "full_stop")
        await session.until_saved()
        await session.keys("right_parenthesis", "a", *"why", "ctrl+s")
        await session.until_saved()
        await session.keys("right_parenthesis", "full_stop")
        await session.until_saved()
    assert [(label, note) for label, _, note in kept(library_path)] == [
        ("SOURCE", ""), ("SOURCE", ""), (None, "why"), (None, "why"),
    ]  # fmt: skip


# Searching


async def test_a_search_counts_as_it_is_typed_and_n_goes_round(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("slash", *"third")
        await session.until(lambda: session.status == "2 hits")
        await session.keys("enter")
        assert under(session) == "third"
        first = session.pane.caret
        assert "hit 1 of 2" in session.reader.query_one("#status", Bar).right
        await session.keys("n")
        assert session.pane.caret > first
        await session.keys("n")
        assert session.pane.caret == first
        assert session.status == "The search went round the end of the text."
        await session.keys("N", "apostrophe")
        assert session.pane.caret == first
        await session.keys("escape")
        assert session.pane.hits is None


async def test_a_search_in_one_burst_waits_for_its_hits(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        session.burst("/", *"Leeds", "enter", "c")
        await session.until(lambda: "1 claim" in session.title)
        assert under(session) == "Leeds"


async def test_a_search_that_finds_nothing_or_is_no_pattern_says_so(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("slash", *"zebra", "enter")
        await session.until(lambda: session.status == "“zebra” is not in the text.")
        await session.keys("slash", "ctrl+r", "left_parenthesis")
        await session.until(lambda: session.status.startswith("That is not a regular expression"))
        await session.keys("escape")
        assert session.pane.has_focus
        assert session.pane.caret == 0


async def test_a_regular_expression_is_found(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("slash", "ctrl+r", "circumflex_accent", *"The", "space", "full_stop")
        await session.until(lambda: session.status == "1 hit")
        await session.keys("enter")
        assert under(session, 9) == "The third"
        assert not session.reader.query_one(SearchLine).display


async def test_hits_are_marked_in_the_text_and_in_the_scrollbar(library_path: Path) -> None:
    async with reading(library_path, article("row\n" * 99 + "here\n")) as session:
        await session.keys("slash", *"here")
        await session.until(lambda: session.status == "1 hit")
        assert session.pane.parts_with_hits(10) == {9}


# Layers, notes, measure, panel


async def test_a_sentence_is_read_to_its_end_on_a_small_screen(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        status = session.reader.query_one("#status", Bar)
        await session.keys("w")
        assert "line 1 of" in status.render_line(0).text
        await session.keys("full_stop")
        said = "Nothing was tagged, noted or withdrawn here yet that could be done again."
        assert said in status.render_line(0).text
        assert re.search(r" \d+% $", status.render_line(0).text)
        await session.keys("w")
        assert "line 1 of" in status.render_line(0).text


async def test_a_layer_is_hidden_and_shown_and_this_is_remembered(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("c")
        await session.until_saved()
        assert session.pane.render_line(0).text.lstrip().startswith("C")
        await session.keys("L", "c")
        assert session.status == "claims hidden"
        assert not session.pane.render_line(0).text.lstrip().startswith("C")
        await session.until(lambda: session.reader._remembered.preferences.hidden_layers == {"claims"})
    async with reading(library_path, article(TEXT)) as session:
        assert session.pane.hidden == {Layer.CLAIM}
        await session.keys("L", *"clai", "enter")
        assert session.pane.hidden == set()


async def test_a_note_opens_under_the_caret_on_a_narrow_screen(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("a", *"who", "ctrl+s")
        await session.until_saved()
        assert session.pane.render_line(1).text.strip() == "N who"
        third = session.pane.render_line(3).text
        assert "The third paragraph" in third, "what stands under it has moved down"
        await session.keys("right_curly_bracket")
        assert session.pane.render_line(1).text.strip() == ""
        assert "The third paragraph" in session.pane.render_line(2).text


async def test_a_note_stands_in_the_margin_of_a_wide_screen(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), size=(160, 24)) as session:
        await session.keys("a", *"who", "ctrl+s")
        await session.until_saved()
        assert session.pane.render_line(0).text.rstrip().endswith("┊ N who")


async def test_plus_and_minus_change_the_measure_and_it_is_remembered(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("minus", "minus")
        await session.pilot.pause()
        assert session.pane.layout_rows.width == 72
    async with reading(library_path, article(TEXT)) as session:
        assert session.pane.layout_rows.width == 72
        await session.keys(*["minus"] * 20)
        assert session.pane.layout_rows.width == 40


async def test_f_hides_everything_but_the_text(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), size=(120, 24)) as session:
        height = session.pane.size.height
        await session.keys("f")
        assert session.pane.size.height == height + 3
        assert not session.reader.query_one(SidePanel).region
        await session.keys("f")
        assert session.pane.size.height == height


async def test_markdown_is_shown_as_such_and_no_offset_moves(library_path: Path) -> None:
    shown = markdown.read(MARKDOWN, Path("one.md"))
    async with reading(library_path, shown) as session:
        rows = [session.pane.render_line(y).text.rstrip() for y in range(8)]
        assert rows[6].strip().startswith("• an item")
        assert rows[7].startswith(" " * 5), "the second row hangs under the item's words"
        await session.keys("5", "j", "j", "w", "w")
        assert under(session, 4) == "item"


async def test_moving_in_the_panel_moves_the_text_and_the_other_way_round(library_path: Path) -> None:
    shown = markdown.read(MARKDOWN, Path("one.md"))
    async with reading(library_path, shown, size=(120, 24)) as session:
        panel = session.reader.query_one(SidePanel)
        await session.until(lambda: any(getattr(line, "title", "") == "Two" for line in panel._outline))
        await session.keys("tab", "g", "j")
        assert panel.has_focus
        assert under(session, 6) == "## Two"
        await session.keys("enter", "g", "c")
        await session.until_saved()
        await session.until(lambda: isinstance(panel._outline[panel.cursor], Marked))


# Other articles, other keys


async def test_one_key_goes_through_all_that_is_to_do(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add(
            [article("First.\n", "a.txt"), article("Second.\n", "b.txt"), article("Third.\n", "c.txt")]
        )
    async with reading(library_path, article("Second.\n", "b.txt")) as session:

        def showing(text: str) -> bool:
            return session.reader.article.text == text

        for text in ("First.\n", "Third.\n", "Second.\n", "First.\n"):  # and round, for none of them is done
            await session.keys("ctrl+n")
            await session.until(partial(showing, text))
            await session.until_saved()


async def test_the_mouse_selects_a_word_and_a_sentence(library_path: Path) -> None:
    async with reading(library_path, article(TEXT)) as session:
        await session.pilot.click("#text", offset=(3 + TEXT.index("first"), 0), times=2)
        assert session.pane.selection == (4, 9)
        await session.pilot.click("#text", offset=(3 + TEXT.index("first"), 0), times=3)
        assert session.pane.selection == (0, TEXT.index(" A second"))


async def test_y_copies_with_the_source_and_says_how(library_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")  # so that no tool of this machine is used
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("TMUX", raising=False)
    async with reading(library_path, article(TEXT)) as session:
        await session.keys("y")
        await session.until(lambda: session.status.startswith("sent"))
        assert (
            session.app.clipboard
            == '“One first sentence.” (One first sentence. A second sentence says "take the third road" twice.)'
        )
        monkeypatch.setenv("TERM", "linux")
        await session.keys("Y")
        await session.until(lambda: session.status.startswith("Not copied"))


async def test_the_footer_shows_only_what_applies(library_path: Path) -> None:
    async with reading(library_path, article(TEXT), size=(160, 24)) as session:

        def footer() -> str:
            from tui.widgets.bars import KeyBar

            return session.reader.query_one(KeyBar).render_line(0).text

        assert "withdraw" not in footer()
        await session.keys("c")
        await session.until_saved()
        assert "withdraw" in footer()
        assert "quote" not in footer()
        await session.keys("v")
        assert "quote" in footer()
        assert "undo" not in footer()


async def test_n_in_the_library_filter_is_still_a_letter(library_path: Path) -> None:
    with Library(library_path, annotator="ada") as library:
        library.articles.add([article("Nine.\n", "nine.txt")])
    async with browsing(library_path) as session:
        await session.keys("slash", "n")
        assert "“n”" in session.app.screen.query_one("#status", Bar).left
