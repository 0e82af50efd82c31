"""The commands about names: the rules that settle them, and the index of them."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from store.errors import RuleError
from tui.commands.shared import (
    AnnotatorOption,
    JsonOption,
    LibraryOption,
    as_json_line,
    counted,
    fail,
    open_library,
    printing,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.library import Library
    from store.records import Rule


def rules(
    context: typer.Context,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: JsonOption = False,
    add: Annotated[
        str | None, typer.Option("--add", metavar="WORDS", help="Decide on these words in every article.")
    ] = None,
    label: Annotated[str | None, typer.Option("--label", metavar="LABEL", help="With --add: what they are.")] = None,
    never: Annotated[bool, typer.Option("--never", help="With --add: they are never a name.")] = False,
    any_case: Annotated[bool, typer.Option("--any-case", help="With --add: upper and lower case are alike.")] = False,
    withdraw: Annotated[
        str | None, typer.Option("--withdraw", metavar="ID", help="Withdraw a rule, by its id or the end of it.")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take rules from spaCy patterns, all or none.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write the rules as spaCy patterns.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take a rule even if it has very many places.")] = False,
) -> None:
    """List the rules about names, add and withdraw them, or exchange them as spaCy's entity_ruler patterns."""
    _refuse_nonsense(add, label, withdraw, import_, export, never=never)
    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        if add is not None:
            _add(opened, [(add, None if never else label, not any_case, "")], sure=yes)
        elif withdraw is not None:
            rule = opened.rules.get(withdraw)
            opened.rules.withdraw(rule.id)
            say(f"withdrawn: {_line(rule)}", sys.stdout)
        elif import_ is not None:
            from store.entities import rule_patterns as patterns

            _add(opened, patterns.read(import_), sure=yes)
        elif export is not None:
            _export(opened, export)
        else:
            _list(opened.rules.all(), as_json=as_json)


def _refuse_nonsense(
    add: str | None, label: str | None, withdraw: str | None, import_: Path | None, export: Path | None, *, never: bool
) -> None:
    if sum(option is not None for option in (add, withdraw, import_, export)) > 1:
        raise RuleError("One thing at a time: --add, --withdraw, --import or --export.")
    if add is not None and (label is None) != never:
        raise RuleError(f"Say what “{add}” is, with --label LABEL or with --never.")
    if add is None and (label is not None or never):
        raise RuleError("--label and --never say something of --add WORDS.")


def _add(opened: Library, wanted: list[tuple[str, str | None, bool, str]], *, sure: bool) -> None:
    """Add rules, unless one has very many places and nobody said that this is meant."""
    from store.entities.rules import checked_pattern

    for words, _, case_sensitive, _ in wanted:
        reach = opened.rules.reach(checked_pattern(words), case_sensitive=case_sensitive)
        more = "more than " if reach.more else ""
        places = f"{more}{counted(reach.places, 'place')} in {counted(reach.articles, 'article')}"
        if reach.many and not sure:
            raise RuleError(f"“{words}” stands in {places}: nothing was changed; --yes takes the rule all the same.")
        if len(wanted) == 1:
            say(f"“{words}” stands in {places}", sys.stdout)
    say(f"{counted(opened.rules.add_all(wanted), 'rule')} new or changed", sys.stdout)


def _export(opened: Library, target: Path) -> None:
    from store.entities import rule_patterns as patterns
    from store.exchange.files import write_whole

    standing = opened.rules.all()
    everywhere = [rule for rule in standing if rule.article_id is None]
    write_whole(target, patterns.lines(everywhere))
    left = len(standing) - len(everywhere)
    left_out = f"; {counted(left, 'rule')} of one article only stayed here" if left else ""
    say(f"{target}: {counted(len(everywhere), 'pattern')}{left_out}", sys.stdout)


def _list(standing: Iterable[Rule], *, as_json: bool) -> None:

    for rule in standing:
        say(as_json_line(rule) if as_json else _line(rule), sys.stdout)


def _line(rule: Rule) -> str:
    from tui.reading.cells import one_line

    scope = "" if rule.article_id is None else f", only in {rule.article_id[:12]}"
    case = "" if rule.case_sensitive else ", in any case"
    note = f" ({rule.note})" if rule.note else ""
    return one_line(
        f"{rule.id[-8:]} {rule.label or 'never':<12} {rule.pattern}{case}{scope}  by {rule.annotator}{note}"
    )


def names(
    context: typer.Context,
    query: Annotated[list[str] | None, typer.Argument(metavar="QUERY", help="Words of the names.")] = None,
    library: LibraryOption = None,
    annotator: AnnotatorOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a name, with its variants and places.")
    ] = False,
    limit: Annotated[int | None, typer.Option("--limit", "-n", metavar="N", min=1, help="The first N only.")] = None,
) -> None:
    """List the names of all articles, the most mentioned first. Exits with 1 without one."""
    import orjson

    from tui.progress import track
    from tui.reading.cells import one_line

    with printing(), open_library(settings_of(context, library, annotator)) as opened:
        stale = opened.names.stale()
        done = (1 for number in opened.names.refresh() for _ in range(number))
        for _ in track(done, total=stale, doing="gathering names"):
            pass
        found = opened.names.find(" ".join(query or ()))
        for name in islice(found, limit):
            if as_json:
                places = [
                    {"article": place.article_id, "start": place.start, "end": place.end}
                    for place in opened.names.places(name, limit=sys.maxsize)
                ]
                line = {
                    "name": name.text,
                    "label": name.label,
                    "variants": opened.names.variants(name),
                    "articles": name.articles,
                    "mentions": name.mentions,
                    "places": places,
                }
                say(orjson.dumps(line).decode(), sys.stdout)
            else:
                variants = ", ".join(opened.names.variants(name))
                also = f"  ({variants})" if variants != name.text else ""
                numbers = f"{name.mentions:>8,} in {counted(name.articles, 'article'):<16}"
                say(one_line(f"{numbers} {name.label:<12} {name.text}{also}"), sys.stdout)
    if not found:
        fail("No name was found." if query else "There are no names yet: articles that were opened have some.")
