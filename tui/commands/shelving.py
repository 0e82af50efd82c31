"""The commands that keep a library in order: list it, tags and collections, archive, delete, purge."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from store.errors import GroupError, PostilError
from store.kinds import Grouping, Order
from tui.commands.shared import (
    AnnotatorOption,
    ArticlesArgument,
    JsonOption,
    LibraryOption,
    article_called,
    as_json_line,
    counted,
    fail,
    open_library,
    printing,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from store.library import Library
    from store.records import ArticleRow

ArticlesOrNoneArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ARTICLE", help="Their ids or the beginnings of them, files, or titles; none lists what there is."
    ),
]
AddOption = Annotated[list[str] | None, typer.Option("--add", metavar="NAME", help="Give them this; repeatable.")]
RemoveOption = Annotated[
    list[str] | None, typer.Option("--remove", metavar="NAME", help="Take this from them; repeatable.")
]
RenameOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--rename", metavar="OLD NEW", help="Call it otherwise in every article; two of a name become one."),
]
TagOption = Annotated[list[str] | None, typer.Option("--tag", metavar="NAME", help="Only with this tag.")]
CollectionOption = Annotated[
    list[str] | None, typer.Option("--collection", metavar="NAME", help="Only in this collection.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]
BackOption = Annotated[bool, typer.Option("--back", help="Bring them back.")]


def articles(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    tag: TagOption = None,
    collection: CollectionOption = None,
    sort: Annotated[
        Order, typer.Option("--sort", metavar="ORDER", help="By title, added, published, words, state or read.")
    ] = Order.TITLE,
    archived: Annotated[bool, typer.Option("--archived", help="Those that are archived.")] = False,
    deleted: Annotated[bool, typer.Option("--deleted", help="Those that are deleted and not purged.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the articles of the library."""

    from store.shelf.filtering import quoted
    from tui.progress import track

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        for _ in track(opened.folds.look(), total=None, doing="looking for page furniture"):
            pass  # it is left out of the counts of words
        filters = [
            quoted(kind, opened.groups.called(kind, name))
            for kind, names in ((Grouping.TAG, tag), (Grouping.COLLECTION, collection))
            for name in names or ()
        ]
        if as_json:
            opened.languages.refresh()
        filters += ["is:archived"] * archived + ["is:deleted"] * deleted
        for row in opened.articles.rows(" ".join(filters), order=sort):
            say(as_json_line(row) if as_json else _line(row), sys.stdout)


def _line(row: ArticleRow) -> str:
    from tui.reading import describe
    from tui.reading.cells import one_line
    from tui.widgets.article_table import groups_of

    claims, notes = f"{row.claims} C", f"{row.notes} N"
    counts = f"{row.words:>7,} words {claims:>6} {notes:>6} {describe.read(row):>8}"
    source = f" ({row.source})" if row.source else ""
    groups = groups_of(row)
    older = "older: " if row.older else ""
    return f"{row.id[:12]} {counts}  {older}{one_line(row.title + source)}" + (f"  {groups}" if groups else "")


def tag(
    context: typer.Context,
    articles: ArticlesOrNoneArgument = None,
    add: AddOption = None,
    remove: RemoveOption = None,
    rename: RenameOption = None,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
) -> None:
    """Give articles tags, take tags from them, or rename one; without any, list the tags."""
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        _group(opened, Grouping.TAG, articles or [], add or [], remove or [], rename)


def collect(
    context: typer.Context,
    articles: ArticlesOrNoneArgument = None,
    add: AddOption = None,
    remove: RemoveOption = None,
    rename: RenameOption = None,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
) -> None:
    """Put articles into collections, take them out, or rename one; without any, list the collections."""
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        _group(opened, Grouping.COLLECTION, articles or [], add or [], remove or [], rename)


