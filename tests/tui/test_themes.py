"""Every text colour stands on its ground with the contrast of WCAG AA."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import ColorSystem
from textual.color import Color
from textual.theme import Theme

from tests.conftest import ROOT
from tui.app import PostilApp
from tui.settings import Settings
from tui.themes import THEMES

AA = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of ordinary size."""

TEXTS = ["foreground", "postil-person", "postil-group", "postil-place", "postil-time", "postil-number", "postil-thing"]
GROUNDS = ["background", "postil-sentence", "postil-claim", "postil-note", "postil-other", "postil-selection"]
GROUNDS += ["postil-source", "postil-cue", "postil-evidence", "postil-nested"]


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
@pytest.mark.parametrize("text", ["foreground", "postil-quiet", "postil-gutter", "primary", "secondary", "warning"])
def test_bars_panels_and_dialogs_can_be_read(theme: Theme, ground: str, text: str) -> None:
    assert contrast(color(theme, text), color(theme, ground)) >= AA


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_hits_can_be_read(theme: Theme) -> None:
    assert contrast(color(theme, "postil-hit-text"), color(theme, "postil-hit")) >= AA


def test_the_theme_for_sixteen_colours_has_no_others() -> None:
    theme = next(theme for theme in THEMES if theme.name == "postil-16")
    for name in [
        *TEXTS,
        *GROUNDS,
        "postil-hit",
        "postil-hit-text",
        "postil-quiet",
        "postil-gutter",
        "primary",
        "panel",
    ]:
        shown = color(theme, name).rich_color.downgrade(ColorSystem.STANDARD)
        assert shown.number is not None
        assert STANDARD_PALETTE[shown.number] == color(theme, name).rgb
        if name in GROUNDS:
            assert shown.number < 8, "brighter grounds blink on some terminals"


def test_a_terminal_of_sixteen_colours_gets_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textual.constants.COLOR_SYSTEM", "standard")
    assert PostilApp(Settings(tmp_path / "l.db", "ada")).theme == "postil-16"
    assert PostilApp(Settings(tmp_path / "l.db", "ada", theme="postil-light")).theme == "postil-light"


def test_kinds_of_names_differ_without_colour() -> None:
    sheet = (ROOT / "tui" / "styles" / "postil.tcss").read_text("utf-8")
    kinds = ["person", "group", "place", "time", "number", "thing"]
    looks = [re.search(rf"\.pane--{kind} {{[^}}]*text-style: ([^;]*);", sheet) for kind in kinds]
    assert len({look[1] for look in looks if look}) == len(kinds)
