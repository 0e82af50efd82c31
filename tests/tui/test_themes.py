"""Every text colour stands on its ground with the contrast of WCAG AA."""

from __future__ import annotations

import re

import pytest
from textual.color import Color
from textual.theme import Theme

from tests.conftest import ROOT
from tui.themes import THEMES

AA = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of ordinary size."""

TEXTS = ["foreground", "postil-person", "postil-group", "postil-place", "postil-time", "postil-number", "postil-thing"]
GROUNDS = ["background", "postil-sentence", "postil-claim", "postil-note", "postil-other", "postil-selection"]


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 255 for part in (color.r, color.g, color.b)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(text: Color, ground: Color) -> float:
    lighter, darker = sorted((luminance(text), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def color(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


def test_black_on_white_is_twenty_one() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_the_text_can_be_read(theme: Theme, ground: str, text: str) -> None:
    assert contrast(color(theme, text), color(theme, ground)) >= AA


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
@pytest.mark.parametrize("text", ["foreground", "postil-quiet", "postil-gutter", "primary", "warning"])
def test_bars_panels_and_dialogs_can_be_read(theme: Theme, ground: str, text: str) -> None:
    assert contrast(color(theme, text), color(theme, ground)) >= AA


def test_kinds_of_names_differ_without_colour() -> None:
    sheet = (ROOT / "tui" / "styles" / "postil.tcss").read_text("utf-8")
    kinds = ["person", "group", "place", "time", "number", "thing"]
    looks = [re.search(rf"\.pane--{kind} {{[^}}]*text-style: ([^;]*);", sheet) for kind in kinds]
    assert len({look[1] for look in looks if look}) == len(kinds)
