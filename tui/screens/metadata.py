"""The form of metadata: what is said of articles, corrected by keyboard, each change an act of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.widgets import Input

from store.errors import PostilError
from store.metadata.fields import Field, advice, checked
from tui import actions
from tui.desk import Desk
from tui.reading.form import Line
from tui.reading.metadata_form import FIELDS, Row, Shown, beside, lines
from tui.widgets.bars import Bar
from tui.widgets.form import Beside, Form, FormScreen, ValueLine

if TYPE_CHECKING:
    from store.library import Library


class MetadataForm(Form, inherit_bindings=False):
    """The fields, and below them where the text came from."""

    BINDINGS = actions.bindings("metadata")

    def action_as_given(self) -> None:
        """Hand it to the screen."""
        self._hand("as_given")


class MetadataScreen(FormScreen):
    """The metadata of articles. Every change is handed in at once."""

    AUTO_FOCUS = "MetadataForm"

    class Looked(Message):
        """The library has told what stands."""

        def __init__(self, shown: Shown, said: str) -> None:
            self.shown = shown
            self.said = said
            super().__init__()

    class Refused(Message):
        """Something was not done."""

        def __init__(self, sentence: str) -> None:
            self.sentence = sentence
            super().__init__()

    def __init__(self, desk: Desk, article_ids: Sequence[str]) -> None:
        """Show what `desk`'s library knows of the articles: one, or several whose fields are corrected together."""
        super().__init__(MetadataForm())
        self._desk = desk
        self._ids = list(article_ids)
        self._shown: Shown | None = None

    def on_mount(self) -> None:
        """Look it up."""
        self.query_one(ValueLine).display = False
        self.query_one("#inspect-title", Bar).show(left="Metadata")
        self._look("")

    # The library

    @work
    async def _look(self, said: str) -> None:
        from tui.metadata import look

        try:
            shown = await self._desk.ask(lambda library: look(library, self._ids))
        except PostilError as error:
            self.post_message(self.Refused(error.sentence))
        else:
            self.post_message(self.Looked(shown, said))

    @work
    async def _act(self, do: Callable[[Library], str]) -> None:
        try:
            said = await self._desk.act(do)
        except PostilError as error:
            self.post_message(self.Refused(error.sentence))
        else:
            self._look(said)

    def on_metadata_screen_looked(self, message: Looked) -> None:
        """Show what stands."""
        self._shown = message.shown
        self.query_one("#inspect-title", Bar).show(left=message.shown.title)
        if message.said or not self._typing:
            self.say(message.said)
        self._fill()

    def on_metadata_screen_refused(self, message: Refused) -> None:
        """Say why something was not done."""
        self.say(message.sentence)

    # What the keys do

    def do_go_to(self, place: int) -> None:
        """Go to a row, round the end if need be."""
        if self._shown is not None and not self._typing:
            self._form.go(place % (len(FIELDS) + len(self._shown.told)))
            self._tell()

    def do_write(self) -> None:
        """Type what stands in the field."""
        found = self._field()
        if found is not None:
            self._begin_typing(found[0], found[1].value or "")

    def do_as_given(self) -> None:
        """Go back to what the source says."""
        found = self._field()
        if found is None:
            return
        if not found[1].corrected and not found[1].differ and len(self._ids) == 1:
            self.say(f"Nobody has corrected the {found[0]}.")
        else:
            self._correct({}, [found[0]])

    def do_undo(self) -> None:
        """Undo the annotator's last act."""
        ids = self._ids

        def undo(library: Library) -> str:
            undone = library.history.undo()
            if undone is None:
                return "There is nothing to undo."
            elsewhere = undone.article_id not in {*ids, None}
            return f"undone: {undone.action}" + (f" in “{undone.article_title}”" if elsewhere else "")

        self._act(undo)

    def do_close(self) -> None:
        """Back."""
        self.dismiss()

    # Typing

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what is typed."""
        event.stop()
        found = self._field() if self._typing else None
        if found is not None:
            try:
                value = checked(found[0], event.value)
            except ValueError as wrong:
                self.say(str(wrong))
            else:
                self.say(
                    "nothing is to stand there" if value is None else f"✓ {advice(found[0], event.value)}".rstrip()
                )

    def take_typed(self) -> None:
        """Correct the field, if what was typed fits it."""
        found = self._field()
        if found is None:
            self.end_typing()
            return
        name, row = found
        text = self.query_one(ValueLine).value
        try:
            value = checked(name, text)
        except ValueError as wrong:
            self.say(str(wrong))
            return
        self.end_typing()
        if value != row.value or row.differ:
            self._correct({name: text})

    def _correct(self, said: Mapping[Field, str], as_given: Collection[Field] = ()) -> None:
        ids = self._ids

        def correct(library: Library) -> str:
            changed = library.metadata.correct(ids, said, as_given)
            what = ", ".join((*said, *as_given))
            how = "corrected" if said else "as it was found"
            if not changed:
                return f"{what}: nothing to change"
            where = "" if len(ids) == 1 else f" in {changed:,} of {len(ids):,} articles"
            return f"{what} {how}{where} · u undoes"

        self._act(correct)

    # What is shown

    def _field(self) -> tuple[Field, Row] | None:
        """The field that the cursor is on and what it shows; None elsewhere, which is said."""
        if self._shown is None:
            self.say("The library is still being asked.")
            return None
        place = self._form.row
        if place < len(FIELDS):
            return FIELDS[place], self._shown.rows[FIELDS[place]]
        self.say("This is how the text came here, and stays as it is.")
        return None

    def _fill(self) -> None:
        if self._shown is not None:  # before the library has told, there is no form
            super()._fill()

    def _lines(self, width: int) -> Sequence[Line]:
        assert self._shown is not None
        return lines(self._shown, width)

    def _tell(self) -> None:
        if self._shown is not None:
            self.query_one(Beside).tell(beside(self._shown, self._form.row))
