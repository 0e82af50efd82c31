"""brat's standoff, read: a folder, or one `.ann` file, each with its text in a `.txt` file beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from store.errors import ImportingError
from store.exchange.carrying import restore, restore_link
from store.exchange.incoming import BadRecordError, Incoming, Link, Mark, Record
from store.exchange.texts import read_lines, read_text

_SPAN = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?\Z")
_RELATION = re.compile(r"(R\d+)\t(\S+)((?: [^\s:]+:\S+){2,})\s*\Z")
_EVENT = re.compile(r"(E\d+)\t\S+:(T\d+)((?: [^\s:]+:\S+)*)\s*\Z")
_EQUAL = re.compile(r"\*\t(\S+)((?: \S+)+)\s*\Z")
_ATTRIBUTE = re.compile(r"([AM]\d+)\t(\S+) ([TER]\d+)(?: (.*))?\Z")
_NOTE = re.compile(r"(#\d+)\t(\S+) ([TER]\d+)\t(.*)\Z")


def read(path: Path) -> Iterator[Incoming]:
    """A record for each `.ann` file, in the order of their names.

    Raises:
        ImportingError: a file cannot be read.
    """
    for file in sorted(path.rglob("*.ann")) if path.is_dir() else [path]:
        text = file.with_suffix(".txt")
        if not text.is_file():
            raise ImportingError(f"{file} has no text beside it: {text.name} is not there.")
        name = str(file.relative_to(path)) if path.is_dir() else ""
        yield _Document(name, read_text(text)).read(read_lines(file))


class _Document:
    """One text with the lines about it."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._text = text
        self._record = Record(name, text=text)
        self._marks: dict[str, Mark] = {}
        self._links: dict[str, Link] = {}

    def read(self, lines: list[str]) -> Record:
        """The record; spans are read first, since what is said of them may stand before them."""
        kinds: list[tuple[str, re.Pattern[str], Callable[..., None]]] = [
            ("T", _SPAN, self._span),
            ("E", _EVENT, self._event),
            ("R", _RELATION, self._relation),
            ("*", _EQUAL, self._equal),
            ("AM", _ATTRIBUTE, self._attribute),
            ("#", _NOTE, self._note),
        ]
        known = "".join(letters for letters, *_ in kinds) + "N"  # N: what brat knows of other data bases
        for number, line in enumerate(lines, 1):
            if line.strip() and line[0] not in known:
                self._complain(number, "it is no line of brat's")
        for letters, pattern, take in kinds:
            for number, line in enumerate(lines, 1):
                if line[:1] and line[0] in letters:
                    self._take(number, line, pattern, take)
        self._record.marks = list(self._marks.values())
        self._record.links += self._links.values()
        return self._record

    def _take(self, number: int, line: str, pattern: re.Pattern[str], take: Callable[..., None]) -> None:
        match = pattern.match(line)
        try:
            if match is None:
                raise BadRecordError("it is no line of brat's")
            take(*match.groups())
        except BadRecordError as error:
            self._complain(number, str(error))

    def _complain(self, number: int, reason: str) -> None:
        self._record.problems.append(f"line {number} was left out: {reason}")

    def _span(self, key: str, label: str, places: str, quote: str | None) -> None:
        pieces = [(int(start), int(end)) for start, end in (place.split() for place in places.split(";"))]
        if any(start >= end or end > len(self._text) for start, end in pieces):
            raise BadRecordError(
                f"it stands at {places}, which is no span of a text of {len(self._text):,} code points"
            )
        joined = self._joined(pieces)
        mark = Mark(label, joined[0][0], joined[-1][1], pieces=joined, key=key)
        if len(joined) == 1:
            mark.quote = quote
        self._marks[key] = mark

    def _joined(self, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The pieces, with those made one that only a line end keeps apart: brat has no span over one."""
        joined = [pieces[0]]
        for start, end in pieces[1:]:
            last = joined[-1][1]
            if last <= start and not self._text[last:start].strip("\r\n"):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
        return joined

    def _event(self, key: str, trigger: str, roles: str) -> None:
        self._of(trigger)
        for role, end in (part.split(":", 1) for part in roles.split()):
            self._links[f"{key} {role}"] = Link(role, trigger, self._of(end).key)
        self._marks.setdefault(key, self._marks[trigger])

    def _relation(self, key: str, label: str, ends: str) -> None:
        first, second, *_ = (part.split(":", 1)[1] for part in ends.split())
        self._links[key] = Link(label, self._of(first).key, self._of(second).key)

    def _equal(self, _label: str, ends: str) -> None:
        first, *others = (self._of(end).key for end in ends.split())
        for other in others:
            self._links[f"{first} = {other}"] = Link("same_as", first, other)

    def _attribute(self, _key: str, name: str, about: str, value: str | None) -> None:
        thing = self._links.get(about) or self._of(about)
        thing.attributes = {**thing.attributes, name: True if value is None else value}

    def _note(self, _key: str, kind: str, about: str, text: str) -> None:
        link = self._links.get(about)
        thing = link or self._of(about)
        if kind != "Postil":
            thing.note = f"{thing.note}\n{text}" if thing.note else text
            return
        known = _json(text)
        thing.note = ""  # the line for people has no line ends; this one has the whole of it
        if link is not None:
            restore_link(link, {name: value for name, value in known.items() if name not in {"source", "target"}})
        elif isinstance(thing, Mark):
            pieces = thing.pieces
            restore(thing, known)
            thing.pieces = pieces  # where it stands is said by its own line, which may have been changed since
        if isinstance(known.get("label"), str):
            thing.label = known["label"]

    def _of(self, key: str) -> Mark:
        mark = self._marks.get(key)
        if mark is None:
            raise BadRecordError(f"there is no {key}")
        return mark


def _json(text: str) -> dict[str, Any]:
    try:
        known = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadRecordError(f"it is not JSON ({error.msg})") from error
    if not isinstance(known, dict):
        raise BadRecordError("it is not a JSON object")
    return known
