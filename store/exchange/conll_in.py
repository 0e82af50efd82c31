"""CoNLL's columns, read: the first is a token, the last its tag, IOB1, IOB2 or IOBES; white space is made anew.

The text of an article is its tokens with a space between them and a line a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from store.exchange.incoming import Incoming, Mark, Record
from store.exchange.texts import read_lines
from store.kinds import Kind

_BEGIN, _INSIDE, _END, _SINGLE = frozenset("B"), frozenset("I"), frozenset("EL"), frozenset("SU")


def read(path: Path) -> Iterator[Incoming]:
    """A record for each document, which begins with `-DOCSTART-`; without one the file is one document.

    Raises:
        ImportingError: the file cannot be read.
    """
    text = _Text(1)
    for number, line in enumerate(read_lines(path), 1):
        columns = line.split()
        if columns[:1] == ["-DOCSTART-"]:
            if text.begun:
                yield text.record()
            text = _Text(number)
        elif not columns:
            text.end_sentence()
        elif line.startswith("# "):  # a comment, as CoNLL-U and its kin have them
            continue
        elif len(columns) == 1:
            text.problems.append(f"line {number} was left out: it has a token and no tag")
        else:
            text.add(columns[0], columns[-1], number)
    if text.begun:
        yield text.record()


class _Text:
    """One document, as its lines come."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._sentences: list[str] = []
        self._words: list[str] = []
        self._length = 0
        self._marks: list[Mark] = []
        self._open: Mark | None = None
        self.problems: list[str] = []

    @property
    def begun(self) -> bool:
        """Whether it has a word."""
        return self._length > 0

    def add(self, word: str, tag: str, number: int) -> None:
        """Add a word with its tag."""
        start = self._length + (1 if self._words else 0)
        self._words.append(word)
        self._length = start + len(word)
        if tag in {"O", "_", "-X-"}:
            self._open = None
            return
        letter, dash, label = tag.partition("-")
        if not dash or not label or letter not in "BIELSU":
            self.problems.append(f"the tag {tag} in line {number} was left out: it is neither O nor B-… nor I-…")
            self._open = None
            return
        going_on = self._open is not None and self._open.label == label and letter in _INSIDE | _END
        if going_on and self._open is not None:
            self._open.end = self._length
        else:
            attributes = {"decision": "add"}
            self._open = Mark(label, start, self._length, kind=Kind.ENTITY, attributes=attributes)
            self._marks.append(self._open)
        if letter in _END | _SINGLE:
            self._open = None

    def end_sentence(self) -> None:
        """End the sentence: what follows is on a line of its own."""
        self._open = None
        if self._words:
            self._sentences.append(" ".join(self._words))
            self._words = []
            self._length += 1

    def record(self) -> Record:
        """The document."""
        self.end_sentence()
        text = "\n".join(self._sentences) + "\n"
        return Record(f"line {self._line}", text=text, marks=self._marks, problems=self.problems)
