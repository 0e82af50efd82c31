"""The reader: an article in the reading pane, its panel, and the acts on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from store.errors import LibraryError, PostilError
from store.records import Annotation, Article, State
from tui import actions
from tui.acts import Acted, ArticleActs, Refused, Saving
from tui.desk import Desk
from tui.entity_feed import EntitiesFailed, EntitiesFound, EntityFeed
from tui.opening import LibraryFailed, Opened, add_and_open
from tui.reading import describe
from tui.reading.marks import Layer
from tui.reading.names import Name, Names
from tui.reading.notebook import Notebook, mark
from tui.reading.page import Span
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.pane import ReadingPane
from tui.widgets.side_panel import SidePanel

_PANEL_FROM = 100
"""Columns from which the panel is shown without being asked for."""

_LEAVE_AFTER = 2.0
"""Seconds after a move at which the place is saved, so that a crash costs no more."""

_PANEL_AFTER = 0.1
"""Seconds in which changes of the panel are gathered into one."""


class ReaderScreen(Screen[None]):
    """One open article."""

    BINDINGS = actions.bindings("reader")
    AUTO_FOCUS = "ReadingPane"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 -- Textual declares it so
        (0, "-narrow"),
        (_PANEL_FROM, "-wide"),
    ]

    class Ready(Message):
        """The library has told all that it keeps of the article."""

        def __init__(self, opened: Opened) -> None:
            self.opened = opened
            super().__init__()

    def __init__(self, desk: Desk, feed: EntityFeed, pipeline: str, article: Article, opened: Opened | None = None):
        """Show an article.

        Args:
            desk: the library.
            feed: where entities come from.
            pipeline: the pipeline that finds them.
            article: the article; if it was read from a file, the library may not have it yet.
            opened: what the library keeps of it, if that is known already.
        """
        super().__init__()
        self.article = article
        self._desk = desk
        self._feed = feed
        self._pipeline = pipeline
        self._opened = opened
        self._annotator_id = ""
        self._notebook = Notebook()
        self._names = Names()
        self._names_problem = ""
        self._stretches_missing = 0
        self._acts = ArticleActs(desk, article, self)
        self._said = ""
        self._said_at = 0
        self._saving = Saving()
        self._leaving: Timer | None = None
        self._panel_timer: Timer | None = None
        self._place_known = False

    def compose(self) -> ComposeResult:
        """Title, panel and text, status, keys."""
        yield Bar(id="title")
        with Horizontal(id="desk"):
            yield SidePanel(id="panel")
            yield ReadingPane(id="text")
        yield Bar(id="status")
        yield KeyBar()

    @property
    def pane(self) -> ReadingPane:
        """The text."""
        return self.query_one(ReadingPane)

    def on_mount(self) -> None:
        """Show the text at once, and what the library keeps of it when it has told."""
        self.pane.open(self.article.text)
        if self._opened is not None:
            self._show_opened(self._opened)
        else:
            self._show_panel_soon()
            # After the first frame: the import of SQLModel in the desk's thread would take the processor from it.
            self.call_after_refresh(self._open)
        self._show_title()

    # Opening

    @work
    async def _open(self) -> None:
        try:
            opened = await self._desk.act(lambda library: add_and_open(library, self.article, self._pipeline))
        except LibraryError as error:
            self.app.post_message(LibraryFailed(error.sentence))
        else:
            self.post_message(self.Ready(opened))

    def on_reader_screen_ready(self, message: Ready) -> None:
        """Show what the library keeps."""
        self._show_opened(message.opened)

    def _show_opened(self, opened: Opened) -> None:
        self.article = opened.article
        self._annotator_id = opened.annotator_id
        self._notebook = Notebook(opened.annotations)
        self._names = opened.names
        pane = self.pane
        pane.marks.add(mark(annotation) for annotation in self._notebook if not annotation.whole_article)
        for found in opened.found:
            pane.marks.put_entities(found)
        if opened.place is not None:
            pane.furthest = max(pane.furthest, opened.place.furthest)
            if pane.caret == 0:  # the reader has not moved yet
                pane.go_to(opened.place.caret)
        self._place_known = True
        known = {found.start for found in opened.found}
        missing = [span for span in pane.page.spans() if span[0] not in known]
        self._stretches_missing = len(missing)
        if opened.pipeline is not None and missing:
            self._feed.follow(self.article, missing, opened.pipeline, pane.caret, self)
        if opened.problem:
            self._names_problem = self._said = opened.problem
            self._said_at = pane.caret
        pane.marks_changed()
        self._show_title()
        self._show_status()
        self._show_panel_soon()

    def on_entities_found(self, message: EntitiesFound) -> None:
        """Mark the names of a stretch."""
        if message.article_id != self.article.id:
            return
        self.pane.marks.put_entities(message.found)
        self.pane.marks_changed()
        self._names.add(message.found.entities, self.article.text)
        self._stretches_missing -= 1
        self._show_status()
        self._show_panel_soon()

    def on_entities_failed(self, message: EntitiesFailed) -> None:
        """Say why there are no names; reading goes on."""
        self._names_problem = message.sentence
        self._say(message.sentence)
        self._show_panel_soon()

    # Moving

    def on_reading_pane_moved(self) -> None:
        """Say where the caret is, and remember it soon."""
        if self._said_at != self.pane.caret or self.pane.selection:
            self._said = ""
        self._show_status()
        self._feed.prefer(self.pane.caret)
        if self._leaving is None and self._place_known:
            self._leaving = self.set_timer(_LEAVE_AFTER, self._leave_soon)

    @work
    async def _leave_soon(self) -> None:
        self._leaving = None
        with suppress(PostilError):  # tried again at the next move, and told on leaving
            await self.leave()

    async def leave(self) -> None:
        """Save the place. Raises a `PostilError` if that cannot be done."""
        if not self._place_known:
            return
        article_id, caret, furthest = self.article.id, self.pane.caret, self.pane.furthest
        state = State.DONE if furthest >= len(self.article.text.rstrip()) else State.READING
        await self._desk.act(
            lambda library: library.articles.leave(article_id, caret=caret, furthest=furthest, state=state)
        )

    def on_side_panel_picked(self, message: SidePanel.Picked) -> None:
        """Go to the place of a name or an annotation."""
        item = message.item
        if isinstance(item, Name):
            self.pane.go_to(self._names.next_mention(item, self.pane.caret))
        elif item.start is not None:
            self.pane.go_to(item.start)
        else:
            self._edit(item)
            return
        self.pane.focus()

    def action_annotation(self, direction: int) -> None:
        """Go to the next or the previous annotation."""
        annotation = self._notebook.neighbour(self.pane.caret, direction)
        if annotation is None or annotation.start is None:
            self._say("There is no mark after this." if direction > 0 else "There is no mark before this.")
        else:
            self.pane.go_to(annotation.start)

    def action_panel(self) -> None:
        """Show or hide the panel."""
        panel = self.query_one(SidePanel)
        shown = not panel.display
        panel.styles.display = "block" if shown else "none"
        if shown:
            self._show_panel()
        elif panel.has_focus:
            self.pane.focus()

    def action_switch_focus(self) -> None:
        """Go from the text to the panel, showing it, and back."""
        panel = self.query_one(SidePanel)
        if panel.has_focus:
            self.pane.focus()
            return
        if not panel.display:
            self.action_panel()
        panel.focus()

    def action_back(self) -> None:
        """Leave the article."""
        self.run_worker(self._back())

    async def _back(self) -> None:
        try:
            await self.leave()
        except PostilError as error:
            self._say(error.sentence)
        else:
            # From the app's own loop: this worker ends with the screen that it belongs to.
            self.app.call_later(self.app.run_action, "library")

    # Acts

    def action_claim(self) -> None:
        """Tag the selection or the sentence."""
        span = self.pane.target
        if span is None:
            self._say("There is no sentence here to tag.")
            return
        self._act(self._acts.tag(span))
        if self.pane.selection:
            self.pane.action_drop_selection()

    async def action_note(self) -> None:
        """Write a note on the selection, else on the annotation under the caret, else on the sentence."""
        await self._saving.settled()  # `c` and `a` may come in one burst
        under = self._annotation_under_caret()
        if self.pane.selection is None and under is not None:
            self._edit(under)
        elif self.pane.target is None:
            self._say("There is no sentence here: A writes a note on the article.")
        else:
            self._write(self.pane.target)

    async def action_article_note(self) -> None:
        """Write a note on the article, or change the one there is."""
        await self._saving.settled()  # `c` and `a` may come in one burst
        own = (found for found in self._notebook.on_the_article() if found.annotator_id == self._annotator_id)
        written = next(own, None)
        if written is None:
            self._write(None)
        else:
            self._edit(written)

    async def action_withdraw(self) -> None:
        """Withdraw the innermost annotation under the caret."""
        await self._saving.settled()  # `c` and `a` may come in one burst
        under = self._annotation_under_caret()
        if under is None:
            self._say("There is no claim or note here to withdraw.")
        else:
            self._act(self._acts.withdraw(under.id))

    def action_undo(self) -> None:
        """Undo the annotator's last act, wherever it was."""
        self._act(self._acts.undo())

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._act(self._acts.redo())

    def _write(self, span: Span | None) -> None:
        async def save(text: str) -> None:
            self._saving.begin()
            await self._acts.note(span, text)
            if self.pane.selection:
                self.pane.action_drop_selection()

        self._open_editor(None if span is None else self.article.text[slice(*span)], "", save)

    def _edit(self, annotation: Annotation) -> None:
        if annotation.annotator_id != self._annotator_id:
            self._say(f"{annotation.annotator} wrote: {annotation.note}" if annotation.note else "This is not yours.")
            return

        async def save(text: str) -> None:
            self._saving.begin()
            await self._acts.edit_note(annotation.id, text)

        self._open_editor(None if annotation.whole_article else annotation.quote, annotation.note, save)

    def _open_editor(self, quote: str | None, text: str, save: Callable[[str], Awaitable[None]]) -> None:
        if not self._place_known:
            self._say("The library is still being opened.")
            return
        from tui.widgets.note_editor import NoteEditor  # with Textual's TextArea, which the first frame does not need

        title = "Note on the article" if quote is None else f"Note on “{quote}”"
        self.app.push_screen(NoteEditor(title, text, self.pane.caret_row, save))

    def _act(self, act: Awaitable[None]) -> None:
        self._saving.begin()
        self._show_title()
        self._hand_in(act)

    @work
    async def _hand_in(self, act: Awaitable[None]) -> None:
        with suppress(PostilError):  # told by a message
            await act

    def on_acted(self, message: Acted) -> None:
        """Show what an act changed."""
        changed = message.annotation or self._notebook.get(message.annotation_id)
        if message.annotation_id:
            self._notebook.remove(message.annotation_id)
            self.pane.marks.remove(message.annotation_id)
        if message.annotation is not None:
            self._notebook.put(message.annotation)
            if not message.annotation.whole_article:
                self.pane.marks.add([mark(message.annotation)])
        self.pane.marks_changed()
        self._saving.end()
        if message.reversed and changed is not None and changed.start is not None:
            self.pane.go_to(changed.start)
        self._show_title()
        self._say(message.said)
        self._show_panel_soon()

    def on_refused(self, message: Refused) -> None:
        """Say why an act was not done. What stood before it is on the disk as it was."""
        self._saving.end(failed=isinstance(message.error, LibraryError))
        self._show_title()
        self._say(message.error.sentence)

    # Telling

    def _annotation_under_caret(self) -> Annotation | None:
        """The innermost annotation under the caret, the annotator's own before others'."""
        under = self.pane.marks.at(self.pane.caret)
        known = [annotation for found in under if (annotation := self._notebook.get(found.id))]
        own = [annotation for annotation in known if annotation.annotator_id == self._annotator_id]
        return next(iter(own or known), None)

    def on_reading_pane_laid_out(self) -> None:
        """Say the row's new number."""
        self._show_status()

    def on_reading_pane_nothing_here(self, message: ReadingPane.NothingHere) -> None:
        """Say that there is nothing to select."""
        self._say(message.sentence)

    def _say(self, sentence: str) -> None:
        """Say something that stands until the caret is somewhere else."""
        self._said, self._said_at = sentence, self.pane.caret
        self._show_status()

    def _show_title(self) -> None:
        about = describe.article(self.article)
        counts = "" if not self._place_known else describe.counts(self._notebook.claims, self._notebook.notes)
        saved = self._saving.words if self._place_known else "opening …"
        self.query_one("#title", Bar).show(left=self.article.title, right=[*about, counts, saved])

    def _show_status(self) -> None:
        pane = self.pane
        under = pane.marks.at(pane.caret)
        entity = next((found for found in under if found.layer is Layer.ENTITY), None)
        annotations = [annotation for found in under if (annotation := self._notebook.get(found.id))]
        left = self._said or describe.under_caret(pane.page.text, pane.selection, annotations, entity)
        finding = ""
        if self._stretches_missing and not self._names_problem:
            finding = f"finding names {1 - self._stretches_missing / len(pane.page):.0%}"
        row = pane.layout_rows.row_of(pane.caret)
        place = describe.place(row, pane.layout_rows.total, pane.caret, len(pane.page.text))
        self.query_one("#status", Bar).show(left=left, right=[finding, place])

    def _show_panel_soon(self) -> None:
        if self._panel_timer is None:
            self._panel_timer = self.set_timer(_PANEL_AFTER, self._show_panel)

    def _show_panel(self) -> None:
        self._panel_timer = None
        panel = self.query_one(SidePanel)
        if panel.display:
            state = self._names_problem or ("finding names …" if self._stretches_missing else "")
            panel.show(self._names.by_label(), self._notebook, state)
