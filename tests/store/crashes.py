"""`python -m tests.store.crashes FOLDER TIMES SEED`: sessions that are killed at random moments, and what is left.

One process that has imported everything forks the sessions, so that two hundred of them are cheap. Each reports every
act after the library has said that it is saved. The process prints what was lost or damaged, a line each; nothing is
good news. Its last line says how many sessions were killed and how many acts they had reported.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sqlite3
import sys
import time
import zlib
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

from store.care.check import check
from store.clock import new_key
from store.errors import AnnotationError
from store.kinds import Subject
from store.library import Library
from store.records import Settled, Standing
from tests.conftest import article

WORDS = article("One two three four five six seven eight nine ten. " * 20)

WHOLE = Standing(Subject.ARTICLE, WORDS.id, WORDS.id)

_LONGEST = 0.12
"""Seconds after which a session is killed at the latest; an act takes a few thousandths."""


_PATIENCE = 30.0
"""Seconds for a first report; the limit is there for a session that has failed."""


def main(folder: Path, times: int, seed: int) -> None:
    """Kill `times` sessions on one library after another."""
    random = Random(seed)
    acts = 0
    path = folder / "library.db"
    for number in range(times):
        if number % 20 == 0:  # also in a library that is just being made, and in one with a past
            path = folder / f"library-{number}.db"
        # Every other one is killed at any moment at all, the rest after its first report, however slow the machine is.
        reports = _killed(path, random.randrange(1 << 30), random.random() * _LONGEST, at_work=number % 2 > 0)
        acts += len(reports)
        for lost in [*check(path), *_lost(path, reports[-1])] if reports else _unopened(path):
            print(f"session {number}: {lost}")
    print(f"{times} killed, {acts} acts")


def _killed(path: Path, seed: int, after: float, *, at_work: bool) -> list[dict[str, Any]]:
    """The reports of a session that was killed `after` so many seconds from its start, or from its first report."""
    out, into = os.pipe()
    child = os.fork()
    if not child:
        os.close(out)
        _session(path, Random(seed), into)
        os._exit(0)
    os.close(into)
    if at_work:
        select.select([out], [], [], _PATIENCE)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(out, encoding="utf-8") as said:
        return [json.loads(line) for line in said.read().split("\n")[:-1]]


def _session(path: Path, random: Random, into: int) -> None:
    """Acts of ada's until the end, each reported when it is saved."""
    with Library(path, annotator="ada") as library:
        library.articles.add([WORDS])
        while True:
            standing = library.annotations.of(WORDS.id)
            try:
                kept = library.drafts.all()
                match random.choice(["tag", "note", "edit", "withdraw", "undo", "redo", "draft", "save"]):
                    case "tag":
                        start = random.randrange(len(WORDS.text) - 60)
                        library.annotations.tag(WORDS, start, start + random.randint(1, 50))
                    case "note":
                        library.annotations.note(WORDS, None, "words " * random.randint(1, 2000))
                    case "edit" if standing:
                        library.annotations.edit_note(random.choice(standing).id, f"changed {random.random()}")
                    case "withdraw" if standing:
                        library.annotations.withdraw(random.choice(standing).id)
                    case "draft":
                        key = random.choice(kept).id if len(kept) > 2 else new_key()
                        library.drafts.keep(key, WHOLE, "typed " * random.randint(1, 2000), "")
                    case "save" if kept:
                        draft = random.choice(kept)
                        library.annotations.note(WORDS, None, draft.text, settled=Settled(draft.id))
                    case "undo":
                        library.history.undo()
                    case "redo":
                        library.history.redo()
            except AnnotationError:
                continue  # tagged so already
            report = {"seq": library.history.latest(), "rows": _rows(library), "drafts": _drafts(library)}
            os.write(into, json.dumps(report).encode() + b"\n")


def _rows(library: Library) -> dict[str, int]:
    """What stands in the library, its notes by a checksum: a pipe holds only so much."""
    return {one.id: zlib.crc32(one.note.encode()) for one in library.annotations.of(WORDS.id)}


def _drafts(library: Library) -> dict[str, int]:
    return {one.id: zlib.crc32(one.text.encode()) for one in library.drafts.all()}


def _lost(path: Path, report: dict[str, Any]) -> list[str]:
    """What of the last report is not in the library. The act after it may be there, and says so in the journal."""
    with Library(path, annotator="ada") as library:
        rows, changes = _rows(library), list(library.history.changes(WORDS.id))
        latest, drafts = library.history.latest(), _drafts(library)
    later = {change.subject_id for change in changes if change.seq > report["seq"]}
    lost = [f"{len(later)} acts after the last report"] if len(later) > 1 else []
    if latest < report["seq"]:
        lost.append(f"the journal ends at entry {latest}, before {report['seq']}")
    if gone := [key for key, text in report["drafts"].items() if drafts.get(key) != text]:
        # The act after may have typed on, or have saved the note, and nothing else takes a draft away.
        lost += [f"{len(gone)} drafts"] if len(gone) > 1 or not (gone[0] in drafts or later) else []
    known = rows.keys() | report["rows"].keys()
    lost += [f"{key} is not as it was saved" for key in known - later if rows.get(key) != report["rows"].get(key)]
    return lost


def _unopened(path: Path) -> list[str]:
    """What is wrong with a library whose session said nothing: it may not be there yet, but opens."""
    Library(path, annotator="ada").close()
    with closing(sqlite3.connect(path)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
    return [] if said == "ok" else [said]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
