"""The form of an annotation: its letters, what a press of one does, and its lines."""

from __future__ import annotations

from store.scheme.parts import Attribute, Type
from tui.reading import form
from tui.reading.cells import width_of

SORTS = Attribute("claim_type", Type.CHOICES, options=("quantity", "causal", "quote"))
VERDICT = Attribute("verdict", Type.CHOICE, options=("supported", "refuted", "conflicting"), required=True)
PRIORITY = Attribute("priority", Type.NUMBER, least=0, most=3, whole=True)
SHARE = Attribute("share", Type.NUMBER, least=0, most=100, whole=True)
WHY = Attribute("justification", Type.TEXT)
FORM = [SORTS, VERDICT, PRIORITY, WHY]


def told(values: dict[str, object], width: int = 56) -> list[str]:
    keys = form.letters(FORM, {"u", "q"})
    return ["".join(bit.text for bit in line.bits) for line in form.lines(FORM, values, keys, width)]


def test_each_option_of_the_form_has_a_letter_of_its_own() -> None:
    keys = form.letters(FORM, {"u", "q"})
    assert keys["a"] == (0, "quantity")
    assert keys["c"] == (0, "causal")
    assert keys["o"] == (0, "quote")
    assert keys["s"] == (1, "supported")
    assert keys["n"] == (1, "conflicting")
    assert len(keys) == 6
    assert not keys.keys() & {"u", "q"}


def test_options_beyond_the_letters_have_only_their_digits() -> None:
    many = [Attribute("many", Type.CHOICE, options=tuple(f"{number}" for number in range(80)))]
    assert len(form.letters(many, {"j"})) == 51


def test_a_choice_is_set_changed_and_taken_back() -> None:
    assert form.toggled(VERDICT, None, "refuted") == "refuted"
    assert form.toggled(VERDICT, "refuted", "supported") == "supported"
    assert form.toggled(VERDICT, "refuted", "refuted") is None


def test_several_choices_stand_in_the_order_of_the_scheme_and_strange_ones_stay() -> None:
    assert form.toggled(SORTS, None, "quote") == ["quote"]
    assert form.toggled(SORTS, ["quote"], "quantity") == ["quantity", "quote"]
    assert form.toggled(SORTS, ["gone", "quote"], "quantity") == ["quantity", "quote", "gone"]
    assert form.toggled(SORTS, ["quote"], "quote") is None


def test_what_a_digit_says() -> None:
    assert form.digits(VERDICT, 2) == "refuted"
    assert form.digits(VERDICT, 4) is None
    assert form.digits(PRIORITY, 0) == 0
    assert form.digits(PRIORITY, 4) is None
    assert form.digits(SHARE, 4) is None  # which may go on
    assert form.digits(WHY, 4) is None


def test_the_lines_tell_what_is_chosen_without_colour() -> None:
    assert [line.rstrip() for line in told({"claim_type": ["causal"], "priority": 2})] == [
        "claim_type          a quantity  ●c causal   o quote",
        "verdict *           s supported   r refuted",
        "                    n conflicting",
        "priority            2",
        "justification       text",
    ]


def test_what_the_scheme_does_not_know_is_shown_last() -> None:
    shown = told({"claim_type": ["gone"], "old": "kept"}, 70)
    assert "gone (no option any more)" in shown[1]
    assert shown[-1].rstrip() == "old                kept (the scheme has no such attribute)"


def test_no_line_is_wider_than_the_form_whatever_is_in_it() -> None:
    values: dict[str, object] = {"justification": "字" * 80, "claim_type": ["x" * 90], "odd\x1b": "\x1b[2J\n"}
    for width in (20, 33, 60, 120):
        assert all(width_of(line.rstrip()) <= max(width, form.NAMES + 8) for line in told(values, width))
        assert all("\x1b" not in line for line in told(values, width))
