"""Folding in the reader: what is found to be page furniture or a repeat, and what the reader decides on it."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Sequence

from textual import work
from textual.message import Message

from store.kinds import Kind
from store.records import Annotation
from store.text.folding import Folded
from store.text.folding_apart import folded_apart
from tui.desk import Desk
from tui.opening import Opened
from tui.reading import describe
from tui.reading.folds import Folds
from tui.screens.telling import Telling


class Folding(Telling):
    """A screen with an article whose furniture and repeats are folded."""

    _desk: Desk

    class Found(Message):
        """A long text was searched."""

        def __init__(self, found: list[Folded]) -> None:
            self.found = found
            super().__init__()

    def __init__(self) -> None:
        """Nothing was decided yet."""
        super().__init__()
        self._not_folded: list[Annotation] = []

    def _fold(self, opened: Opened) -> None:
        """Fold what was found, or look for it, where that takes long."""
        self._not_folded = list(opened.not_folded)
        if opened.folds is None:
            self._find_folds()
            return
        self._fold_so(opened.folds)
        if opened.folded_now is not None:
            self._keep(opened.folded_now)

    @work(group="folds")
    async def _find_folds(self) -> None:
        found = await asyncio.to_thread(folded_apart, self.article.text)
        self._keep(found)
        self.post_message(self.Found(found))

    def _keep(self, found: Sequence[Folded]) -> None:
        """Keep what was found, so that it is not looked for again."""
        article = self.article
        self._desk.later(lambda library: library.folds.keep(article, found))

    def on_folding_found(self, message: Found) -> None:
        """Fold what was found in a long text."""
        if message.found:
            self._fold_so(Folds(self.article.text, message.found, self._not_folded))
            self._show_title()
            self._count_names()

    def _fold_so(self, folds: Folds) -> None:
        if len(folds):
            self._minutes = describe.minutes(self.article.text, folds.runs)
        self.pane.fold(folds)

    @abstractmethod
    def _count_names(self) -> object:
        """Count the names again: other parts of the text are left out."""

    def action_keep_open(self) -> None:
        """Decide that what is folded here is the article's own text."""
        self.pane.take_count()
        run = self.pane.folds.at(self.pane.caret)
        if run is None:
            self._say("Nothing is folded here that could be the article's own text.")
        else:
            self._act(self._acts.keep_open((run.start, run.end)))

    def applies(self, action_id: str) -> bool:
        """Whether the action does something now."""
        if action_id == "reader.keep-open":
            return self.pane.folds.at(self.pane.caret) is not None
        return super().applies(action_id)

    def _known(self, key: str) -> Annotation | None:
        """The annotation with this key as it is shown."""
        return self.pane.folds.decision(key) or super()._known(key)

    def _put(self, key: str, annotation: Annotation | None) -> None:
        """Show an annotation as it is now; with None, no more."""
        folds = self.pane.folds
        ours = annotation is not None and annotation.kind is Kind.FOLD
        if not ours and folds.decision(key) is None:
            super()._put(key, annotation)
        elif annotation is None or annotation.annotator_id == self._annotator_id:
            folds.decide(key, annotation)
            self._minutes = describe.minutes(self.article.text, folds.runs)
            self.pane.folds_changed()
            self._count_names()
