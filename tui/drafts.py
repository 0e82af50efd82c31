"""A draft being written: what is in an editor is handed to the library by the desk, so that no key waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from store.clock import new_key
from store.records import Draft, Settled, Standing
from tui.desk import Desk
from tui.reading.note_versions import Versions

if TYPE_CHECKING:
    from store.library import Library


class DraftKeeper:
    """Keeps what is typed into one editor, a draft for each version of the note that is worked on."""

    def __init__(self, desk: Desk, standing: Standing, saved: str, wanted: Draft | None = None) -> None:
        """Nothing was typed yet.

        Args:
            desk: the library.
            standing: what the note stands on.
            saved: what it says.
            wanted: the draft that the editor was opened for.
        """
        self.versions = Versions(saved)
        self._desk = desk
        self._standing = standing
        self._wanted = wanted
        self._ids: dict[int, str] = {}
        """The drafts that were written, by the number of their version."""
        self._kept = saved
        """What of the version in the editor the library has, or has been handed."""

    async def read(self) -> Sequence[Draft]:
        """The drafts for the place. Raises a `PostilError` if they cannot be read."""
        standing = self._standing
        return await self._desk.ask(lambda library: library.drafts.at(standing))

    def offer(self, drafts: Sequence[Draft], typed: str) -> str | None:
        """Know the drafts; what belongs into the editor instead of what is `typed` there, if anything does."""
        text = self.versions.offer(drafts, typed, wanted=self._wanted)
        self._kept = self._kept if text is None else text
        return text

    def next(self, typed: str) -> str:
        """The next version of the note; what was `typed` in this one is kept."""
        self.hand_in(typed)
        self._kept = self.versions.next(typed)
        return self._kept

    async def keep(self, text: str) -> None:
        """Keep what is in the editor; returns when it is on the disk. Raises a `PostilError` if it could not be."""
        if self._is_new(text):
            before, self._kept = self._kept, text
            try:
                await self._desk.act(self._keeping(text))
            except BaseException:
                self._kept = before
                raise

    def hand_in(self, text: str) -> None:
        """Keep it without waiting: there may be no time for more."""
        if self._is_new(text):
            self._kept = text
            self._desk.later(self._keeping(text))

    def settled(self) -> Settled:
        """What becomes of the drafts when what is in the editor is saved."""
        own = self._own()
        left = tuple(draft_id for draft_id in self._ids.values() if draft_id != own)
        return Settled(own, left, self.versions.used, self.versions.left_behind())

    def leave(self, text: str, *, discard: bool) -> None:
        """The editor is closed without saving.

        Args:
            text: what is in it.
            discard: whether it is given up; it can be got back for a while. If not, it is left for later.
        """
        self.hand_in(text)
        versions, own, written = self.versions, self._own(), tuple(self._ids.values())
        as_saved = text == versions.saved
        given_up = versions.used if discard or as_saved else ()
        given_up += versions.left_behind() if as_saved else ()
        if given_up or (own in written and (discard or as_saved)):
            self._desk.later(lambda library: library.drafts.discard(own, given_up))
        if written:
            self._desk.later(lambda library: library.drafts.close(written))

    def _own(self) -> str:
        """The draft of the version in the editor; a name for nothing, where none was written."""
        return self._ids.get(self.versions.at) or new_key()

    def _is_new(self, text: str) -> bool:
        return text not in (self._kept, self.versions.saved) and bool(text.strip())

    def _keeping(self, text: str) -> Callable[[Library], None]:
        own = self._ids[self.versions.at] = self._own()
        standing, saved, shown = self._standing, self.versions.saved, self.versions.draft
        before = () if shown is None else (shown,)
        return lambda library: library.drafts.keep(own, standing, text, saved, instead_of=before)
