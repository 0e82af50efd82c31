"""Blocks as Markdown: what is a heading becomes one, and what only looks like one does not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.articles import markup
from store.articles.blocks import Block, as_markdown, escaped
from tests.store.strategies import texts
from tui.reading.page import Page
from tui.reading.structure import Structure


def markdown(html: str) -> str:
    tree = markup.parse(html)
    assert tree is not None
    return as_markdown(markup.blocks(tree))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One  <b>bold</b>\n word.</p><p>Two.</p>", "One bold word.\n\nTwo.\n"),
        ("<h1>A</h1><h3>B <i>c</i></h3>", "# A\n\n### B c\n"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n  - c\n"),
        ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b\n"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\nb\n"),
        ("<blockquote><p>One.</p><p>Two.</p></blockquote>", "> One.\n>\n> Two.\n"),
        ("<pre>x = 1\n  y</pre>", "```\nx = 1\n  y\n```\n"),
        ("<pre>```</pre>", "````\n```\n````\n"),
        ("<table><tr><th>a<th>b<tr><td>1<td>2|3</table>", "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |\n"),
        ("<table><tr><td><p>One.</p><p>Two.</p></table>", "One.\n\nTwo.\n"),
        ("<table><tr><td><p>1</p><td><div>2</div></table>", "| 1 | 2 |\n| --- | --- |\n"),
        ("<p>One<br>two</p>", "One\ntwo\n"),
        ("words<div>in <span>a</span> div</div>after", "words\n\nin a div\n\nafter\n"),
        ("<p>a<script>x()</script><style>y</style>b</p><nav>menu</nav><p hidden>no</p>c", "ab\n\nc\n"),
        ("<dl><dt>Term<dd>What it is</dl>", "Term\n\nWhat it is\n"),
        ("<figure><img alt=x><figcaption>Below.</figcaption></figure>", "Below.\n"),
        ("<p>&lt;b&gt; &amp;nbsp; caf&eacute;</p>", "<b> &nbsp; café\n"),
        ("", None),
    ],
)
def test_html_as_markdown(html: str, expected: str | None) -> None:
    if expected is None:
        assert markup.parse(html) is None
    else:
        assert markdown(html) == expected


@pytest.mark.parametrize(
    "words",
    [
        "# 1 in sales", "- 5 degrees", "+ a", "> 3", "1. FC Köln won", "2) first", "* note", "---", "***", "| a", "```",
        "2 *3* 4", "**a**", "`a` and `b`", "snake _case_ here", "[a](b)", "![a](b)", "a \\* b", "\\", "C:\\!", "_a_",
        "a__b__c", "One\n# two", "One\n- two", "One\n===", "One\n---",
    ],
)  # fmt: skip
def test_words_that_look_like_markdown_are_read_as_words(words: str) -> None:
    written = as_markdown([Block("paragraph", words)])
    structure = Structure(Page(written), "markdown")
    assert structure.headings(0) == []
    assert structure.stand_ins(0) == {}  # no bullet, no bar, no rule
    assert {span.style for span in structure.marks_within(0, len(written))} <= {"quiet"}  # the backslashes


def test_a_sign_that_means_nothing_is_left_alone() -> None:
    for words in ["5 * 3 * 2", "AT&T", "snake_case_name", "a [note] here", "#1", "-5", "1.5", "a*", "C:\\Users"]:
        assert escaped(words) == words


@settings(deadline=None, max_examples=60)
@given(st.lists(st.builds(Block, st.sampled_from(["paragraph", "heading", "item", "quote"]), texts, st.integers(1, 6))))
def test_no_word_is_lost(blocks: list[Block]) -> None:
    written = as_markdown(blocks)
    kept = "".join(sign for sign in written if sign.isalnum())
    assert kept == "".join(sign for block in blocks for sign in block.text if sign.isalnum())


def test_how_deep_a_page_is_nested_makes_no_difference() -> None:
    for depth in (10, 1_000, 100_000):
        assert markdown("<div>" * depth + "<p>In the depth.</p>" + "</div>" * depth + "<p>After.</p>") == (
            "In the depth.\n\nAfter.\n"
        )


def test_lists_nested_without_end_are_bounded() -> None:
    assert "x" in markdown("<ul><li>" * 20_000 + "x")
