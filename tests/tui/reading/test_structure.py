"""What Markdown's signs mean: examples of each, texts that try to take for ever, and markdown-it as the judge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wcwidth import iter_graphemes

from store.text.stretches import LONGEST
from tests.conftest import SAMPLES
from tui.reading import inline
from tui.reading.cells import width_of
from tui.reading.page import Page
from tui.reading.structure import Heading, Structure


def structure(text: str) -> Structure:
    return Structure(Page(text), "markdown")


def said(text: str) -> list[tuple[str, str]]:
    """The words of each span of a short text, and their style."""
    return [(text[start:end], style) for start, end, style in structure(text).marks_within(0, len(text))]


def words(text: str, style: str) -> list[str]:
    return [piece for piece, name in said(text) if name == style]


def painted(text: str) -> str:
    page = structure(text)
    return "".join(page.stand_in(offset) or sign for offset, sign in enumerate(text))


def headings(text: str) -> list[tuple[int, str]]:
    page = Page(text)
    found = Structure(page, "markdown")
    return [(level, title) for index in range(len(page)) for level, _, title in found.headings(index)]


# Headings


def test_a_heading_is_its_words_and_its_signs_are_quiet() -> None:
    assert said("## Two *addresses* ##") == [
        ("##", "quiet"),
        ("Two *addresses*", "heading"),
        ("*", "quiet"),
        ("addresses", "emphasis"),
        ("*", "quiet"),
        ("##", "quiet"),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# One", (1, "One")),
        ("###### Six", (6, "Six")),
        ("   # Moved in", (1, "Moved in")),
        ("# The *best* `code` of [Kyiv](https://example.org/kyiv)", (1, "The best code of Kyiv")),
        (r"# 3 \* 4", (1, "3 * 4")),
        ("# C#", (1, "C#")),
        ("# Done ##", (1, "Done")),
        ("> - # In a list", (1, "In a list")),
    ],
)
def test_a_heading_has_a_level_and_a_title_in_plain_words(line: str, heading: tuple[int, str]) -> None:
    assert headings(f"Text.\n\n{line}\n\nMore.") == [heading]


@pytest.mark.parametrize("line", ["#Tag", "####### Seven", r"\# One", "#", "# ##", "`# One`"])
def test_what_is_no_heading_or_has_no_words_is_not_listed(line: str) -> None:
    assert headings(line) == []


def test_a_heading_starts_where_its_line_does() -> None:
    text = "Text.\n\n  # One\n\n Two\nmore\n---\n"
    assert structure(text).headings(0) == [Heading(1, 7, "One"), Heading(2, 16, "Two more")]


def test_a_line_under_a_heading_is_quiet_and_the_heading_is_the_paragraph_over_it() -> None:
    assert said("One\ntwo\n===") == [("One", "heading"), ("two", "heading"), ("===", "quiet")]
    assert headings("One\n===\n\nTwo\n-") == [(1, "One"), (2, "Two")]


@pytest.mark.parametrize("text", ["===", "- item\n===", "> quote\n===", "- item\n---", "\n\n---\n"])
def test_a_line_under_something_else_makes_no_heading(text: str) -> None:
    assert headings(text) == []


# Words


@pytest.mark.parametrize(
    ("text", "style", "pieces"),
    [
        ("a *b* c", "emphasis", ["b"]),
        ("a _b_ c", "emphasis", ["b"]),
        ("a **b** c", "strong", ["b"]),
        ("a __b c__ d", "strong", ["b c"]),
        ("***a***", "strong", ["a"]),
        ("***a***", "emphasis", ["**a**"]),
        ("*a **b** c*", "emphasis", ["a **b** c"]),
        ("un*frigging*believable", "emphasis", ["frigging"]),
        ("snake_case_name", "emphasis", []),
        ("2 * 3 * 4", "emphasis", []),
        ("5*4 and 3*2", "emphasis", ["4 and 3"]),
        (r"\*a\*", "emphasis", []),
        ("*a", "emphasis", []),
        ("*a\nb*", "emphasis", ["a", "b"]),
        ("*a\n\nb*", "emphasis", []),
        ("> *a\n> b*", "emphasis", ["a", "b"]),
        ("- *a\n- b*", "emphasis", []),
        ("*北平*改名", "emphasis", ["北平"]),
        ("“*a*”", "emphasis", ["a"]),
        ("`a*b*`", "emphasis", []),
        ("`a*b*`", "code", ["a*b*"]),
        ("``a`b``", "code", ["a`b"]),
        ("`a", "code", []),
        (r"\`a`", "code", []),
        ("[a](b)", "link", ["a"]),
        ("![a](b)", "link", ["a"]),
        ('[a](<b c> "d e")', "link", ["a"]),
        ("[a](https://example.org/b_(c)_d)", "link", ["a"]),
        ("[*a*](b)", "emphasis", ["a"]),
        ("[![a](b)](c)", "link", ["![a](b)"]),
        ("[a [b](c) d](e)", "link", ["b"]),
        ("[a [b](c) d] [e](f)", "link", ["b", "e"]),
        ("[x] (y)", "link", []),
        ("[^1] and [ref][id]", "link", []),
        ("<https://example.org/a_b_c>", "link", ["https://example.org/a_b_c"]),
        ("<ada@example.org>", "link", ["ada@example.org"]),
        ("<b>a</b> 1 < 2 > 1", "link", []),
    ],
)
def test_words_have_the_style_that_their_signs_give_them(text: str, style: str, pieces: list[str]) -> None:
    assert words(text, style) == pieces


def test_signs_are_quiet() -> None:
    assert words("**a** [b](c) `d` <http://e> \\* ![f](g)", "quiet") == [
        "**", "**", "[", "](c)", "`", "`", "<", ">", "\\", "![", "](g)",
    ]  # fmt: skip


def test_a_sign_with_a_combining_mark_on_it_is_none() -> None:
    assert said("*\u0301a*") == []
    assert said("**a*\u0301 b") == []
    assert said("`\u0301a`") == []
    assert said("[a](b)\u0301") == []
    assert said(">\u0301 a") == []
    assert structure(">\u0301 a").stand_in(0) is None


def test_spans_are_whole_and_asked_for_by_piece() -> None:
    text = "One *two three* four.\n*five*"
    found = structure(text)
    assert found.marks_within(7, 8) == [(5, 14, "emphasis")]
    assert found.marks_within(0, 4) == []
    assert found.marks_within(5, 5) == []
    assert [text[start:end] for start, end, _ in found.marks_within(22, 28)] == ["*", "five", "*"]


# Lists, quotations, rules


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("An ordinary line.", 0),
        ("- item", 2),
        ("* item", 2),
        ("+ item", 2),
        ("1. item", 3),
        ("12) item", 4),
        ("  - nested", 4),
        ("    - deeper", 6),
        ("- [ ] to do", 6),
        ("- [x] done", 6),
        ("> quoted", 2),
        ("> > twice", 4),
        ("> - both", 4),
        (" " * 20 + "- far in", 12),
        ("-no item", 0),
        ("1.5 million", 0),
        ("# Heading", 0),
        ("***", 0),
        ("[x] no item", 0),
    ],
)
def test_further_rows_hang_under_the_words(line: str, cells: int) -> None:
    text = f"Before.\n\n{line}\n"
    assert structure(text).hang(9) == cells


def test_a_line_of_prose_that_begins_with_a_year_goes_on() -> None:
    text = "It was in\n1986. Nobody\n"
    assert structure(text).hang(10) == 0
    assert structure("1. One\n2. Two\n").hang(7) == 3


def test_signs_of_lists_quotations_and_rules_are_painted_as_what_they_mean() -> None:
    assert painted("- a\n  * b - c\n+ d\n1. e") == "• a\n  • b - c\n• d\n1. e"
    assert painted("> a > b\n>\n> > c") == "▏ a > b\n▏\n▏ ▏ c"
    assert painted("a\n\n---\n\n* * *\n\n_____") == "a\n\n───\n\n─ ─ ─\n\n─────"
    assert painted("> - a\n> ---") == "▏ • a\n▏ ───"


def test_signs_in_code_and_in_words_are_painted_as_they_are() -> None:
    for text in ("```\n- a\n> b\n---\n```", "a - b > c -- d", "`- a`", "Heading\n---", "--", "*a*"):
        assert painted(text) == text


def test_a_quotation_is_its_words_also_where_its_later_lines_have_no_sign() -> None:
    assert words("> a\nb\n\nc", "quote") == ["a", "b"]


# Fenced code


def test_fenced_code_is_code_and_its_fences_are_quiet() -> None:
    assert said("a\n```python\n*b*\n\n# c\n```\n*d*") == [
        ("```python", "quiet"),
        ("*b*", "code"),
        ("# c", "code"),
        ("```", "quiet"),
        ("*", "quiet"),
        ("d", "emphasis"),
        ("*", "quiet"),
    ]


def test_a_fence_is_closed_by_as_many_of_its_own_sign() -> None:
    assert words("~~~~\na\n~~~\n```\nb\n~~~~~\n*c*", "code") == ["a", "~~~", "```", "b"]


def test_a_fence_that_is_not_closed_runs_to_the_end() -> None:
    assert words("```\na\n\n# b", "code") == ["a", "# b"]
    assert headings("```\na\n\n# b") == []


def test_backquotes_on_one_line_are_no_fence() -> None:
    assert words("```a```\n*b*", "emphasis") == ["b"]


def test_a_fence_reaches_over_stretches() -> None:
    code = "# Not a heading, *only* a comment.\n" * (3 * LONGEST // 35)
    text = f"# Before\n\n```\n{code}```\n\n# After\n"
    page = Page(text)
    assert len(page) > 3
    found = Structure(page, "markdown")
    assert {style for _, _, style in found.marks_within(*page.bounds(1))} == {"code"}
    assert headings(text) == [(1, "Before"), (1, "After")]


def test_a_line_that_goes_on_in_the_next_stretch_has_no_signs_of_a_line_there() -> None:
    text = "word " * (LONGEST // 5) + "- " * LONGEST
    page = Page(text)
    found = Structure(page, "markdown")
    assert len(page) > 1
    for start, end in page.spans():
        assert found.hang(start) == 0
        assert found.marks_within(start, end) == []


# Samples, and no Markdown


def test_an_indented_line_is_code_but_not_in_a_paragraph_or_a_list() -> None:
    assert words("Run:\n\n    pip install *it*\n\nDone.", "code") == ["    pip install *it*"]
    assert words("Run it\n    as you like.", "code") == []
    assert words("- first\n\n    more of the first\n", "code") == []
    assert words("- first\n\nOutside.\n\n    code", "code") == ["    code"]


def test_the_lines_of_a_table_are_quiet_and_its_words_are_not() -> None:
    table = "| Year | *Price* |\n|------|--------:|\n| 2022 | a \\| b   |\n\nA | B"
    assert words(table, "emphasis") == ["Price"]
    assert words(table, "quiet").count("|") == 6, "those of its rows, but neither the escaped one nor that of the prose"
    assert "|------|--------:|" in words(table, "quiet")


def test_pipes_over_a_line_without_columns_are_no_table() -> None:
    assert words("a | b\nc | d", "quiet") == []


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See [the report][1].\n\n[1]: https://example.org", ["the report"]),
        ("See [The  Report][].\n\n[the report]: https://example.org", ["The  Report"]),
        ("See [it].\n\n[it]: https://example.org 'Title'", ["it"]),
        ("See [it][2] and a[1][2].\n\n[3]: https://example.org", []),
    ],
)
def test_a_link_by_reference_is_one_where_it_leads_somewhere(text: str, links: list[str]) -> None:
    assert words(text, "link") == links
    assert any(piece.startswith("[") and "example.org" in piece for piece in words(text, "quiet"))


def test_the_samples_have_headings_quotations_and_emphasis() -> None:
    text = (SAMPLES / "right-to-repair.md").read_text("utf-8").split("---\n", 2)[2]
    assert [title for _, title in headings(text)] == [
        "What the new laws require",
        "Where the courts come in",
        "Two views of a control board",
    ]
    assert words(text, "emphasis") == ["Impression Products v. Lexmark"]
    assert len(words(text, "quote")) == 1


def test_a_text_that_is_not_markdown_has_no_structure() -> None:
    text = "# One\n\n- *two*\n"
    found = Structure(Page(text), "text")
    assert found.headings(0) == []
    assert found.marks_within(0, len(text)) == []
    assert found.hang(7) == 0
    assert found.stand_in(7) is None


def test_a_stretch_is_worked_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    once = inline.styled

    def noted(content: str, references: frozenset[str]) -> list[inline.StyledSpan]:
        read.append(content)
        return once(content, references)

    monkeypatch.setattr(inline, "styled", noted)
    found = structure("One *two*.\n\nThree.")
    found.marks_within(0, 5)
    found.marks_within(5, 9)
    found.hang(0)
    found.headings(0)
    found.stand_in(3)
    assert read == ["One *two*.", "Three."]


# Laws


SIGNS = ["*", "**", "_", "`", "```", "~~~", "[", "](", ")", "![", "<http:a>", ">", "- ", "1. ", "#", " ", "\n", "\n\n"]
MORE = ["---", "===", "\\", "a", "b c", "\u0301", "\u0600", "👩‍👧", "北", "\t", "- [ ] ", "    "]
DOCUMENTS = st.lists(st.sampled_from(SIGNS + MORE), max_size=40).map("".join)


@given(DOCUMENTS)
@example("**[a](b)**")
@example("# \u0301a *b*\u0301")
@example("> \u0301a")
def test_spans_are_whole_clusters_on_one_line_and_nest(text: str) -> None:
    spans = structure(text).marks_within(0, len(text))
    borders = [0]
    for cluster in iter_graphemes(text):
        borders.append(borders[-1] + len(cluster))
    for start, end, _ in spans:
        assert start < end
        assert {start, end} <= set(borders)
        assert "\n" not in text[start:end]
    assert spans == sorted(spans, key=lambda span: (span.start, -span.end))
    for place, one in enumerate(spans):
        assert all(other.start >= one.end or other.end <= one.end for other in spans[place:])


@given(DOCUMENTS, st.integers(0, 40), st.integers(0, 40))
def test_a_piece_has_the_spans_that_share_a_sign_with_it(text: str, a: int, b: int) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    every = structure(text).marks_within(0, len(text))
    assert structure(text).marks_within(start, end) == [
        span for span in every if max(start, span.start) < min(end, span.end)
    ]


@given(DOCUMENTS)
def test_a_stand_in_takes_one_cell_and_a_hang_at_most_twelve(text: str) -> None:
    found = structure(text)
    for offset, sign in enumerate(text):
        stand_in = found.stand_in(offset)
        assert stand_in is None or (len(stand_in) == width_of(stand_in) == 1 and sign in "-*+_>")
        assert 0 <= found.hang(offset) <= 12


HOSTILE = {
    "stars": "*" * LONGEST,
    "brackets": "[" * LONGEST,
    "backquotes": "`" * LONGEST,
    "openers": "*a " * (LONGEST // 3),
    "mixed": "*_" * (LONGEST // 2),
    "links": "[a](" * (LONGEST // 4),
    "titles": "[a](b '" * (LONGEST // 7),
    "spaces": "[a](" + " " * (LONGEST - 4),
    "parentheses": "[a]" + "(" * (LONGEST - 3),
    "lists": "- " * (LONGEST // 2 - 1) + "x",
    "quotations": "> " * (LONGEST // 2),
    "rule": "-" * (LONGEST - 1) + "x",
    "marks": "*\u0301" * (LONGEST // 2),
    "autolinks": "<ab:" * (LONGEST // 4),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_made_to_take_long_says_no_more_than_a_short_one_of_its_kind(name: str) -> None:
    # What tried every pair of signs here, or every way to part the spaces, would take seconds to minutes.
    text = HOSTILE[name]
    short = text[: len(text) // 8] + text[-1]
    assert {style for _, style in said(text)} == {style for _, style in said(short)}


# markdown-it as the judge

JUDGE = MarkdownIt("commonmark")
STYLES = {"em_open": "emphasis", "strong_open": "strong", "link_open": "link", "image": "link"}


def judged(tokens: list[Token], over: frozenset[str] = frozenset()) -> Iterator[tuple[str, frozenset[str]]]:
    """Each sign that is no white space, with the styles over it."""
    stack = [over]
    for token in tokens:
        if token.type == "image":
            yield from judged(token.children or [], stack[-1] | {"link"})
        elif token.nesting > 0:
            stack.append(stack[-1] | {STYLES[token.type]})
        elif token.nesting < 0:
            stack.pop()
        else:
            style = {"code"} if token.type == "code_inline" else set()
            yield from ((sign, stack[-1] | style) for sign in token.content if not sign.isspace())


def ours(content: str) -> Iterator[tuple[str, frozenset[str]]]:
    spans = inline.styled(content)
    for offset, sign in enumerate(content):
        over = {style for start, end, style in spans if start <= offset < end}
        if not sign.isspace() and "quiet" not in over:
            yield sign, frozenset(over)


@given(st.text("ab *_`[]()!\\\n.“é", max_size=24).map(str.strip))
@example("*a **b*c**")
@example("**a*b**c*")
@example("[a](b [c](d) e)")
@example("![a [b](c)](d)")
@example("[*a](b)*")
def test_words_are_styled_as_markdown_it_styles_them(content: str) -> None:
    # A backslash at a line's end is a line break there and stays here; brackets of a target nest once here.
    assume("\\\n" not in content and "((" not in content and not re.search(r"\([^)]*\([^)]*\(", content))
    children = [child for token in JUDGE.parseInline(content) for child in token.children or []]
    assert list(ours(content)) == list(judged(children))


LINES = [
    "# One", "## Two *three* ##", "  # In", "#not", "words", "more `words`", "", "===", "---", "***", "- item",
    "> quote", "1. first", "1986. a year", "```", "~~~", "```python",
]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_headings_are_those_that_markdown_it_finds(text: str) -> None:
    expected = [
        (int(opened.tag[1]), " ".join("".join(child.content or " " for child in words.children or []).split()))
        for opened, words in pairwise(JUDGE.parse(text))
        if opened.type == "heading_open"
    ]
    assert [(level, title.replace(" ", "")) for level, title in headings(text)] == [
        (level, title.replace(" ", "")) for level, title in expected
    ]
