"""The values of attributes: whether one fits what the scheme says, how one is typed, and how it is told in a few words.

A value is JSON: text for a choice, a text, a date and a URL; a list of texts for several choices; a number; and for a
span an object with its `quote` and, in code points of the annotation's article, its `start` and `end`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from store.scheme.parts import Attribute, Type

Value: TypeAlias = str | int | float | list[str] | dict[str, Any]

LONGEST = 100_000
"""Code points of a text."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?").fullmatch
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?").fullmatch
_BRIEF = 24
"""Code points of a text that is told in a few words."""


def problem(attribute: Attribute, value: object) -> str | None:
    """Why the value does not fit the attribute, as half a sentence that begins with it; None if it fits."""
    match attribute.type:
        case Type.CHOICE:
            return _no_choice(attribute, value)
        case Type.CHOICES:
            if not isinstance(value, list) or not value:
                return "it is no list of choices"
            return next(filter(None, (_no_choice(attribute, one) for one in value)), None)
        case Type.NUMBER:
            if isinstance(value, bool) or not isinstance(value, int | float):
                return "it is no number"
            return _outside(attribute, value)
        case Type.SPAN:
            return _no_span(value)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
        return "it is no text" if not isinstance(value, str) else "it is empty" if not value.strip() else "it is long"
    if attribute.type is Type.DATE:
        return _no_date(value)
    return _no_url(value) if attribute.type is Type.URL else None


def typed(attribute: Attribute, text: str) -> Value:
    """The value that was typed for a number, a text, a date or a URL.

    Raises:
        ValueError: what was typed is none, in half a sentence: `"2024-13" is no date: ...`.
    """
    text = text.strip()
    value: Value = text
    if attribute.type is Type.NUMBER:
        if not _NUMBER(text):
            raise ValueError(f"“{text}” is no number: {range_of(attribute)}")
        value = float(text) if "." in text else int(text)
    if (wrong := problem(attribute, value)) is not None:
        hints = {Type.DATE: "write 2024, 2024-05 or 2024-05-31", Type.URL: "write it with https://",
                 Type.NUMBER: range_of(attribute)}  # fmt: skip
        hint = hints.get(attribute.type, "")
        raise ValueError(f"“{text}”: {wrong}" + (f"; {hint}" if hint else ""))
    return value


def range_of(attribute: Attribute) -> str:
    """Which numbers an attribute takes: `a whole number from 0 to 3`."""
    words = "a whole number" if attribute.whole else "a number"
    if attribute.least is not None:
        words += f" from {attribute.least:g}"
    return words if attribute.most is None else f"{words} to {attribute.most:g}"


def in_words(value: object) -> str:
    """The whole value as text."""
    if isinstance(value, dict):
        return str(value.get("quote", ""))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def brief(attributes: Mapping[str, object], told: int = 4) -> str:
    """The first few values in a few words, as `quantity, cfs, refuted`; empty if there are none."""
    parts = [_short(in_words(value)) for value in attributes.values()]
    parts = [part for part in parts if part]
    return ", ".join(parts[:told]) + (", …" if len(parts) > told else "")


def _short(words: str) -> str:
    words = " ".join(words[: 4 * _BRIEF].split())
    return words if len(words) <= _BRIEF else words[: _BRIEF - 1] + "…"


def _no_choice(attribute: Attribute, value: object) -> str | None:
    return None if value in attribute.options else f"it is none of {', '.join(attribute.options)}"


def _outside(attribute: Attribute, value: float) -> str | None:
    below = attribute.least is not None and value < attribute.least
    above = attribute.most is not None and value > attribute.most
    fits = not below and not above and (not attribute.whole or float(value).is_integer())
    return None if fits else f"it is not {range_of(attribute)}"


def _no_span(value: object) -> str | None:
    if not isinstance(value, dict) or not isinstance(value.get("quote"), str) or not value["quote"]:
        return "it is no span"
    start, end = value.get("start"), value.get("end")
    placed = type(start) is int and type(end) is int and 0 <= start < end and end - start == len(value["quote"])
    return None if placed else "its place is none"


def _no_date(text: str) -> str | None:
    found = _DATE(text)
    if not found:
        return "it is no date"
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return "it is no day of the calendar"
    return None


def _no_url(text: str) -> str | None:
    try:
        parts = urlsplit(text)
    except ValueError:
        return "it is no URL"
    whole = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", text)
    return None if whole else "it is no URL"
