"""One-line bars: a line with a left and a right side, and the line of keys that apply now."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui.reading.cells import fit, one_line, width_of


class Bar(Widget):
    """A line of plain text, cut where it does not fit: the right side is kept whole as long as there is room."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self.left = ""
        self.right = ""

    def show(self, *, left: str | None = None, right: str | None = None) -> None:
        """Put text on a side; None leaves the side as it is. Nothing in it is markup."""
        left = self.left if left is None else left
        right = self.right if right is None else right
        if (left, right) != (self.left, self.right):
            self.left, self.right = left, right
            self.refresh()

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 -- it has one line
        """Paint the bar."""
        width = self.size.width
        right = one_line(self.right)
        kept = min(width_of(right) + 2, width)
        line = fit(f" {self.left}", width - kept) + fit(f" {right} ", kept)
        return Strip([Segment(line, self.rich_style)], width)


class KeyBar(Widget):
    """The keys that apply now, from the actions of the focused widget and its screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}
    DEFAULT_CSS = "KeyBar { height: 1; dock: bottom; }"

    def on_mount(self) -> None:
        """Follow what is focused."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)

    def _follow(self, _screen: Screen[object]) -> None:
        self.refresh()

    def _entries(self) -> list[tuple[str, str, str]]:
        """Key, words and action of each, in the order of the focus: what is nearest to the reader comes first."""
        entries: dict[str, tuple[str, str]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled:
                entries.setdefault(binding.action, (self.app.get_key_display(binding), binding.description))
        return [(key, words, action) for action, (key, words) in entries.items()]

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 -- it has one line
        """Paint as many keys as there is room for."""
        width = self.size.width
        base, strong = self.rich_style, self.get_component_rich_style("keys--key")
        segments = [Segment(" ", base)]
        used = 1
        for key, words, action in self._entries():
            size = width_of(key) + width_of(words) + 3
            if used + size > width:
                break
            meta = base.from_meta({"@click": action})
            segments += [Segment(key, strong + meta), Segment(f" {words}", base + meta), Segment("  ", base)]
            used += size
        return Strip(segments).adjust_cell_length(width, base)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key under the mouse does, where the focus is."""
        action = event.style.meta.get("@click")
        if action:
            event.stop()
            await self.app.run_action(action, self.screen.focused or self.screen)
