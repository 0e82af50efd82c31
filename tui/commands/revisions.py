"""`postil diff`: what changed between two articles of the library, as two versions of one text."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tui.commands.shared import AnnotatorOption, LibraryOption, article_called, open_library, printing, say, settings_of

ArticleArgument = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="The older one: its id or the beginning of it, its file, or its title.")
]
OtherArgument = Annotated[
    str | None, typer.Argument(metavar="OTHER", help="The newer one; else the newest version of the first.")
]


def diff(
    context: typer.Context,
    article: ArticleArgument,
    other: OtherArgument = None,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
) -> None:
    """Show what changed from one version of a text to another: [-gone-] and {+new+} words, paragraph by paragraph."""
    from store.errors import ArticleError
    from store.text.difference import differences
    from tui.reading import changes

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        old = article_called(opened, article)
        if other is None:
            versions = opened.articles.versions(old)
            if not versions:
                raise ArticleError(
                    f"The library has no other version of {article}: name the article to compare it with."
                )
            new = versions[-1].article_id
            if not versions[-1].newer:
                old, new = new, old
        else:
            new = article_called(opened, other)
        texts = [opened.articles.get(key) for key in (old, new)]
        one, two = (found.text if found is not None else "" for found in texts)
        found = differences(one, two)
        for line in changes.lines(found):
            say(line, sys.stdout)
        say(f"{old[:12]} to {new[:12]}: {changes.summary(found)}.", sys.stdout)
