"""`postil stats`: what was done, counted and drawn."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from store.errors import StatsError
from store.tallies import By
from tui.commands.shared import LibraryOption, open_library, printing, say, settings_of

if TYPE_CHECKING:
    from store.tallies import Stats
    from tui.reading.charts import Line

_OF_LINES = {"HEADING": "1", "BAR": "36", "QUIET": "2"}
"""How the roles of pieces look on a terminal: the parameters of SGR, ECMA-48 section 8.3.117."""


_EXAMPLE = (
    '{"claims": 3, "notes": 1, "decisions": 0, "relations": 0, "withdrawn": 0, "articles": 2, "states": {"unread": 1, '
    '"reading": 0, "done": 1, "skipped": 0}, "queued": 0, "words_read": 812, "reader": "ada", "by_label": [{"key": '
    '"CLAIM", "name": "CLAIM", "claims": 3, "notes": 1, "decisions": 0, "relations": 0, "done": 0}], "by_annotator": '
    '[...], "by_day": [{"key": "2026-11-25", ...}], "by_article": [{"key": "4f6c...", "name": "Its title", ...}], '
    '"worked_on": 1}'
)
"""What `--json` gives: the states and the words are those of `reader`; `worked_on` counts articles with annotations."""


def stats(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: Annotated[
        str | None, typer.Option("--annotator", metavar="NAME", help="Only what NAME made, and how far NAME is.")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help=f"One JSON object, with --by its one list: {_EXAMPLE}")
    ] = False,
    by: Annotated[
        By | None, typer.Option("--by", metavar="WHAT", help="One chart: label, annotator, day or article.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DATE", help="Only what was made on DATE or later: 2026-11-24.")
    ] = None,
) -> None:
    """Count claims, notes, decisions and relations by label, annotator, day (of this machine's zone) and article."""
    from store.errors import ExportError
    from store.exchange.selection import moment

    # Of everybody, unless somebody is named here: who opens the library is no filter.
    chosen = settings_of(context, library)
    try:
        begun = None if since is None else moment(since)
    except ExportError as error:
        raise StatsError(error.sentence) from error
    with printing(), open_library(chosen) as opened:
        everything = as_json or by is By.ARTICLE
        counted = opened.figures.count(annotator=annotator, since=begun, listed=None if everything else 50)
        if as_json:
            say(_as_json(counted, by), sys.stdout)
        else:
            for line in _drawn(counted, by):
                say(line, sys.stdout)


def _as_json(counted: Stats, by: By | None) -> str:
    """All figures; with `by` those alone, as a list."""
    import dataclasses

    import orjson

    content = dataclasses.asdict(counted) | {"states": {str(state): many for state, many in counted.states.items()}}
    return orjson.dumps(content if by is None else content[f"by_{by}"]).decode()


def _drawn(counted: Stats, by: By | None) -> list[str]:
    from datetime import date

    from tui.reading import charts, figures

    width = shutil.get_terminal_size().columns
    lines = figures.lines(counted, date.today(), width, charts.signs_for(sys.stdout.encoding), by=by)
    coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return [_painted(line, coloured=coloured) for line in lines]


def _painted(line: Line, *, coloured: bool) -> str:
    if not coloured:
        return "".join(piece.text for piece in line).rstrip()
    return "".join(
        f"\x1b[{sgr}m{piece.text}\x1b[0m" if (sgr := _OF_LINES.get(piece.role.name)) else piece.text for piece in line
    )
