"""The commands that look at other people's libraries: what is in them that is not in ours, and bringing it in."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.shared import AnnotatorOption, LibraryOption, counted, open_library, printing, say, settings_of

if TYPE_CHECKING:
    from store.sharing.brought import Brought
    from store.sharing.compare import Comparison, Disagreement
    from store.sharing.merge import Merged

_SHOWN = 20
"""Lines of one sort; the rest are counted. --json gives all."""

_WORDS = {
    "membership": "tag or collection mark",
    "correction": "metadata correction",
    "reading_state": "reading position",
    "reading_choice": "reading state",
    "scheme_attribute": "attribute of the scheme",
    "scheme_relation": "relation of the scheme",
}
"""What a table's rows are called, where it is not the table's name."""


def compare(
    context: typer.Context,
    other: Annotated[Path, typer.Argument(metavar="OTHER", help="A library that postil share or backup wrote.")],
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
) -> None:
    """Say what another library has that this one has not, what both changed, and where people disagree."""
    from tui.progress import counting

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        with counting("comparing") as more:
            comparison = opened.sharing.compare(other, progress=more)
        if as_json:
            say(_as_json(comparison), sys.stdout)
        else:
            for line in _compared(comparison):
                say(line, sys.stdout)


def merge(
    context: typer.Context,
    others: Annotated[list[Path], typer.Argument(metavar="OTHER", help="Libraries that postil share or backup wrote.")],
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come in, and write nothing.")] = False,
    same_person: Annotated[
        str | None, typer.Option("--as-annotator", metavar="NAME", help="What NAME made in them is yours.")
    ] = None,
) -> None:
    """Bring everything of other libraries into this one, in one step that u undoes, after a backup."""
    from tui.progress import counting

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        with counting("merging") as more:
            merged = opened.sharing.merge(others, same_person=same_person, dry_run=dry_run, progress=more)
        for line in _merged(merged, dry_run=dry_run):
            say(line, sys.stdout)


def _merged(merged: Merged, *, dry_run: bool) -> Iterator[str]:
    for brought in merged.brought:
        yield (
            f"{brought.path} {'would bring' if dry_run else 'brought'}:"
            if brought.changes()
            else (f"{brought.path} {'would bring' if dry_run else 'brought'} nothing new.")
        )
        yield from _brought(brought)
    if merged.told_apart:
        yield f"Several people gave one name, and are called now: {', '.join(merged.told_apart)}."
        yield "If two of them are one person, that person merges again with --as-annotator."
    if merged.orphaned:
        yield f"{counted(merged.orphaned, 'annotation')} on one version of a text found no place in the other."
    if merged.backup is not None:
        yield f"The library as it was: {merged.backup}. Undo (u) takes all of this back."


def _brought(brought: Brought) -> Iterator[str]:
    for said, rows in (
        ("added", brought.added),
        ("updated", brought.updated),
        ("withdrawn", brought.withdrawn),
        ("older there than here, and left", brought.older),
        ("skipped", brought.skipped),
    ):
        if any(rows.values()):
            yield f"  {said}: {_rows(rows)}"
    for skipped in brought.reasons[:_SHOWN]:
        yield f"    {_line(f'{_words(skipped.table)} {skipped.key}: {skipped.reason}')}"
    more = sum(brought.skipped.values()) - len(brought.reasons[:_SHOWN])
    if more > 0:
        yield f"    … and {more:,} more."
    for label, differences in brought.labels.items():
        yield f"  the label {_line(label)} differs in {' and '.join(differences)}: this library's stays."
    for part, differences in brought.scheme.items():
        yield f"  {_line(part)} differs in {' and '.join(differences)}: this library's stays."


def _compared(comparison: Comparison) -> Iterator[str]:
    brought = comparison.brought
    news = _rows(brought.added)
    yield f"Only in {brought.path}: {news or 'nothing'}."
    yield f"Only in this library: {_rows(comparison.only_ours) or 'nothing'}."
    changed = {"newer there": brought.updated, "withdrawn there": brought.withdrawn, "newer here": brought.older}
    if any(sum(rows.values()) for rows in changed.values()):
        yield "In both, but changed:"
        for said, rows in changed.items():
            if any(rows.values()):
                yield f"  {said}: {_rows(rows)}"
        for quote, newer in comparison.changed[:_SHOWN]:
            yield f"    “{_line(quote)}”: {'theirs' if newer == 'theirs' else 'ours'} is newer"
    for line in _brought(brought):
        if line.startswith(("  skipped", "    ", "  the ")):
            yield line
    if comparison.disagreeing:
        yield f"Disagreements: {comparison.disagreeing:,}"
        yield from (f"  {_disagreement(one)}" for one in comparison.disagreements[:_SHOWN])
        if comparison.disagreeing > _SHOWN:
            yield f"  … and {comparison.disagreeing - _SHOWN:,} more: --json gives them."
    else:
        yield "Disagreements: none."


def _disagreement(one: Disagreement) -> str:
    ours, theirs = one.ours, one.theirs
    return _line(
        f"{one.article_title}, at {ours.start:,}: {ours.annotator} says {ours.label}, {theirs.annotator} says"
        f" {theirs.label} of “{theirs.quote}”"
    )


def _rows(rows: Mapping[str, int]) -> str:
    return ", ".join(counted(count, _words(table)) for table, count in rows.items() if count)


def _words(table: str) -> str:
    return _WORDS.get(table, table)


def _line(text: str) -> str:
    import textwrap

    from tui.reading.cells import one_line

    return textwrap.shorten(one_line(text), 160, placeholder=" …")


def _as_json(comparison: Comparison) -> str:
    import orjson

    return orjson.dumps(comparison, default=str).decode()  # a path is no JSON
