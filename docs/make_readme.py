"""Make the parts of README.md that the code knows best: `python docs/make_readme.py`. A test compares them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from tui import actions
from tui.cli import app

README = Path(__file__).parent.parent / "README.md"


def _all(group: Any, *names: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The commands of a group and of the groups in it, with their names."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from _all(command, *names, name)
        else:
            yield (*names, name), command


def commands() -> str:
    """The commands with their arguments and what they do."""
    lines = ["| command | does |", "|---|---|", "| `postil` | Open the library. |"]
    for name, command in _all(get_command(app)):
        parts = ["postil", *name]
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                argument = f"{parameter.metavar}..." if parameter.nargs == -1 else str(parameter.metavar)
                parts.append(argument if parameter.required else f"[{argument}]")
            elif parameter.name not in {"library", "annotator", "help"}:
                parts.append(f"[{' '.join(part for part in (parameter.opts[0], parameter.metavar) if part)}]")
        lines.append(f"| `{' '.join(parts)}` | {' '.join(command.help.split())} |")
    lines.append("| `postil --version` | Print the version, and nothing else. |")
    exceptions = "`backup`, `compact`, `check`, `purge` and `locate`"
    options = f"Each but `formats` takes `--library PATH`, and all but {exceptions} take `--annotator NAME`."
    return "\n".join(lines) + f"\n\n{options}"


def keys() -> str:
    """A table a place, for the places that a reader spends time in."""
    tables = []
    places = (
        "text select reader deciding inspect metadata value hanging versions diff drafts search choose list library "
        "grouping add find names rules stats note app"
    )
    for place in places.split():
        rows = [f"| {_keys(action)} | {action.help} | `{action.id}` |" for action in actions.of(place)]
        tables.append("\n".join([f"### {actions.PLACES[place]}", "", "| keys | do | name |", "|---|---|---|", *rows]))
    return "\n\n".join(tables)


def _keys(action: actions.Action) -> str:
    return " ".join(f"`{actions.sign(key)}`" for key in action.keys)


def filled(readme: str) -> str:
    """The README with its made parts put in."""
    for name, made in (("commands", commands()), ("keys", keys())):
        pattern = rf"(<!-- {name}: [^>]*-->\n).*?(<!-- end -->)"
        readme = re.sub(pattern, lambda match, made=made: f"{match[1]}\n{made}\n\n{match[2]}", readme, flags=re.DOTALL)
    return readme


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
