"""What stands on other versions of an article, on a screen: taken over, placed by hand, or left where it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from textual import work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from store.errors import PostilError
from store.kinds import Fate, Why
from store.records import Article, Carried, Source, Version
from tui import actions
from tui.desk import Desk
from tui.reading.cells import one_line
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.carried_list import CarriedList

if TYPE_CHECKING:
    from store.library import Library

_WHY = {
    Why.URL: "from the same address",
    Why.ITEM: "the same item of the feed",
    Why.PATH: "from the same file",
    Why.ALIKE: "nearly the same text",
}

_MOST = 4
"""Versions, and places of this text, that are listed where nothing is to be settled."""

_CONTEXT = 32
"""Code points around the words."""

_QUOTE = 600
"""Code points of the words and of a note that are shown."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the reader wants of the screen with the text."""

    what: Literal["go", "place", "open"]
    """Go to the place of `one`, place it by hand, or open the article `article_id`."""
    one: Carried | None = None
    article_id: str = ""


class VersionsScreen(Screen[Chosen | None]):
    """Ends with what is to be done in the text, or None."""

    BINDINGS = actions.bindings("versions")
    AUTO_FOCUS = "CarriedList"

    class Listed(Message):
        """What is not settled is known, and what to say of it."""

        def __init__(
            self, shown: Sequence[Carried], versions: Sequence[Version], sources: Sequence[Source], said: str
        ) -> None:
            self.shown = shown
            self.versions = versions
            self.sources = sources
            self.said = said
            super().__init__()

    def __init__(self, desk: Desk, article: Article) -> None:
        """Show what stands on the other versions of `article` in the library of `desk`."""
        super().__init__()
        self._desk = desk
        self._article = article
        self._versions: Sequence[Version] = ()
        self._sources: Sequence[Source] = ()

    def compose(self) -> ComposeResult:
        """Title, annotations, what the one under the cursor says then and now, what is said, keys."""
        yield Bar(id="title")
        yield CarriedList(id="hits")
        yield Static(id="versions-says", markup=False)
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """List them."""
        self.query_one("#title", Bar).show(left=f"postil · other versions of {self._article.title}", right=[])
        self._change(lambda _: "")

    @work(group="change")
    async def _change(self, do: Callable[[Library], str]) -> None:
        """Do something, and list what is not settled then."""
        article_id = self._article.id

        def done(library: Library) -> VersionsScreen.Listed:
            said = do(library)
            articles = library.articles
            return self.Listed(
                library.settling.open(article_id), articles.versions(article_id), articles.sources(article_id), said
            )

        try:
            listed = await self._desk.act(done)
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(listed)

    def on_versions_screen_listed(self, message: Listed) -> None:
        """Show them."""
        self._versions, self._sources = message.versions, message.sources
        self.query_one(CarriedList).show(message.shown)
        self.query_one("#title", Bar).show(right=[self._counts(message.shown)])
        self._say(message.said or self._about())
        self._show_under()

    @staticmethod
    def _counts(shown: Sequence[Carried]) -> str:
        counts = {fate: sum(one.fate is fate for one in shown) for fate in Fate}
        return "  ".join(f"{count:,} {fate}" for fate, count in counts.items() if count)

    def _about(self) -> str:
        """What the library knows of the versions."""
        if not self._versions:
            return "The library has no other version of this text."
        newest = self._versions[-1]
        told = f"{len(self._versions):,} other version{'' if len(self._versions) == 1 else 's'}"
        if newest.newer:
            return f"{told}; this is an older one: o opens the newest, of {newest.added[:10]}, {_WHY[newest.why]}."
        older = f"{told}, the latest of {newest.added[:10]}, {_WHY[newest.why]}"
        if not self.query_one(CarriedList).shown:
            return f"{older}: everything on them is settled."
        return f"{older}."

    # The one under the cursor

    @property
    def _under(self) -> Carried | None:
        return self.query_one(CarriedList).under

    def on_carried_list_moved(self) -> None:
        """Show what the one under the cursor says."""
        self._show_under()

    def _show_under(self) -> None:
        one = self._under
        lines = self._listed() if one is None else self._told(one)
        self.query_one("#versions-says", Static).update(Content("\n".join(lines)))

    def _listed(self) -> list[str]:
        """The other versions, the newest first, and where this text was found: what is left to say."""
        lines = [
            f"{'newer' if one.newer else 'older'}  {one.added[:10]}  “{one_line(one.title)}”, {_WHY[one.why]}"
            for one in reversed(self._versions[-_MOST:])
        ]
        return [*lines, *(f"found  {one.seen[:10]}  {one_line(one.place)}" for one in self._sources[:_MOST])]

    def _told(self, one: Carried) -> list[str]:
        annotation = one.annotation
        who = f"{annotation.label or annotation.kind.upper()} by {annotation.annotator} on “{one_line(one.title)}”"
        lines = [who]
        if annotation.note:
            lines.append(f"note  {one_line(annotation.note[:_QUOTE])}")
        if annotation.whole_article:
            return [*lines, "It is on the article as a whole."]
        lines.append(f"then  …{one_line(f'{one.before}«{annotation.quote[:_QUOTE]}»{one.after}')}…")
        if one.start is None or one.end is None:
            return [*lines, "now   its words are not in this version: p places it by hand, x leaves it there"]
        text = self._article.text
        before, after = text[max(0, one.start - _CONTEXT) : one.start], text[one.end : one.end + _CONTEXT]
        return [*lines, f"now   …{one_line(f'{before}«{text[one.start : one.end][:_QUOTE]}»{after}')}…"]

    def on_row_list_chosen(self) -> None:
        """Go to where its words are."""
        one = self._under
        if one is not None and one.start is not None:
            self.dismiss(Chosen("go", one))
        elif one is not None:
            self._say("It has no place in this version: p places it by hand, x leaves it on the other.")

    # Acts

    def action_take(self) -> None:
        """Take the one under the cursor over."""
        one, article = self._under, self._article
        if one is None:
            return

        def take(library: Library) -> str:
            library.settling.take(article, [one])
            return "taken over · u undoes"

        self._change(take)

    def action_take_all(self) -> None:
        """Take over everything whose place is certain."""
        article = self._article

        def take(library: Library) -> str:
            number = len(library.settling.take_certain(article))
            return f"{number:,} taken over · u undoes" if number else "There is none whose place is certain."

        self._change(take)

    def action_place(self) -> None:
        """Go to the text to place the one under the cursor by hand."""
        if self._under is not None:
            self.dismiss(Chosen("place", self._under))

    def action_settle(self) -> None:
        """Leave the one under the cursor where it is."""
        one, article_id = self._under, self._article.id
        if one is None:
            return

        def leave(library: Library) -> str:
            library.settling.leave(article_id, [one.annotation.id])
            return "left on the other version: it is not shown here again · u undoes"

        self._change(leave)

    def action_undo(self) -> None:
        """Undo the annotator's last act."""

        def undo(library: Library) -> str:
            undone = library.history.undo()
            return "There is nothing to undo." if undone is None else f"undone: {undone.action}"

        self._change(undo)

    def action_redo(self) -> None:
        """Redo what was undone."""

        def redo(library: Library) -> str:
            redone = library.history.redo()
            return "There is nothing to redo." if redone is None else f"redone: {redone.action}"

        self._change(redo)

    # Versions

    @property
    def _other(self) -> str | None:
        """The version that is meant: the newest, if this is an older one; else the one under the cursor stands on."""
        if self._versions and self._versions[-1].newer:
            return self._versions[-1].article_id
        if self._under is not None:
            return self._under.annotation.article_id
        return self._versions[-1].article_id if self._versions else None

    def action_open(self) -> None:
        """Open the other version."""
        if self._other is None:
            self._say("The library has no other version of this text.")
        else:
            self.dismiss(Chosen("open", article_id=self._other))

    def action_diff(self) -> None:
        """Show what changed between the other version and this one."""
        from tui.screens.differing import DifferingScreen

        if self._other is None:
            self._say("The library has no other version of this text.")
            return
        newer = any(one.newer for one in self._versions if one.article_id == self._other)
        ends = (self._article.id, self._other) if newer else (self._other, self._article.id)
        self.app.push_screen(DifferingScreen(self._desk, *ends))

    def action_back(self) -> None:
        """Back to the text."""
        self.dismiss(None)

    def _say(self, sentence: str) -> None:
        if self.is_attached:
            self.query_one("#status", Bar).show(left=sentence)