def _group(
    library: Library,
    kind: Grouping,
    names: Sequence[str],
    add: Sequence[str],
    remove: Sequence[str],
    rename: tuple[str, str] | None,
) -> None:
    if bool(names) != bool(add or remove):
        raise GroupError(
            f"Name articles and what to do with them: postil {_command(kind)} ARTICLE --add NAME, or --remove NAME."
        )
    ids = [article_called(library, name) for name in names]
    for name in remove:  # what is not there is found out before anything is done
        library.groups.called(kind, name)
    for name in add:
        number = library.groups.add(kind, name, ids)
        say(f"{kind} {name}: {counted(number, 'article')} more", sys.stdout)
    for name in remove:
        number = library.groups.remove(kind, name, ids)
        say(f"{kind} {name}: {counted(number, 'article')} less", sys.stdout)
    if rename is not None:
        number = library.groups.rename(kind, *rename)
        say(f"{kind} {rename[0]} is {rename[1]} now: {counted(number, 'article')}", sys.stdout)
    if not (names or rename):
        for group in library.groups.all(kind):
            say(f"{group.articles:>7,}  {group.name}", sys.stdout)


def _command(kind: Grouping) -> str:
    return "tag" if kind is Grouping.TAG else "collect"


def archive(
    context: typer.Context,
    articles: ArticlesArgument,
    back: BackOption = False,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
) -> None:
    """Take articles out of the list; their annotations count as before."""
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        ids = [article_called(opened, name) for name in articles]
        number = opened.shelf.unarchive(ids) if back else opened.shelf.archive(ids)
        say(f"{'brought back' if back else 'archived'}: {counted(number, 'article')}", sys.stdout)


def delete(
    context: typer.Context,
    articles: ArticlesArgument,
    back: BackOption = False,
    yes: YesOption = False,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
) -> None:
    """Let articles count as gone, with what stands on them; they can be brought back until postil purge."""
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        if back:
            ids = [article_called(opened, name, deleted=True) for name in articles]
            say(f"brought back: {counted(opened.shelf.restore(ids), 'article')}", sys.stdout)
            return
        ids = [article_called(opened, name) for name in articles]
        weight = opened.shelf.weight(ids)
        if weight.much:
            others = f", {weight.others:,} of them by others" if weight.others else ""
            _ask(
                f"{counted(len(ids), 'article')} with {counted(weight.annotations, 'annotation')}{others}"
                " would count as gone",
                yes,
            )
        say(f"deleted: {counted(opened.shelf.delete(ids), 'article')} (--back brings back)", sys.stdout)


def purge(
    context: typer.Context,
    library: LibraryOption = None,
    days: Annotated[
        int | None,
        typer.Option("--days", metavar="N", min=0, help="Only what was deleted longer ago than that; else than 30."),
    ] = None,
    yes: YesOption = False,
) -> None:
    """Remove deleted articles for good, with all that stands on them; a copy is made first."""
    from store.care import purge as care
    from tui.reading.cells import one_line

    path = settings_of(context, library).library
    days = care.DAYS if days is None else days
    with printing():
        doomed = care.doomed(path, days)
        if not doomed.count:
            say(f"Nothing in {path} was deleted more than {counted(days, 'day')} ago.", sys.stdout)
            return
        for key, title in doomed.articles:
            say(f"{key[:12]}  {one_line(title)}", sys.stderr)
        if doomed.count > len(doomed.articles):
            say(f"… and {doomed.count - len(doomed.articles):,} more", sys.stderr)
        _ask(
            f"{counted(doomed.count, 'article')} with {counted(doomed.annotations, 'annotation')} and"
            f" {counted(doomed.relations, 'relation')} would be gone for good",
            yes,
        )
        purged = care.purge(path, days)
        assert purged is not None
        say(
            f"gone for good: {counted(purged.count, 'article')}; {path} has {purged.after:,} bytes now,"
            f" {purged.before:,} before",
            sys.stdout,
        )
        say(f"The library as it was is in {purged.backup}: remove that too, if nothing of it may remain.", sys.stdout)


def _ask(what: str, yes: bool, confirm: Callable[[str], bool] = typer.confirm) -> None:
    """Go on only if it is wanted; without a terminal nobody can be asked."""
    if yes:
        return
    if not sys.stdin.isatty():
        fail(f"{what}: --yes does it.")
    try:
        if not confirm(f"{what}. Go on?"):
            raise PostilError("Nothing was changed.")
    except typer.Abort:
        raise PostilError("Nothing was changed.") from None
