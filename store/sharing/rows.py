"""Is a row of somebody else's library one that ours could have made? Every type, form and bound that a row has.

A row that breaks a rule raises `Unfit` with a plain half sentence. What can be made from something else, such as an
article's words or the signs around a quote, is made from it and never taken over. Functions over plain values, because
a million annotations go through here.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Container, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Final, TypeAlias

import orjson

from store.articles.found_at import SHARED
from store.kinds import Grouping, Kind, State
from store.metadata import fields
from store.metadata.fields import Field
from store.metadata.laying import listing
from store.scheme.parts import Type
from store.shelf.groups import is_name
from store.text.anchors import CONTEXT
from store.text.storable import LONGEST_NOTE
from store.text.words import count_words

Row: TypeAlias = tuple[Any, ...]

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "annotator": ("id", "name", "created", "given"),
    "article": (
        "id", "title", "author", "source", "url", "published", "format", "path", "added", "text",
    ),
    "provenance": ("article_id", "extractor", "original", "part", "fetched", "language", "meta"),
    "correction": ("article_id", "field", "value", "original", "annotator_id", "updated", "withdrawn"),
    "source": ("article_id", "kind", "place", "seen"),
    "label": ("name", "position", "key", "color", "guideline", "examples"),
    "scheme_attribute": (
        "name", "position", "type", "options", "least", "most", "whole", "required", "labels", "guideline",
    ),
    "scheme_relation": ("name", "position", "key", "sources", "targets", "guideline"),
    "annotation": (
        "id", "article_id", "annotator_id", "kind", "label", "start", "end", "pieces", "quote", "note", "attributes",
        "created", "updated", "withdrawn",
    ),
    "relation": (
        "id", "annotator_id", "label", "source_id", "target_id", "note", "attributes", "created", "updated",
        "withdrawn",
    ),
    "rule": (
        "id", "annotator_id", "pattern", "label", "case_sensitive", "article_id", "note", "created", "updated",
        "withdrawn",
    ),
    "membership": ("article_id", "kind", "name", "annotator_id", "updated", "withdrawn"),
    "reading_state": ("article_id", "annotator_id", "caret", "furthest", "top", "back", "updated"),
    "reading_choice": ("article_id", "annotator_id", "state", "queued", "updated"),
    "prediction": ("article_id", "pipeline", "start", "end", "entities"),
}  # fmt: skip
"""The columns that are read, in the order in which the functions below take them."""

DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "annotator": ("here",),
    "article": ("words", "length", "listing"),
    "annotation": ("prefix", "suffix"),
}
"""The columns that are made here from others."""

LONGEST_NAME = 500
"""Code points of a name: of a person, a label, a pipeline."""

LONGEST_KEY = 16
"""Code points of a label's key: one sign, which may be made of several."""

LONGEST_TEXT = LONGEST_NOTE
"""Code points of a note, a title, a guideline. A heading may be long, and its article's annotations are not lost."""

LARGEST_JSON = 1_000_000
"""Code points of attributes, of pieces, and of a stretch's entities."""

