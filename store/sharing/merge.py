"""Merging: everything of somebody else's library comes into ours, in one transaction and one undoable step.

Rows are joined by their keys, as `store.sharing.shared` says. Their journal stays with them: what somebody did in
another library is undone there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson
from sqlalchemy import Connection

from store import models
from store.articles import versions
from store.articles.carrying import carried
from store.care import copies
from store.clock import new_key, now
from store.database import Database
from store.errors import SharingError
from store.metadata import languages
from store.sharing import aside, people, scheme
from store.sharing.brought import Brought
from store.sharing.differences import differences
from store.sharing.foreign import Foreign, open_foreign
from store.sharing.shared import ARTICLE, TABLES


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did, or would do."""

    brought: Sequence[Brought]
    told_apart: Sequence[str]
    """What people are called now who were called otherwise before, since several gave one name."""
    orphaned: int
    """Annotations that found no place in the version of their text that the other side has."""
    backup: Path | None
    """The copy of our library as it was; none if nothing was written."""

    def changes(self) -> int:
        """How many rows of ours are new or not what they were."""
        return sum(brought.changes() for brought in self.brought)


class _NothingToKeepError(Exception):
    """Ends a transaction of which nothing is to be kept."""


def merge(
    database: Database,
    annotator_id: str,
    paths: Sequence[Path],
    *,
    same_person: str | None = None,
    dry_run: bool = False,
    progress: Callable[[int], None] = lambda _: None,
) -> Merged:
    """Bring the libraries at `paths` into ours.

    Args:
        database: ours.
        annotator_id: who merges.
        paths: libraries that nobody has open: what `postil share` or `postil backup` wrote.
        same_person: the name that who merges has in the other libraries: what was made there under it is theirs.
        dry_run: find out what would happen, and write nothing.
        progress: called with how many rows more were dealt with.

    Raises:
        ForeignLibraryError: one of them is no sound library; nothing was written.
        SharingError: `same_person` means nobody, or several.
        CopyError: ours cannot be copied first; nothing was written.
        LibraryError: ours cannot be written; nothing was.
    """
    with ExitStack() as stack:
        others = [stack.enter_context(open_foreign(path)) for path in paths]
        owners = [_owners(other, same_person, annotator_id) for other in others]
        backup = None if dry_run else _back_up(database.path)
        merged = Merged([], [], 0, backup)
        try:
            with database.writing() as session:
                connection = session.connection()
                merged = _merge(connection, annotator_id, others, owners, backup, progress)
                if dry_run or not merged.changes():
                    raise _NothingToKeepError
        except _NothingToKeepError:
            pass
        except BaseException:
            _forget(backup)
            raise
        if not merged.changes() and backup is not None:
            _forget(backup)
            return Merged(merged.brought, [], 0, None)
        return merged


def _merge(
    connection: Connection,
    annotator_id: str,
    others: Sequence[Foreign],
    owners: Sequence[Mapping[str, str]],
    backup: Path | None,
    progress: Callable[[int], None],
) -> Merged:
    step = new_key()
    before = _last_numbers(connection)
    brought = [_bring(connection, step, other, owned, progress) for other, owned in zip(others, owners, strict=True)]
    merged = Merged(brought, people.rename(connection), _orphaned(connection, before), backup)
    numbers = {
        name: (before[name] + 1, last) for name, last in _last_numbers(connection).items() if last > before[name]
    }
    counts = {
        "added": _total(each.added for each in brought),
        "updated": _total(each.updated for each in brought),
        "withdrawn": _total(each.withdrawn for each in brought),
    }
    connection.execute(
        models.table(models.Change).insert(),
        {
            "step": step,
            "annotator_id": annotator_id,
            "at": now(),
            "action": "merge",
            "subject": "library",
            "subject_id": ", ".join(other.path.name for other in others),
            "after": orjson.dumps({**counts, "numbers": numbers}).decode(),
            "undone": 0,
        },
    )
    return merged


