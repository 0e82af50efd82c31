"""Going on with drafts: a screen tells that some were left, lists them, and leads to the place of one."""

from __future__ import annotations

from abc import abstractmethod

from textual import work
from textual.screen import Screen

from store.errors import PostilError
from store.kinds import Subject
from store.records import Draft
from tui.desk import Desk
from tui.screens.relating import Relating
from tui.widgets.bars import key_of


def left(count: int, key: str) -> str:
    """What is said of drafts that were left; `key` lists them."""
    return (
        f"{count:,} draft{'' if count == 1 else 's'} of notes not saved: {key} lists {'it' if count == 1 else 'them'}"
    )


class ListsDrafts(Screen[None]):
    """A screen from which the drafts are listed."""

    _desk: Desk

    @abstractmethod
    def _say_of_drafts(self, sentence: str) -> None:
        """Say a sentence in the status line."""

    @abstractmethod
    def _go_on_with(self, draft: Draft) -> None:
        """Open the editor of a draft at its place."""

    async def drafts_left(self) -> str:
        """How many drafts were left, in words; nothing if there are none."""
        self._desk.told_of_drafts = True
        try:
            count = await self._desk.ask(lambda library: library.drafts.left())
        except PostilError:
            return ""
        key = key_of(self, "reader.drafts") or key_of(self, "library.drafts")
        return left(count, key) if count else ""

    def action_drafts(self) -> None:
        """List the drafts, if there are any."""
        self._list_drafts()

    @work(exclusive=True, group="drafts")
    async def _list_drafts(self) -> None:
        try:
            drafts = await self._desk.ask(lambda library: library.drafts.all())
        except PostilError as error:
            self._say_of_drafts(error.sentence)
            return
        if not drafts:
            self._say_of_drafts("No draft of a note is kept: every note that was written is saved.")
            return
        from tui.screens.drafts import DraftsScreen

        self.app.push_screen(DraftsScreen(self._desk), self._draft_chosen)

    def _draft_chosen(self, draft: Draft | None) -> None:
        if draft is not None:
            self._go_on_with(draft)


class Resuming(ListsDrafts, Relating):
    """The reader's side: the place of a draft is in its article, or in another."""

    def _say_of_drafts(self, sentence: str) -> None:
        self._say(sentence)

    @work(group="drafts")
    async def tell_of_drafts(self) -> None:
        """Say that some were left, before what is said already, if nobody has said so yet."""
        words = "" if self._desk.told_of_drafts else await self.drafts_left()
        if words and self.is_attached:
            self._say(" · ".join(part for part in (words, self._said_already) if part))

    @property
    @abstractmethod
    def _said_already(self) -> str:
        """What the status line says."""

    def _go_on_with(self, draft: Draft) -> None:
        if draft.standing.article_id == self.article.id:
            self._resume(draft)
        else:
            self._desk.draft_wanted = draft
            self._open_at(draft.standing.article_id, draft.standing.pieces[0][0] if draft.standing.pieces else None)

    def resume_wanted(self) -> None:
        """Go on with the draft that the article was opened for, if it was opened for one."""
        wanted, self._desk.draft_wanted = self._desk.draft_wanted, None
        if wanted is not None and wanted.standing.article_id == self.article.id:
            # When the screen is there: the editor opens over it.
            self.call_after_refresh(self._resume, wanted)

    def _resume(self, draft: Draft) -> None:
        """Open the editor of a draft; what it stood on may be gone, and then it becomes a new note at the place."""
        stands = draft.standing
        if stands.pieces:
            self.pane.jump(stands.pieces[0][0])
        if stands.subject is Subject.RELATION:
            self._resume_relation(draft)
            return
        annotation = self._notebook.get(stands.subject_id)
        if annotation is None and stands.subject is Subject.ARTICLE:
            annotation = self._own_article_note()
        if annotation is not None and annotation.annotator_id == self._annotator_id:
            self._edit(annotation, draft)
        else:
            self._write(stands.pieces, draft)

    @work(group="drafts")
    async def _resume_relation(self, draft: Draft) -> None:
        key = draft.standing.subject_id
        try:
            relation = await self._desk.ask(lambda library: library.relations.get(key))
        except PostilError as error:
            self._say(error.sentence)
            return
        source = None if relation is None else self._notebook.get(relation.source_id)
        if source is None:
            self._write(draft.standing.pieces, draft)
        else:
            self._show_hanging(source, draft)
