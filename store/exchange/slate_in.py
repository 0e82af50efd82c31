"""SLATE's annotations, read: a file of places and labels, beside the text that they are of.

A place is a line, a word of it, and a sign of the word, each counted from 0; words are what white space parts. SLATE
runs its own files as Python; here they are only ever parsed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from store.articles.identity import canonical
from store.errors import ImportingError
from store.exchange.incoming import BadRecordError, Incoming, Link, Mark, Record
from store.exchange.texts import read_lines, read_text

_LINE = re.compile(r"\s*(?P<places>[\d\s,()\[\]]+?)\s*-(?:\s+(?P<labels>.*?))?\s*\Z")
_WORD = re.compile(r"\S+")
_DEEPEST = 4


def read(path: Path) -> Iterator[Incoming]:
    """One record: the text with all that the file says of it. A line without labels links its places.

    Raises:
        ImportingError: the file cannot be read, or its text is not there.
    """
    text = canonical(read_text(_text_of(path)))
    words = _words(text)
    record = Record("", text=text)
    for number, line in enumerate(read_lines(path), 1):
        if not line.strip():
            continue
        try:
            _take(record, words, line)
        except BadRecordError as error:
            record.problems.append(f"line {number} was left out: {error}")
    yield record


def _text_of(path: Path) -> Path:
    """The text that the annotations are of: the file whose name theirs begins with."""
    name = path.name
    while "." in name:
        name = name.rpartition(".")[0]
        if path.with_name(name).is_file():
            return path.with_name(name)
    raise ImportingError(f"{path} has no text beside it: it is looked for as {path.name.partition('.annotations')[0]}.")


def _words(text: str) -> list[list[tuple[int, int]]]:
    """The words of every line as spans of the text."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append([(start + word.start(), start + word.end()) for word in _WORD.finditer(line)])
        start += len(line) + 1
    return lines


def _take(record: Record, words: list[list[tuple[int, int]]], line: str) -> None:
    match = _LINE.match(line)
    if match is None:
        raise BadRecordError("it is not a place and a label")
    spans = [_span(words, place) for place in _places(match["places"])]
    labels = [label.removeprefix("label:") for label in (match["labels"] or "").split()]
    if labels:
        record.marks += [Mark(label, *span) for span in spans for label in labels]
        return
    for span in spans:
        if all(mark.key != span for mark in record.marks):
            record.marks.append(Mark(None, *span, key=span))
    *earlier, last = spans
    record.links += [Link("linked", last, span) for span in earlier if span != last]


def _places(said: str) -> list[Any]:
    """The places that a line begins with: numbers of lines, one place, or a list of them."""
    text = said.strip()
    if text[0] not in "([":
        return [[int(number)] for number in text.split()]
    if text.count("(") + text.count("[") > 1000:
        raise BadRecordError("it has too many places")
    as_json = re.sub(r",\s*\]", "]", text.replace("(", "[").replace(")", "]"))
    try:
        value = json.loads(as_json)
    except (ValueError, RecursionError) as error:
        raise BadRecordError("its place is not in brackets that close") from error
    return [place if isinstance(place, list) else [place] for place in value] if text[0] == "[" else [value]


def _span(words: list[list[tuple[int, int]]], place: list[Any]) -> tuple[int, int]:
    """The span of a place, or from one place to another."""
    first, last = place if len(place) == 2 and all(isinstance(end, list) for end in place) else (place, place)
    return _place(words, first)[0], _place(words, last)[1]


def _place(words: list[list[tuple[int, int]]], place: list[Any]) -> tuple[int, int]:
    try:
        if not all(isinstance(number, int) and number >= 0 for number in place) or not 1 <= len(place) <= 3:
            raise BadRecordError("its place is not a line, a word and a sign")
        line = words[place[0]]
        if len(place) == 1:
            return line[0][0], line[-1][1]
        start, end = line[place[1]]
        if len(place) == 3:
            if place[2] >= end - start:
                raise BadRecordError("the word has no such sign")
            return start + place[2], start + place[2] + 1
    except IndexError as error:
        raise BadRecordError("the text has no such line or word") from error
    return start, end
