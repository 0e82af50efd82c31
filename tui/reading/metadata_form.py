"""The form of an article's metadata, pure: what may be corrected, and below it where the text came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store.metadata.fields import ATTRIBUTES, Field
from store.text.language import name_of
from tui.reading.cells import fit, one_line, width_of
from tui.reading.form import NAMES, Bit, Line

FIELDS = tuple(Field(attribute.name) for attribute in ATTRIBUTES)
"""The fields in the order of their rows."""


@dataclass(frozen=True, slots=True)
class Row:
    """What is shown of a field."""

    value: str | None
    """What stands there; None if nothing does, or several articles differ."""
    differ: bool = False
    """Whether several articles differ in it."""
    corrected: str = ""
    """Who corrected it; empty if nobody did."""
    given: str | None = None
    """What would stand there if nobody had."""
    why: str = ""
    """Of the language, why it is this one."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows."""

    title: str
    """What it is about."""
    rows: Mapping[Field, Row]
    told: Sequence[tuple[str, str]] = field(default=())
    """Where the text came from: names and values that nobody changes."""


def lines(shown: Shown, width: int) -> list[Line]:
    """The form in `width` cells: a line a field, then a line for each thing that is told."""
    room = max(8, width - NAMES)
    made = [Line(place, _field(name, shown.rows[name], room)) for place, name in enumerate(FIELDS)]
    for place, (name, value) in enumerate(shown.told, len(FIELDS)):
        said = Bit(fit(f" {one_line(value)}", room), "quiet")
        made.append(Line(place, (Bit(fit(one_line(name), NAMES), "quiet"), said)))
    return made


def beside(shown: Shown, place: int) -> list[str]:
    """What helps with the row at `place`: what the field takes and its source says, or all that is told there."""
    if place >= len(FIELDS):
        name, value = shown.told[place - len(FIELDS)]
        return [name, value]
    name, row = FIELDS[place], shown.rows[FIELDS[place]]
    parts = [ATTRIBUTES[place].guideline]
    if row.differ:
        parts.append("The articles differ in it: what is typed is said of all of them.")
    elif row.corrected:
        given = "nothing" if row.given is None else f"“{_said(name, row.given)}”"
        was = "Found in the text or declared" if name is Field.LANGUAGE else "The source says"
        parts.append(f"{was}: {given}. backspace goes back to it.")
    elif row.why:
        parts.append(f"{row.why[0].upper()}{row.why[1:]}.")
    return parts


def _field(name: Field, row: Row, room: int) -> tuple[Bit, ...]:
    by = f"corrected by {row.corrected}" if row.corrected else row.why
    if row.differ:
        said = Bit(fit(" (they differ)", room), "quiet")
        return Bit(fit(name, NAMES), "name"), said
    value = " not known" if row.value is None else f" {_said(name, row.value)}"
    role = "quiet" if row.value is None else "on"
    words = one_line(value)
    if not by:
        return Bit(fit(name, NAMES), "name"), Bit(fit(words, room), role)
    # The value comes first; who corrected it has what room is left, and a sign where that is none.
    kept = min(width_of(words) + 2, max(8, room - 2))
    mark = Bit("● " if row.corrected else "  ", "letter")
    return (
        Bit(fit(name, NAMES), "name"),
        Bit(fit(words, kept), role),
        mark,
        Bit(fit(one_line(by), room - kept - 2), "quiet"),
    )


def _said(name: Field, value: str) -> str:
    """A value as it is shown: a language with its name."""
    if name is not Field.LANGUAGE:
        return value
    called = name_of(value)
    return value if called == value else f"{value} ({called})"
