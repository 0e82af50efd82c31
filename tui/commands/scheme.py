"""The commands about the scheme: what can be tagged and said in this library, shown, edited, and carried as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from store.errors import SchemeError
from tui.commands.shared import AnnotatorOption, LibraryOption, counted, open_library, printing, say, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.library import Library
    from store.scheme.parts import Attribute, Definition

app = typer.Typer(
    help="The scheme of the library: its labels, what annotations say in their attributes, and relations.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

YesOption = Annotated[
    bool, typer.Option("--yes", "-y", help="Change it even if things in use are not in the scheme any more.")
]


@app.command()
def show(context: typer.Context, library: LibraryOption = None, annotator: AnnotatorOption = None) -> None:
    """Show the labels, the attributes and the relations."""
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        for line in _lines(opened.scheme.definition()):
            say(line, sys.stdout)


@app.command()
def export(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Standard output, if none is named.")] = None,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
) -> None:
    """Write the scheme as TOML, with comments that say how to change it."""
    from store.scheme import toml_file

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        text = toml_file.write(opened.scheme.definition())
        if file is None:
            sys.stdout.buffer.write(text.encode())
            return
        from store.exchange.files import write_whole

        write_whole(file, [text.encode()])


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A scheme as TOML, as postil scheme export writes it.")],
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    yes: YesOption = False,
) -> None:
    """Put the scheme of a file in the place of this library's. Annotations stay as they are."""
    with open_library(settings_of(context, library, annotator)) as opened:
        _replace(opened, file, str(file), yes=yes)


@app.command()
def edit(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    yes: YesOption = False,
) -> None:
    """Edit the scheme as TOML with your editor (VISUAL or EDITOR). Annotations stay as they are."""
    import tempfile

    from store.scheme import toml_file

    with open_library(settings_of(context, library, annotator)) as opened:
        before = toml_file.write(opened.scheme.definition())
        with tempfile.NamedTemporaryFile("w", suffix=".toml", prefix="scheme-", encoding="utf-8", delete=False) as made:
            made.write(before)
        path = Path(made.name)
        kept = f" What you wrote is in {path}: mend it, and take it over with postil scheme import."
        _edit(path)
        try:
            if path.read_bytes() == before.encode():
                say("The scheme is as it was.", sys.stdout)
            else:
                _replace(opened, path, path.name, yes=yes)
        except SchemeError as error:
            raise SchemeError(error.sentence + kept) from error
        path.unlink(missing_ok=True)


def _edit(path: Path) -> None:
    import os
    import shlex
    import subprocess

    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    try:
        ended = subprocess.run([*editor, str(path)], check=False).returncode
    except OSError as error:
        path.unlink(missing_ok=True)
        raise SchemeError(f"The editor {editor[0]} cannot be run ({error.strerror}): set EDITOR to another.") from error
    if ended:
        path.unlink(missing_ok=True)
        raise SchemeError(f"The editor {editor[0]} ended with {ended}: the scheme is as it was.")


def _replace(opened: Library, file: Path, name: str, *, yes: bool) -> None:
    """Read the file, and put its scheme in the place of the library's, unless nobody said yes to what that orphans.

    Raises:
        SchemeError: the file cannot be read, is no scheme, or somebody said no.
    """
    from store.scheme import toml_file

    try:
        text = file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SchemeError(f"{name} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise SchemeError(f"{name} is not UTF-8 text, which TOML has to be.") from error
    new = toml_file.read(text.replace("\r\n", "\n"), name)
    lost = opened.scheme.replace(new, orphan=yes)
    for one in lost:
        say(f"in use, and not in the new scheme: {one.what} ({counted(one.count, 'time')})", sys.stderr)
    if lost and not yes:
        asked = sys.stdin.isatty() and typer.confirm("Change it? What is in use stays in the annotations.", err=True)
        if not asked:
            raise SchemeError("The scheme is as it was: --yes changes it, and what is in use stays in the annotations.")
        opened.scheme.replace(new, orphan=True)
    parts = ((len(new.labels), "label"), (len(new.attributes), "attribute"), (len(new.relations), "relation"))
    say(f"The scheme has {', '.join(counted(*part) for part in parts)} now.", sys.stdout)


def _lines(scheme: Definition) -> Iterator[str]:
    for label in scheme.labels:
        yield f"{label.key}  {label.name}: {_one_line(label.guideline)}"
        for attribute in scheme.of_label(label.name):
            if attribute.labels:
                yield f"     {_told(attribute)}"
    everywhere = [attribute for attribute in scheme.attributes if not attribute.labels]
    if everywhere:
        yield "   every label:"
        yield from (f"     {_told(attribute)}" for attribute in everywhere)
    for relation in scheme.relations:
        ends = [" or ".join(labels) or "any label" for labels in (relation.sources, relation.targets)]
        yield f"{relation.key}  {relation.name}, from {ends[0]} to {ends[1]}: {_one_line(relation.guideline)}"


def _told(attribute: Attribute) -> str:
    from store.scheme.parts import Type
    from store.scheme.values import range_of

    what = {Type.CHOICE: "one of ", Type.CHOICES: "some of "}.get(attribute.type, str(attribute.type))
    if attribute.type is Type.NUMBER:
        what = range_of(attribute)
    required = ", required" if attribute.required else ""
    return _one_line(f"{attribute.name}: {what}{', '.join(attribute.options)}{required}")


def _one_line(text: str) -> str:
    from tui.reading.cells import one_line

    return one_line(text)
