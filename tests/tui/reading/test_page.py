"""A page knows what is where in its text, a stretch at a time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text import sentences, stretches
from tests.store.strategies import texts
from tui.reading.page import Page

PROSE = """A heading

The council met on Monday. It agreed with Dr. Who.

Nobody else came.
"""
SENTENCE = "Prices in the U.S. rose by 3.5 percent, said Dr. Smith. "
LONG = (SENTENCE * 3 + "\n\n") * 100


def quote(page: Page, span: tuple[int, int] | None) -> str | None:
    return None if span is None else page.text[slice(*span)]


def test_a_short_text_is_one_stretch() -> None:
    page = Page(PROSE)
    assert len(page) == 1
    assert page.spans() == [page.bounds(0)] == [(0, len(PROSE))]


def test_a_page_without_text_has_one_empty_line_and_nothing_else() -> None:
    page = Page("")
    assert (len(page), page.bounds(0), page.lines(0)) == (1, (0, 0), [(0, 0)])
    assert page.sentence_at(0) is None
    assert page.paragraph_at(0) is None


def test_a_long_text_is_cut_into_stretches_that_end_where_paragraphs_do() -> None:
    page = Page(LONG)
    assert len(page) > 1
    assert all(LONG[start - 2 : start] == "\n\n" for start, _ in page.spans()[1:])


def test_every_offset_lies_in_the_stretch_that_holds_it() -> None:
    page = Page(LONG)
    for index, (start, end) in enumerate(page.spans()):
        assert [page.index_of(offset) for offset in (start, end - 1)] == [index, index]
    assert page.index_of(len(LONG)) == len(page) - 1
    assert page.index_of(-1) == 0


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one", ["one"]),
        ("one\n", ["one"]),
        ("\n", [""]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("one\n\n", ["one", ""]),
        ("\x0cone\u2028two\x85", ["\x0cone\u2028two\x85"]),
    ],
)
def test_a_line_ends_at_a_line_feed_and_nowhere_else(text: str, lines: list[str]) -> None:
    page = Page(text)
    assert [text[slice(*line)] for line in page.lines(0)] == lines


@settings(max_examples=50, deadline=None)
@given(st.lists(texts | st.sampled_from(["word " * 1000, "東" * 3000, "\n" * 2000]), max_size=8).map("".join))
def test_the_lines_of_all_stretches_cover_the_text(text: str) -> None:
    page = Page(text)
    lines = [line for index in range(len(page)) for line in page.lines(index)]
    position = 0
    for start, end in lines:
        assert text[position:start] in {"", "\n"}
        assert "\n" not in text[start:end]
        position = end
    assert text[position:] in {"", "\n"}


def test_a_line_that_a_stretch_ends_in_goes_on_in_the_next() -> None:
    page = Page("word " * 2000)
    first, second = page.lines(0), page.lines(1)
    assert (len(first), len(second)) == (1, 1)
    assert first[0][1] == second[0][0]


def test_sentences_know_abbreviations() -> None:
    page = Page(PROSE)
    quotes = [quote(page, sentence) for sentence in page.sentences(0)]
    assert quotes == ["A heading", "The council met on Monday.", "It agreed with Dr. Who.", "Nobody else came."]


def test_paragraphs_leave_out_the_blank_lines() -> None:
    page = Page(PROSE)
    quotes = [quote(page, paragraph) for paragraph in page.paragraphs(0)]
    assert quotes == ["A heading", "The council met on Monday. It agreed with Dr. Who.", "Nobody else came."]


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("A heading", "A heading"),
        ("heading", "A heading"),
        ("\n\nThe", "A heading"),
        ("The", "The council met on Monday."),
        (" It", "The council met on Monday."),
        ("It", "It agreed with Dr. Who."),
        ("Who", "It agreed with Dr. Who."),
        ("came", "Nobody else came."),
    ],
)
def test_the_sentence_at_an_offset_is_the_one_that_holds_it_or_the_one_before(place: str, sentence: str) -> None:
    page = Page(PROSE)
    assert quote(page, page.sentence_at(PROSE.index(place))) == sentence


def test_before_the_first_sentence_the_next_one_is_meant() -> None:
    page = Page("\n\nFirst words. Others.")
    assert quote(page, page.sentence_at(0)) == "First words."
    assert quote(page, page.paragraph_at(0)) == "First words. Others."


def test_the_end_of_the_text_belongs_to_the_last_sentence() -> None:
    page = Page(PROSE)
    assert quote(page, page.sentence_at(len(PROSE))) == "Nobody else came."
    assert quote(page, page.paragraph_at(len(PROSE))) == "Nobody else came."


def test_on_a_blank_line_the_paragraph_before_is_meant() -> None:
    page = Page(PROSE)
    assert quote(page, page.paragraph_at(PROSE.index("\nThe"))) == "A heading"


@settings(max_examples=50, deadline=None)
@given(texts.filter(lambda text: bool(text.strip())), st.data())
def test_wherever_there_are_words_there_is_a_sentence_at_every_offset(text: str, data: st.DataObject) -> None:
    page = Page(text)
    offset = data.draw(st.integers(0, len(text)))
    span = page.sentence_at(offset)
    assert span in page.sentences(0)
    assert offset == len(text) or text[offset].isspace() or (span is not None and span[0] <= offset < span[1])


def test_a_stretch_is_worked_out_when_it_is_asked_about_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = sentences.sentences

    def watched(text: str, start: int, end: int) -> list[tuple[int, int]]:
        asked.append(start)
        return real(text, start, end)

    monkeypatch.setattr(sentences, "sentences", watched)
    page = Page(LONG)
    assert asked == []
    page.sentence_at(0)
    page.sentence_at(100)
    assert asked == [start for start, _ in page.paragraphs(0)]
    assert max(asked) < stretches.LONGEST


def test_what_may_be_painted_is_shown_code_point_for_code_point() -> None:
    assert Page("one\ttwo\x1b[0m").shown(3, 9) == " two␛["
