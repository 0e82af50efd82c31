"""Words for the title line and the status line: what an article is, where the caret is, what lies under it."""

from __future__ import annotations

from collections.abc import Sequence

from store.kinds import Kind, State
from store.records import Annotation, Article, ArticleRow, Course
from store.scheme.values import brief
from store.text.folding import Folded, own_words
from store.text.words import count_words
from tui.reading.marks import Mark
from tui.reading.names import MEANINGS
from tui.reading.page import Span

_WORDS_A_MINUTE = 230
"""How fast adults read English silently: 238 in Brysbaert (2019), J. of Memory and Language 109, rounded down."""

_COUNTED = 200_000
"""Code points whose words are counted."""

_SELECTED = 20_000
"""Code points of a selection whose words are counted."""

_QUOTE = 60
"""Code points of a quote in the status line."""


def minutes(text: str, folded: Sequence[Folded] = ()) -> float:
    """How long it takes to read a text without what is folded; of a very long one, by the share that was counted."""
    counted = text[:_COUNTED]
    words = own_words(counted, [run for run in folded if run.end <= _COUNTED])
    return words * max(1.0, len(text) / _COUNTED) / _WORDS_A_MINUTE


def article(article: Article, minutes: float) -> list[str]:
    """Source, date and the minutes it takes to read, as far as they are known."""
    return [part for part in (article.source, article.published, f"{max(1, round(minutes)):,} min") if part]


def counts(claims: int, notes: int) -> str:
    """`3 claims  2 notes`."""
    return f"{claims:,} claim{'' if claims == 1 else 's'}  {notes:,} note{'' if notes == 1 else 's'}"


def course(course: Course) -> str:
    """What was decided about an article: `done`, `skipped`, `queued 2`; nothing where nothing was."""
    if course.queue is not None:
        return f"queued {course.queue:,}"
    return str(course.state) if course.state in (State.DONE, State.SKIPPED) else ""


def read(row: ArticleRow) -> str:
    """How far the annotator is, in eight cells: `done`, `45%`, `·` for unread, and before it the place in the queue."""
    match row.state:
        case State.READING:
            read = f"{row.progress:.0%}"
        case State.UNREAD:
            read = "·"
        case settled:
            read = settled
    if row.queue is None:
        return read
    return f"{f'Q{row.queue}' if row.queue < 1000 else 'Q…'} {read}"


def place(row: int, rows: int, caret: int, length: int, minutes: float) -> str:
    """`line 12 of 96 · 14% · 5 min left`, where the whole text takes so many minutes."""
    read = caret / max(1, length - 1)
    left = round(minutes * (1 - read))
    rest = "" if read >= 1 else f" · {left:,} min left" if left else " · under a minute left"
    return f"line {row + 1:,} of {rows:,} · {share(caret, length)}{rest}"


def share(caret: int, length: int) -> str:
    """`14%`, where there is no room for more."""
    return f"{caret / max(1, length - 1):.0%}"


def under_caret(text: str, selected: Sequence[Span], annotations: Sequence[Annotation], entity: Mark | None) -> str:
    """What the caret is on, in words: this tells marks apart where no colour does."""
    parts = []
    if selected:
        pieces = f" in {len(selected)} pieces" if len(selected) > 1 else ""
        parts.append(f"selecting {_words(text, selected)}{pieces}")
    if entity is not None:
        meaning = MEANINGS.get(entity.label, "")
        name = short(text[entity.start : entity.end])
        parts.append(f"{entity.label} {name}" + (f" ({meaning})" if meaning else ""))
    parts += [_annotation(annotation) for annotation in annotations]
    return " · ".join(parts)


def _words(text: str, spans: Sequence[Span]) -> str:
    """How many words the spans have; of a very long selection about how many, since a key waits for it."""
    length = sum(end - start for start, end in spans)
    if length <= _SELECTED:
        words = sum(count_words(text[start:end]) for start, end in spans)
        return f"{words:,} word{'' if words == 1 else 's'}"
    start, end = max(spans, key=lambda span: span[1] - span[0])
    sample = min(end - start, _SELECTED)
    about = count_words(text[start : start + sample]) * length // sample
    return f"about {round(about, -3):,} words"


def _annotation(annotation: Annotation) -> str:
    what = annotation.label or annotation.kind.upper()
    said = brief(annotation.attributes) if annotation.kind is Kind.CLAIM else ""
    what += f" [{said}]" if said else ""
    note = f": {short(annotation.note)}" if annotation.note else ""
    version = f" on another version, “{short(annotation.version)}”" if annotation.version is not None else ""
    if annotation.kind is Kind.NOTE:
        what = "NOTE"
    return f"{what} by {annotation.annotator}{version}{note}"


def short(text: str) -> str:
    """A text on one line, cut with an ellipsis where it is longer than the status line has room for."""
    words = " ".join(text[: 2 * _QUOTE].split())
    more = len(words) > _QUOTE or bool(text[2 * _QUOTE :].strip())
    return words[: _QUOTE - 1] + "…" if more else words
