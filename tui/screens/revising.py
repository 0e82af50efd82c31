"""Versions in the reader: what stands on others, placing one of them by hand, and opening another version."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from store.errors import PostilError
from store.kinds import DECISIONS, Kind
from store.records import Annotation, Carried, Version
from tui.acts import Acted
from tui.opening import Opened, open_article
from tui.reading import describe
from tui.screens.relating import Relating
from tui.screens.versions import Chosen

if TYPE_CHECKING:
    from store.library import Library
    from store.records import Article


class Revising(Relating):
    """A screen that shows what stands on other versions of its article, and settles it."""

    class Reread(Message):
        """What stands on this version and on others was read again."""

        def __init__(self, annotations: Mapping[str, Annotation]) -> None:
            self.annotations = annotations
            super().__init__()

    def __init__(self) -> None:
        """Nothing is placed."""
        super().__init__()
        self._versions: Sequence[Version] = ()
        self._placing: Carried | None = None
        """What waits for the reader to select its words."""

    @abstractmethod
    async def leave(self) -> None:
        """Save the place."""

    def tell_of_versions(self, opened: Opened) -> None:
        """Know the versions, and say that there is a newer one, or what waits to be settled."""
        self._versions = opened.versions
        if not self._versions:
            return
        self.refresh_bindings()
        waiting = sum(one.version is not None for one in self._notebook)
        if self._versions[-1].newer:
            added = self._versions[-1].added[:10]
            self._say(f"The library has a newer version of this text, of {added}: V, then o, opens it.")
        elif waiting:
            what = "annotation stands" if waiting == 1 else "annotations stand"
            self._say(f"{waiting:,} {what} on older versions of this text: V settles them.")

    def action_versions(self) -> None:
        """Show what stands on other versions; while one is placed by hand, leave it."""
        self.pane.take_count()
        if self._placing is not None:
            self._placing = None
            self._say("Nothing was placed.")
            self._show_what_applies()
            return
        if not self.library_is_open:
            self._say("The library is still being opened.")
            return
        from tui.screens.versions import VersionsScreen

        self.app.push_screen(VersionsScreen(self._desk, self.article), self._after_versions)

    def _after_versions(self, chosen: Chosen | None) -> None:
        self._read_again()
        if chosen is None:
            return
        if chosen.what == "open":
            self._open_version(chosen.article_id)
        elif chosen.one is not None and chosen.what == "go" and chosen.one.start is not None:
            self.pane.jump(chosen.one.start)
        elif chosen.one is not None and chosen.what == "place":
            self._placing = chosen.one
            if chosen.one.start is not None:
                self.pane.jump(chosen.one.start)
            self._say(f"{self._placing_words(chosen.one)}: select its words (v), enter places it, V leaves it")
            self._show_what_applies()

    @staticmethod
    def _placing_words(one: Carried) -> str:
        annotation = one.annotation
        return f"placing {annotation.label or annotation.kind.upper()} “{describe.short(annotation.quote)}”"

    async def action_inspect(self) -> None:
        """Place what waits to be placed on the selection or the sentence; if nothing does, look into the annotation."""
        if self._placing is None:
            await super().action_inspect()
            return
        self.pane.take_count()
        pieces = self.pane.target
        if not pieces:
            self._say("There is no sentence here to place it on: select some words with v.")
            return
        one, self._placing = self._placing, None
        self._act(self._acts.place(one.annotation.id, pieces))
        if self.pane.cursor.selecting:
            self.pane.cursor.drop()
            self.pane.go_to(self.pane.caret)
        self._show_what_applies()

    def applies_to_versions(self, action_id: str) -> bool | None:
        """Whether the action does something now, as far as that hangs on versions; None if it does not."""
        if action_id == "reader.versions":
            return bool(self._versions) or self._placing is not None
        return True if action_id == "reader.inspect" and self._placing is not None else None

    # In step with the library

    def on_acted(self, message: Acted) -> None:
        """After an undo or a redo, something may stand on another version again, or no more."""
        if self._versions and (message.reversed or message.said.startswith("placed")):
            self._read_again()

    def _put(self, key: str, annotation: Annotation | None) -> None:
        """Show an annotation as it is now; a decision on another version's is not shown itself."""
        if annotation is not None and annotation.kind is Kind.SETTLED:
            if annotation.annotator_id == self._annotator_id:
                self._read_again()
            return
        super()._put(key, annotation)

    @work(exclusive=True, group="versions")
    async def _read_again(self) -> None:
        article_id = self.article.id

        def read(library: Library) -> dict[str, Annotation]:
            here = [one for one in library.annotations.of(article_id) if one.kind is not Kind.SETTLED]
            others = [one.here for one in library.annotations.carried(article_id)]
            return {one.id: one for one in here + [one for one in others if one.kind not in DECISIONS]}

        try:
            annotations = await self._desk.ask(read)
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Reread(annotations))

    def on_revising_reread(self, message: Reread) -> None:
        """Show what is new or changed, and no more what is not there."""
        gone = [one.id for one in self._notebook if one.id not in message.annotations]
        for key in gone:
            self._notebook.remove(key)
            self.pane.marks.remove(key)
        changed = 0
        for key, annotation in message.annotations.items():
            if annotation == self._known(key):
                continue
            changed += 1
            if annotation.version is None:
                self._put(key, annotation)
            else:
                self._notebook.put(annotation)
                self.pane.marks.remove(key)
                self.pane.marks.add(self._looks.marks(annotation))
        if gone or changed:
            self.pane.marks_changed()
            self._show_title()
            self._show_panel_soon()

    @work(exclusive=True, group="open")
    async def _open_version(self, article_id: str) -> None:
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
            # From the app's own loop: this worker ends with the screen that it belongs to.
            self.app.call_later(self.app.switch_screen, self._make(*found))