DEEPEST_JSON = 20
"""Lists and objects inside each other."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z").fullmatch
_SHA256 = re.compile(r"[0-9a-f]{64}").fullmatch
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]").search
_EARLIEST = "1970"
_KINDS = frozenset(Kind)
_STATES = frozenset(State)
_GROUPINGS = frozenset(Grouping)
_TYPES = frozenset(Type)
_FORMATS = frozenset({"text", "markdown"})
_FIELDS = frozenset(Field)


class Unfit(Exception):  # noqa: N818 -- not an error: a verdict
    """A row that is not taken, and why: half a sentence that begins with `it`."""


class Rules:
    """The rules, at one moment: a time may lie a day ahead of it, since clocks differ, and no more."""

    def __init__(self) -> None:
        """Set the latest time that a row may name."""
        self._latest = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="microseconds")

    def annotator(self, row: Row) -> dict[str, Any]:
        """The annotator, or `Unfit`."""
        key, name, created, given = row
        _uuid(key, "id")
        for value in (name, given):
            _line(value, "name", LONGEST_NAME)
            if not value.strip():
                raise Unfit("it has no name")
        self._time(created, "created")
        return dict(zip(COLUMNS["annotator"], row, strict=True)) | {"here": 0}

    def article(self, row: Row) -> dict[str, Any]:
        """The article with its words, length and listing counted anew, or `Unfit`."""
        key, title, author, source, url, published, form, path, added, text = row
        if type(text) is not str or "\0" in text:
            raise Unfit("its text has signs that no text has")
        if not text.strip():
            raise Unfit("its text is empty")
        if "\r" in text:
            raise Unfit("its text has line ends that are not postil's")
        if hashlib.sha256(text.encode()).hexdigest() != key:
            raise Unfit("its text is not the one that its id was made from")
        _line(title, "title", LONGEST_TEXT)
        for value, what in ((author, "author"), (source, "source"), (url, "URL"), (published, "date"), (path, "path")):
            if value is not None:
                _line(value, what, LONGEST_TEXT)
        if form not in _FORMATS:
            raise Unfit("its format is not one that postil knows")
        self._time(added, "added")
        return dict(zip(COLUMNS["article"], row, strict=True)) | {
            "words": count_words(text),
            "length": len(text),
            "listing": listing(title, source, author),
        }

    def provenance(self, row: Row, lengths: Container[str]) -> dict[str, Any]:
        """How an article's text was got, or `Unfit`; `lengths` holds the fit articles."""
        article, extractor, original, part, fetched, language, meta = row
        if article not in lengths:
            raise Unfit("its article is not in the file or was skipped")
        _line(extractor, "extractor", LONGEST_NAME)
        for value, what in ((part, "part"), (language, "language")):
            if value is not None:
                _line(value, what, LONGEST_NAME)
        if original is not None and (type(original) is not str or not _SHA256(original)):
            raise Unfit("its hash of the original is no hash")
        if fetched is not None:
            self._time(fetched, "fetched")
        if meta != "{}":
            _json(meta, "further fields", dict)
        return dict(zip(COLUMNS["provenance"], row, strict=True))

    def correction(self, row: Row, lengths: Container[str], annotators: Container[str]) -> dict[str, Any]:
        """The correction of an article's metadata, or `Unfit`; `lengths` holds the fit articles."""
        article, field, value, _, owner, updated, withdrawn = row
        if article not in lengths:
            raise Unfit("its article is not in the file or was skipped")
        if owner not in annotators:
            raise Unfit("its annotator is not in the file or was skipped")
        self.original(row)
        self._time(updated, "updated")
        if withdrawn is not None:
            self._time(withdrawn, "withdrawn")
            if value is not None:
                raise Unfit("it was taken back and still says something")
        elif value is None:
            if field in fields.ALWAYS_SAID:
                raise Unfit(f"it says that an article has no {field}")
        else:
            _line(value, "value", LONGEST_TEXT)
            if (wrong := fields.problem(Field(field), value)) is not None:
                raise Unfit(f"of its value, {wrong}")
        return dict(zip(COLUMNS["correction"], row, strict=True))

    def original(self, row: Row) -> tuple[str, str, str | None]:
        """Of a correction the article, the field and what the source says, or `Unfit`."""
        article, field, _, original, *_ = row
        if field not in _FIELDS:
            raise Unfit("its field is not one that postil knows")
        if original is not None:
            _line(original, "source's value", LONGEST_TEXT)
        if (field == Field.TITLE and original is None) or (field == Field.LANGUAGE and original is not None):
            raise Unfit(f"its source's value is not one of a {field}")
        return article, field, original

    def source(self, row: Row, lengths: Container[str]) -> dict[str, Any]:
        """Where an article's text was found, or `Unfit`; `lengths` holds the fit articles."""
        article, kind, place, seen = row
        if article not in lengths:
            raise Unfit("its article is not in the file or was skipped")
        if kind not in SHARED:
            raise Unfit("its kind is not one that postil knows")
        _line(place, "place", LONGEST_TEXT)
        if not place:
            raise Unfit("its place is empty")
        self._time(seen, "seen")
        return dict(zip(COLUMNS["source"], row, strict=True))

    def label(self, row: Row) -> dict[str, Any]:
        """The label, or `Unfit`."""
        name, position, key, color, guideline, examples = row
        _scheme(name, position, guideline, key)
        _name(color, "colour")
        _texts(examples, "examples")
        return dict(zip(COLUMNS["label"], row, strict=True))

    def scheme_attribute(self, row: Row) -> dict[str, Any]:
        """The attribute of a scheme, or `Unfit`."""
        name, position, kind, options, least, most, whole, required, labels, guideline = row
        _scheme(name, position, guideline)
        if kind not in _TYPES:
            raise Unfit("its type is not one that postil knows")
        if not _texts(options, "options") and kind in (Type.CHOICE, Type.CHOICES):
            raise Unfit("it is a choice without options")
        for number in (least, most):
            if number is not None and (type(number) is not float or not abs(number) < 1e15):
                raise Unfit("its bounds are not numbers")
        if whole not in (0, 1) or required not in (0, 1):
            raise Unfit("its switches are neither 0 nor 1")
        _texts(labels, "labels")
        return dict(zip(COLUMNS["scheme_attribute"], row, strict=True))

    def scheme_relation(self, row: Row) -> dict[str, Any]:
        """The relation of a scheme, or `Unfit`."""
        name, position, key, sources, targets, guideline = row
        _scheme(name, position, guideline, key)
        _texts(sources, "labels")
        _texts(targets, "labels")
        return dict(zip(COLUMNS["scheme_relation"], row, strict=True))

    def annotation(self, row: Row, text: str, annotators: Container[str]) -> dict[str, Any]:
        """The annotation on an article of that text, with its context made anew, or `Unfit`."""
        key, article, owner, kind, label, start, end, pieces, quote, note, attributes, created, updated, withdrawn = row
        _uuid(key, "id")
        if owner not in annotators:
            raise Unfit("its annotator is not in the file or was skipped")
        if kind not in _KINDS:
            raise Unfit("its kind is not one that postil knows")
        if label is not None:
            _name(label, "label")
        self._act(note, attributes, created, updated, withdrawn)
        if start is None and end is None:
            if quote != "" or pieces != "[]":
                raise Unfit("it quotes words, but stands on the article as a whole")
            prefix = suffix = ""
        else:
            if type(start) is not int or type(end) is not int:
                raise Unfit("its start or its end is not a number")
            if not 0 <= start < end <= len(text):
                raise Unfit(f"it stands at {start}:{end}, outside its text of {len(text):,} code points")
            if text[start:end] != quote:
                raise Unfit(f"its quote is not what stands at {start}:{end} of the text")
            if pieces != "[]":
                _pieces(pieces, start, end)
            prefix = text[start - CONTEXT if start > CONTEXT else 0 : start]
            suffix = text[end : end + CONTEXT]
        return {  # twice as quick as making it from the names of the columns
            "id": key,
            "article_id": article,
            "annotator_id": owner,
            "kind": kind,
            "label": label,
            "start": start,
            "end": end,
            "pieces": pieces,
            "quote": quote,
            "prefix": prefix,
            "suffix": suffix,
            "note": note,
            "attributes": attributes,
            "created": created,
            "updated": updated,
            "withdrawn": withdrawn,
        }

    def relation(self, row: Row, annotators: Container[str], annotations: Container[str]) -> dict[str, Any]:
        """The relation, or `Unfit`; `annotations` holds those of its ends that are fit."""
        key, owner, label, source, target, note, attributes, created, updated, withdrawn = row
        _uuid(key, "id")
        if owner not in annotators:
            raise Unfit("its annotator is not in the file or was skipped")
        _name(label, "label")
        if source not in annotations or target not in annotations:
            raise Unfit("one of its annotations is not in the file or was skipped")
        if source == target:
            raise Unfit("it leads from an annotation to itself")
        self._act(note, attributes, created, updated, withdrawn)
        return dict(zip(COLUMNS["relation"], row, strict=True))

    def rule(self, row: Row, lengths: Container[str], annotators: Container[str]) -> dict[str, Any]:
        """The rule about a name, or `Unfit`; `lengths` holds the fit articles."""
        key, owner, pattern, label, case_sensitive, article, note, created, updated, withdrawn = row
        _uuid(key, "id")
        if owner not in annotators:
            raise Unfit("its annotator is not in the file or was skipped")
        _line(pattern, "pattern", LONGEST_TEXT)
        if not pattern.strip() or pattern != " ".join(pattern.split()):
            raise Unfit("its pattern is not words with single spaces")
        if label is not None:
            _name(label, "label")
        if case_sensitive not in (0, 1):
            raise Unfit("its case is neither 0 nor 1")
        if article is not None and article not in lengths:
            raise Unfit("its article is not in the file or was skipped")
        self._act(note, "{}", created, updated, withdrawn)
        return dict(zip(COLUMNS["rule"], row, strict=True))

    def membership(self, row: Row, lengths: Container[str], annotators: Container[str]) -> dict[str, Any]:
        """That an article has a tag or is in a collection, or `Unfit`; `lengths` holds the fit articles."""
        article, kind, name, owner, updated, withdrawn = row
        if article not in lengths:
            raise Unfit("its article is not in the file or was skipped")
        if owner not in annotators:
            raise Unfit("its annotator is not in the file or was skipped")
        if kind not in _GROUPINGS:
            raise Unfit("it is neither a tag nor a collection")
        if type(name) is not str or not is_name(name):
            raise Unfit("its name is not one that a tag can have")
        self._time(updated, "updated")
        if withdrawn is not None:
            self._time(withdrawn, "withdrawn")
        return dict(zip(COLUMNS["membership"], row, strict=True))

    def reading_state(self, row: Row, lengths: Mapping[str, int], annotators: Container[str]) -> dict[str, Any]:
        """The reading position, or `Unfit`; `lengths` are those of the fit articles, in code points."""
        article, reader, caret, furthest, top, back, updated = row
        length = _length(article, lengths)
        if reader not in annotators:
            raise Unfit("its annotator is not in the file or was skipped")
        for place, may_be_none in ((caret, False), (furthest, False), (top, True), (back, True)):
            if not (may_be_none and place is None) and (type(place) is not int or not 0 <= place <= length):
                raise Unfit("it names a place outside the text")
        self._time(updated, "updated")
        return dict(zip(COLUMNS["reading_state"], row, strict=True))

    def reading_choice(self, row: Row, lengths: Container[str], annotators: Container[str]) -> dict[str, Any]:
        """What somebody decided about reading an article, or `Unfit`; `lengths` holds the fit articles."""
        article, reader, state, queued, updated = row
        if article not in lengths:
            raise Unfit("its article is not in the file or was skipped")
        if reader not in annotators:
            raise Unfit("its annotator is not in the file or was skipped")
        if state is not None and state not in _STATES:
            raise Unfit("its state is not one that postil knows")
        if queued is not None:
            self._time(queued, "queued")
        self._time(updated, "updated")
        return dict(zip(COLUMNS["reading_choice"], row, strict=True))

    def prediction(self, row: Row, lengths: Mapping[str, int]) -> dict[str, Any]:
        """What a pipeline said of a stretch, or `Unfit`; `lengths` are those of the fit articles, in code points."""
        article, pipeline, start, end, entities = row
        length = _length(article, lengths)
        _name(pipeline, "pipeline")
        if type(start) is not int or type(end) is not int or not 0 <= start <= end <= length:
            raise Unfit("its stretch lies outside the text")
        found = _json(entities, "entities", list)
        for entity in found:
            if type(entity) is not list or [type(part) for part in entity] != [int, int, str]:
                raise Unfit("its entities are not what a pipeline says")
            _name(entity[2], "entity's label")
        if not all(start <= first < last <= end for first, last, _ in found):
            raise Unfit("it has an entity outside its stretch")
        if any(before[0] > after[0] for before, after in pairwise(found)):
            raise Unfit("its entities are not in the order of the text")
        return dict(zip(COLUMNS["prediction"], row, strict=True))

    def _act(self, note: object, attributes: object, created: object, updated: object, withdrawn: object) -> None:
        """What annotations and relations have in common."""
        if note != "":
            _line(note, "note", LONGEST_TEXT)
        if attributes != "{}":
            _json(attributes, "attributes", dict)
        self._time(created, "created")
        if updated != created:
            self._time(updated, "updated")
        if withdrawn is not None:
            self._time(withdrawn, "withdrawn")

    def _time(self, value: object, what: str) -> None:
        if type(value) is not str or not _TIME(value):
            raise Unfit(f"its time `{what}` is not a time as postil writes it")
        if not _EARLIEST <= value <= self._latest:
            raise Unfit(f"its time `{what}` lies before 1970 or after tomorrow")
        try:
            datetime.fromisoformat(value)
        except ValueError:
            raise Unfit(f"its time `{what}` is no day or no hour") from None


