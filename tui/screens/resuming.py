"""Going on with drafts in the reader: the place of one is in its article, or in another."""

from __future__ import annotations

from abc import abstractmethod

from textual import work

from store.errors import PostilError
from store.kinds import Subject
from store.records import Draft
from tui.screens.listing_drafts import ListsDrafts
from tui.screens.relating import Relating


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
