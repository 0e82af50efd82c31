"""The reader: an article in the reading pane, its panel, the search in it, and what is said about the place."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import sleep
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.timer import Timer

from store.errors import LibraryError, PostilError
from store.records import Article, State
from tui import actions
from tui.acts import ArticleActs
from tui.desk import Desk
from tui.entity_feed import EntitiesFailed, EntitiesFound, EntitiesSaid, EntitiesSettled, EntityFeed
from tui.opening import LibraryFailed, Opened, add_and_open, open_article
from tui.preferences import Remembered
from tui.reading import describe
from tui.reading.marks import Layer
from tui.reading.names import Name, Names
from tui.reading.notebook import Looks, Notebook
from tui.reading.outline import Line, Marked, Noted, Outline
from tui.reading.structure import Heading, Structure
from tui.screens.following import Following
from tui.screens.searching import Searching
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.pane import ReadingPane
from tui.widgets.search_line import SearchLine
from tui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines

_PANEL_FROM = 100
"""Columns from which the panel is shown without being asked for."""

_LEAVE_AFTER = 2.0
"""Seconds after a move at which the place is saved, so that a crash costs no more."""

_PANEL_AFTER = 0.1
"""Seconds in which changes of the panel are gathered into one."""

_LAYERS = {
    Layer.CLAIM: ("c", "claims", "claims and other labels"),
    Layer.NOTE: ("n", "notes", "notes"),
    Layer.ENTITY: ("e", "names", "the names that the pipeline found"),
    Layer.HIT: ("h", "hits", "what a search found"),
    Layer.SENTENCE: ("s", "sentence", "the sentence under the caret"),
}
"""The layers that can be hidden: key, name, and what they show."""


class ReaderScreen(Following, Searching):
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

    class ContentsFound(Message):
        """The headings of the article are known."""

        def __init__(self, contents: list[Heading]) -> None:
            self.contents = contents
            super().__init__()

    def __init__(
        self,
        desk: Desk,
        feed: EntityFeed,
        pipelines: Pipelines,
        article: Article,
        opened: Opened | None = None,
        remembered: Remembered | None = None,
        *,
        at: int | None = None,
    ):
        """Show an article.

        Args:
            desk: the library.
            feed: where entities come from.
            pipelines: the pipelines that find them.
            article: the article; if it was read from a file, the library may not have it yet.
            opened: what the library keeps of it, if that is known already.
            remembered: how the reader likes the text; None likes it as it comes and remembers nothing.
            at: the code point to go to; None goes to where the article was left.
        """
        super().__init__(desk)
        self.article = article
        self._feed = feed
        self._pipelines = pipelines
        self._opened = opened
        self._at = at
        self._remembered = remembered or Remembered(None)
        self._names = Names()
        self._names_problem = ""
        self._contents: list[Heading] = []
        self._stretches_missing = 0
        self._acts = ArticleActs(desk, article, self)
        self._said = ""
        self._said_at = 0
        self._minutes = describe.minutes(article.text)
        self._leaving: Timer | None = None
        self._panel_timer: Timer | None = None
        self._place_known = False
        self._applying: tuple[object, ...] = ()

    @property
    def library_is_open(self) -> bool:
        """Whether it is known what the library keeps of the article."""
        return self._place_known

    def compose(self) -> ComposeResult:
        """Title, panel and text, search, status, keys."""
        yield Bar(id="title")
        with Horizontal(id="desk"):
            yield SidePanel(id="panel")
            yield ReadingPane(id="text")
        yield SearchLine(id="search")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the text at once, and what the library keeps of it when it has told."""
        liked = self._remembered.preferences
        pane = self.pane
        pane.measure = liked.measure
        pane.open(self.article.text, self.article.format)
        pane.hidden = frozenset(layer for layer, (_, name, _) in _LAYERS.items() if name in liked.hidden_layers)
        if liked.panel is not None:
            self.query_one(SidePanel).styles.display = "block" if liked.panel else "none"
        if self._opened is not None:
            self._show_opened(self._opened)
        else:
            self._show_panel_soon()
            # After the first frame: the import of SQLModel in the desk's thread would take the processor from it.
            self.call_after_refresh(self._open)
        if self.article.format == "markdown":
            self._find_contents()
        self._show_title()

    # Opening

    @work
    async def _open(self) -> None:
        try:
            opened = await self._desk.act(lambda library: add_and_open(library, self.article, self._pipelines))
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
        self._labels = opened.labels
        self._looks = Looks(opened.labels)
        self._notebook = Notebook(opened.annotations)
        self._names = opened.names
        pane = self.pane
        pane.marks.add(mark for annotation in self._notebook for mark in self._looks.marks(annotation))
        for found in opened.found:
            pane.marks.put_entities(found)
        if opened.place is not None:
            pane.furthest = max(pane.furthest, opened.place.furthest)
            pane.cursor.back = opened.place.back
            if pane.caret == 0:  # the reader has not moved yet
                pane.resume(opened.place.caret, opened.place.top)
        if self._at is not None:
            pane.jump(min(self._at, len(self.article.text) - 1))
        self._place_known = True
        self.follow(opened.seen)
        known = {found.start for found in opened.found}
        missing = [span for span in pane.page.spans() if span[0] not in known]
        self._stretches_missing = len(missing)
        drafts = [found for found in opened.found if found.draft]
        if opened.reads_with is not None and (missing or drafts):
            self._feed.follow(
                self.article, missing, opened.reads_with, opened.pipeline, pane.caret, self, drafts=drafts
            )
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
        self.pane.refresh()
        self._names.add(message.found.entities, self.article.text)
        self._stretches_missing -= 1
        self._show_status()
        self._show_panel_soon()

    def on_entities_settled(self, message: EntitiesSettled) -> None:
        """Mark the names of a long article anew, now that each part of it was read."""
        if message.article_id != self.article.id:
            return
        self._names = message.names
        for found in message.found:
            self.pane.marks.put_entities(found)
        self.pane.refresh()
        self._show_status()
        self._show_panel_soon()

    def on_entities_said(self, message: EntitiesSaid) -> None:
        """Say what happened to the process that finds names."""
        if message.article_id == self.article.id:
            self._say(message.sentence)
            self._stretches_missing -= message.passed_over
            self._show_panel_soon()

    def on_entities_failed(self, message: EntitiesFailed) -> None:
        """Say why there are no names; reading goes on."""
        self._names_problem = message.sentence
        self._say(message.sentence)
        self._show_panel_soon()

    @work(group="contents")
    async def _find_contents(self) -> None:
        page, structure = self.pane.page, self.pane.structure
        headings = await asyncio.to_thread(_headings, structure, len(page))
        self.post_message(self.ContentsFound(headings))

    def on_reader_screen_contents_found(self, message: ContentsFound) -> None:
        """List the headings."""
        self._contents = message.contents
        self._show_panel_soon()

    # Moving

    def on_reading_pane_moved(self) -> None:
        """Say where the caret is, and remember it soon."""
        if self._said_at != self.pane.caret or self.pane.selection:
            self._said = ""
        self._show_status()
        self._show_what_applies()
        self._feed.prefer(self.pane.caret)
        panel = self.query_one(SidePanel)
        if panel.display:
            panel.follow(self._lines_here(), self.pane.caret)
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
        pane = self.pane
        article_id, caret, furthest = self.article.id, pane.caret, pane.furthest
        top, back = pane.top, pane.cursor.back
        state = State.DONE if furthest >= pane.page.end else State.READING
        await self._desk.act(
            lambda library: library.articles.leave(
                article_id, caret=caret, furthest=furthest, state=state, top=top, back=back
            )
        )

    def action_annotation(self, direction: int) -> None:
        """Go to the next or the previous annotation."""
        count = self.pane.take_count() or 1
        offset = self.pane.caret
        for _ in range(min(count, len(self._notebook))):
            annotation = self._notebook.neighbour(offset, direction)
            if annotation is None or annotation.start is None:
                break
            offset = annotation.start
        if offset == self.pane.caret:
            self._say("There is no mark after this." if direction > 0 else "There is no mark before this.")
        else:
            self.pane.go_to(offset, selected_from=self.pane.selected_from)

    # The panel

    def on_side_panel_pointed(self, message: SidePanel.Pointed) -> None:
        """Show in the text what the panel's cursor is on."""
        offset = self._place_of(message.line, after=self.pane.caret - 1)
        if offset is not None and self.query_one(SidePanel).has_focus:
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
        panel = self.query_one(SidePanel)
        shown = not panel.display
        panel.styles.display = "block" if shown else "none"
        self._remembered.change(panel=shown)
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
        self.pane.cursor.remember()
        panel.focus()

    def _show_panel_soon(self) -> None:
        if self._panel_timer is None:
            self._panel_timer = self.set_timer(_PANEL_AFTER, self._show_panel)

    def _show_panel(self) -> None:
        self._panel_timer = None
        panel = self.query_one(SidePanel)
        if panel.display:
            state = self._names_problem or ("finding names …" if self._stretches_missing else "")
            outline = Outline(
                self._contents, self._notebook.marked, self._notebook.noted, self._names.by_label(), state
            )
            panel.show(outline, self._looks)
            panel.follow(self._lines_here(), self.pane.caret)

    # Comfort

    def action_layers(self) -> None:
        """Choose a layer to show or hide."""
        from tui.widgets.chooser import Chooser, Option

        hidden = self.pane.hidden
        options = [
            Option(key, name, f"{'show' if layer in hidden else 'hide'} {words}")
            for layer, (key, name, words) in _LAYERS.items()
        ]
        self.app.push_screen(Chooser("show or hide", options), self._toggle_layer)

    def _toggle_layer(self, name: str | None) -> None:
        layer = next((layer for layer, (_, known, _) in _LAYERS.items() if known == name), None)
        if layer is not None:
            self.pane.hidden ^= {layer}
            self._remembered.change(hidden_layers=frozenset(_LAYERS[hidden][1] for hidden in self.pane.hidden))
            self._say(f"{name} {'hidden' if layer in self.pane.hidden else 'shown'}")

    def action_alone(self) -> None:
        """Hide everything but the text, or show it again."""
        self.toggle_class("-alone")
        self.pane.focus()

    def action_next_unread(self) -> None:
        """Open the next article that was never opened."""
        self._next_unread()

    @work(exclusive=True, group="open")
    async def _next_unread(self) -> None:
        article_id = self.article.id
        try:
            await self.leave()
            following = await self._desk.ask(lambda library: library.articles.next_unread(article_id))
            if following is None:
                self._say("Every article of the library was opened before: q leads to the list of them.")
                return
            article = await self._desk.ask(lambda library: library.articles.get(following))
            if article is None:
                return
            opened = await self._desk.ask(lambda library: open_article(library, article, self._pipelines))
        except PostilError as error:
            self._say(error.sentence)
        else:
            screen = ReaderScreen(self._desk, self._feed, self._pipelines, article, opened, self._remembered)
            # From the app's own loop: this worker ends with the screen that it belongs to.
            self.app.call_later(self.app.switch_screen, screen)

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

    # Telling

    def applies(self, action_id: str) -> bool:
        """Whether the action does something now: the footer shows no other."""
        match action_id:
            case "reader.withdraw":
                return self._annotation_under_caret() is not None
            case "reader.repeat":
                return self._last is not None
            case "reader.claim" | "reader.label" | "reader.note":
                return bool(self.pane.target)
            case "reader.undo" | "reader.panel" | "reader.search" | "reader.back":
                return not self.pane.cursor.selecting
            case _:
                return True

    def _show_what_applies(self) -> None:
        """Paint the footer again, if other keys apply than before."""
        pane = self.pane
        applying = (pane.cursor.selecting, pane.selected_from is None, pane.hits is None, self._last is None,
                    self._annotation_under_caret() is None, not pane.target)  # fmt: skip
        if applying != self._applying:
            self._applying = applying
            self.refresh_bindings()

    def on_reading_pane_laid_out(self) -> None:
        """Say the row's new number, and remember how wide the text is."""
        self._remembered.change(measure=self.pane.measure)
        self._show_status()

    def on_reading_pane_said(self, message: ReadingPane.Said) -> None:
        """Say what a key had to say."""
        self._say(message.sentence)

    def _say(self, sentence: str) -> None:
        """Say something that stands until the caret is somewhere else."""
        self._said, self._said_at = sentence, self.pane.caret
        self._show_status()
        self._show_what_applies()

    def _show_title(self) -> None:
        about = describe.article(self.article, self._minutes)
        counts = "" if not self._place_known else describe.counts(self._notebook.claims, self._notebook.notes)
        saved = self._saving.words if self._place_known else "opening …"
        self.query_one("#title", Bar).show(left=self.article.title, right=[*about, counts, saved])

    def _show_status(self) -> None:
        pane = self.pane
        under = pane.marks.at(pane.caret)
        entity = next((found for found in under if found.layer is Layer.ENTITY), None)
        annotations = [annotation for found in under if (annotation := self._notebook.get(found.id))]
        left = self._said or describe.under_caret(pane.page.text, pane.cursor.selected, annotations, entity)
        if pane.count is not None:
            left = f"{pane.count}×"
        finding = hit = ""
        if self._stretches_missing and not self._names_problem:
            finding = f"finding names {1 - self._stretches_missing / len(pane.page):.0%}"
        if pane.hits is not None and len(pane.hits) and (index := pane.hits.at(pane.caret)) is not None:
            hit = f"hit {index + 1:,} of {len(pane.hits):,}"
        row = pane.layout_rows.row_of(pane.caret)
        place = describe.place(row, pane.layout_rows.total, pane.caret, len(pane.page.text), self._minutes)
        self.query_one("#status", Bar).show(left=left, right=[finding, hit, place])


def _headings(structure: Structure, stretches: int) -> list[Heading]:
    """All headings of an article, in a thread that lets the screen go first."""
    found = []
    for index in range(stretches):
        found += structure.headings(index)
        sleep(0)
    return found
