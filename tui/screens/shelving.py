"""Keeping the library in order: rows are marked, and what is done is done to them, or to the one under the cursor."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from store.errors import PostilError
from store.kinds import Grouping
from store.records import Undone, Weight
from tui.desk import Desk
from tui.widgets.article_table import ArticleTable
from tui.widgets.group_chooser import Chosen, GroupChooser, Known

if TYPE_CHECKING:
    from store.library import Library


class Shelving(Screen[None]):
    """A screen with a list of articles that can be marked."""

    _desk: Desk

    @property
    @abstractmethod
    def pattern(self) -> str:
        """The filter that the list has."""

    @abstractmethod
    def _say(self, sentence: str) -> None:
        """Say something that stands for a while."""

    @abstractmethod
    def refresh_list(self) -> None:
        """Read the list again."""

    @abstractmethod
    def show_marks(self) -> None:
        """Show how many rows are marked."""

    def __init__(self) -> None:
        """Nothing was asked."""
        super().__init__()
        self._asked: list[str] | None = None
        """The articles that the reader was asked about: the same key again deletes them."""

    @property
    def table(self) -> ArticleTable:
        """The list."""
        return self.query_one(ArticleTable)

    # What an act is about

    async def chosen_ids(self) -> list[str]:
        """The articles that are marked, or the one under the cursor; none of an empty list.

        Raises:
            LibraryError: the library cannot be read.
        """
        marked, table = self.table.marked, self.table
        if not marked.count(table.row_count):
            row = table.row(table.cursor)
            return [] if row is None else [row.id]
        if not marked.all:
            return marked.chosen([])
        pattern = self.pattern
        return marked.chosen(await self._desk.ask(lambda library: library.articles.ids(pattern)))

    def action_mark(self) -> None:
        """Mark the row under the cursor, or unmark it, and go on."""
        table = self.table
        row = table.row(table.cursor)
        if row is not None:
            table.marked.toggle(row.id)
            table.action_move(1)
            self._marks_changed()

    def action_mark_all(self) -> None:
        """Mark all that the filter leaves, or unmark them."""
        self.table.marked.toggle_all(self.pattern)
        self._marks_changed()

    def unmark(self) -> bool:
        """Unmark all; whether any was marked."""
        self._asked = None
        marked = self.table.marked
        if not marked.count(self.table.row_count):
            return False
        marked.clear()
        self._marks_changed()
        return True

    def _marks_changed(self) -> None:
        self._asked = None
        self.table.refresh()
        self.show_marks()

    # Tags and collections

    def action_tags(self) -> None:
        """Give tags or take them away."""
        self._group(Grouping.TAG)

    def action_collections(self) -> None:
        """Put into collections or take out."""
        self._group(Grouping.COLLECTION)

    def _group(self, kind: Grouping) -> None:
        if self.table.row_count:
            # At once, so that it takes the letters behind the key.
            self.app.push_screen(GroupChooser(kind, partial(self._known, kind)), partial(self._grouped, kind))

    async def _known(self, kind: Grouping) -> Known:
        ids = await self.chosen_ids()
        # Among the acts and not beside them: an undo right before it may change what there is.
        return await self._desk.act(
            lambda library: Known(library.groups.all(kind), library.groups.on(kind, ids), len(ids))
        )

    def _grouped(self, kind: Grouping, chosen: Chosen | None) -> None:
        if chosen is not None:
            self._write(kind, chosen)

    @work(group="acts")
    async def _write(self, kind: Grouping, chosen: Chosen) -> None:
        name = chosen.name

        def rename(library: Library, _ids: list[str]) -> str:
            number = library.groups.rename(kind, name, chosen.renamed or "")
            return f"{kind} “{name}” is “{chosen.renamed}” now, on {_articles(number)}"

        def change(library: Library, ids: list[str]) -> str:
            change = library.groups.add if chosen.gives else library.groups.remove
            return (
                f"{kind} “{name}” {'given to' if chosen.gives else 'taken from'} {_articles(change(kind, name, ids))}"
            )

        await self._act(rename if chosen.renamed else change)

    # Archive and delete

    @work(group="acts")
    async def action_archive(self) -> None:
        """Take out of the list, or bring back what is archived."""

        def archive(library: Library, ids: list[str]) -> str:
            if len(library.shelf.archived_among(ids)) == len(ids):
                return f"{_articles(library.shelf.unarchive(ids))} back in the list"
            return f"{_articles(library.shelf.archive(ids))} archived · is:archived lists them"

        await self._act(archive, leaves=True)

    @work(group="acts")
    async def action_delete(self) -> None:
        """Let count as gone, or bring back what is deleted; it is asked first if much would go."""
        try:
            ids = await self.chosen_ids()
            weight = await self._desk.ask(lambda library: _weight(library, ids))
        except PostilError as error:
            self._say(error.sentence)
            return
        if weight is not None and weight.much and ids != self._asked:
            self._asked = ids
            others = f", {weight.others:,} by others" if weight.others else ""
            marks = f"{weight.annotations:,} annotation{'' if weight.annotations == 1 else 's'}"
            self._say(f"delete {_articles(len(ids))} with {marks}{others}? d again does it · esc does not")
            return

        def delete(library: Library, ids: list[str]) -> str:
            if len(library.shelf.deleted_among(ids)) == len(ids):
                return f"{_articles(library.shelf.restore(ids))} back"
            return f"{_articles(library.shelf.delete(ids))} deleted · is:deleted lists them"

        await self._act(delete, leaves=True)

    # Undo and redo

    @work(group="acts")
    async def action_undo(self) -> None:
        """Undo the last act, here or in an article."""
        await self._reverse("undone", lambda library: library.history.undo())

    @work(group="acts")
    async def action_redo(self) -> None:
        """Redo what was undone last."""
        await self._reverse("redone", lambda library: library.history.redo())

    async def _reverse(self, word: str, do: Callable[[Library], Undone | None]) -> None:
        self._asked = None
        try:
            undone = await self._desk.act(do)
        except PostilError as error:
            self._say(error.sentence)
            return
        if undone is None:
            self._say(f"There is nothing to {word.removesuffix('ne')}.")
            return
        where = f" on {_articles(undone.articles)}" if undone.articles > 1 else f" in “{undone.article_title}”"
        self._say(f"{word}: {undone.action}{where if undone.article_title else ''}")
        self.refresh_list()

    async def _act(self, do: Callable[[Library, list[str]], str], *, leaves: bool = False) -> None:
        """Do something with the chosen articles, say what came of it, and show it.

        Args:
            do: the act; what it says.
            leaves: whether the articles leave the list, and with it their marks.
        """
        self._asked = None
        try:
            ids = await self.chosen_ids()
            if not ids:
                return
            said = await self._desk.act(lambda library: do(library, ids))
        except PostilError as error:
            self._say(error.sentence)
            return
        if leaves:
            self.unmark()
        self._say(f"{said} · u undoes")
        self.refresh_list()


def _weight(library: Library, ids: list[str]) -> Weight | None:
    """What deleting would take away; None if it would bring back."""
    return None if len(library.shelf.deleted_among(ids)) == len(ids) else library.shelf.weight(ids)


def _articles(number: int) -> str:
    return f"{number:,} article{'' if number == 1 else 's'}"
