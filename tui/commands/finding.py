"""`postil search`: what the library holds of some words."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from tui.commands.shared import (
    AnnotatorOption,
    JsonOption,
    LibraryOption,
    as_json_line,
    fail,
    open_library,
    printing,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from store.library import Library

_WHAT = {"claim": "{label}", "relation": "note on {label}"}
"""How a hit is told whose kind does not say enough."""

_QUERY = "Words, phrases, beginnings*, '#tags', and filters: label: by: entity: title: author: source: language: ..."


def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help=_QUERY)],
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: JsonOption = False,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="At most N of each kind.")] = 20,
) -> None:
    """Find articles, notes and claims by words, '#tags' ('#' lists them) and filters such as language:de.

    Exits with 1 without one.
    """

    from tui.reading.cells import one_line

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        if " ".join(query).strip() == "#":
            _print_tags(opened, as_json=as_json)
            return
        hits = opened.search.find(" ".join(query), limit=limit)
        for hit in hits:
            if as_json:
                say(as_json_line(hit), sys.stdout)
            else:
                what = _WHAT.get(hit.kind, hit.kind).format(label=hit.label)
                who = f" by {hit.annotator}" if hit.annotator else ""
                say(f"{hit.article_id[:12]} {one_line(hit.article_title)}", sys.stdout)
                say(f"  {one_line(what + who)}, at {hit.start:,}: {one_line(hit.context)}", sys.stdout)
    if not hits:
        fail("Nothing was found.")


def _print_tags(library: Library, *, as_json: bool) -> None:

    found = library.search.tags()
    for tag in found:
        line = as_json_line(tag) if as_json else f"{tag.notes:>7,}  #{tag.name}"
        say(line, sys.stdout)
    if not found:
        fail("No note has a tag yet: write #word in a note.")
