"""The box in which a note is written: opened at its place, saved by one key, never lost to another.

What is typed is kept as a draft after each pause, and where the text may soon be gone: when the window changes its size
or loses the focus, when the program is suspended or ended.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from time import monotonic

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from textual.message import Message
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from store.errors import PostilError
from store.records import Draft, Settled
from tui import actions
from tui.drafts import DraftKeeper
from tui.widgets.bars import Bar, KeyBar, key_of

_HEIGHT = 8
"""Rows of the box: its title, five of text, what it says, and its keys."""


_WIDTH = 84
"""Columns of the box: those of the text and its gutter, so that no ends of words stick out."""

_KEEP_AFTER = 0.5
"""Seconds after the last key at which what was typed is kept."""

_KEEP_AT_LATEST = 3.0
"""Seconds after which it is kept though the typing goes on."""

_TRY_AGAIN_AFTER = 5.0
"""Seconds after which a draft that could not be kept is tried again."""


class _Ask(Widget):
    """Takes the keys while the reader is asked about an unsaved note; at other times it cannot have the focus."""

    BINDINGS = actions.bindings("ask")
    DEFAULT_CSS = "_Ask { height: 0; }"

    def action_answer(self, answer: str) -> None:
        """Hand the answer to the editor."""
        editor = self.screen
        assert isinstance(editor, NoteEditor)
        editor.answer(answer)


_CLOSING = frozenset(key for name in ("note.save", "note.leave") for key in actions.BY_ID[name].keys)


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

    class Drafts(Message):
        """The drafts for the note's place are read."""

        def __init__(self, drafts: Sequence[Draft]) -> None:
            self.drafts = drafts
            super().__init__()

    def __init__(
        self,
        title: str,
        text: str,
        place: Offset,
        save: Callable[[str, Settled], Awaitable[None]],
        keeper: DraftKeeper,
    ) -> None:
        """A box for a note.

        Args:
            title: what the note stands on.
            text: what the note says so far.
            place: the left end of the row that the note is about and should leave visible, on the screen.
            save: saves the note, and settles its drafts; raises a `PostilError` if it could not.
            keeper: keeps what is typed.
        """
        super().__init__()
        self._title = title
        self._text = text
        self._at = place
        self._save = save
        self._keeper = keeper
        self._keeping: Timer | None = None
        """Runs while something was typed that is not kept yet."""
        self._typing_since = 0.0
        self._is_left = False
        self._area: TextArea
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
        area = self._area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.insert(self._typed_ahead)
        self._box_open = True
        self._place()
        self._read_drafts()
        self.watch(self.app, "app_focus", self.hand_in, init=False)
        self.app.app_suspend_signal.subscribe(self, lambda _: self.hand_in())

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

    # Drafts

    @work
    async def _read_drafts(self) -> None:
        try:
            self.post_message(self.Drafts(await self._keeper.read()))
        except PostilError as error:
            self._say(error.sentence)

    def on_note_editor_drafts(self, message: Drafts) -> None:
        """Go on from the latest draft, if nobody has typed yet; say what other versions there are."""
        if self._saving or self._is_left:
            return
        self._put(self._keeper.offer(message.drafts, self._area.text))

    def action_other(self) -> None:
        """Show another version: what is saved, or a draft."""
        if self._keeper.versions.others:
            self._put(self._keeper.next(self._area.text))
        else:
            self._say("There is no other text: no draft of this note is kept.")

    def _put(self, text: str | None) -> None:
        """Put a version into the editor, and say which it is."""
        if text is not None:
            area = self._area
            area.replace(text, (0, 0), area.document.end)
            area.move_cursor(area.document.end)
        words = self._keeper.versions.words(key_of(self, "note.other"), datetime.now().astimezone())
        if words or text is not None:
            self._say(words)

    def on_text_area_changed(self) -> None:
        """Keep what was typed as soon as the typing pauses."""
        if self._keeping is None:
            self._typing_since = monotonic()
            self._keeping = self.set_timer(_KEEP_AFTER, self._keep)
        elif monotonic() - self._typing_since < _KEEP_AT_LATEST:
            self._keeping.reset()

    @work(group="draft")
    async def _keep(self) -> None:
        self._keeping = None
        if self._is_left or self._saving:
            return
        try:
            await self._keeper.keep(self._area.text)
        except PostilError as error:
            if self.is_attached and not self._is_left:
                self._say(f"No draft is kept: {error.sentence}")
                self._keeping = self.set_timer(_TRY_AGAIN_AFTER, self._keep)

    def hand_in(self) -> None:
        """Keep what is in the editor at once."""
        if self._box_open and not self._is_left and not self._saving:
            self._keeper.hand_in(self._area.text)

    async def keep_draft(self) -> None:
        """Keep what is in the editor; returns when it is on the disk. Raises a `PostilError` if it could not be."""
        if self._box_open and not self._is_left:
            await self._keeper.keep(self._area.text)

    def on_unmount(self) -> None:
        """The program ends with the box open."""
        self.hand_in()

    def on_resize(self) -> None:
        """Stay beside the place."""
        self.hand_in()
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
        return self._area.text != self._text

    @property
    def asking(self) -> bool:
        """Whether the reader is asked what to do with the note."""
        return isinstance(self.focused, _Ask)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """While the reader is asked, only the answers are keys."""
        return not (action in {"save", "leave", "other"} and self.asking)

    def action_save(self) -> None:
        """Save, and close once it is on the disk."""
        if not self._saving:
            self._saving = True
            self.call_later(self._save_or_close)  # not before the box is open, if its keys came in a burst

    def _save_or_close(self) -> None:
        self.query_one(TextArea).read_only = True
        if self._text and not self._unsaved:
            self._leave(discard=True)
        else:
            self.run_worker(self._save_and_close())

    async def _save_and_close(self) -> None:
        self._say("saving …")
        try:
            await self._save(self._area.text, self._keeper.settled())
        except PostilError as error:
            self._say(error.sentence)
            self._behind.clear()
            self._write_on()
        else:
            self._close()
        finally:
            self._saving = False

    def _leave(self, *, discard: bool) -> None:
        self._keeper.leave(self._area.text, discard=discard)
        self._close()

    def _close(self) -> None:
        """Close, and hand the keys that came behind to the screen under the box."""
        self._is_left = True
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
            self._leave(discard=True)
        else:
            self._say("Save this note?  y saves · n discards · l leaves a draft · esc writes on")
            ask = self.query_one(_Ask)
            ask.can_focus = True
            self.set_focus(ask)

    def answer(self, answer: str) -> None:
        """Do what the reader said to the question."""
        self._say("")
        self._write_on()
        self.query_one(_Ask).can_focus = False
        if answer == "save":
            self.action_save()
        elif answer == "discard":
            self._leave(discard=True)
        elif answer == "later":
            self._leave_for_later()

    @work
    async def _leave_for_later(self) -> None:
        try:
            await self.keep_draft()
        except PostilError as error:
            self._say(f"No draft is kept: {error.sentence}")
        else:
            self._leave(discard=False)

    def _say(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#note-says", Bar).show(left=sentence)
