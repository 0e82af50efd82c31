"""A scheme as a TOML file: written with comments that explain it, read so that a mistake is told by its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from store.errors import SchemeError
from store.records import Label
from store.scheme.parts import Attribute, Definition, RelationType, Type

_HEAD = """\
# The scheme of a postil library: what can be tagged, what can be said of it, and how it is related.
# `postil scheme import FILE` puts it into a library; what is in use and not in the file any more is counted first,
# and stays in the annotations. A line that begins with # says nothing.
"""

_LABELS = """\
# Labels, in their order: 2t tags with the second one. `key` is the letter that tags with it after t, and that stands in
# the gutter. `color` is claim, source, cue or evidence; any other name is shown in one common colour.
"""

_ATTRIBUTES = """\
# Attributes: what an annotation says beside its label, in the order of the form. `type` is one of
#   choice, choices (several of them)    with `options`, of which digits and letters choose
#   number                               with `least`, `most` and `whole = true`, each as you like
#   text, date (2024, 2024-05, 2024-05-31), span (words of the article), url
# `labels` are those whose annotations have it (every label, if it is left out); `required = true` says that an
# annotation is not complete without it.
"""

_RELATIONS = """\
# Relations: what one annotation is to another. `from` and `to` are the labels that it may lead from and to (every
# label, if they are left out), `key` is the key that makes it.
"""

_KINDS = {
    "label": {"name", "key", "color", "guideline", "examples"},
    "attribute": {"name", "type", "options", "least", "most", "whole", "required", "labels", "guideline"},
    "relation": {"name", "key", "from", "to", "guideline"},
}
_MOST = 200
"""Parts of one kind."""

_NAME = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029]{1,100}").fullmatch
_TABLE = re.compile(r"\s*\[\[\s*\"?(\w+)\"?\s*\]\]")
_AT_LINE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def write(scheme: Definition) -> str:
    """The scheme as TOML with comments."""
    return "\n".join(
        [
            _HEAD,
            _LABELS,
            *(_table("label", _of_label(label)) for label in scheme.labels),
            _ATTRIBUTES,
            *(_table("attribute", _of_attribute(attribute)) for attribute in scheme.attributes),
            _RELATIONS,
            *(_table("relation", _of_relation(relation)) for relation in scheme.relations),
        ]
    )


def _table(kind: str, fields: Iterator[tuple[str, object]]) -> str:
    return f"[[{kind}]]\n" + "".join(f"{name} = {_value(value)}\n" for name, value in fields)


def _of_label(label: Label) -> Iterator[tuple[str, object]]:
    yield from (("name", label.name), ("key", label.key), ("color", label.color), ("guideline", label.guideline))
    if label.examples:
        yield "examples", label.examples


def _of_attribute(attribute: Attribute) -> Iterator[tuple[str, object]]:
    yield from (("name", attribute.name), ("type", str(attribute.type)))
    for name in ("options", "least", "most", "whole", "required", "labels"):
        value = getattr(attribute, name)
        if value is not None and value is not False and value != ():
            yield name, value
    yield "guideline", attribute.guideline


def _of_relation(relation: RelationType) -> Iterator[tuple[str, object]]:
    yield from (("name", relation.name), ("key", relation.key))
    for name, labels in (("from", relation.sources), ("to", relation.targets)):
        if labels:
            yield name, labels
    yield "guideline", relation.guideline


def _value(value: object) -> str:
    if isinstance(value, tuple):
        parts = [_value(part) for part in value]
        line = f"[{', '.join(parts)}]"
        return line if len(line) <= 100 else "[\n" + "".join(f"    {part},\n" for part in parts) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return '"' + "".join(_sign(sign) for sign in str(value)) + '"'


def _sign(sign: str) -> str:
    if sign in '"\\':
        return f"\\{sign}"
    return sign if sign >= " " and sign != "\x7f" else f"\\u{ord(sign):04x}"


def read(text: str, name: str) -> Definition:
    """The scheme of a file; `name` is what the file is called.

    Raises:
        SchemeError: it is no TOML, or no scheme; the sentence names the line.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at and at[1] else max(1, text.count("\n"))
        said = _AT_LINE.sub("", str(error))
        raise SchemeError(f"{name}, line {line}: this is no TOML ({said}).") from error
    except RecursionError as error:
        raise SchemeError(f"{name} is no scheme: it is nested too deep.") from error
    return _Reading(text, name).scheme(found)