def _orphaned(connection: Connection, before: Mapping[str, int]) -> int:
    """How many annotations have no place in a version of their text, of those pairs of which either came in now."""
    met = connection.exec_driver_sql(
        "SELECT id FROM article WHERE number > :article AND (id IN (SELECT article_id FROM variant)"
        " OR id IN (SELECT other_id FROM variant))"
        " UNION SELECT other_id FROM variant WHERE article_id IN"
        " (SELECT article_id FROM annotation WHERE number > :annotation)"
        " UNION SELECT article_id FROM variant WHERE other_id IN"
        " (SELECT article_id FROM annotation WHERE number > :annotation)",
        dict(before),
    )
    return sum(one.orphaned for article_id in met.scalars().all() for one in carried(connection, article_id))


def _bring(
    connection: Connection,
    step: str,
    other: Foreign,
    owners: Mapping[str, str],
    progress: Callable[[int], None],
) -> Brought:
    brought = Brought(other.path)
    _bring_people(connection, other, owners)
    _bring_scheme(connection, step, other, brought)
    for found in differences(connection, other, owners):
        shared = found.shared
        changed = [two for two in found.two if two.changes]
        aside.keep(connection, step, shared, {shared.known_as(two.ours): two.ours for two in changed})
        if not shared.numbered:
            aside.keep(connection, step, shared, {shared.known_as(row): None for row in found.new})
        shared.insert(connection, found.new)
        shared.update(connection, [two.stands for two in changed])
        if shared is ARTICLE:
            texts = {row["id"]: row["text"] for row in found.new}
            versions.enter(connection, texts)
            languages.enter(connection, texts)
        brought.count(found)
        progress(found.rows)
    return brought.with_what_was_skipped(other)


def _bring_people(connection: Connection, other: Foreign, owners: Mapping[str, str]) -> None:
    for row in other.annotators():
        if row["id"] in owners:
            continue
        # Until all are here and it is clear who shares a name with whom, everybody is called by the id.
        connection.exec_driver_sql(
            "INSERT INTO annotator (id, name, created, given, here) VALUES (:id, char(0) || :id, :created, :given, 0)"
            " ON CONFLICT (id) DO UPDATE SET created = min(created, excluded.created),"
            " given = min(given, excluded.given)",
            {"id": row["id"], "created": row["created"], "given": row["given"]},
        )


def _bring_scheme(connection: Connection, step: str, other: Foreign, brought: Brought) -> None:
    joined = scheme.joined(connection, other)
    for shared, rows in joined.new:
        shared.insert(connection, rows)
        aside.keep(connection, step, shared, {shared.known_as(row): None for row in rows})
    brought.count_scheme(joined)


def _owners(other: Foreign, same_person: str | None, annotator_id: str) -> dict[str, str]:
    """Whose work in `other` is whose in ours, by ids."""
    if same_person is None:
        return {}
    everybody = list(other.annotators())
    meant = [row for row in everybody if row["name"] == same_person] or [
        row for row in everybody if row["given"] == same_person
    ]
    if len(meant) != 1:
        names = ", ".join(sorted(str(row["name"]) for row in everybody)) or "nobody"
        raise SharingError(f"{other.path} has no one annotator called {same_person}: it has {names}.")
    return {meant[0]["id"]: annotator_id}


def _total(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return +total


def _last_numbers(connection: Connection) -> dict[str, int]:
    return {
        shared.name: int(connection.exec_driver_sql(f"SELECT coalesce(max(number), 0) FROM {shared.name}").scalar_one())
        for shared in TABLES
        if shared.numbered
    }


def _back_up(path: Path) -> Path:
    moment = datetime.now().astimezone().strftime("%Y-%m-%dT%H-%M-%S-%f")
    backup = path.with_name(f"{path.name}.before-merge-{moment}.backup")
    copies.copy_to(path, backup)
    return backup


def _forget(backup: Path | None) -> None:
    """A copy of what is still there as it was is only in the way."""
    if backup is not None:
        backup.unlink(missing_ok=True)
