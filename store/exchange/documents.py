"""Files of JSON as they are found: an object a line, or one document; each value with the place that it stands at."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, TypeVar

import orjson

from store.errors import ImportingError
from store.exchange.incoming import Bad, BadRecordError, Incoming, Record

T = TypeVar("T")

_SPACE = b" \t\r\n" + codecs.BOM_UTF8
"""What may stand before a value."""

Document = tuple[str, Any]
"""A place, as `line 3`, and the value that stands there."""


def values(path: Path) -> Iterator[Document | Bad]:
    """The values of a file: of JSON lines one a line, of an array its items, of anything else the one that it is.

    JSON lines are read one at a time; a document is read whole.

    Raises:
        ImportingError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            if _are_lines(file) or not _is_document(path):
                file.seek(0)
                yield from _lines(file)
                return
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise ImportingError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise ImportingError(f"{path} is not UTF-8 (byte 0x{byte:02X}): save it as UTF-8.") from error
    yield from _items(text) if text.lstrip()[:1] == "[" else _whole(text)


def records(path: Path, parse: Callable[[str, Any], Iterator[Incoming]]) -> Iterator[Incoming]:
    """What `parse` makes of each value, given its place; what it raises makes the value a bad record."""
    for value in values(path):
        if isinstance(value, Bad):
            yield value
            continue
        try:
            yield from list(parse(*value))
        except BadRecordError as error:
            yield Bad(value[0], str(error))


def each(record: Record, items: list[Any], what: str, take: Callable[[Any], object]) -> None:
    """Call `take` with every item; one that it refuses becomes a problem of the record, and the rest is taken."""
    for number, item in enumerate(items, 1):
        try:
            take(item)
        except BadRecordError as error:
            record.problems.append(f"{what} {number} was left out: {error}")


def expect(value: Any, name: str, kind: type[T], default: T | None = None) -> T:
    """The field of an object, which has to be of a kind.

    Raises:
        BadRecordError: `value` is no object, or its field is of another kind, or missing where there is no default.
    """
    if not isinstance(value, dict):
        raise BadRecordError("it is not a JSON object")
    found = value.get(name)
    if found is None and default is not None:
        return default
    if not isinstance(found, kind) or (kind is int and isinstance(found, bool)):
        said = "is missing" if name not in value else f"is not {_KINDS[kind]}"
        raise BadRecordError(f"its field {name} {said}")
    return found


_KINDS: dict[type[Any], str] = {str: "a text", int: "a whole number", list: "an array", dict: "an object"}


def _are_lines(file: IO[bytes]) -> bool:
    """Whether the first line that is not empty is JSON, and whole; an array that is the whole file is a document."""
    lines = (line for line in file if line.strip(_SPACE))
    first = next(lines, b"").strip(_SPACE)
    return _is_json(first) and (first[:1] != b"[" or next(lines, None) is not None)


def _is_document(path: Path) -> bool:
    """Whether the file is one JSON value; an array is taken for one even if it is broken."""
    data = path.read_bytes().strip(_SPACE)
    return data[:1] == b"[" or _is_json(data) or data.count(b"\n") == 0


def _lines(file: IO[bytes]) -> Iterator[Document | Bad]:
    for number, line in enumerate(file, 1):
        said = line.removeprefix(codecs.BOM_UTF8)
        if said.strip():
            try:
                yield f"line {number}", orjson.loads(said)
            except orjson.JSONDecodeError as error:
                yield Bad(f"line {number}", f"it is not JSON ({error.msg})")


def _items(text: str) -> Iterator[Document | Bad]:
    """The items of the array that the text is, each with the line that it begins in."""
    decoder, position = json.JSONDecoder(), text.index("[") + 1
    line, counted = 1, 0
    while True:
        position = _past(text, position, ",")
        line, counted = line + text.count("\n", counted, position), position
        if text[position : position + 1] in {"]", ""}:
            if not text[position:].strip():
                yield Bad(f"line {line}", "the array that the file is does not end")
            return
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield Bad(f"line {line}", f"it is not JSON ({getattr(error, 'msg', error)}), and what follows was not read")
            return
        yield f"line {line}", value


def _past(text: str, position: int, sign: str) -> int:
    while position < len(text) and (text[position].isspace() or text[position] == sign):
        position += 1
    return position


def _whole(text: str) -> Iterator[Document | Bad]:
    try:
        yield "", orjson.loads(text)
    except orjson.JSONDecodeError as error:
        yield Bad(f"line {error.lineno}", f"it is not JSON ({error.msg})")


def _is_json(data: bytes) -> bool:
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    return True
