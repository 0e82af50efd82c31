"""What changed between two versions of a text, on a screen: a line a paragraph."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip

from store.errors import PostilError
from store.text.difference import differences
from tui import actions
from tui.desk import Desk
from tui.reading import changes, describe
from tui.reading.cells import fit
from tui.reading.layout import row_breaks
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.rows import RowList


class ChangeList(RowList):
    """Lines of differences, wrapped."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self._lines: Sequence[str] = ()
        self._rows: list[tuple[str, bool]] = []
        """Rows of a line each, and whether it says that nothing changed."""

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines."""
        self._lines = lines
        self._wrap()

    def _wrap(self) -> None:
        width = max(20, self.size.width - 4)
        self._rows = []
        for line in self._lines:
            borders = [0, *row_breaks(line, width), len(line)]
            for start, end in pairwise(borders):
                self._rows.append((("  " if start else "") + line[start:end], line.startswith("  …")))
        self.set_row_count(len(self._rows))

    def on_resize(self) -> None:
        """Wrap the lines anew."""
        self._wrap()

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One row."""
        words, quiet = self._rows[index]
        if quiet:
            style += self.get_component_rich_style("rows--quiet", partial=True)
        return Strip([Segment(fit(f" {words}", width), style)])


class DifferingScreen(Screen[None]):
    """The differences of two articles."""

    BINDINGS = actions.bindings("diff")
    AUTO_FOCUS = "ChangeList"

    class Compared(Message):
        """The differences are known."""

        def __init__(self, lines: Sequence[str], said: str) -> None:
            self.lines = lines
            self.said = said
            super().__init__()

    def __init__(self, desk: Desk, old: str, new: str) -> None:
        """Compare two articles of the library of `desk`, by their ids."""
        super().__init__()
        self._desk = desk
        self._ends = (old, new)

    def compose(self) -> ComposeResult:
        """Title, lines, what is said, keys."""
        yield Bar(id="title")
        yield ChangeList(id="hits")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Compare them."""
        self.query_one("#status", Bar).show(left="comparing …")
        self._compare()

    @work(group="compare")
    async def _compare(self) -> None:
        try:
            found = await self._desk.ask(lambda library: [library.articles.get(key) for key in self._ends])
        except PostilError as error:
            self.post_message(self.Compared([], error.sentence))
            return
        old, new = (article.text if article is not None else "" for article in found)
        compared = await asyncio.to_thread(differences, old, new)
        lines = list(changes.lines(compared))
        told = [f"“{describe.short(one.title)}” {one.id[:8]}" for one in found if one is not None]
        if self.is_attached:
            self.query_one("#title", Bar).show(left=f"postil · from {' to '.join(told)}", right=[])
        self.post_message(self.Compared(lines, f"{changes.summary(compared)} · [-gone-] {{+new+}}"))

    def on_differing_screen_compared(self, message: Compared) -> None:
        """Show them."""
        self.query_one(ChangeList).show(message.lines)
        self.query_one("#status", Bar).show(left=message.said)

    def action_back(self) -> None:
        """Back."""
        self.dismiss(None)