class _Reading:
    """One file being read: what is wrong is told by the line on which it stands."""

    def __init__(self, text: str, name: str) -> None:
        self._lines = text.splitlines()
        self._name = name
        self._kind, self._number = "", 0

    def scheme(self, found: dict[str, Any]) -> Definition:
        for key in found:
            if key not in _KINDS:
                raise SchemeError(f"{self._name}, line {self._line_of_key(0, key)}: {key} is not label, attribute or "
                                  "relation.")  # fmt: skip
        labels = list(self._each(found, "label", self._label))
        names = {label.name for label in labels}
        attributes = list(self._each(found, "attribute", lambda part: self._attribute(part, names)))
        relations = list(self._each(found, "relation", lambda part: self._relation(part, names)))
        if not labels:
            raise SchemeError(f"{self._name} has no label: a scheme needs one at least.")
        return Definition(labels, attributes, relations)

    def _each(self, found: dict[str, Any], kind: str, read: Callable[[dict[str, Any]], Any]) -> Iterator[Any]:
        parts = found.get(kind, [])
        self._kind, self._number = kind, 0
        if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
            raise self._wrong(None, f"write [[{kind}]] with two brackets")
        if len(parts) > _MOST:
            raise self._wrong(None, f"there are more than {_MOST} of this kind")
        names: set[str] = set()
        keys: set[str] = set()
        for self._number, part in enumerate(parts):
            for key in part:
                if key not in _KINDS[kind]:
                    known = ", ".join(sorted(_KINDS[kind]))
                    raise self._wrong(key, f"a {kind} has no {key}: it has {known}")
            made = read(part)
            if made.name in names:
                raise self._wrong("name", f"there is another {kind} called {made.name}")
            names.add(made.name)
            pressed = getattr(made, "key", "").casefold()
            if pressed and pressed in keys:
                raise self._wrong("key", f"another {kind} has the key {made.key}")
            keys.add(pressed)
            yield made

    def _label(self, part: dict[str, Any]) -> Label:
        return Label(
            name=self._word(part, "name"),
            position=self._number + 1,
            key=self._key(part),
            color=self._word(part, "color", "other"),
            guideline=self._text(part, "guideline"),
            examples=self._texts(part, "examples"),
        )

    def _attribute(self, part: dict[str, Any], labels: set[str]) -> Attribute:
        kind = self._word(part, "type")
        if kind not in set(Type):
            raise self._wrong("type", f"{kind} is none of {', '.join(Type)}")
        options = self._texts(part, "options")
        if kind in (Type.CHOICE, Type.CHOICES):
            if not options:
                raise self._wrong("options" if "options" in part else None, "a choice needs options")
            if len(set(options)) < len(options):
                raise self._wrong("options", "an option is there twice")
        elif options:
            raise self._wrong("options", f"only a choice has options, and this is a {kind}")
        least, most = self._number_of(part, "least", kind), self._number_of(part, "most", kind)
        if least is not None and most is not None and least > most:
            raise self._wrong("most", "the greatest number is smaller than the smallest")
        return Attribute(
            name=self._word(part, "name"),
            type=Type(kind),
            options=options,
            least=least,
            most=most,
            whole=self._switch(part, "whole"),
            required=self._switch(part, "required"),
            labels=self._known(part, "labels", labels),
            guideline=self._text(part, "guideline"),
        )

    def _relation(self, part: dict[str, Any], labels: set[str]) -> RelationType:
        return RelationType(
            name=self._word(part, "name"),
            key=self._key(part),
            sources=self._known(part, "from", labels),
            targets=self._known(part, "to", labels),
            guideline=self._text(part, "guideline"),
        )

    def _word(self, part: dict[str, Any], key: str, default: str | None = None) -> str:
        value = part.get(key, default)
        if value is None:
            raise self._wrong(None, f"this {self._kind} has no {key}")
        if not isinstance(value, str) or not _NAME(value):
            raise self._wrong(key, f"{key} has to be one word in quotation marks")
        return value

    def _key(self, part: dict[str, Any]) -> str:
        value = self._word(part, "key")
        if len(value) != 1 or not value.isalnum():
            raise self._wrong("key", "key has to be one letter or digit in quotation marks")
        return value

    def _text(self, part: dict[str, Any], key: str) -> str:
        value = part.get(key, "")
        if not isinstance(value, str) or "\0" in value:
            raise self._wrong(key, f"{key} has to be text in quotation marks")
        return value.strip()

    def _texts(self, part: dict[str, Any], key: str) -> tuple[str, ...]:
        value = part.get(key, [])
        good = isinstance(value, list) and len(value) <= _MOST
        if not good or not all(isinstance(one, str) and one.strip() and "\0" not in one for one in value):
            raise self._wrong(key, f'{key} has to be a list of texts, as ["one", "two"]')
        return tuple(value)

    def _known(self, part: dict[str, Any], key: str, labels: set[str]) -> tuple[str, ...]:
        value = self._texts(part, key)
        for label in value:
            if label not in labels:
                raise self._wrong(key, f"{label} is no label of this file")
        return value

    def _number_of(self, part: dict[str, Any], key: str, kind: str) -> float | None:
        value = part.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e15:
            raise self._wrong(key, f"{key} has to be a number")
        if kind != Type.NUMBER:
            raise self._wrong(key, f"only a number has {key}, and this is a {kind}")
        return float(value)

    def _switch(self, part: dict[str, Any], key: str) -> bool:
        value = part.get(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, f"{key} has to be true or false")
        return value

    def _wrong(self, key: str | None, what: str) -> SchemeError:
        start = self._line_of_table()
        line = start if key is None else self._line_of_key(start, key)
        return SchemeError(f"{self._name}, line {line}: {what}.")

    def _line_of_table(self) -> int:
        """The line of the table that is being read, from 1; of the first of its kind, if it is written otherwise."""
        seen = -1
        for line, text in _outside_of_long_texts(self._lines):
            found = _TABLE.match(text)
            seen += bool(found and found[1] == self._kind)
            if seen == self._number and found:
                return line
        return self._line_of_key(0, self._kind)

    def _line_of_key(self, after: int, key: str) -> int:
        """The line after line `after` of the file on which the key is given a value."""
        given = re.compile(rf"\s*(?:[\"']?{re.escape(key)}[\"']?\s*=|\[+\s*[\"']?{re.escape(key)}[\"']?\s*\])")
        lines = _outside_of_long_texts(self._lines)
        return next((line for line, text in lines if line > after and given.match(text)), max(1, after))


def _outside_of_long_texts(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines, from 1, that do not begin inside a text of several lines."""
    inside = ""
    for number, text in enumerate(lines, 1):
        if not inside:
            yield number, text
        for mark in re.findall(r'"""|\'\'\'', text):
            inside = "" if inside == mark else inside or mark
