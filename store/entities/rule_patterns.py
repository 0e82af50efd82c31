"""Rules as spaCy's own patterns, a JSON object a line, as its `entity_ruler` reads and writes them.

A string pattern is a rule as it stands. A token pattern becomes one if each token is named by nothing but its letters
(`ORTH`, `TEXT`, or `LOWER` for whatever case). A rule without a label goes out as `never`, spelled `NEVER`, which
comes in as such again. https://spacy.io/usage/rule-based-matching#entityruler
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from store.entities.rules import checked_label, checked_pattern
from store.errors import RuleError
from store.records import Rule

NEVER = "NEVER"
"""The label of a pattern that is never a name."""

_KEYS = {"label", "pattern", "id"}
_EXACT, _LOWER = {"ORTH", "TEXT"}, "LOWER"

Pattern = tuple[str, str | None, bool, str]
"""The words, the label or None for never, whether case counts, a note."""


def lines(rules: Iterable[Rule]) -> Iterator[bytes]:
    """The rules for every article, a line each; one whose case does not count as a token pattern."""
    for rule in rules:
        if rule.article_id is not None:
            continue
        pattern: object = rule.pattern
        if not rule.case_sensitive:
            pattern = [{"LOWER": word.lower()} for word in rule.pattern.split()]
        line = {"label": rule.label or NEVER, "pattern": pattern} | ({"id": rule.note} if rule.note else {})
        yield orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)


def read(path: Path) -> list[Pattern]:
    """The rules that a file of patterns says.

    Raises:
        RuleError: the file cannot be read, or a line of it, which the sentence names, is no pattern that can be a rule.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RuleError(f"{path} cannot be read ({error.strerror}): name a file of patterns.") from error
    found = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                found.append(_pattern(line))
            except RuleError as error:
                raise RuleError(f"{path}, line {number}: {error.sentence} Nothing was imported.") from error
    return found


def _pattern(line: bytes) -> Pattern:
    try:
        said = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise RuleError(f"this is not JSON ({error}).") from error
    if not isinstance(said, dict):
        raise RuleError('a pattern is an object such as {"label": "ORG", "pattern": "Amazon"}.')
    if unknown := sorted(said.keys() - _KEYS):
        raise RuleError(f"the key {unknown[0]} is unknown: a pattern has label, pattern and id.")
    label, note = said.get("label"), said.get("id", "")
    if not isinstance(label, str):
        raise RuleError("the label is missing, or is no text.")
    if not isinstance(note, str):
        raise RuleError("the id is no text.")
    words, case_sensitive = _words(said.get("pattern"))
    return checked_pattern(words), checked_label(None if label == NEVER else label), case_sensitive, note


def _words(pattern: Any) -> tuple[str, bool]:
    """The words of a string pattern or a token pattern, and whether case counts."""
    if isinstance(pattern, str):
        return pattern, True
    if not isinstance(pattern, list) or not pattern:
        raise RuleError("the pattern is missing, or is neither a text nor a list of tokens.")
    words: list[str] = []
    keys: set[str] = set()
    for token in pattern:
        name, word = next(iter(token.items())) if isinstance(token, dict) and len(token) == 1 else ("", None)
        if name.upper() not in _EXACT | {_LOWER} or not isinstance(word, str):
            raise RuleError(
                "a rule of postil is a phrase: only tokens named by ORTH, TEXT or LOWER alone can become one, such as"
                ' [{"LOWER": "new"}, {"LOWER": "york"}].'
            )
        words.append(word)
        keys.add(_LOWER if name.upper() == _LOWER else "TEXT")
    if len(keys) > 1:
        raise RuleError("case counts for some of the tokens and not for others: write either LOWER or TEXT for all.")
    return " ".join(words), _LOWER not in keys
