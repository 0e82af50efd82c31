"""Notes as they are read: the signs of Markdown stay, and what they mean is told by style."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.reading import note_text
from tui.reading.note_text import NoteLine


def styled(line: NoteLine) -> dict[str, str]:
    """The styled pieces of a line, by their words."""
    return {piece.text: " ".join(piece.styles) for piece in line.pieces if piece.styles and piece.text.strip()}


@pytest.mark.parametrize(
    ("note", "pieces"),
    [
        ("**no** *way*", {"**": "quiet", "no": "strong", "*": "quiet", "way": "emphasis"}),
        ("use `rg -n` here", {"`": "quiet", "rg -n": "code"}),
        ("[the page](https://x.org)", {"[": "quiet", "the page": "link", "](https://x.org)": "quiet"}),
        ("## Open points", {"##": "quiet", "Open points": "heading"}),
        ("> she said", {"▏": "quiet", "she said": "quote"}),
        ("ask #press/tv now", {"#press/tv": "tag"}),
        ("**#press**", {"**": "quiet", "#press": "strong tag"}),
        ("`#define` C# #1", {"`": "quiet", "#define": "code"}),
        ("[b]bold[/b] [red]", {}),
    ],
)
def test_what_signs_mean(note: str, pieces: dict[str, str]) -> None:
    (line,) = note_text.lines(note, 40, 8)
    assert styled(line) == pieces
    assert styled(note_text.one_line(note, 40)) == pieces


def test_lists_quotations_and_rules_have_stand_ins_and_hang() -> None:
    shown = note_text.lines("- one two three\n- four\n\n> five\n\n---", 10, 8)
    assert [line.text.rstrip() for line in shown] == ["• one two", "  three", "• four", "", "▏ five", "", "───"]


def test_plain_text_has_no_signs() -> None:
    (line,) = note_text.lines("*a* #b", 8, 1, format="text")
    assert styled(line) == {}
    assert line.text == "*a* #b  "


def test_a_note_that_is_longer_ends_in_an_ellipsis() -> None:
    shown = note_text.lines("word **word** " * 50, 10, 3)
    assert [line.text.endswith("…") for line in shown] == [False, False, True]
    assert [line.text for line in note_text.lines("one\n\ntwo", 9, 2)] == ["one      ", " two     "]  # all of it
    assert note_text.one_line("one\ntwo three", 8).text == "one two…"


@given(st.text(st.characters() | st.sampled_from("*_`#>- \n[]()")), st.integers(1, 40))
def test_lines_fill_their_width_and_hold_nothing_that_a_terminal_obeys(note: str, width: int) -> None:
    for line in [*note_text.lines(note, width, 8), note_text.one_line(note, width)]:
        assert sum(cell_len(piece.text) for piece in line.pieces) == width
        assert all(not ("\x00" <= sign < " " or "\x7f" <= sign < "\xa0") for sign in line.text)
        assert {style for piece in line.pieces for style in piece.styles} <= set(note_text.STYLES)
