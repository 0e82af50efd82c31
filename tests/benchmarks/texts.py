"""Texts of any size, made of the paragraphs of `sample_articles`: the same size always gives the same text."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

from store.articles import files, plain
from store.records import Article
from store.text.paragraphs import paragraphs

SAMPLES = Path(__file__).parents[2] / "sample_articles"

OPENING = (
    "Awaited words begin this article, because the benchmark looks for them in the reading pane. The line that they "
    "stand in is too long for a title, so no title repeats them and nothing but the text of the article can show them."
)
"""The first paragraph of every text."""

AWAITED = "Awaited words begin this article"
"""What is on screen as soon as the text is."""

SIZES = {"6 kB": 6_000, "1 MB": 1_000_000, "10 MB": 10_000_000}
"""Bytes of the texts that are measured."""

_LONGEST = 1_500
"""Code points of a paragraph; a longer one would be the whole of a small text, and nothing of a large one."""


def make(size: int) -> str:
    """A text of about `size` bytes of UTF-8, in paragraphs with blank lines between them.

    The samples' paragraphs take turns, one of each sample, so that texts of every size have short and long ones. The
    sample in many scripts has the last turn, and 6 kB end before it comes to them: like most articles, the smallest is
    plain English, and so is the first screen of each. The large ones have Arabic, Chinese, emoji and all.
    """
    samples = sorted(SAMPLES.iterdir(), key=lambda path: (path.stem == "many-scripts", path.name))
    turns = zip_longest(*map(_paragraphs, samples))
    pool = [(paragraph, len(paragraph.encode()) + 2) for turn in turns for paragraph in turn if paragraph]
    kept, left, position = [OPENING], size - len(OPENING), 0
    while left > 0:
        paragraph, length = pool[position % len(pool)]
        kept.append(paragraph)
        left -= length
        position += 1
    return "\n\n".join(kept) + "\n"


def article(text: str, path: Path) -> Article:
    """The article that postil makes of `text` in the plain text file `path`."""
    return plain.read(text, path)


def _paragraphs(path: Path) -> list[str]:
    text = files.read(path).text
    return [text[start:end] for start, end in paragraphs(text, 0, len(text)) if end - start <= _LONGEST]
