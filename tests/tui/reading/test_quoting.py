"""A quotation with its source, as it leaves postil."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tui.reading import quoting


def test_plain_text_has_the_quote_then_the_source() -> None:
    copied = quoting.as_text("It cost more.", "The price", "The Daily", "2024-05-01", "https://example.org/a")
    assert copied == "“It cost more.” (The price, The Daily, 2024-05-01, https://example.org/a)"


def test_what_is_not_known_is_left_out_and_a_note_follows() -> None:
    assert quoting.as_text("It cost more.", "The price", note="than what?") == "“It cost more.” (The price)\nthan what?"


def test_markdown_is_a_block_quotation_with_its_source() -> None:
    copied = quoting.as_markdown("It cost\nmore.", "The price", "The Daily", url="https://example.org/a", note="No.")
    assert copied == "> It cost\n> more.\n>\n> — [The price](<https://example.org/a>), The Daily\n\nNo.\n"


def test_signs_that_mean_something_in_markdown_are_taken_for_themselves() -> None:
    assert quoting.as_markdown("*a* [b](c)\n# d\n1. e", "T").startswith("> \\*a\\* \\[b\\](c)\n> \\# d\n> 1\\. e\n")


words = st.text(st.sampled_from("ab*_`[]<>#+-1.) \\"), min_size=1).filter(lambda text: text.strip().isprintable())


@given(words)
def test_a_line_of_any_signs_is_read_back_as_they_are(quote: str) -> None:
    rendered = MarkdownIt().parse(quoting.as_markdown(quote, "T"))
    assert rendered[0].type == "blockquote_open"
    inline = rendered[2]
    shown = "".join(child.content for child in inline.children or [])
    assert shown.split() == quote.split() or not quote.strip()
