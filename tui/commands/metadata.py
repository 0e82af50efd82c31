"""`postil meta`: what is known of articles beside their texts, shown and corrected."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from store.errors import MetadataError
from tui.commands.shared import (
    AnnotatorOption,
    ArticlesArgument,
    JsonOption,
    LibraryOption,
    article_called,
    open_library,
    printing,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from store.library import Library
    from store.metadata.door import Told
    from store.metadata.fields import Field


def meta(
    context: typer.Context,
    articles: ArticlesArgument,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What it is called.")] = None,
    author: Annotated[str | None, typer.Option("--author", metavar="TEXT", help="Who wrote it.")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="TEXT", help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Where it was published.")] = None,
    published: Annotated[
        str | None, typer.Option("--published", metavar="DATE", help="When: best as 2024, 2024-05 or 2024-05-31.")
    ] = None,
    language: Annotated[
        str | None, typer.Option("--language", metavar="LANGUAGE", help="What it is written in: de or German.")
    ] = None,
    as_found: Annotated[
        list[str] | None,
        typer.Option("--as-found", metavar="FIELD", help="Take the correction of this field back; may be repeated."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is known of articles; with options, correct it. An empty TEXT says that nothing is known."""
    from store.metadata.fields import Field

    typed = {
        Field.TITLE: title, Field.AUTHOR: author, Field.SOURCE: source, Field.URL: url, Field.PUBLISHED: published,
        Field.LANGUAGE: language,
    }  # fmt: skip
    said = {name: text for name, text in typed.items() if text is not None}
    back = [_field(name) for name in as_found or ()]
    if both := [name for name in back if name in said]:
        raise MetadataError(f"Say what the {both[0]} is, or take it back with --as-found, not both.")
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        ids = list(dict.fromkeys(article_called(opened, name) for name in articles))
        if said or back:
            changed = opened.metadata.correct(ids, said, back)
            if not as_json:
                of = f" of {len(ids):,}" if len(ids) > 1 else ""
                say(f"corrected: {changed:,}{of} article{'' if len(ids) == 1 else 's'}"
                    if changed else "Nothing was changed: it says so already.", sys.stdout)  # fmt: skip
        for place, article_id in enumerate(ids):
            _show(opened, article_id, as_json=as_json, apart=place > 0 and not as_json)


def _field(name: str) -> Field:
    from store.metadata.fields import Field

    try:
        return Field(name)
    except ValueError as error:
        raise MetadataError(f"There is no field {name}: there are {', '.join(Field)}.") from error


def _show(opened: Library, article_id: str, *, as_json: bool, apart: bool) -> None:
    told = opened.metadata.of(article_id)
    if as_json:
        import orjson

        say(orjson.dumps(_object(told)).decode(), sys.stdout)
        return
    from store.metadata.fields import ATTRIBUTES, Field
    from store.metadata.telling import told_of
    from tui.reading.cells import one_line

    if apart:
        say("", sys.stdout)
    for name in (Field(attribute.name) for attribute in ATTRIBUTES):
        value, correction = told.value(name), told.corrections.get(name)
        words = value or "not known"
        if correction is not None:
            given = told.given(name)
            words += f"  (corrected by {correction.annotator}; found: {given or 'nothing'})"
        elif name is Field.LANGUAGE:
            words += f"  ({told.spoken.why})"
        say(f"{name:<20} {one_line(words)}", sys.stdout)
    for label, text in told_of(told):
        say(f"{one_line(label):<20} {one_line(text)}", sys.stdout)


def _object(told: Told) -> dict[str, Any]:
    """What is known of an article, as one object."""
    import dataclasses

    from store.metadata.fields import Field

    article, spoken = told.article, told.spoken
    return {
        "id": article.id,
        **{name.value: told.value(name) for name in Field},
        "detected_language": spoken.found,
        "declared_language": spoken.declared,
        "language_because": spoken.why,
        "corrections": {
            name.value: {"value": one.value, "found": told.given(name), "by": one.annotator, "updated": one.updated}
            for name, one in told.corrections.items()
        },
        "path": article.path,
        "format": article.format,
        "added": told.added,
        "words": told.words,
        "provenance": None if article.provenance is None else dataclasses.asdict(article.provenance),
    }
