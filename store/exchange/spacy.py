"""spaCy's DocBins for training: names as `doc.ents`, annotations as `doc.spans["sc"]`, articles split in two.

A folder `train` and a folder `dev`, each with files that `spacy train` reads as they are. spaCy runs in a process of
its own (`spacy_worker`). An article is in the one split or the other by its id alone, so that it stays there when
others are added.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import orjson

from store.errors import ExportError
from store.exchange import Job
from store.exchange.carrying import count_pieces, label_of
from store.exchange.passages import Passage, Unit, passages
from store.exchange.sheets import Sheet


def write(sheets: Iterable[Sheet], job: Job, folder: Path) -> None:
    """Make the files in the folder.

    Raises:
        ExportError: the process ended before it was done.
    """
    with TemporaryFile() as complaints:
        child = _start(folder, complaints)
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            for passage in passages(
                sheets, Unit(job.unit), job.losses, predictions=job.predictions, furniture=job.furniture
            ):
                child.stdin.write(orjson.dumps(_question(passage, job), option=orjson.OPT_APPEND_NEWLINE))
            child.stdin.close()
            answer = child.stdout.read()
            if child.wait() != 0:
                raise BrokenPipeError
        except BrokenPipeError as error:
            child.wait()
            complaints.seek(0)
            last = complaints.read().decode("utf-8", "replace").strip().rpartition("\n")[2]
            raise ExportError(f"The spaCy process ended before the export was done ({last or 'no reason'}).") from error
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
            child.stdout.close()
    said = json.loads(answer)
    for what, number in said["lost"].items():
        job.losses.add(what, number)
    job.notes.append(f"{said['docs']['train']:,} docs to train on, {said['docs']['dev']:,} to develop with.")


def in_dev(article_id: str, part: float) -> bool:
    """Whether an article is kept for development: the id is a hash, so that its first bits are as good as a die."""
    return int(article_id[:8], 16) < part * 16**8


def _start(folder: Path, complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(part for part in (root, os.environ.get("PYTHONPATH")) if part)
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "store.exchange.spacy_worker", str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=os.environ | {"PYTHONPATH": path},
    )


def _question(passage: Passage, job: Job) -> dict[str, object]:
    count_pieces(passage, job.losses)
    job.losses.add_each("notes on whole articles", passage.notes)
    job.losses.add_each("relations", passage.relations)
    about = {span.id: span for span in passage.spans}
    return {
        "split": "dev" if in_dev(passage.article.id, job.dev) else "train",
        "text": passage.text,
        "ents": [(entity.start, entity.end, entity.label) for entity in passage.entities],
        "spans": [(span.start, span.end, label_of(span), span.id) for span in passage.spans],
        "data": passage.meta
        | {"article": passage.key}
        | {
            "spans": {
                key: {"annotator": span.annotator, "note": span.note, "attributes": dict(span.attributes)}
                for key, span in about.items()
            }
        },
    }
