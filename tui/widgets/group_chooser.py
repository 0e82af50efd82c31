"""A list of tags or collections, from which one is given to articles or taken from them, by typing a part of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from store.errors import PostilError
from store.records import Group
from tui import actions
from tui.reading.cells import fit
from tui.widgets.bars import Bar, KeyBar


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from."""

    groups: Sequence[Group]
    on: dict[str, int]
    """How many of the articles have each."""
    articles: int
    """How many articles it is about."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was decided."""

    name: str
    gives: bool = True
    """Whether the articles get it, and do not lose it."""
    renamed: str | None = None
    """What it is called from now on, if it is to be called otherwise."""


class _Line(Widget):
    """The lines, those around the cursor if there are more than fit."""

    def __init__(self) -> None:
        super().__init__(id="choose-lines")
        self.lines: Sequence[str] = ()
        self.cursor = 0

    def render_line(self, y: int) -> Strip:
        """One of them."""
        width, style, height = self.size.width, self.rich_style, self.size.height
        index = y + max(0, min(self.cursor - height // 2, len(self.lines) - height))
        if index >= len(self.lines):
            return Strip.blank(width, style)
        here = index == self.cursor
        return Strip([Segment(fit(f" {'▸' if here else ' '} {self.lines[index]}", width), style + Style(bold=here))])


class GroupChooser(ModalScreen[Chosen | None]):
    """Ends with what was decided, or None. It takes letters before it knows what there is."""

    BINDINGS = actions.bindings("grouping")

    def __init__(self, what: str, load: Callable[[], Awaitable[Known]]) -> None:
        """Choose a `what`; `load` finds out which there are."""
        super().__init__()
        self._what = what
        self._load = load
        self._known: Known | None = None
        self._typed = ""
        self._renaming: str | None = None
        self._take_when_known = False
        self._line = _Line()

    def compose(self) -> ComposeResult:
        """Title, lines, what is said about the one under the cursor, keys."""
        with Vertical(id="choose-box"):
            yield Bar(id="choose-title")
            yield self._line
            yield Bar(id="choose-says")
        yield KeyBar()

    def on_mount(self) -> None:
        """Find out what there is."""
        self._show()
        self._find_out()

    @work
    async def _find_out(self) -> None:
        try:
            self._known = await self._load()
        except PostilError as error:
            self.query_one("#choose-says", Bar).show(left=error.sentence)
            return
        self._show()
        if self._take_when_known:
            self.action_take()

    async def on_key(self, event: events.Key) -> None:
        """Take a letter, or do what the key does: at once, or letters behind it would come before it."""
        active = self.active_bindings.get(event.key)
        if self.take_key(event):
            event.stop()
        elif active is not None and active.node is self:
            event.stop()
            await self.app.run_action(active.binding.action, self)

    def take_key(self, event: events.Key) -> bool:
        """Take a letter, also one that was typed before the list was open; whether it was wanted."""
        if event.key == "backspace":
            self._type(self._typed[:-1])
        elif event.is_printable and event.character:
            self._type(self._typed + event.character)
        else:
            return False
        return True

    def on_paste(self, event: events.Paste) -> None:
        """Take a name."""
        event.stop()
        self._type(self._typed + " ".join(event.text.split()))

    def _type(self, typed: str) -> None:
        self._typed = typed
        self._line.cursor = 0
        self._show()

    def _fitting(self) -> list[Group]:
        """Those that have what was typed in their names; those that begin so first."""
        typed = self._typed.strip().casefold()
        fitting = [group for group in self._known.groups if typed in group.name.casefold()] if self._known else []
        return sorted(fitting, key=lambda group: not group.name.casefold().startswith(typed))

    def _new(self) -> str:
        """The name that was typed, if there is none of it yet."""
        typed = " ".join(self._typed.split())
        if not typed or any(group.name.casefold() == typed.casefold() for group in self._fitting()):
            return ""
        return typed

    def _show(self) -> None:
        known, fitting, new = self._known, self._fitting(), self._new()
        if self._renaming is not None:
            title, lines, says = f"call “{self._renaming}” otherwise: {self._typed}", [], "enter renames it everywhere"
        else:
            about = "" if known is None else f" of {known.articles:,} article{'' if known.articles == 1 else 's'}"
            title = f"{self._what}s{about}: {self._typed}"
            lines = [f"{self._sign(group)} {group.name}  {group.articles:,}" for group in fitting]
            lines += [f"+ new: {new}"] if new else []
            says = "" if lines or known is None else f"type a name for the first {self._what}"
        self._line.lines = lines
        self._line.cursor = min(self._line.cursor, max(0, len(lines) - 1))
        if not self._line.is_attached:
            return
        if self._renaming is None and self._line.cursor < len(fitting):
            group = fitting[self._line.cursor]
            says = (
                f"enter {'takes it away' if self._has_all(group) else 'gives it'} · {group.articles:,} in the library"
            )
        self._line.styles.height = max(1, min(len(lines), self.app.size.height - 5))
        self.query_one("#choose-title", Bar).show(left=title)
        self.query_one("#choose-says", Bar).show(left=says)
        self._line.refresh()

    def _has_all(self, group: Group) -> bool:
        known = self._known
        return known is not None and 0 < known.articles == known.on.get(group.name, 0)

    def _sign(self, group: Group) -> str:
        """Whether all of the articles have it, some, or none."""
        known = self._known
        some = known is not None and known.on.get(group.name, 0) > 0
        return "✓" if self._has_all(group) else "~" if some else " "

    def action_move(self, count: int) -> None:
        """Move the cursor, round the end if need be."""
        self._line.cursor = (self._line.cursor + count) % max(1, len(self._line.lines))
        self._show()

    def action_take(self) -> None:
        """Give what is under the cursor, or take it away; or rename what is to be renamed."""
        if self._known is None:
            self._take_when_known = True
            return
        if self._renaming is not None:
            name = " ".join(self._typed.split())
            self.dismiss(Chosen(self._renaming, renamed=name) if name else None)
            return
        fitting, new = self._fitting(), self._new()
        if self._line.cursor < len(fitting):
            group = fitting[self._line.cursor]
            self.dismiss(Chosen(group.name, gives=not self._has_all(group)))
        elif new:
            self.dismiss(Chosen(new))

    def action_rename(self) -> None:
        """Call what is under the cursor otherwise."""
        fitting = self._fitting()
        if self._renaming is None and self._line.cursor < len(fitting):
            self._renaming = self._typed = fitting[self._line.cursor].name
            self._show()

    def action_leave(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
