"""A data set as the Hugging Face hub has it: a folder that `datasets.load_dataset` opens, with its card.

A record has the text with its spans, and the same text as tokens with the names as IOB2 tags; both splits are JSON
lines. The card says what every field is, so that an empty list is not taken for a list of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from store.exchange import Job
from store.exchange.carrying import label_of
from store.exchange.conll import tagged
from store.exchange.passages import META, Passage, Unit, passages
from store.exchange.sheets import Sheet
from store.exchange.spacy import in_dev

_TEXT, _NUMBER = "string", "int64"
_SPAN = {"start": _NUMBER, "end": _NUMBER, "label": _TEXT, "text": _TEXT}
_ANNOTATION = {
    "id": _TEXT,
    "kind": _TEXT,
    **_SPAN,
    "pieces": [[_NUMBER]],
    "note": _TEXT,
    "annotator": _TEXT,
    "created": _TEXT,
    "updated": _TEXT,
    "attributes": _TEXT,
}
_FEATURES = {
    **dict.fromkeys(("id", *META, "text"), _TEXT),
    "spans": [_ANNOTATION],
    "notes": [dict.fromkeys(("id", "annotator", "created", "updated", "note"), _TEXT)],
    "entities": [_SPAN],
    "relations": [dict.fromkeys(("id", "label", "source", "target", "annotator", "note"), _TEXT)],
    "tokens": [_TEXT],
}
"""What every field is, but for `ner_tags`, which are numbers of the tags that there are."""

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def write(sheets: Iterable[Sheet], job: Job, folder: Path) -> None:
    """Write `data/train.jsonl`, `data/validation.jsonl` and the card, `README.md`."""
    (folder / "data").mkdir()
    tags: dict[str, int] = {"O": 0}
    counts = {"train": 0, "validation": 0}
    with (folder / "data/train.jsonl").open("wb") as train, (folder / "data/validation.jsonl").open("wb") as dev:
        files = {"train": train, "validation": dev}
        for passage in passages(sheets, Unit(job.unit), job.losses, predictions=job.predictions):
            split = "validation" if in_dev(passage.article.id, job.dev) else "train"
            files[split].write(orjson.dumps(_record(passage, job, tags), option=orjson.OPT_APPEND_NEWLINE))
            counts[split] += 1
    for split, count in counts.items():
        if not count:  # a split without records cannot be opened
            (folder / f"data/{split}.jsonl").unlink()
    (folder / "README.md").write_text(_card({s: n for s, n in counts.items() if n}, tags), "utf-8")
    job.notes.append(f"{counts['train']:,} records to train on, {counts['validation']:,} to validate with.")


def _record(passage: Passage, job: Job, tags: dict[str, int]) -> dict[str, Any]:
    meta = passage.meta
    # Nothing is lost to the tags that `spans` does not hold, so that their losses are not counted.
    words = tagged(passage, Job(job.unit, type(job.losses)()))
    return {
        "id": passage.key,
        **{name: meta.get(name) for name in META},
        "text": passage.text,
        "spans": [
            {
                "id": span.id,
                "kind": span.kind,
                "start": span.start,
                "end": span.end,
                "label": label_of(span),
                "text": span.quote,
                "pieces": span.pieces,
                "note": span.note,
                "annotator": span.annotator,
                "created": span.created,
                "updated": span.updated,
                "attributes": orjson.dumps(span.attributes).decode(),
            }
            for span in passage.spans
        ],
        "notes": [
            {name: getattr(note, name) for name in ("id", "annotator", "created", "updated", "note")}
            for note in passage.notes
        ],
        "entities": [
            {"start": e.start, "end": e.end, "label": e.label, "text": passage.text[e.start : e.end]}
            for e in passage.entities
        ],
        "relations": [
            {
                "id": relation.id,
                "label": relation.label,
                "source": relation.source_id,
                "target": relation.target_id,
                "annotator": relation.annotator,
                "note": relation.note,
            }
            for relation in passage.relations
        ],
        "tokens": [word for word, *_ in words],
        "ner_tags": [tags.setdefault(tag, len(tags)) for *_, tag in words],
    }


def _card(counts: Mapping[str, int], tags: Mapping[str, int]) -> str:
    total = sum(counts.values())
    size = next((name for limit, name in _SIZES if total < limit), "1M<n<10M")
    files = [{"split": split, "path": f"data/{split}.jsonl"} for split in counts]
    head = {
        "pretty_name": "Articles annotated with postil",
        "license": "other",
        "task_categories": ["token-classification"],
        "annotations_creators": ["expert-generated"],
        "size_categories": [size],
        "configs": [{"config_name": "default", "data_files": files}],
        "dataset_info": {
            "features": [
                *(_feature(name, kind) for name, kind in _FEATURES.items()),
                {"name": "ner_tags", "list": {"class_label": {"names": {str(n): tag for tag, n in tags.items()}}}},
            ]
        },
    }
    import yaml

    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True)}---\n{_CARD}"


def _feature(name: str, kind: Any) -> dict[str, Any]:
    """One field as the card says it."""
    if isinstance(kind, str):
        return {"name": name, "dtype": kind}
    (inner,) = kind
    return {"name": name, "list": _inner(inner)}


def _inner(kind: Any) -> Any:
    """What is in a list: a plain value, a list again, or an object."""
    if isinstance(kind, str):
        return kind
    if isinstance(kind, list):
        return {"list": _inner(kind[0])}
    return [_feature(name, value) for name, value in kind.items()]


_CARD = """
# Articles annotated with postil

Each record is a text with what was said of it. Offsets are Unicode code points of `text`, ends exclusive.

| field | holds |
|---|---|
| `id` | the SHA-256 of the article; of a part of one with its place |
| `title`, `author`, `source`, `url`, `published` | where the text comes from, as far as it is known |
| `language` | what the text is in, as a code: `de` |
| `text` | the text, line ends LF |
| `spans` | annotations, which may overlap; `attributes` is JSON |
| `notes` | notes on the whole article |
| `entities` | named entities |
| `relations` | from one annotation (`source`) to another (`target`), by their ids |
| `tokens`, `ner_tags` | words and signs of the text, and the named entities as IOB2 tags |

An article is in one split only, and stays in it when others are added.

The license is for whoever publishes this to name: texts that others wrote are theirs.
"""
