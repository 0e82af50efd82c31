"""Anchors: where a span stands, held by its offsets and, for a text that changed, by its words."""

from __future__ import annotations

from dataclasses import dataclass

CONTEXT = 32
"""Code points kept before and after a quote, as Hypothesis does."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One span of one text, with what is needed to find it again in another version of it."""

    start: int
    """Code point of the first sign."""
    end: int
    """Code point after the last sign."""
    quote: str
    """`text[start:end]`, to the letter."""
    prefix: str
    """Up to 32 code points before the quote."""
    suffix: str
    """Up to 32 code points after it."""


def anchor(text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`.

    Raises:
        ValueError: the span is empty or not inside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no span {start}..{end} in a text of {len(text)} code points")
    return Anchor(
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
    )
