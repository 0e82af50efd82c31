"""A claim with all that hangs on it: its relations both ways, each a line to jump from, to note on, or to withdraw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Offset
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip

from store.errors import PostilError
from store.records import Annotation, Draft, Settled, Standing
from tui import actions
from tui.desk import Desk
from tui.reading import describe
from tui.reading.cells import fit, one_line
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.note_view import NoteView
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from store.hanging import Hanging
    from store.library import Library

_ARROWS = {True: "→", False: "←"}
_MOST = 12
"""Rows of the list."""
_NOTE = 6
"""Rows of a relation's note."""


class HangingList(RowList):
    """The relations, a line each."""

    class Moved(Message):
        """The cursor is on another relation."""

    def __init__(self) -> None:
        """Empty until `show`."""
        super().__init__(id="hanging-list")
        self.shown: Sequence[Hanging] = ()

    def show(self, hanging: Sequence[Hanging]) -> None:
        """Show these."""
        self.shown = hanging
        self.set_row_count(len(hanging))

    def cursor_moved(self) -> None:
        """Tell where the cursor is."""
        self.post_message(self.Moved())

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """Which way it leads, what it is, whether it has a note, and what is at the other end."""
        one = self.shown[index]
        noted = "*" if one.relation.note else " "
        words = f" {_ARROWS[one.outgoing]}{noted}{one.relation.label:<14} {one.other.label or one.other.kind.upper()}"
        words += f" “{one.other.quote}”" if one.other.quote else f" {one.article_title}"
        return Strip([Segment(fit(one_line(words), width), style)])


class HangingScreen(ModalScreen[Annotation | None]):
    """Ends with the annotation to go to, or None."""

    BINDINGS = actions.bindings("hanging")
    AUTO_FOCUS = "HangingList"

    def __init__(self, desk: Desk, annotation: Annotation, wanted: Draft | None = None) -> None:
        """Show what hangs on `annotation` in the library of `desk`; go on with the draft `wanted` of a relation."""
        super().__init__()
        self._desk = desk
        self._annotation = annotation
        self._wanted = wanted
        self._me = ""
        self._note_wanted = False
        """Whether the key for a note came before the relations were there."""
        self._listed = False

    def compose(self) -> ComposeResult:
        """What it is about, the relations, where the other end stands, the keys."""
        with Vertical(id="hanging-box"):
            yield Bar(id="hanging-title")
            yield HangingList()
            yield NoteView(longest=_NOTE, id="hanging-note")
            yield Bar(id="hanging-says")
        yield KeyBar()

    def on_mount(self) -> None:
        """List them."""
        one = self._annotation
        quote = " ".join(one.quote[:200].split()) or "the article"
        self.query_one("#hanging-title", Bar).show(left=f"{one.label or one.kind.upper()}  “{quote}”")
        self._list(lambda _: "")

    @work(group="hanging")
    async def _list(self, do: Callable[[Library], str]) -> None:
        key = self._annotation.id

        def done(library: Library) -> tuple[list[Hanging], str, str]:
            said = do(library)
            return library.web.of(key), said, library.annotator_id

        try:
            hanging, said, self._me = await self._desk.act(done)
        except PostilError as error:
            self._say(error.sentence)
            return
        if self.is_attached:
            rows = self.query_one(HangingList)
            rows.styles.height = max(1, min(len(hanging), _MOST, self.app.size.height - 5 - _NOTE))
            rows.show(hanging)
            self._listed = True
            self.on_hanging_list_moved()
            self._say(said or self._about())
            self._go_on()

    def _about(self) -> str:
        one = self._under
        if one is None:
            url = self._annotation.attributes.get("evidence_url")
            return "Nothing hangs on it yet: r relates it." + (f" Its evidence: {url}" if url else "")
        return f"in “{one.article_title}”, related by {one.relation.annotator}"

    @property
    def _under(self) -> Hanging | None:
        rows = self.query_one(HangingList)
        return rows.shown[rows.cursor] if rows.shown else None

    def _say(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#hanging-says", Bar).show(left=sentence)

    def on_hanging_list_moved(self) -> None:
        """Show the note of the relation under the cursor."""
        one = self._under
        self.query_one(NoteView).show("" if one is None else one.relation.note)
        self._say(self._about())

    def action_note(self) -> None:
        """Write a note on the relation under the cursor, or change the one there is."""
        if self._listed:
            self._write(None)
        else:
            self._note_wanted = True

    def _go_on(self) -> None:
        """Open the editor for the draft or the note that is wanted, once."""
        if self._note_wanted:
            self._note_wanted = False
            self._write(None)
        wanted, self._wanted = self._wanted, None
        rows = self.query_one(HangingList)
        for index, one in enumerate(rows.shown):
            if wanted is not None and one.relation.id == wanted.standing.subject_id:
                rows.move_cursor(index)
                self._write(wanted)

    def _write(self, wanted: Draft | None) -> None:
        one = self._under
        if one is None:
            return
        if one.relation.annotator_id != self._me:
            self._say(f"That relation belongs to {one.relation.annotator}: only its owner writes on it.")
            return
        from tui.drafts import DraftKeeper
        from tui.widgets.note_editor import NoteEditor

        relation = one.relation
        source, target = (self._annotation, one.other) if one.outgoing else (one.other, self._annotation)

        async def save(text: str, settled: Settled) -> None:
            await self._desk.act(lambda library: library.relations.edit_note(relation.id, text, settled=settled))
            self._list(lambda _: "note saved · u undoes")

        rows = self.query_one(HangingList)
        place = Offset(rows.region.x, rows.region.y + rows.cursor - round(rows.scroll_y))
        title = f"Note on {relation.label}: “{describe.short(source.quote)}” → “{describe.short(target.quote)}”"
        keeper = DraftKeeper(self._desk, Standing.on_relation(relation, source), relation.note, wanted)
        self.app.push_screen(NoteEditor(title, relation.note, place, save, keeper))

    def on_row_list_chosen(self) -> None:
        """Go to the other end."""
        if self._under is not None:
            self.dismiss(self._under.other)

    def action_withdraw(self) -> None:
        """Withdraw the relation under the cursor."""
        one = self._under
        if one is None:
            return

        def withdraw(library: Library) -> str:
            library.relations.withdraw(one.relation.id)
            return f"{one.relation.label} withdrawn · u undoes"

        self._list(withdraw)

    def action_undo(self) -> None:
        """Undo the last act."""

        def undo(library: Library) -> str:
            undone = library.history.undo()
            return "There is nothing to undo." if undone is None else f"undone: {undone.action}"

        self._list(undo)

    def action_leave(self) -> None:
        """Back to the text."""
        self.dismiss(None)
