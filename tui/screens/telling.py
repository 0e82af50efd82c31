"""What the reader screen says: the title line, the status line, and the keys that do something now."""

from __future__ import annotations

from functools import cached_property

from store.records import Course
from tui.desk import Desk
from tui.reading import describe
from tui.reading.cells import width_of
from tui.reading.marks import Layer
from tui.screens.outlining import Outlining
from tui.widgets.bars import Bar
from tui.widgets.pane import ReadingPane


class Telling(Outlining):
    """A screen that says in two lines what its article is and what the caret is on."""

    _desk: Desk

    def __init__(self) -> None:
        """Nothing was said yet."""
        super().__init__()
        self._course = Course()
        """How far the annotator is with the article."""
        self._minutes = 0.0
        """How long the article takes to read."""
        self._said = ""
        self._said_at = 0
        self._applying: tuple[object, ...] = ()

    @cached_property
    def _title(self) -> Bar:
        return self.query_one("#title", Bar)

    @cached_property
    def _status(self) -> Bar:
        return self.query_one("#status", Bar)

    def applies(self, action_id: str) -> bool:
        """Whether the action does something now: the footer shows no other."""
        match action_id:
            case "reader.withdraw" | "reader.relate" | "reader.hanging":
                return self._annotation_under_caret() is not None
            case "reader.inspect":
                return self._desk.taken_along is not None or self._annotation_under_caret() is not None
            case "reader.take-claimant":
                return bool(self._proposed_words())
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
                    self._annotation_under_caret() is None, not pane.target, not self._proposed_words())  # fmt: skip
        if applying != self._applying:
            self._applying = applying
            self.refresh_bindings()

    def _say(self, sentence: str) -> None:
        """Say something that stands until the caret is somewhere else."""
        self._said, self._said_at = sentence, self.pane.caret
        self._show_status()
        self._show_what_applies()

    @property
    def _said_already(self) -> str:
        return self._said

    def _show_title(self) -> None:
        about = describe.article(self.article, self._minutes)
        counts = "" if not self.library_is_open else describe.counts(self._notebook.claims, self._notebook.notes)
        saved = self._saving.words if self.library_is_open else "opening …"
        course = describe.course(self._course)
        self._title.show(left=self.article.title, right=[self._in_language(), *about, course, counts, saved])

    def _show_status(self) -> None:
        pane = self.pane
        under = pane.marks.at(pane.caret)
        entity = next((found for found in under if found.layer is Layer.ENTITY), None)
        annotations = [annotation for found in under if (annotation := self._notebook.get(found.id))]
        left = self._said or describe.under_caret(pane.page.text, pane.cursor.selected, annotations, entity)
        left = " · ".join(part for part in (left, self._proposed_beside(self._said)) if part)
        if pane.count is not None:
            left = f"{pane.count}×"
        finding = hit = ""
        if self._stretches_missing and not self._names_problem:
            finding = f"finding names {1 - self._stretches_missing / len(pane.page):.0%}"
        if pane.hits is not None and len(pane.hits) and (index := pane.hits.at(pane.caret)) is not None:
            hit = f"hit {index + 1:,} of {len(pane.hits):,}"
        row = pane.layout_rows.row_of(pane.caret)
        caret, length = (pane.folds.own_before(offset) for offset in (pane.caret, len(pane.page.text)))
        place = describe.place(row, pane.layout_rows.total, caret, length, self._minutes)
        if self._said and width_of(left) + width_of(place) + 4 > self._status.size.width:
            place = describe.share(caret, length)  # a sentence is read to its end first
        self._status.show(left=left, right=[finding, hit, place])

    def on_reading_pane_laid_out(self) -> None:
        """Say the row's new number, and remember how wide the text is."""
        self._remembered.change(measure=self.pane.measure)
        self._show_status()
        self._follow_soon()  # a wider screen may show the panel that a narrow one did not

    def on_reading_pane_said(self, message: ReadingPane.Said) -> None:
        """Say what a key had to say."""
        self._say(message.sentence)
