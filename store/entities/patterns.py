"""Files of names in spaCy's own format for patterns: a JSON object a line, read and checked without spaCy.

    {"label": "ORG", "pattern": "Tallow Street Capital"}
    {"label": "GPE", "pattern": [{"lower": "san"}, {"lower": "francisco"}], "id": "san-francisco"}

It is what `entity_ruler` reads and what Prodigy and postil's own rules write.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from store.errors import PostilError

_KEYS = ("label", "pattern", "id")

_TOKEN_KEYS = frozenset(
    "orth text norm lower length shape is_alpha is_ascii is_digit is_lower is_upper is_title is_punct "
    "is_space is_stop is_quote is_bracket is_left_punct is_right_punct is_currency like_num like_url like_email spacy "
    "sent_start is_sent_start ent_type ent_iob op".split()
)
"""What can be said of a token without a tagger, lemmatizer or parser, which postil does not run."""

_NEEDS_MORE = frozenset("pos tag morph dep lemma ent_id ent_kb_id".split())


class PatternsError(PostilError):
    """A file of patterns cannot be used."""


def read(file: Path) -> list[dict[str, Any]]:
    """The patterns of a file, in its order. Empty lines say nothing.

    Raises:
        PatternsError: the file cannot be read, or a line of it is not a pattern.
    """
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PatternsError(f"the patterns in {file} cannot be read ({error}).") from error
    return [_pattern(line, f"{file}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]


def _pattern(line: str, where: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError as error:
        raise PatternsError(f"{where} is not JSON ({error}).") from error
    if not isinstance(said, dict):
        raise PatternsError(f'{where} is not a pattern: write {{"label": "ORG", "pattern": "the name"}}.')
    for key in said:
        if key not in _KEYS:
            raise PatternsError(f"{where} has the key {key!r}: a pattern has {', '.join(_KEYS)}.")
    label, pattern = said.get("label"), said.get("pattern")
    if not isinstance(label, str) or not label.strip():
        raise PatternsError(f'{where} has no label: write "label": "ORG" or another.')
    if not isinstance(said.get("id", ""), str):
        raise PatternsError(f"{where} has an id that is not text.")
    if isinstance(pattern, str):
        if not pattern.strip():
            raise PatternsError(f"{where} has an empty pattern.")
    elif isinstance(pattern, list) and pattern and all(isinstance(token, dict) for token in pattern):
        for token in pattern:
            _check_token(token, where)
    else:
        raise PatternsError(f'{where} has no pattern: write a text, or a list of tokens as [{{"lower": "oslo"}}].')
    return said


def _check_token(token: dict[str, Any], where: str) -> None:
    for key in token:
        name = key.lower()
        if name in _NEEDS_MORE:
            raise PatternsError(f"{where} asks for {key!r} of a token, which postil's fast pipeline does not work out.")
        if name not in _TOKEN_KEYS:
            raise PatternsError(f"{where} asks for {key!r} of a token, which spaCy does not know.")
