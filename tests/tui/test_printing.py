"""An article printed: the text as it is, with plain signs where marks begin and end."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.articles import markdown
from store.kinds import Kind
from store.records import Annotation, Entity
from tests.conftest import article
from tests.store.strategies import spans, texts
from tui import printing
from tui.reading.cells import shown

TEXT = "Amazon bought a mill in Leeds."
BRACKETS = str.maketrans("", "", "[]{}")


def annotation(
    start: int | None, end: int | None, key: str = "key", note: str = "", label: str = "CLAIM"
) -> Annotation:
    return Annotation(
        id=key,
        article_id="article",
        kind=Kind.CLAIM,
        label=label,
        start=start,
        end=end,
        quote="",
        note=note,
        annotator="ada",
        annotator_id="ada's",
        created="2026-01-01T00:00:00Z",
        updated="2026-01-01T00:00:00Z",
    )


def claim(quote: str, key: str = "key", note: str = "", label: str = "CLAIM") -> Annotation:
    return annotation(TEXT.index(quote), TEXT.index(quote) + len(quote), key, note, label)


def entity(words: str, label: str) -> Entity:
    return Entity(TEXT.index(words), TEXT.index(words) + len(words), label)


# Marks


def test_a_text_without_marks_is_the_text() -> None:
    assert printing.marked(TEXT, [], []) == TEXT


def test_an_entity_stands_in_brackets_with_its_type() -> None:
    marked = printing.marked(TEXT, [], [entity("Amazon", "ORG"), entity("Leeds", "GPE")])
    assert marked == "[Amazon ORG] bought a mill in [Leeds GPE]."


def test_an_annotation_stands_in_braces_with_its_label() -> None:
    assert printing.marked(TEXT, [claim("a mill")], []) == "Amazon bought {CLAIM: a mill} in Leeds."


def test_an_annotation_without_a_label_has_the_name_of_its_kind() -> None:
    highlight = replace(claim("a mill"), kind=Kind.HIGHLIGHT, label=None)
    assert printing.marked(TEXT, [highlight], []) == "Amazon bought {HIGHLIGHT: a mill} in Leeds."


def test_an_annotation_with_a_note_has_its_number() -> None:
    marked = printing.marked(TEXT, [claim("a mill", "one"), claim("Leeds", "two")], [], {"two": 7})
    assert marked == "Amazon bought {CLAIM: a mill} in {CLAIM: Leeds}[7]."


def test_what_stands_on_the_whole_article_is_not_in_the_text() -> None:
    assert printing.marked(TEXT, [annotation(None, None, note="good")], []) == TEXT


def test_nested_marks_are_closed_from_the_inside() -> None:
    marked = printing.marked(TEXT, [claim(TEXT)], [entity("Amazon", "ORG"), entity("Leeds", "GPE")])
    assert marked == "{CLAIM: [Amazon ORG] bought a mill in [Leeds GPE].}"


def test_marks_that_begin_or_end_together_are_nested_too() -> None:
    both = [claim("a mill in Leeds", "outer", label="OUTER"), claim("a mill", "inner", label="INNER")]
    assert printing.marked(TEXT, both, []) == "Amazon bought {OUTER: {INNER: a mill} in Leeds}."
    both = [claim("Leeds", "inner", label="INNER"), claim("a mill in Leeds", "outer", label="OUTER")]
    assert printing.marked(TEXT, both, []) == "Amazon bought {OUTER: a mill in {INNER: Leeds}}."


def test_overlapping_marks_each_have_their_own_signs() -> None:
    both = [claim("bought a mill", "one", "1st"), claim("mill in Leeds", "two", "2nd")]
    marked = printing.marked(TEXT, both, [], {"one": 1, "two": 2})
    assert marked == "Amazon {CLAIM: bought a {CLAIM: mill}[1] in Leeds}[2]."


def test_a_mark_is_closed_before_the_next_begins() -> None:
    marked = printing.marked("ab", [annotation(0, 1, "one"), annotation(1, 2, "two")], [])
    assert marked == "{CLAIM: a}{CLAIM: b}"


def test_two_marks_of_one_span_are_nested() -> None:
    assert printing.marked(TEXT, [claim("Amazon")], [entity("Amazon", "ORG")]).startswith("{CLAIM: [Amazon ORG]}")


def test_the_number_of_a_note_stands_at_its_own_annotation() -> None:
    both = [claim("Amazon", "one", "why?", "A"), claim("Amazon", "two", label="B")]
    assert printing.marked(TEXT, both, [], {"one": 1}).startswith("{A: {B: Amazon}}[1]")
    both = [claim("Amazon", "one", label="A"), claim("Amazon", "two", "why?", "B")]
    assert printing.marked(TEXT, both, [], {"two": 1}).startswith("{A: {B: Amazon}[1]}")


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\u202e"])
def test_control_characters_of_the_text_are_stood_in_for(sign: str) -> None:
    assert printing.marked(f"a{sign}b", [annotation(0, 2)], []) == f"{{CLAIM: a{shown(sign)}}}b"


def test_control_characters_of_a_label_are_stood_in_for() -> None:
    marked = printing.marked("ab", [annotation(0, 1, label="\x1b[2J")], [Entity(1, 2, "\x1b[2J")])
    assert "\x1b" not in marked


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Annotation], list[Entity]]:
    text = draw(texts).translate(BRACKETS)
    if not text:
        return text, [], []
    on_spans = st.lists(spans(text), max_size=6)
    annotations = [annotation(*span, key=str(number)) for number, span in enumerate(draw(on_spans))]
    return text, annotations, [Entity(*span, "ORG") for span in draw(on_spans)]


@settings(max_examples=80, deadline=None)
@given(marked_texts(), st.sets(st.integers(0, 5)))
def test_without_the_signs_the_text_is_the_text(
    drawn: tuple[str, list[Annotation], list[Entity]], noted: set[int]
) -> None:
    text, annotations, entities = drawn
    numbers = {str(number): number + 1 for number in noted}
    marked = printing.marked(text, annotations, entities, numbers)
    assert re.sub(r"\{CLAIM: |\}(\[\d\])?|\[| ORG\]", "", marked) == "\n".join(map(shown, text.split("\n")))
    assert marked.count("{CLAIM: ") == marked.count("}") == len(annotations)
    assert marked.count(" ORG]") == len(entities)


# The whole article


def printed(text: str, *annotations: Annotation, entities: tuple[Entity, ...] = ()) -> list[str]:
    return [*printing.lines(article(text), annotations, entities)]


def test_a_plain_text_has_its_title_in_it_and_it_is_not_printed_twice() -> None:
    text = "\nThe title\n\nThe text.\n"
    assert printed(text) == ["1 min · 0 claims  0 notes", "", "", "The title", "", "The text."]


def test_a_title_that_is_not_in_the_text_comes_first() -> None:
    report = replace(article(TEXT), title="Of mills", source="The Mill", published="2026-01-31")
    assert [*printing.lines(report, [], [])] == [
        "Of mills",
        "The Mill · 2026-01-31 · 1 min · 0 claims  0 notes",
        "",
        TEXT,
    ]


def test_a_markdown_article_has_the_title_of_its_front_matter() -> None:
    report = markdown.read("---\ntitle: Of mills\n---\nThe text.\n", Path("mills.md"))
    assert next(printing.lines(report, [], [])) == "Of mills"


def test_notes_are_numbered_in_order_and_told_after_the_text() -> None:
    lines = printed(
        TEXT,
        annotation(None, None, "whole", "good"),
        claim("Amazon", "one"),
        claim("a mill", "two", "which\x1b one?"),
    )
    assert lines == [
        "1 min · 3 claims  2 notes",
        "",
        "{CLAIM: Amazon} bought {CLAIM: a mill}[2] in Leeds.",
        "",
        "Notes",
        "[1] ada on the article: good",
        "[2] ada: which␛ one?",
    ]


def test_entities_are_marked_in_the_text() -> None:
    assert printed(TEXT, entities=(entity("Leeds", "GPE"),))[-1] == "Amazon bought a mill in [Leeds GPE]."


def test_title_and_source_are_printed_without_control_characters() -> None:
    report = replace(article(TEXT), title="\x1b]0;owned\x07", source="\x9b2J")
    assert not any(sign in line for line in printing.lines(report, [], []) for sign in "\x1b\x07\x9b")


def test_line_ends_at_the_end_of_the_text_are_not_printed() -> None:
    assert printed("One.\n\n\n")[-1] == "One."
