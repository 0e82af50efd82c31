"""The box in which a note is written: opened at its place, saved by one key, never lost to another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import TextArea

from store.errors import PostilError
from tui import actions
from tui.widgets.bars import Bar, KeyBar

_HEIGHT = 8
"""Rows of the box: its title, five of text, what it says, and its keys."""


class _Ask(Widget):
    """Takes the keys while the reader is asked about an unsaved note; at other times it cannot have the focus."""

    BINDINGS = actions.bindings("ask")
    DEFAULT_CSS = "_Ask { height: 0; }"

    def action_answer(self, answer: str) -> None:
        """Hand the answer to the editor."""
        editor = self.screen
        assert isinstance(editor, NoteEditor)
        editor.answer(answer)


class NoteEditor(ModalScreen[None]):
    """A note being written. It stays open until the note is saved or the reader has said to leave it."""

    BINDINGS = actions.bindings("note")
    AUTO_FOCUS = "TextArea"

    def __init__(self, title: str, text: str, place: Offset, save: Callable[[str], Awaitable[None]]) -> None:
        """A box for a note.

        Args:
            title: what the note stands on.
            text: what the note says so far.
            place: the left end of the row that the note is about and should leave visible, on the screen.
            save: saves the note; raises a `PostilError` if it could not.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._at = place
        self._save = save
        self._saving = False
        self._box_open = False
        self._typed_ahead = ""

    def compose(self) -> ComposeResult:
        """The title, the text, what is to be said, and the keys."""
        with Vertical(id="note-box"):
            yield Bar(id="note-title")
            yield TextArea(
                self._text, id="note-text", soft_wrap=True, tab_behavior="focus", highlight_cursor_line=False
            )
            yield Bar(id="note-says")
            yield _Ask(id="note-ask")
        yield KeyBar()

    def on_mount(self) -> None:
        """Open at the place, the caret after what is written."""
        self.query_one("#note-title", Bar).show(left=self._title)
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.insert(self._typed_ahead)
        self._box_open = True
        self._place()

    def take_letter(self, letter: str) -> bool:
        """Write a letter that was typed before the box had the focus, unless an answer is expected."""
        if self.asking:
            return False
        if self._box_open:
            self.query_one(TextArea).insert(letter)
        else:
            self._typed_ahead += letter
        return True

    def on_resize(self) -> None:
        """Stay beside the place."""
        self._place()

    def _place(self) -> None:
        """Under the row if there is room, else above it, so that the words it is about stay visible."""
        below = self._at.y + 1
        room = self.app.size.height - 1 - _HEIGHT
        top = below if below <= room else max(1, self._at.y - _HEIGHT)
        box = self.query_one("#note-box")
        width = min(72, self.app.size.width)
        box.styles.height = _HEIGHT
        box.styles.width = width
        box.styles.offset = Offset(min(self._at.x, self.app.size.width - width), min(top, max(1, room)))

    @property
    def _unsaved(self) -> bool:
        return self.query_one(TextArea).text != self._text

    @property
    def asking(self) -> bool:
        """Whether the reader is asked what to do with the note."""
        return isinstance(self.focused, _Ask)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While the reader is asked, only the answers are keys."""
        return not (action in {"save", "leave"} and self.asking)

    def action_save(self) -> None:
        """Save, and close once it is on the disk."""
        if not self._box_open:
            self.call_later(self.action_save)
        elif self._text and not self._unsaved:
            self.dismiss()
        elif not self._saving:
            self._saving = True
            self.run_worker(self._save_and_close())

    async def _save_and_close(self) -> None:
        says = self.query_one("#note-says", Bar)
        says.show(left="saving …")
        try:
            await self._save(self.query_one(TextArea).text)
        except PostilError as error:
            says.show(left=error.sentence)
            self.query_one(TextArea).focus()
        else:
            self.dismiss()
        finally:
            self._saving = False

    def action_leave(self) -> None:
        """Close if nothing was typed, else ask."""
        if self._saving:
            return
        if not self._box_open:
            self.call_later(self.action_leave)
        elif not self._unsaved:
            self.dismiss()
        else:
            self.query_one("#note-says", Bar).show(left="Save this note?  y saves · n discards · esc goes on writing")
            ask = self.query_one(_Ask)
            ask.can_focus = True
            self.set_focus(ask)

    def answer(self, answer: str) -> None:
        """Do what the reader said to the question."""
        self.query_one("#note-says", Bar).show(left="")
        self.set_focus(self.query_one(TextArea))
        self.query_one(_Ask).can_focus = False
        if answer == "save":
            self.action_save()
        elif answer == "discard":
            self.dismiss()
