"""Gold for claimants: texts of our own with who says what in them (`tests/gold/claimants`).

A text begins with `=== name | genre`; after a line `---` its claims follow, a line each, their fields parted by ` | `:

1. Words of the claim. It is the sentence that they stand in; in square brackets they are the claim themselves.
2. What makes it: `author` (the article itself), `named`, `anonymous`, or `unclear`, where a proposal would be a guess.
3. Who, by the fullest name that the article gives; without a name, in the words of the article.
4. The words that name who it is there: a pronoun, a name without its title, or what is said instead of a name. Of
   those that stand in several places the nearest to the claim is meant, or with `#2` the second of the text.
5. The words that attribute it, or `-`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.text.paragraphs import paragraphs
from store.text.sentences import sentences

FOLDER = Path(__file__).parents[1] / "gold" / "claimants"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim, and who makes it."""

    start: int
    """Code point in the text."""
    end: int
    kind: str
    claimant: str = ""
    source: Span | None = None
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with its claims."""

    name: str
    genre: str
    text: str
    claims: tuple[Claim, ...]


def read(path: Path) -> list[Marked]:
    """The texts of a file.

    Raises:
        ValueError: the words of a line are not in its text, or the line has not the fields of its kind.
    """
    found = []
    for part in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, rest = part.partition("\n")
        name, _, genre = head.partition(" | ")
        text, _, lines = rest.partition("\n---\n")
        text += "\n"
        claims = tuple(_claim(text, line) for line in lines.strip().split("\n"))
        found.append(Marked(name, genre, text, claims))
    return found


def _claim(text: str, line: str) -> Claim:
    words, kind, *rest = line.split(" | ")
    start, end = _place(text, words)
    if kind in ("author", "unclear") and not rest:
        return Claim(start, end, kind)
    if kind not in ("named", "anonymous") or len(rest) != 3:
        raise ValueError(f"{line!r} has not the fields of a claim.")
    claimant, source, cue = rest
    if cue != "-" and cue.lower() not in text.lower():
        raise ValueError(f"{cue!r} of {line!r} is not in the text.")
    return Claim(start, end, kind, claimant, _nearest(text, source, (start, end)), cue.removesuffix("-"))


def _place(text: str, words: str) -> Span:
    exact = words.startswith("[")
    words = words.strip("[]")
    if text.count(words) != 1:
        raise ValueError(f"{words!r} is {text.count(words)} times in the text.")
    start = text.index(words)
    if exact:
        return start, start + len(words)
    return next(span for span in _sentences(text) if span[0] <= start < span[1])


def _sentences(text: str) -> Iterator[Span]:
    for paragraph in paragraphs(text, 0, len(text)):
        yield from sentences(text, *paragraph)


def _nearest(text: str, words: str, claim: Span) -> Span:
    words, _, number = words.partition("#")
    places = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if not places or int(number or 1) > len(places):
        raise ValueError(f"{words!r} is {len(places)} times in the text.")
    if number:
        return places[int(number) - 1]
    return min(places, key=lambda place: max(claim[0] - place[1], place[0] - claim[1], 0))
