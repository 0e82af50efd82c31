"""Quotations: marks of every kind, over paragraphs, and marks that quote nothing."""

from __future__ import annotations

import pytest

from store.attribution.quotations import quotations
from store.text.paragraphs import paragraphs


def found(text: str) -> list[str]:
    return [text[one.start : one.end] for one in quotations(text, paragraphs(text, 0, len(text)))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said "yes" and "no".', ['"yes"', '"no"']),
        ("She said “yes, “really”", ["“yes, “really”"]),
        ("Sie sagte „ja“ und »nein«.", ["„ja“", "»nein«"]),
        ("Elle a dit « oui ».", ["« oui »"]),
        ("'It is late,' he said. The dogs' bowl isn't full.", ["'It is late,'"]),
        ("‘It’s late,’ she said.", ["‘It’s late,’"]),
        ('A 5" pipe and a 6" pipe.', []),
        ('He said: "It is', ['"It is']),
    ],
)
def test_what_is_quoted(text: str, quoted: list[str]) -> None:
    assert found(text) == quoted


def test_a_quotation_goes_on_in_the_next_paragraph_where_that_begins_with_a_mark() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” she said.\n\nFour.\n"
    made = quotations(text, paragraphs(text, 0, len(text)))
    assert [(one.closed, one.goes_on) for one in made] == [(False, False), (False, True), (True, True)]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "“One.\n\nTwo.\n\n“Three.”\n"
    made = quotations(text, paragraphs(text, 0, len(text)))
    assert [(one.closed, one.goes_on) for one in made] == [(True, False), (True, False)]