def _uuid(value: object, what: str) -> None:
    if type(value) is not str or not _UUID(value):
        raise Unfit(f"its {what} is not a UUID as postil writes it")


def _line(value: object, what: str, longest: int) -> None:
    if type(value) is not str:
        raise Unfit(f"its {what} is not text")
    if "\0" in value:
        raise Unfit(f"its {what} has a NUL in it")
    if len(value) > longest:
        raise Unfit(f"its {what} is longer than {longest:,} code points")


def _name(value: object, what: str, longest: int = LONGEST_NAME) -> None:
    """A word that the program knows things by: short, and on one line."""
    if type(value) is not str or not value or len(value) > longest or _CONTROL(value):
        raise Unfit(f"its {what} is not a name")


def _scheme(name: object, position: object, guideline: object, key: object = "") -> None:
    """What the parts of a scheme have in common."""
    _name(name, "name")
    if key != "":
        _name(key, "key", LONGEST_KEY)
    _line(guideline, "guideline", LONGEST_TEXT)
    if type(position) is not int or not 0 <= position <= 10_000:
        raise Unfit("its place in the scheme is no place")


def _texts(value: object, what: str) -> list[str]:
    """A JSON array of texts."""
    texts: list[str] = _json(value, what, list)
    if any(type(text) is not str for text in texts):
        raise Unfit(f"its {what} are not texts")
    return texts


