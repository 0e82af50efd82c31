"""One-line bars: a line with a left and a right side, and the line of keys that apply now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple, Protocol, runtime_checkable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui import actions
from tui.reading.cells import fit, one_line, width_of
from tui.widgets.frames import hasten

_SPACE = "   "
"""Between the parts of a bar's right side."""

_LEFT_AT_LEAST = 24
"""Cells that a bar's left side keeps before its right side does."""


class Bar(Widget):
    """A line of plain text, cut where it does not fit: the right side is kept as long as the left has room too."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self.left = ""
        self.right: tuple[str, ...] = ()

    def show(self, *, left: str | None = None, right: Sequence[str] | None = None) -> None:
        """Put text on a side; None leaves the side as it is. Nothing in it is markup.

        Args:
            left: cut with an ellipsis where there is no room.
            right: parts, of which the first are left out where there is no room.
        """
        shown = (self.left if left is None else left, self.right if right is None else tuple(right))
        if shown != (self.left, self.right):
            self.left, self.right = shown
            self.refresh()
            hasten(self)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 -- it has one line
        """Paint the bar."""
        width = self.size.width
        left = one_line(self.left)
        parts = [one_line(part) for part in self.right if part]
        room = width - min(width_of(left), max(_LEFT_AT_LEAST, width // 2)) - 2
        while len(parts) > 1 and width_of(_SPACE.join(parts)) > room:
            parts.pop(0)
        right = _SPACE.join(parts)
        kept = min(width_of(right) + 2, width) if right else 0
        line = fit(f" {left}", width - kept) + fit(f" {right} ", kept)
        return Strip([Segment(line, self.rich_style)], width)


@runtime_checkable
class KnowsWhatApplies(Protocol):
    """A screen or widget some of whose actions do something only now and then."""

    def applies(self, action_id: str) -> bool:
        """Whether the action does something now."""


def key_of(screen: Screen[Any], action_id: str) -> str:
    """How the key of an action is written, as the reader has it; empty where it does nothing now."""
    found = (active.binding for active in screen.active_bindings.values() if active.binding.id == action_id)
    binding = next(found, None)
    return "" if binding is None else screen.app.get_key_display(binding)


class _Entry(NamedTuple):
    shown: str
    """The key as it is written."""
    words: str
    key: str
    """Textual's name of it."""


class KeyBar(Widget):
    """The keys that apply now, from the actions of the focused widget and its screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}
    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; }"

    def on_mount(self) -> None:
        """Follow what is focused."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _screen: Screen[object]) -> None:
        self.refresh()

    def _entries(self, *, everywhere: bool) -> list[_Entry]:
        """Those of the app itself, which apply everywhere, or the others."""
        entries: dict[str, _Entry] = {}
        active = sorted(
            self.screen.active_bindings.values(),
            key=lambda active: actions.POSITIONS.get(active.binding.id or "", len(actions.POSITIONS)),
        )
        for node, binding, enabled, _ in active:
            useful = not isinstance(node, KnowsWhatApplies) or node.applies(binding.id or "")
            if binding.show and enabled and useful and (node is self.app) is everywhere:
                shown = self.app.get_key_display(binding)
                entries.setdefault(binding.action, _Entry(shown, binding.description, binding.key))
        return list(entries.values())

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 -- it has one line
        """Paint as many keys as there is room for, those that apply everywhere at the right end."""
        width = self.size.width
        right = self._paint(self._entries(everywhere=True), width)
        left = self._paint(self._entries(everywhere=False), width - right.cell_length - 1)
        margin = Strip([Segment(" ", self.rich_style)])
        filled = Strip.join([margin, left]).adjust_cell_length(width - right.cell_length, self.rich_style)
        return Strip.join([filled, right])

    def _paint(self, entries: Sequence[_Entry], width: int) -> Strip:
        base, strong = self.rich_style, self.get_component_rich_style("keys--key")
        segments = []
        used = 0
        for shown, words, key in entries:
            size = width_of(shown) + width_of(words) + 3
            if used + size > width:
                break
            meta = Style.from_meta({"key": key})
            segments += [Segment(shown, strong + meta), Segment(f" {words}", base + meta), Segment("  ", base)]
            used += size
        return Strip(segments)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does."""
        active = self.screen.active_bindings.get(event.style.meta.get("key", ""))
        if active is not None:
            event.stop()
            await self.app.run_action(active.binding.action, active.node)
