"""What the commands share: their options, the library that they mean, and how they speak."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from store.errors import ArticleError, ExportError, PostilError
from tui import locations, settings

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from store.library import Library

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", metavar="PATH", help="The library file (or POSTIL_LIBRARY)."),
]
AnnotatorOption = Annotated[
    str | None,
    typer.Option("--annotator", metavar="NAME", help="Who annotates (or POSTIL_ANNOTATOR)."),
]
ArticlesArgument = Annotated[
    list[str],
    typer.Argument(metavar="ARTICLE", help="Their ids or the beginnings of them, files, or titles."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
PipelineOption = Annotated[
    str | None,
    typer.Option(
        "--pipeline", metavar="NAME", help="The spaCy pipeline for every text, whatever its language: a name or folder."
    ),
]


def as_json_line(record: DataclassInstance) -> str:
    """A record as JSON, in one line."""
    import dataclasses

    import orjson

    return orjson.dumps(dataclasses.asdict(record)).decode()


def settings_of(
    context: typer.Context,
    library: Path | None = None,
    annotator: str | None = None,
    pipeline: str | None = None,
) -> settings.Settings:
    """The settings in force: a flag after the command wins over the same flag before it."""
    before = context.obj or {}
    return settings.load(
        library=library or before.get("library"), annotator=annotator or before.get("annotator"), pipeline=pipeline
    )


@contextmanager
def open_library(chosen: settings.Settings) -> Iterator[Library]:
    """The library that the settings name, open for the block."""
    make_default_folder(chosen.library)
    from store import header

    header.check(chosen.library)
    from store.library import Library

    with Library(chosen.library, annotator=chosen.annotator) as opened:
        yield opened


@contextmanager
def printing() -> Iterator[None]:
    """Print until whoever reads the pipe has enough, which is no error."""
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        # What is left in the buffer must not fail once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise ExportError(f"Standard output cannot be written ({error.strerror}).") from error


def make_default_folder(path: Path) -> None:
    """The folder of the default library is ours to make; any other is the reader's, and may be a slip."""
    if path == locations.default_library():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PostilError(
                f"The folder {path.parent} cannot be made ({error.strerror}): name a library with --library."
            ) from error


def article_called(library: Library, name: str, *, deleted: bool = False) -> str:
    """The id of an article that is named on the command line, by its file or as `library.articles.called` says.

    With `deleted`, of one that was deleted.
    """
    called = library.articles.called_of_deleted if deleted else library.articles.called
    path = Path(name)
    if not path.is_file():
        return called(name)
    from store.articles import files

    article = files.read(path)
    if library.articles.get(article.id) is None:
        raise ArticleError(f"{name} is not in the library: postil add adds it.")
    return called(article.id)


def say(sentence: str, stream: TextIO) -> None:
    """A line on a stream."""
    # Not `typer.echo`: what a file is called may hold what a terminal's encoding cannot write.
    encoding = stream.encoding or "utf-8"
    stream.write(sentence.encode(encoding, "replace").decode(encoding, "replace") + "\n")


def counted(number: int, what: str) -> str:
    """`1 article`, `2 articles`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def fail(*sentences: str) -> NoReturn:
    """Say what went wrong, a line each, and exit with 1."""
    for sentence in sentences:
        say(f"postil: {sentence}", sys.stderr)
    sys.exit(1)
