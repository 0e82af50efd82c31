"""Relating: `r` takes an annotation along, also into another article, and `enter` relates it to what is there."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from store.errors import PostilError
from store.kinds import Kind
from store.records import Annotation, Article, Draft
from tui.opening import open_article
from tui.reading import describe
from tui.reading.page import Span
from tui.screens.inspecting import Inspecting

if TYPE_CHECKING:
    from store.entities.choosing import Pipelines
    from store.hanging import Link
    from store.library import Library
    from store.scheme.parts import Definition
    from tui.opening import Opened

EVIDENCE = "EVIDENCE"
"""What words are tagged with that a claim is related to and that nobody tagged yet."""


class Relating(Inspecting):
    """A screen whose annotations are related to each other."""

    _pipelines: Pipelines

    @abstractmethod
    def _make(self, article: Article, opened: Opened, *, at: int | None = None) -> Screen[None]:
        """The reader of another article."""

    @abstractmethod
    async def leave(self) -> None:
        """Save the place."""

    @abstractmethod
    def _show_what_applies(self) -> None:
        """Paint the footer again, if other keys apply than before."""

    def say_what_was_taken_along(self) -> None:
        """Say what is to be related, if something is."""
        if self._desk.taken_along is not None:
            self._say(f"{self._taken_words(self._desk.taken_along)}: enter relates it to what is here, r leaves it")

    async def action_relate(self) -> None:
        """Take the annotation under the caret along, to be related to another; again, leave it."""
        self.pane.take_count()
        await self._saving.settled()  # `c` and `r` may come in one burst
        under = self._annotation_under_caret()
        if self._desk.taken_along is not None:
            self._desk.taken_along = None
            self._say("Nothing was related.")
        elif under is None or under.kind is Kind.NOTE or under.label is None:
            self._say("There is no claim here to relate: c tags one.")
        elif not self._stands_elsewhere(under):
            self._desk.taken_along = under
            self._say(f"{self._taken_words(under)}: go to the other one, here or in another article; enter relates")
        self._show_what_applies()

    async def action_inspect(self) -> None:
        """Relate what was taken along to what is here; if nothing was, look into the annotation under the caret."""
        if self._desk.taken_along is None:
            await super().action_inspect()
            return
        self.pane.take_count()
        await self._saving.settled()
        one, under = self._desk.taken_along, self._annotation_under_caret()
        if self._scheme is None:
            self._say("The library is still being opened.")
        elif self.pane.cursor.selecting or under is None or under.kind is Kind.NOTE:
            self._choose_relation(one, None, self._scheme)
        elif under.id == one.id:
            self._say(f"{self._taken_words(one)}: this is itself; go to the other one, or r leaves it")
        elif not self._stands_elsewhere(under):
            self._choose_relation(one, under, self._scheme)

    def _choose_relation(self, one: Annotation, other: Annotation | None, scheme: Definition) -> None:
        """Choose the relation among those that the scheme allows between the ends, either way round."""
        from tui.widgets.chooser import Chooser, Option

        pieces = self.pane.target
        if other is None and (not pieces or all(label.name != EVIDENCE for label in scheme.labels)):
            self._say("There is nothing tagged here to relate to.")
            return
        label = EVIDENCE if other is None else other.label
        there = label if other is not None else f"{EVIDENCE}, tagged now"
        options: list[Option] = []
        links: list[Link] = []
        for outgoing in (True, False):
            for relation in scheme.relations:
                ends = (one.label, label) if outgoing else (label, one.label)
                known = any(link.label == relation.name for link in links)
                if relation.allows(*ends) and not (known and relation.allows(*reversed(ends))):
                    ways = (
                        f"{one.label} {relation.name} {there}" if outgoing else f"{there} {relation.name} {one.label}"
                    )
                    key = relation.key.lower() if not known else " "
                    options.append(Option(key, ways, relation.guideline))
                    links.append(_link(relation.name, outgoing=outgoing))
        if not options:
            self._say(f"The scheme has no relation between {one.label} and {label}.")
            return

        def chosen(name: str | None) -> None:
            if name is not None:
                link = next(link for option, link in zip(options, links, strict=True) if option.name == name)
                self._relate(one, other, pieces, link)

        self.app.push_screen(Chooser(f"{describe.short(one.quote)} and this", options), chosen)

    def _relate(self, one: Annotation, other: Annotation | None, pieces: tuple[Span, ...], link: Link) -> None:
        self._desk.taken_along = None
        if other is None:
            self._act(self._acts.relate_to_span(one.id, pieces, EVIDENCE, link))
        else:
            self._act(self._acts.relate(one.id, other.id, link))
        if self.pane.cursor.selecting:
            self.pane.cursor.drop()
            self.pane.go_to(self.pane.caret)
        self._show_what_applies()

    def action_hanging(self) -> None:
        """Show the annotation under the caret with all that hangs on it."""
        under = self._annotation_under_caret()
        if under is None:
            self._say("There is no claim here to show with its relations.")
            return
        self._show_hanging(under)

    def _show_hanging(self, annotation: Annotation, wanted: Draft | None = None) -> None:
        from tui.screens.hanging import HangingScreen

        self.app.push_screen(HangingScreen(self._desk, annotation, wanted), self._jump_to)

    def _jump_to(self, other: Annotation | None) -> None:
        if other is None:
            return
        if other.article_id != self.article.id:
            self._open_at(other.article_id, other.start)
        elif other.start is not None:
            self.pane.jump(other.start)

    @work(exclusive=True, group="open")
    async def _open_at(self, article_id: str, at: int | None) -> None:
        def find(library: Library) -> tuple[Article, Opened] | None:
            article = library.articles.get(article_id)
            return None if article is None else (article, open_article(library, article, self._pipelines))

        try:
            await self.leave()
            found = await self._desk.ask(find)
        except PostilError as error:
            self._say(error.sentence)
            return
        if found is not None:
            article, opened = found
            # From the app's own loop: this worker ends with the screen that it belongs to.
            self.app.call_later(self.app.switch_screen, self._make(article, opened, at=at))

    @staticmethod
    def _taken_words(one: Annotation) -> str:
        return f"relating {one.label} “{describe.short(one.quote)}”"


def _link(label: str, *, outgoing: bool) -> Link:
    from store.hanging import Link

    return Link(label, outgoing)
