"""Versions of one text are known by the paragraphs that they share."""

from __future__ import annotations

from hypothesis import given

from store.text.likeness import SKETCH, SUSPECT, alike, fold, resemblance, sketch
from tests.store.sharing.libraries import CORRECTED, REPORT
from tests.store.strategies import texts

LONG = "\n\n".join(f"This is paragraph number {n} of a text that goes on for very long indeed." for n in range(40))


def test_a_corrected_text_is_a_version_of_the_first() -> None:
    assert alike(REPORT, CORRECTED)


def test_a_text_is_no_version_of_itself() -> None:
    assert not alike(REPORT, REPORT)


def test_texts_that_share_little_are_two_texts() -> None:
    ending = "\n\nThe newsletter comes every Friday; write to us if you have a question."
    assert not alike(REPORT + ending, LONG + ending)


def test_quotes_dashes_spaces_and_case_make_no_difference() -> None:
    assert fold("“Yes” –  she\nsaid") == fold('"yes" - SHE said')


def test_a_sketch_is_short_and_of_paragraphs_that_say_something() -> None:
    assert len(sketch(LONG)) == SKETCH
    assert sketch("Read more\n\nShare") == []


def test_a_version_of_a_long_text_is_suspected_by_its_sketch() -> None:
    version = LONG.replace("number 7 ", "number seven ").replace("number 30 ", "number thirty ")
    one, other = dict(sketch(LONG)), dict(sketch(version))
    assert sum(share for number, share in one.items() if number in other) >= SUSPECT


@given(one=texts, other=texts)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)


def test_resemblance_counts_the_runs_of_five_words_that_both_have() -> None:
    assert resemblance("a b c d e f g", "a b c d e f g") == 1
    assert resemblance("a b c d e f g", "a b c d e f x") == 2 / 4  # abcde, bcdef of abcde, bcdef, cdefg, cdefx
    assert resemblance("“A b” c d e", '"a B"  c\nd e') == 1
    assert resemblance("a b c", "a b d") == 0


@given(texts, texts)
def test_resemblance_is_the_same_both_ways(one: str, other: str) -> None:
    assert resemblance(one, other) == resemblance(other, one)
    assert resemblance(one, one) == 1
