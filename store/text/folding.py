"""What of a text is folded: runs of page furniture and of repeats. The text never changes, and no offset does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.text import paragraphs as finding
from store.text.likeness import fold
from store.text.words import count_words

RULES = 1
"""The version of the rules: it goes up when a text would be folded otherwise, so that all are looked at anew."""

REPEAT = "repeat"
"""The kind of a paragraph that stood in the text before, or that was pulled out of it."""

CHANGED = "repeat with changes"
"""The kind of one that stood there before in other words here and there: a figure may be another one."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A run of paragraphs that are not the article's own."""

    start: int
    """The code point at which the first one begins."""
    end: int
    """Where the last one ends, without its line end."""
    kinds: tuple[str, ...]
    """What they are, the commonest first: `store.text.furniture_words.KINDS` and `REPEAT`."""
    count: int
    """How many paragraphs they are."""


def folded(text: str) -> list[Folded]:
    """The runs of furniture and repeats of a text, in its order.

    A byline alone is none of them: it is what a reader looks for, and folding it would save no row. All of the text is
    read, about a megabyte a second: the work of a process of its own where the text is long (`folding_apart`).
    """
    from store.text.furniture_words import BYLINE

    found = finding.paragraphs(text, 0, len(text))
    return [run for run in runs(found, kinds(text, found)) if run.count > 1 or run.kinds != (BYLINE,)]


def kinds(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[str | None]:
    """What each paragraph is, if it is not the article's own."""
    # Imported here: their lists of words are nothing for the first frame to wait for.
    from store.text.furniture import furniture
    from store.text.repeats import repeats

    folds = [fold(text[start:end]) for start, end in paragraphs]
    said = furniture(text, paragraphs, folds)
    again = repeats(text, paragraphs, folds)
    for index, earlier in enumerate(again):
        # What is repeated of furniture is furniture again, whatever the second one looks like.
        if earlier is not None and said[index] is None:
            said[index] = said[earlier] or (REPEAT if _same(text, paragraphs[index], paragraphs[earlier]) else CHANGED)
    _headings(text, paragraphs, said)
    return said


def _same(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether the words of one paragraph stand in the other."""
    return fold(text[slice(*one)]).strip("\"' .,") in fold(text[slice(*other)])


def _headings(text: str, paragraphs: Sequence[tuple[int, int]], said: list[str | None]) -> None:
    """The headings of what is repeated, which are too short to be taken for repeats on their own."""
    earlier = {text[start:end] for start, end in paragraphs[:1]}
    for index, (start, end) in enumerate(paragraphs):
        if index == 0:
            continue
        words = text[start:end]
        if said[index] is None and words in earlier and index + 1 < len(said) and said[index + 1] in {REPEAT, CHANGED}:
            said[index] = REPEAT
        earlier.add(words)


def runs(paragraphs: Sequence[tuple[int, int]], said: Sequence[str | None]) -> Iterator[Folded]:
    """What stands together, as one."""
    first = None
    for index in range(len(said) + 1):
        if index < len(said) and said[index] is not None:
            first = index if first is None else first
        elif first is not None:
            counted = Counter(kind for kind in said[first:index] if kind is not None)
            yield Folded(
                paragraphs[first][0],
                paragraphs[index - 1][1],
                tuple(kind for kind, _ in counted.most_common()),
                index - first,
            )
            first = None


def left(found: Iterable[Folded], decided: Sequence[tuple[int, int]]) -> list[Folded]:
    """The runs that touch none of the spans of which somebody decided that they are the article's own text."""
    return [run for run in found if not any(start < run.end and end > run.start for start, end in decided)]


def own_words(text: str, found: Iterable[Folded]) -> int:
    """How many words a text has outside of its runs."""
    return count_words(text) - sum(count_words(text[run.start : run.end]) for run in found)
