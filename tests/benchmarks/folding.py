"""How right folding is: precision and recall over the paragraphs of gold texts, and how long it takes.

The gold are texts of our own (`tests/gold/folding`), a line each with a letter before it: `f` for furniture, `r` for a
repeat, `.` for what is the article's own, and `?` for what may be either and is not counted. The rules were made with
`development.txt` and half of our web pages in view; the other half was only looked at in figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from time import perf_counter

from store.text import folding
from store.text.paragraphs import paragraphs
from tests.benchmarks.pages import pages

GOLD = Path(__file__).parents[1] / "gold" / "folding"


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and, line by line, what people say that it is."""

    name: str
    text: str
    marks: list[tuple[int, int, str]]
    """Lines as start, end and letter."""


@dataclass(slots=True)
class Score:
    """Paragraphs that were folded and should be, that should not, and that should have been."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was folded that should be, in percent."""
        return 100 * self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what should be folded that was, in percent."""
        return 100 * self.right / max(1, self.right + self.missed)


def read(path: Path) -> list[Marked]:
    """The texts of a file of gold."""
    found = []
    for part in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        found.append(_marked(name, [(line[:1], line[2:]) for line in body.rstrip("\n").split("\n")]))
    return found


def _marked(name: str, lines: Sequence[tuple[str, str]]) -> Marked:
    marks = []
    position = 0
    for letter, line in lines:
        if letter:
            marks.append((position, position + len(line), letter))
        position += len(line) + 1
    return Marked(name, "\n".join(line for _, line in lines), marks)


def score(texts: Sequence[Marked]) -> tuple[Score, list[str]]:
    """The score over some texts, and their paragraphs that folding is wrong about."""
    total = Score()
    errors = []
    for marked in texts:
        found = paragraphs(marked.text, 0, len(marked.text))
        for (start, end), kind in zip(found, folding.kinds(marked.text, found), strict=True):
            letters = [letter for first, last, letter in marked.marks if first < end and last > start]
            if not letters or "?" in letters:
                continue
            ought = sum(letter in "fr" for letter in letters) * 2 > len(letters)
            if kind is not None and ought:
                total.right += 1
            elif kind is not None or ought:
                total.wrong += kind is not None
                total.missed += ought
                errors.append(f"{marked.name}: {kind or 'MISSED'}: {marked.text[start:end][:90]}")
    return total, errors


def web_pages(*, seen: bool) -> list[Marked]:
    """The whole text of our web pages, as a browser's clipboard has it: what is not the gold article is furniture.

    Every other sort of site was seen while the rules were made.
    """
    found = []
    everything = list(pages())
    sites = sorted({page.name.partition(":")[0] for page in everything})
    for page in everything:
        if (sites.index(page.name.partition(":")[0]) % 2 == 0) is not seen:
            continue
        own = {" ".join(line.split()) for line in page.gold.split("\n")}
        known = " ".join(page.gold.split())
        lines = []
        for block in _blocks(page.html):
            if block in own or (len(block) > 25 and block in known):
                letter = "."
            else:
                letter = "?" if page.title in block or _unclear(block, own) else "f"
            lines += [(letter, block), ("", "")]
        found.append(_marked(page.name, lines))
    return found


def _unclear(block: str, own: set[str]) -> bool:
    """Whether a block is a part of a line of the article, or has one in it."""
    return any(len(line) > 1 and (block in line or line in block) for line in own)


class _Text(HTMLParser):
    """The words of a page, a block of elements a line."""

    _INLINE = frozenset("a abbr b cite code em i mark q small span strong sub sup time u font bdi label".split())
    _UNSEEN = frozenset("script style head template noscript svg".split())

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._unseen += tag in self._UNSEEN
        if tag not in self._INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self._UNSEEN and self._unseen > 0
        if tag not in self._INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def _blocks(html: str) -> Iterator[str]:
    reader = _Text()
    reader.feed(html)
    reader.close()
    yield from (" ".join(line.split()) for line in "".join(reader.parts).split("\n") if line.strip())


def report(*, errors: bool = False) -> Iterator[str]:
    """The lines of the report; with `errors`, each paragraph that folding is wrong about."""
    sets = {
        "development": read(GOLD / "development.txt"),
        "test": read(GOLD / "test.txt"),
        "pages, seen": web_pages(seen=True),
        "pages, unseen": web_pages(seen=False),
    }
    yield f"{'':14}{'texts':>7}{'gold':>7}{'precision':>11}{'recall':>8}"
    for name, texts in sets.items():
        result, wrong = score(texts)
        gold = result.right + result.missed
        yield f"{name:14}{len(texts):7}{gold:7}{result.precision:11.1f}{result.recall:8.1f}"
        if errors:
            yield from wrong
    text = "\n\n".join(marked.text for texts in sets.values() for marked in texts)
    long = "\n\n".join(text.replace("the", f"th{number}e") for number in range(1 + 10_000_000 // len(text)))
    for what in (sets["test"][0].text, long):
        started = perf_counter()
        folding.folded(what)
        yield f"{len(what):,} code points: {perf_counter() - started:.3f} s"
