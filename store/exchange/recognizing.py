"""Which format a file is in, told by what is in it and not by its name."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Any

from store.errors import ImportingError
from store.exchange.documents import values
from store.exchange.incoming import Bad

_LOOKED_AT = 200
"""Lines of a file that is not JSON."""

_SLATE = re.compile(r"\s*(?:[\[(][\d\s,()\[\]]*[\])]|\d+(?:\s+\d+)*)\s+-(?:\s.*)?\Z")
_TAGGED = re.compile(r"\S+(?:[ \t]+\S+)*[ \t]+(?:O|[BIESLU]-\S+)\Z")


def recognize(path: Path) -> str:
    """The name of the format.

    Raises:
        ImportingError: there is no such file, it cannot be read, or it is of no format that postil reads.
    """
    if path.is_dir():
        if next(path.glob("*.ann"), None) is not None:
            return "brat"
        raise ImportingError(f"{path} is a folder without .ann files, so it is not brat's: name the files in it.")
    if not path.exists():
        raise ImportingError(f"{path} does not exist: check the path.")
    if path.suffix == ".ann":
        return "brat"
    try:
        with path.open("rb") as file:
            start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    except OSError as error:
        raise ImportingError(f"{path} cannot be read ({error.strerror}).") from error
    name = _json(path) if start in {b"{", b"["} and not _looks_like_slate(path) else _lines(path)
    if name is None:
        raise ImportingError(
            f"What {path} holds is of no format that postil reads, or is empty: name the format with --format."
        )
    return name


def _json(path: Path) -> str | None:
    for value in islice(values(path), 20):
        if not isinstance(value, Bad) and (name := _of_value(value[1])):
            return name
    return None


def _of_value(value: Any) -> str | None:
    """The format that an object of a file is of."""
    if not isinstance(value, dict):
        return None
    keys = value.keys()
    if str(value.get("schema", "")).startswith("postil/"):
        return "jsonl"
    if "@context" in keys or keys >= {"target", "uri"} or keys >= {"target", "body"}:
        return "w3c"
    if any(isinstance(value.get(name), list) and _is_hypothesis(value[name]) for name in ("rows", "annotations")):
        return "w3c"
    if isinstance(value.get("data"), dict) or (keys >= {"id", "annotator"} and "annotation_id" in keys):
        return "labelstudio"
    if keys & {"_task_hash", "_input_hash", "answer", "_view_id"} or _is_prodigy(value):
        return "prodigy"
    if "text" in keys and keys & {"label", "labels", "entities"}:
        return "doccano"
    return None


def _is_hypothesis(rows: list[Any]) -> bool:
    return not rows or (isinstance(rows[0], dict) and "uri" in rows[0])


def _is_prodigy(value: dict[str, Any]) -> bool:
    spans = value.get("spans")
    return "text" in value and isinstance(spans, list) and all(isinstance(span, dict) for span in spans)


def _looks_like_slate(path: Path) -> bool:
    lines = _first_lines(path)
    return bool(lines) and all(_SLATE.match(line) for line in lines)


def _lines(path: Path) -> str | None:
    lines = _first_lines(path)
    if lines and all(_SLATE.match(line) for line in lines):
        return "slate"
    tagged = sum(1 for line in lines if _TAGGED.match(line.rstrip()))
    return "conll" if lines and tagged * 2 > len(lines) else None


def _first_lines(path: Path) -> list[str]:
    with path.open(encoding="utf-8", errors="replace") as file:
        return [line.rstrip("\r\n") for line in islice(file, _LOOKED_AT) if line.strip()]
