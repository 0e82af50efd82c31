"""The box in which a note is written: opened at its place, saved by one key, never lost to another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual import events
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


_WIDTH = 84
"""Columns of the box: those of the text and its gutter, so that no ends of words stick out."""


class _Ask(Widget):
    """Takes the keys while the reader is asked about an unsaved note; at other times it cannot have the focus."""

    BINDINGS = actions.bindings("ask")
    DEFAULT_CSS = "_Ask { height: 0; }"

    def action_answer(self, answer: str) -> None:
        """Hand the answer to the editor."""
        editor = self.screen
        assert isinstance(editor, NoteEditor)
        editor.answer(answer)


_CLOSING = frozenset(key for action in actions.of("note") for key in action.keys)


class _NoteText(TextArea):
    """Takes no more letters from the moment that a closing key is pressed: those behind it are for what comes next.

    The closing key itself has a way to go before it does anything; a burst of keys would be quicker.
    """

    def on_key(self, event: events.Key) -> None:
        """Close the text on a closing key."""
        if event.key in _CLOSING:
            self.read_only = True


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
        self._behind: list[events.Key] = []
        """Keys that came behind the one that closes the box: they are for the screen under it."""
        self._box_open = False
        self._typed_ahead = ""

    def compose(self) -> ComposeResult:
        """The title, the text, what is to be said, and the keys."""
        with Vertical(id="note-box"):
            yield Bar(id="note-title")
            yield _NoteText(
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

    def take_key(self, event: events.Key) -> bool:
        """Take a key that came before the box had the focus, or while it is being closed; whether it was wanted."""
        if self._saving:
            self._behind.append(event)
            return True
        if self.asking or not event.is_printable or (self._box_open and self.query_one(TextArea).read_only):
            return False
        if self._box_open:
            self.query_one(TextArea).insert(event.character or "")
        else:
            self._typed_ahead += event.character or ""
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
        width = min(_WIDTH, self.app.size.width)
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
        if not self._saving:
            self._saving = True
            self.call_later(self._save_or_close)  # not before the box is open, if its keys came in a burst

    def _save_or_close(self) -> None:
        self.query_one(TextArea).read_only = True
        if self._text and not self._unsaved:
            self._close()
        else:
            self.run_worker(self._save_and_close())

    async def _save_and_close(self) -> None:
        says = self.query_one("#note-says", Bar)
        says.show(left="saving …")
        try:
            await self._save(self.query_one(TextArea).text)
        except PostilError as error:
            says.show(left=error.sentence)
            self._behind.clear()
            self._write_on()
        else:
            self._close()
        finally:
            self._saving = False

    def _close(self) -> None:
        """Close, and hand the keys that came behind to the screen under the box."""
        self.dismiss()
        for event in self._behind:
            self.app.post_message(events.Key(event.key, event.character))

    def _write_on(self) -> None:
        text = self.query_one(TextArea)
        text.read_only = False
        self.set_focus(text)

    def action_leave(self) -> None:
        """Close if nothing was typed, else ask."""
        if self._saving:
            return
        if not self._box_open:
            self.call_later(self.action_leave)
        elif not self._unsaved:
            self._close()
        else:
            self.query_one("#note-says", Bar).show(left="Save this note?  y saves · n discards · esc goes on writing")
            ask = self.query_one(_Ask)
            ask.can_focus = True
            self.set_focus(ask)

    def answer(self, answer: str) -> None:
        """Do what the reader said to the question."""
        self.query_one("#note-says", Bar).show(left="")
        self._write_on()
        self.query_one(_Ask).can_focus = False
        if answer == "save":
            self.action_save()
        elif answer == "discard":
            self._close()