def _length(article: object, lengths: Mapping[str, int]) -> int:
    length = lengths.get(article) if type(article) is str else None
    if length is None:
        raise Unfit("its article is not in the file or was skipped")
    return length


def _pieces(value: object, start: int, end: int) -> None:
    pieces = _json(value, "pieces", list)
    if any(type(piece) is not list or [type(border) for border in piece] != [int, int] for piece in pieces):
        raise Unfit("its pieces are not pairs of numbers")
    borders = [border for piece in pieces for border in piece]
    ascending = all(before < after for before, after in pairwise(borders))
    if len(pieces) < 2 or not ascending or (borders[0], borders[-1]) != (start, end):
        raise Unfit("its pieces do not follow each other from its start to its end")


def _json(value: object, what: str, kind: Callable[[], Any]) -> Any:
    if type(value) is not str or len(value) > LARGEST_JSON:
        raise Unfit(f"its {what} are too long")
    try:
        found = orjson.loads(value)
    except orjson.JSONDecodeError:
        raise Unfit(f"its {what} are not JSON") from None
    if type(found) is not kind:
        raise Unfit(f"its {what} are not of the right form")
    if _has_nul(value) or _deeper(found, DEEPEST_JSON):
        raise Unfit(f"its {what} have a NUL in them or are too deep")
    return found


def _has_nul(text: str) -> bool:
    return "\\u0000" in text or "\0" in text


def _deeper(value: object, most: int) -> bool:
    """Whether there are more than `most` lists and objects inside each other; a level at a time, without recursion."""
    level = [value]
    for _ in range(most + 1):
        level = [
            part
            for one in level
            if isinstance(one, list | dict)
            for part in (one if isinstance(one, list) else one.values())
            if isinstance(part, list | dict)
        ]
        if not level:
            return False
    return True
