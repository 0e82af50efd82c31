"""The panel beside the article: the outline of it, which leads the text and follows it."""

from __future__ import annotations

import asyncio
from functools import cached_property
from time import sleep

from textual import work
from textual.message import Message
from textual.timer import Timer

from tui.preferences import Remembered
from tui.reading.marks import Layer
from tui.reading.names import Name, Names
from tui.reading.outline import Line, Marked, Noted, Outline
from tui.reading.structure import Heading, Structure
from tui.screens.verbs import Verbs
from tui.widgets.side_panel import SidePanel

_PANEL_AFTER = 0.1
"""Seconds in which changes of the panel, and places that it follows, are gathered into one."""


class Outlining(Verbs):
    """A screen with a panel that lists what is in its article."""

    _remembered: Remembered

    class ContentsFound(Message):
        """The headings of the article are known."""

        def __init__(self, contents: list[Heading]) -> None:
            self.contents = contents
            super().__init__()

    def __init__(self) -> None:
        """Nothing is known of the article yet."""
        super().__init__()
        self._names = Names()
        self._names_problem = ""
        self._stretches_missing = 0
        """Stretches whose names are not known yet."""
        self._contents: list[Heading] = []
        self._panel_timer: Timer | None = None
        self._panel_changed = True
        """Whether the panel has to be made anew, and not only to follow the caret."""

    @cached_property
    def panel(self) -> SidePanel:
        """The panel, shown or not."""
        return self.query_one(SidePanel)

    @work(group="contents")
    async def _find_contents(self) -> None:
        page, structure = self.pane.page, self.pane.structure
        headings = await asyncio.to_thread(_headings, structure, len(page))
        self.post_message(self.ContentsFound(headings))

    def on_outlining_contents_found(self, message: ContentsFound) -> None:
        """List the headings."""
        self._contents = message.contents
        self._show_panel_soon()

    def on_side_panel_pointed(self, message: SidePanel.Pointed) -> None:
        """Show in the text what the panel's cursor is on."""
        offset = self._place_of(message.line, after=self.pane.caret - 1)
        if offset is not None and self.panel.has_focus:
            self.pane.go_to(offset)

    def on_side_panel_picked(self, message: SidePanel.Picked) -> None:
        """Go on reading at a line's place; a name leads to its next mention; a note on the article is opened."""
        offset = self._place_of(message.line, after=self.pane.caret)
        if offset is not None:
            self.pane.jump(offset)
            self.pane.focus()
        elif isinstance(message.line, Marked | Noted):
            self._edit(message.line.annotation)

    def _place_of(self, line: Line, *, after: int) -> int | None:
        match line:
            case Name():
                return self._names.next_mention(line, after)
            case Heading():
                return line.start
            case Marked(annotation) | Noted(annotation):
                return annotation.start
            case _:
                return None

    def _lines_here(self) -> list[Line]:
        """The panel's lines for what is under the caret, the innermost first."""
        lines: list[Line] = []
        for mark in self.pane.marks.at(self.pane.caret):
            annotation = self._notebook.get(mark.id)
            if annotation is not None:
                lines += [Marked(annotation), Noted(annotation)]
            elif mark.layer is Layer.ENTITY:
                words = " ".join(self.article.text[mark.start : mark.end].split())
                lines.append(Name(mark.label, words, 0))
        return lines

    def action_panel(self) -> None:
        """Show or hide the panel."""
        panel = self.panel
        shown = not panel.display
        panel.styles.display = "block" if shown else "none"
        self._remembered.change(panel=shown)
        if shown:
            self._show_panel()
        elif panel.has_focus:
            self.pane.focus()

    def action_switch_focus(self) -> None:
        """Go from the text to the panel, showing it, and back."""
        panel = self.panel
        if panel.has_focus:
            self.pane.focus()
            return
        if not panel.display:
            self.action_panel()
        self.pane.cursor.remember()
        panel.focus()

    def _show_panel_soon(self) -> None:
        self._panel_changed = True
        self._follow_soon()

    def _follow_soon(self) -> None:
        """Let the panel follow when the text has been painted: a key waits for the text only."""
        if self._panel_timer is None and self.panel.display:
            self._panel_timer = self.set_timer(_PANEL_AFTER, self._show_panel)

    def _show_panel(self) -> None:
        self._panel_timer = None
        panel = self.panel
        if not panel.display:
            return
        if self._panel_changed:
            self._panel_changed = False
            state = self._names_problem or ("finding names …" if self._stretches_missing else "")
            outline = Outline(
                self._contents, self._notebook.marked, self._notebook.noted, self._names.by_label(), state
            )
            panel.show(outline, self._looks)
        panel.follow(self._lines_here(), self.pane.caret)


def _headings(structure: Structure, stretches: int) -> list[Heading]:
    """All headings of an article, in a thread that lets the screen go first."""
    found = []
    for index in range(stretches):
        found += structure.headings(index)
        sleep(0)
    return found
