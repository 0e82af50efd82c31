"""Values of attributes: what fits, how it is typed, how it is told."""

from __future__ import annotations

import pytest

from store.scheme.parts import Attribute, Type
from store.scheme.values import brief, problem, typed

VERDICT = Attribute("verdict", Type.CHOICE, options=("supported", "refuted"))
SORTS = Attribute("claim_type", Type.CHOICES, options=("quantity", "causal"))
PRIORITY = Attribute("priority", Type.NUMBER, least=0, most=3, whole=True)
SHARE = Attribute("share", Type.NUMBER)
WHEN = Attribute("claim_date", Type.DATE)
WHERE = Attribute("evidence_url", Type.URL)
WHO = Attribute("claimant_span", Type.SPAN)
WHY = Attribute("justification", Type.TEXT)


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        (VERDICT, "refuted"),
        (SORTS, ["causal", "quantity"]),
        (PRIORITY, 0),
        (PRIORITY, 3),
        (SHARE, -0.25),
        (WHEN, "2024"),
        (WHEN, "2024-02-29"),
        (WHERE, "https://example.org/a?b=c#d"),
        (WHO, {"quote": "Ada", "start": 4, "end": 7}),
        (WHY, "because"),
    ],
)
def test_what_fits(attribute: Attribute, value: object) -> None:
    assert problem(attribute, value) is None


@pytest.mark.parametrize(
    ("attribute", "value", "why"),
    [
        (VERDICT, "perhaps", "it is none of supported, refuted"),
        (VERDICT, ["refuted"], "it is none of supported, refuted"),
        (SORTS, "causal", "it is no list of choices"),
        (SORTS, [], "it is no list of choices"),
        (SORTS, ["causal", "odd"], "it is none of quantity, causal"),
        (PRIORITY, 4, "it is not a whole number from 0 to 3"),
        (PRIORITY, 1.5, "it is not a whole number from 0 to 3"),
        (PRIORITY, True, "it is no number"),
        (WHEN, "2023-02-29", "it is no day of the calendar"),
        (WHEN, "3 May 2024", "it is no date"),
        (WHERE, "example.org", "it is no URL"),
        (WHERE, "https://exam ple.org", "it is no URL"),
        (WHERE, "javascript:alert(1)", "it is no URL"),
        (WHO, "Ada", "it is no span"),
        (WHO, {"quote": "Ada", "start": 4, "end": 9}, "its place is none"),
        (WHY, "  ", "it is empty"),
        (WHY, 3, "it is no text"),
    ],
)
def test_what_does_not(attribute: Attribute, value: object, why: str) -> None:
    assert problem(attribute, value) == why


def test_what_is_typed_becomes_a_value() -> None:
    assert typed(PRIORITY, " 2 ") == 2
    assert typed(SHARE, "0.25") == 0.25
    assert typed(WHEN, "2024-05") == "2024-05"
    assert typed(WHY, " because ") == "because"


@pytest.mark.parametrize(
    ("attribute", "text", "said"),
    [
        (PRIORITY, "9", "“9”: it is not a whole number from 0 to 3; a whole number from 0 to 3"),
        (PRIORITY, "many", "“many” is no number: a whole number from 0 to 3"),
        (WHEN, "2024-13", "“2024-13”: it is no day of the calendar; write 2024, 2024-05 or 2024-05-31"),
        (WHERE, "www", "“www”: it is no URL; write it with https://"),
    ],
)
def test_what_is_typed_wrong_is_told_with_how_to_write_it(attribute: Attribute, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r"it is|is no") as refused:
        typed(attribute, text)
    assert str(refused.value) == said


def test_a_few_words_for_the_status_line() -> None:
    said = {"claim_type": ["causal", "quote"], "priority": 2, "who": {"quote": "Ada", "start": 0, "end": 3}}
    assert brief(said) == "causal, quote, 2, Ada"
    assert brief(said, told=1) == "causal, quote, …"
    assert brief({"why": "a reason\nthat is much longer than a line"}) == "a reason that is much l…"
    assert brief({}) == ""
