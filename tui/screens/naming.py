"""The names of the open article: shown as they are found, decided on and ruled, and counted for the panel."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from textual import work
from textual.message import Message

from store.errors import PostilError
from store.kinds import Kind
from store.records import Annotation, Rule
from tui import memory
from tui.acts import Acted
from tui.desk import Desk
from tui.entity_feed import EntitiesFailed, EntitiesFound, EntitiesSaid, EntitiesSettled
from tui.opening import Opened, count_names
from tui.reading.names import Names
from tui.reading.overlay import Overlay
from tui.screens.folding import Folding

_SET_ASIDE_EVERY = 32
"""Stretches whose names are found before the collector of garbage is told to look at them no more."""


class Naming(Folding):
    """A screen that keeps the names of its article in step with what is predicted, ruled and decided."""

    _desk: Desk

    class NamesCounted(Message):
        """The names of the article were counted again."""

        def __init__(self, names: Names, version: int) -> None:
            self.names = names
            self.version = version
            super().__init__()

    class RulesRead(Message):
        """The rules that hold in the article now are known."""

        def __init__(self, rules: Sequence[Rule]) -> None:
            self.rules = rules
            super().__init__()

    @property
    def overlay(self) -> Overlay:
        """The names as they stand."""
        return self.pane.marks.names

    def _show_names(self, opened: Opened) -> None:
        """Know what the library keeps of the names; they are marked with everything else."""
        self._names = opened.names
        if not opened.counted:
            self._count_names()

    def on_entities_found(self, message: EntitiesFound) -> None:
        """Mark the names of a stretch."""
        if message.article_id != self.article.id:
            return
        marks = self.pane.marks
        before = marks.names.of(self.pane.page.index_of(message.found.start)).shown  # rules and decisions need no model
        index = marks.names.predict(message.found)
        marks.names_changed([index])
        self.pane.marks_changed()
        self._names.discard(before, self.article.text)
        self._names.add(marks.names.of(index).shown, self.article.text)
        self._stretches_missing -= 1
        if self._stretches_missing % _SET_ASIDE_EVERY == 0:
            memory.set_aside()
        self._show_status()
        self._show_panel_soon()

    def on_entities_settled(self, message: EntitiesSettled) -> None:
        """Mark the names of a long article anew, now that each part of it was read."""
        if message.article_id != self.article.id:
            return
        marks = self.pane.marks
        marks.names_changed(marks.names.predict(found) for found in message.found)
        self.pane.marks_changed()
        self._show_status()
        self._count_names()

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

    def _known(self, key: str) -> Annotation | None:
        return self.overlay.decision(key) or super()._known(key)

    def _put(self, key: str, annotation: Annotation | None) -> None:
        """Show an annotation as it is now; a decision changes the names of its stretch, and nothing is scanned."""
        ours = annotation is not None and annotation.annotator_id == self._annotator_id
        if annotation is not None and annotation.kind is Kind.ENTITY:
            if ours and annotation.article_id == self.article.id:
                self._decide(annotation.id, annotation)
        elif self.overlay.decision(key) is not None:
            self._decide(key, None)
        else:
            super()._put(key, annotation)

    def _decide(self, key: str, decision: Annotation | None) -> None:
        overlay, text = self.overlay, self.article.text
        concerned = overlay.stretches_of(key, decision)
        before = {name for index in concerned for name in overlay.of(index).shown}
        if decision is None:
            overlay.forget(key)
        else:
            overlay.decide(decision)
        after = {name for index in concerned for name in overlay.of(index).shown}
        self.pane.marks.names_changed(concerned)
        self._names.discard(before - after, text)
        self._names.add(after - before, text)

    def on_acted(self, message: Acted) -> None:
        """Take the rules that an act changed."""
        if message.rules is not None:
            self._take_rules(message.rules)

    def _read_rules_again(self) -> None:
        """Somebody changed rules elsewhere."""
        self._read_rules()

    @work(exclusive=True, group="rules")
    async def _read_rules(self) -> None:
        article_id = self.article.id
        try:
            rules = await self._desk.ask(lambda library: library.rules.all(article_id))
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.RulesRead(rules))

    def on_naming_rules_read(self, message: RulesRead) -> None:
        """Take them."""
        self._take_rules(message.rules)

    def action_rules(self) -> None:
        """Show the rules about names, and take them as they are then."""
        from tui.screens.rules import RulesScreen

        self.app.push_screen(RulesScreen(self._desk), self._after_rules)

    def _after_rules(self, _nothing: None) -> None:
        self._read_rules()

    def _take_rules(self, rules: Sequence[Rule]) -> None:
        if self.overlay.rule(rules):
            self.pane.marks_changed()
            self._show_status()
            self._count_names()

    @work(exclusive=True, group="names")
    async def _count_names(self) -> None:
        """Count the names again, in a thread: a rule may concern half a million of them."""
        version = self.overlay.version
        left_out = self.pane.folds.everything
        names = await asyncio.to_thread(count_names, self.overlay, self.article.text, left_out)
        self.post_message(self.NamesCounted(names, version))

    def on_naming_names_counted(self, message: NamesCounted) -> None:
        """List them in the panel."""
        if message.version == self.overlay.version:
            self._names = message.names
            self._show_panel_soon()
