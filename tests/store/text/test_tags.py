"""Tags: what is one, what only looks like one, and which tag finds which."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.search import words
from store.text.tags import fold, is_under, only_tag, tags


def names(text: str) -> list[str]:
    return [tag.name for tag in tags(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#budget", ["budget"]),
        ("Ask them. #budget, #Follow-up (#2024budget) *#x*", ["budget", "Follow-up", "2024budget", "x"]),
        ("#topic/energy/wind and #a_b", ["topic/energy/wind", "a_b"]),
        ("#bürgermeister #预算 #हिन्दी #مالیات #e\u0301lan", ["bürgermeister", "预算", "हिन्दी", "مالیات", "e\u0301lan"]),
        ("#سمی\u200cشود", ["سمی\u200cشود"]),
        ("a\n#begins a line\n> #quoted\n- #listed", ["begins", "quoted", "listed"]),
        ("#end- #end_ #end/ #a//b #up.", ["end", "end", "end", "a", "up"]),
        ("C# F# a#b 预#算", []),
        ("#1 #2024 #2024-05 no. #12", []),
        ("# Heading\n## Another\n##none #", []),
        ("\\#escaped &#39; &#x27; x=#y", []),
        ("https://example.org/#part https://example.org/page?a=(#b) www.example.org/#c (www.example.org/#d)", []),
        ("[here](#part) [there](https://example.org/#part)", []),
        ("`#define` and ``a ` #b`` but `open #c", ["c"]),
        ("```\n#include x\n``` #after", ["after"]),
        ("see #a,https://example.org/#b", ["a"]),
    ],
)
def test_what_is_a_tag(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_tag_says_where_it_stands() -> None:
    (tag,) = tags("so 🚒 (#fire/city).")
    assert (tag.start, tag.end) == (6, 16)


def test_case_does_not_count_and_a_wider_tag_finds_the_narrower() -> None:
    assert fold("E\u0301lan") == fold("éLAN") != fold("elan")
    assert is_under(fold("Topic/Energy"), fold("topic"))
    assert is_under("topic", "topic")
    assert not is_under("topics", "topic")
    assert not is_under("topic", "topic/energy")


def test_a_text_that_is_only_a_tag() -> None:
    assert only_tag("#budget") == "budget"
    assert only_tag("#budget now") is only_tag("budget") is only_tag("#1") is None


@given(st.text(st.sampled_from("#a1_-/ `(]\n.:ßÄ\u0301\u200cw"), max_size=30))
def test_a_tag_is_cut_out_of_its_text_and_the_index_of_words_can_find_it(text: str) -> None:
    end = 0
    for tag in tags(text):
        assert end <= tag.start < tag.end
        assert text[tag.start : tag.end] == f"#{tag.name}"
        assert only_tag(f"#{tag.name}") == tag.name
        sought = words.term(tag.name)
        assert sought is not None
        assert words.find(text, sought) is not None
        end = tag.end


def test_many_signs_are_looked_through_once() -> None:
    for piece in ("#", "`", "a", "#a`", ",#", "`a` #b "):
        text = piece * (200_000 // len(piece))
        assert sum(1 for _ in tags(text)) in (0, 1, len(text) // len(piece))
