"""The journal in words: an act of somebody's in a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from store.records import Change
from tui.reading import describe
from tui.reading.cells import one_line


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """A line an act, in the order of `changes`: when (local time), who, what, on which words, in which article."""
    for _, step in groupby(changes, key=lambda change: change.step):
        yield _act(list(step))


def _act(changes: Sequence[Change]) -> str:
    first = changes[-1]  # the latest comes first
    when = datetime.fromisoformat(first.at).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    parts = [f"{when}  {first.annotator}  {_action(first)}"]
    if {change.subject for change in changes} == {"membership"}:
        names = list(dict.fromkeys(str((change.after or {})["name"]) for change in reversed(changes)))
        parts.append(" → ".join(names) if first.action.startswith("rename") else ", ".join(names))
    elif len(changes) > 1 and first.subject != "shelf":
        parts.append(f"{len(changes):,} changes")
    elif first.subject == "shelf":
        pass  # the action says it all
    elif first.subject == "scheme":
        parts += _scheme(first)
    elif first.subject == "correction":
        parts.append(_correction(first))
    elif first.subject == "library":
        parts += _merge(first)
    else:
        parts += _row(first)
    if first.article_title is not None:
        articles = len({change.article_id for change in changes})
        parts.append(f"in {first.article_title}" + (f" and {articles - 1:,} more" if articles > 1 else ""))
    if first.undone:
        parts.append("(undone)")
    return one_line("  ".join(parts))


def _action(change: Change) -> str:
    said = ("annotation", "correction", "membership", "reading_choice", "scheme", "shelf")
    return change.action if change.subject in said else f"{change.action} {change.subject}"


def _scheme(change: Change) -> list[str]:
    """Which labels, attributes and relations came, and which went."""
    before, after = (
        {row["name"] for rows in (state or {}).values() for row in rows} for state in (change.before, change.after)
    )
    said = [f"+{name}" for name in sorted(after - before)] + [f"-{name}" for name in sorted(before - after)]
    return [" ".join(said)] if said else []


def _correction(change: Change) -> str:
    """What the field said before, and what it says now."""
    before, after = change.before or {}, change.after or {}
    was, now = (_stands(row) for row in (before or {"value": after.get("original")}, after))
    return f"{after.get('field')}: {was} → {now}"


def _stands(row: Mapping[str, Any]) -> str:
    if row.get("withdrawn"):
        return f"{_quoted(row.get('original'))} (as found)"
    return _quoted(row.get("value"))


def _quoted(value: object) -> str:
    return "nothing" if value is None else f"“{describe.short(str(value))}”"


def _merge(change: Change) -> list[str]:
    """What came in, and from which files."""
    counts = change.after or {}
    said = [
        f"{sum(counts[what].values()):,} {what}"
        for what in ("added", "updated", "withdrawn")
        if sum(counts.get(what, {}).values())
    ]
    return [f"({change.subject_id})", *([", ".join(said)] if said else [])]


def _row(change: Change) -> list[str]:
    """What the row is now, and what it says or said: the note that was written, or the words that are marked."""
    row = change.after or change.before or {}
    before = change.before or {}
    said = []
    if row.get("label"):
        said.append(str(row["label"]))
    if row.get("pattern"):
        never = "" if row.get("label") else " never a name"
        everywhere = "" if row.get("article_id") else ", everywhere"
        said.append(f"“{describe.short(str(row['pattern']))}”{never}{everywhere}")
    if row.get("quote"):
        said.append(f"“{describe.short(str(row['quote']))}”")
    if row.get("note", "") != before.get("note", ""):
        said.append(f"note: {describe.short(str(row['note'])) or '(taken away)'}")
    if row.get("withdrawn") and change.action != "withdraw":
        said.append("→ withdrawn")
    return said
