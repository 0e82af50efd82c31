"""The form of an annotation, pure: which lines it has, what stands in them, and which letter takes which option."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from store.scheme.parts import Attribute, Type
from store.scheme.values import in_words, range_of
from tui.reading.cells import fit, one_line, width_of

NAMES = 19
"""Cells of the column of names."""

_LETTER = 3
"""Cells before an option's words: whether it is chosen, its letter, a space."""


class Bit(NamedTuple):
    """Some cells of a line."""

    text: str
    role: str
    """`name`, `letter`, `on` (chosen, or said), `off` (not chosen) or `quiet`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form."""

    row: int
    """The attribute that it belongs to, from 0."""
    bits: tuple[Bit, ...]


def letters(attributes: Sequence[Attribute], taken: Collection[str]) -> dict[str, tuple[int, str]]:
    """The letter of each option of the whole form: which attribute, by its place, and which option it takes.

    An option gets the first of its own letters that is free, else a capital of them, else any; where there are none
    left, it has its digit only.
    """
    rest = (*ascii_lowercase, *ascii_uppercase)
    given: dict[str, tuple[int, str]] = {}
    for row, attribute in enumerate(attributes):
        for option in attribute.options:
            own = [sign for sign in option.lower() if sign in ascii_lowercase]
            free = (sign for sign in (*own, *map(str.upper, own), *rest) if sign not in taken and sign not in given)
            if (letter := next(free, None)) is not None:
                given[letter] = (row, option)
    return given


def toggled(attribute: Attribute, value: object, option: str) -> str | list[str] | None:
    """What a choice says after an option was pressed: pressed again, it is taken back."""
    if attribute.type is not Type.CHOICES:
        return None if value == option else option
    chosen = value if isinstance(value, list) else []
    left = [one for one in chosen if one != option]
    if len(left) == len(chosen):
        left.append(option)
    known = [one for one in attribute.options if one in left]
    return known + [one for one in left if one not in known] or None


def lines(
    attributes: Sequence[Attribute],
    values: Mapping[str, object],
    keys: Mapping[str, tuple[int, str]],
    width: int,
    proposed: Mapping[str, object] | None = None,
) -> list[Line]:
    """The form in `width` cells; values that the scheme does not know come last, a line each.

    What is `proposed` and not said is shown quietly, with a question mark before it.
    """
    proposed = proposed or {}
    made = []
    room = max(8, width - NAMES)
    by_option = {taken: letter for letter, taken in keys.items()}
    for row, attribute in enumerate(attributes):
        value = values.get(attribute.name)
        missing = attribute.required and value is None
        name = Bit(fit(f"{one_line(attribute.name)}{' *' if missing else ''}", NAMES), "name")
        if attribute.options:
            options = [(by_option.get((row, one), " "), one) for one in attribute.options]
            rest = _choices(options, value, room, proposed.get(attribute.name))
        else:
            rest = [[_plain(attribute, value, room, proposed.get(attribute.name))]]
        made += [Line(row, (name if not number else Bit(" " * NAMES, "name"), *bits))
                 for number, bits in enumerate(rest)]  # fmt: skip
    for row, strange in enumerate(unknown(attributes, values), len(attributes)):
        said = fit(one_line(f"{in_words(values[strange])} (the scheme has no such attribute)"), room)
        made.append(Line(row, (Bit(fit(one_line(strange), NAMES), "quiet"), Bit(said, "quiet"))))
    return made


def unknown(attributes: Sequence[Attribute], values: Mapping[str, object]) -> list[str]:
    """The names of what is said and the scheme does not know."""
    known = {attribute.name for attribute in attributes}
    return [name for name in values if name not in known]


def _choices(options: Sequence[tuple[str, str]], value: object, room: int, proposed: object = None) -> list[list[Bit]]:
    """The options, as many in a line as there is room for."""
    rows: list[list[Bit]] = [[]]
    used = 0
    chosen = value if isinstance(value, list) else [value]
    for letter, option in options:
        words = one_line(option)
        size = min(width_of(words), room - _LETTER) + _LETTER + 2
        if used and used + size - 2 > room:
            rows.append([])
            used = 0
        on = option in chosen
        sign = Bit("?", "quiet") if value is None and option == proposed else Bit("●" if on else " ", "on")
        rows[-1] += [sign, Bit(f"{letter} ", "letter"),
                     Bit(fit(words, size - _LETTER - 2), "on" if on else "off"), Bit("  ", "off")]  # fmt: skip
        used += size
    if strange := [one for one in chosen if one is not None and one not in {option for _, option in options}]:
        rows.append([Bit(fit(f"●  {one_line(in_words(strange))} (no option any more)", room), "quiet")])
    return rows


def _plain(attribute: Attribute, value: object, room: int, proposed: object = None) -> Bit:
    said = proposed if value is None else value
    if said is not None:
        words = f"“{in_words(said)}”" if attribute.type is Type.SPAN else in_words(said)
        if value is None:
            return Bit(fit(one_line(f"?{words}"), room), "quiet")
        return Bit(fit(one_line(f" {words}"), room), "on")
    hint = {Type.NUMBER: range_of(attribute), Type.DATE: "a date, as 2024-05-31", Type.SPAN: "words of the article",
            Type.URL: "a URL"}.get(attribute.type, "text")  # fmt: skip
    return Bit(fit(f" {hint}", room), "quiet")


def first_lines(made: Sequence[Line]) -> Iterator[int]:
    """Of each row the place of its first line."""
    seen = -1
    for place, line in enumerate(made):
        if line.row != seen:
            seen = line.row
            yield place


def digits(attribute: Attribute, digit: int) -> str | int | None:
    """What a digit says in an attribute: an option by its place, or a number of one digit; None if nothing."""
    if attribute.options:
        return attribute.options[digit - 1] if 1 <= digit <= len(attribute.options) else None
    bounded = attribute.least is not None and attribute.most is not None and attribute.most < 10
    if attribute.type is Type.NUMBER and bounded and attribute.whole:
        assert attribute.least is not None
        assert attribute.most is not None
        return digit if attribute.least <= digit <= attribute.most else None
    return None
