"""Words for the title line and the status line: what an article is, where the caret is, what lies under it."""

from __future__ import annotations

from collections.abc import Sequence

from store.records import Annotation, Article, Kind
from store.text.words import count_words
from tui.reading.marks import Mark
from tui.reading.names import MEANINGS
from tui.reading.page import Span

_WORDS_A_MINUTE = 230
"""How fast adults read English silently: 238 in Brysbaert (2019), J. of Memory and Language 109, rounded down."""

_QUOTE = 60
"""Code points of a quote in the status line."""


def article(article: Article) -> list[str]:
    """Source, date and the minutes it takes to read, as far as they are known."""
    minutes = max(1, round(count_words(article.text[:200_000]) * max(1, len(article.text) / 200_000) / _WORDS_A_MINUTE))
    return [part for part in (article.source, article.published, f"{minutes:,} min") if part]


def counts(claims: int, notes: int) -> str:
    """`3 claims  2 notes`."""
    return f"{claims:,} claim{'' if claims == 1 else 's'}  {notes:,} note{'' if notes == 1 else 's'}"


def place(row: int, rows: int, caret: int, length: int) -> str:
    """`line 12 of 96 · 14%`."""
    return f"line {row + 1:,} of {rows:,} · {caret / max(1, length - 1):.0%}"


def under_caret(text: str, selection: Span | None, annotations: Sequence[Annotation], entity: Mark | None) -> str:
    """What the caret is on, in words: this tells marks apart where no colour does."""
    parts = []
    if selection is not None:
        words = count_words(text[slice(*selection)])
        parts.append(f"selecting {words:,} word{'' if words == 1 else 's'}")
    if entity is not None:
        meaning = MEANINGS.get(entity.label, "")
        name = _short(text[entity.start : entity.end])
        parts.append(f"{entity.label} {name}" + (f" ({meaning})" if meaning else ""))
    parts += [_annotation(annotation) for annotation in annotations]
    return " · ".join(parts)


def _annotation(annotation: Annotation) -> str:
    what = annotation.label or annotation.kind.upper()
    note = f": {_short(annotation.note)}" if annotation.note else ""
    if annotation.kind is Kind.NOTE:
        return f"NOTE by {annotation.annotator}{note}"
    return f"{what} by {annotation.annotator}{note}"


def _short(text: str) -> str:
    words = " ".join(text[: 2 * _QUOTE].split())
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"
