"""The cursor: where keys take the caret, what is selected, and the way back."""

from __future__ import annotations

from tui.reading.cursor import Cursor
from tui.reading.layout import Layout
from tui.reading.page import Page

TEXT = 'One two three. Four five six. Seven "eight nine" ten.\nEleven twelve.\n'


def at_start(text: str = TEXT, width: int = 80) -> tuple[Cursor, Layout]:
    page = Page(text)
    return Cursor(page), Layout(page, width)


def words(cursor: Cursor) -> list[str]:
    return [cursor.page.text[slice(*piece)] for piece in cursor.target]


def test_a_count_repeats_a_motion() -> None:
    cursor, layout = at_start()
    cursor.go(layout, "word_forward", 4)
    assert TEXT[cursor.caret :].startswith("Four")


def test_a_count_that_leads_past_the_end_stops_there() -> None:
    cursor, layout = at_start()
    cursor.go(layout, "sentence_forward", 10**6)
    assert cursor.caret == TEXT.rindex(".")


def test_without_a_selection_a_verb_has_the_sentence() -> None:
    cursor, _ = at_start()
    assert words(cursor) == ["One two three."]


def test_a_selection_grows_by_whole_words_and_sentences() -> None:
    cursor, layout = at_start()
    cursor.select()
    cursor.go(layout, "word_forward", 2)
    assert words(cursor) == ["One two"]
    cursor.go(layout, "sentence_forward")
    assert words(cursor) == ["One two three."]


def test_a_second_piece_is_added_and_they_come_in_text_order() -> None:
    cursor, _ = at_start()
    cursor.put(TEXT.index("Seven"), anchor=TEXT.index("Seven"))
    cursor.select_span((TEXT.index("Seven"), TEXT.index("Seven") + 5))
    cursor.keep_piece()
    cursor.put(0)
    assert words(cursor) == ["Seven"]
    cursor.select_span((0, 3))
    assert words(cursor) == ["One", "Seven"]


def test_pieces_that_touch_are_one() -> None:
    cursor, _ = at_start()
    cursor.select_span((0, 3))
    cursor.keep_piece()
    cursor.select_span((3, 7))
    assert words(cursor) == ["One two"]


def test_dropping_drops_every_piece() -> None:
    cursor, _ = at_start()
    cursor.select_span((0, 3))
    cursor.keep_piece()
    cursor.drop()
    assert not cursor.selecting
    assert words(cursor) == ["One two three."]


def test_back_changes_places() -> None:
    cursor, layout = at_start()
    assert not cursor.go_back()
    cursor.go(layout, "word_forward")
    here = cursor.caret
    cursor.remember()
    cursor.go(layout, "bottom")
    there = cursor.caret
    assert cursor.go_back()
    assert cursor.caret == here
    assert cursor.go_back()
    assert cursor.caret == there


def test_up_and_down_keep_to_the_column_until_another_motion() -> None:
    cursor, layout = at_start("A long first line\nshort\nand a long third line\n")
    cursor.go(layout, "line_end")
    column = layout.column_of(cursor.caret)
    cursor.rows(layout, 1)
    assert layout.column_of(cursor.caret) == len("short") - 1
    cursor.rows(layout, 1)
    assert layout.column_of(cursor.caret) == column


def test_an_empty_text_has_nothing_to_act_on() -> None:
    cursor, layout = at_start("")
    cursor.go(layout, "word_forward", 3)
    assert (cursor.caret, cursor.target) == (0, ())
