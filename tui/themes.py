"""The colours: a dark theme, a light one, one for terminals of sixteen colours, and those of marks for every other.

The text is the brightest thing on the screen. Each pair of a text colour and the ground it stands on has a contrast
of at least 4.5 (WCAG AA), which a test works out.
"""

from __future__ import annotations

from textual.theme import Theme

_DARK = {
    "postil-quiet": "#8f97a3",
    "postil-gutter": "#d9a441",
    "postil-sentence": "#20242b",
    "postil-claim": "#3a3118",
    "postil-note": "#1b3540",
    "postil-other": "#33283d",
    "postil-source": "#21351f",
    "postil-cue": "#3b2a20",
    "postil-evidence": "#2b2a4a",
    "postil-nested": "#4a3f1c",
    "postil-hit": "#e3cf7a",
    "postil-hit-text": "#15171b",
    "postil-selection": "#27406c",
    "postil-person": "#8ecf8e",
    "postil-group": "#7fb8f0",
    "postil-place": "#e0a98a",
    "postil-time": "#b9b2e8",
    "postil-number": "#e3cf7a",
    "postil-thing": "#e29bc4",
}

_LIGHT = {
    "postil-quiet": "#5f6672",
    "postil-gutter": "#8a5a00",
    "postil-sentence": "#eceae2",
    "postil-claim": "#f6e7b8",
    "postil-note": "#d6ebf2",
    "postil-other": "#eadcf2",
    "postil-source": "#dcefd8",
    "postil-cue": "#f4dfd0",
    "postil-evidence": "#dfe0f7",
    "postil-nested": "#efd98f",
    "postil-hit": "#5c4a00",
    "postil-hit-text": "#fbfaf6",
    "postil-selection": "#bcd3f7",
    "postil-person": "#1d5c22",
    "postil-group": "#134f8c",
    "postil-place": "#7c3a14",
    "postil-time": "#4a3f94",
    "postil-number": "#5c4a00",
    "postil-thing": "#8a1f5c",
}

_SIXTEEN = {
    "postil-quiet": "#aaaaaa",
    "postil-gutter": "#ffff55",
    "postil-sentence": "#000000",
    "postil-claim": "#0000aa",
    "postil-note": "#aa00aa",
    "postil-other": "#aa00aa",
    "postil-source": "#aa00aa",
    "postil-cue": "#aa00aa",
    "postil-evidence": "#aa00aa",
    "postil-nested": "#aa00aa",
    "postil-hit": "#aa5500",
    "postil-hit-text": "#ffffff",
    "postil-selection": "#aa0000",
    "postil-person": "#55ff55",
    "postil-group": "#55ffff",
    "postil-place": "#ffff55",
    "postil-time": "#ffffff",
    "postil-number": "#ffff55",
    "postil-thing": "#55ffff",
}
"""Only colours of the sixteen that every terminal has, and grounds only of the first eight: the others blink on some.
So several grounds are alike; the gutter's letters and the status line tell them apart."""

VARIABLES = _DARK
"""For a theme that names no colours of marks."""

THEMES = (
    Theme(
        name="postil-dark",
        primary="#d9a441",
        secondary="#7fb8f0",
        accent="#d9a441",
        foreground="#e4e6ea",
        background="#15171b",
        surface="#1b1e23",
        panel="#22262d",
        warning="#e3cf7a",
        error="#f08a80",
        success="#8ecf8e",
        dark=True,
        variables=_DARK,
    ),
    Theme(
        name="postil-light",
        primary="#8a5a00",
        secondary="#134f8c",
        accent="#8a5a00",
        foreground="#1c1e22",
        background="#fbfaf6",
        surface="#f2f0e9",
        panel="#e6e3da",
        warning="#5c4a00",
        error="#9c1c12",
        success="#1d5c22",
        dark=False,
        variables=_LIGHT,
    ),
    Theme(
        name="postil-16",
        primary="#ffff55",
        secondary="#55ffff",
        accent="#ffff55",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#0000aa",
        warning="#ffff55",
        error="#ff5555",
        success="#55ff55",
        dark=True,
        variables=_SIXTEEN,
    ),
)
