"""What a note could say: what is saved, and the drafts that were not. One is in the editor, a key shows the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from store.records import Draft


@dataclass(slots=True)
class _Version:
    text: str
    """As it was left in the editor."""
    draft: Draft | None = None
    """Where it came from; None for what is saved."""
    shown: bool = False


class Versions:
    """The versions of one note, of which one is in the editor."""

    def __init__(self, saved: str) -> None:
        """What is saved is in the editor; empty for a new note."""
        self.saved = saved
        self.at = 0
        """The number of the one that is in the editor; what is saved is number 0."""
        self._all = [_Version(saved, shown=True)]
        self._same: tuple[Draft, ...] = ()
        """Drafts that say what is saved."""

    @property
    def draft(self) -> Draft | None:
        """The draft that what is in the editor went on from."""
        return self._all[self.at].draft

    @property
    def others(self) -> int:
        """How many more there are."""
        return len(self._all) - 1

    def offer(self, drafts: Sequence[Draft], typed: str, *, wanted: Draft | None = None) -> str | None:
        """Know the drafts; the text that belongs into the editor now, None to leave what is there.

        The latest draft does, unless it was discarded, something else was saved since, or somebody has typed already.

        Args:
            drafts: the latest first, those that were discarded after the others.
            typed: what is in the editor.
            wanted: the draft that was asked for, wherever it comes from.
        """
        known = [one for one in drafts if wanted is None or one.id != wanted.id]
        known = known if wanted is None else [wanted, *known]
        self._same = tuple(one for one in known if one.text == self.saved)
        self._all += [_Version(one.text, one) for one in known if one.text != self.saved]
        if not self.others or typed != self.saved:
            return None
        first = self._all[1].draft
        assert first is not None
        if first is not wanted and (first.discarded is not None or first.saved != self.saved):
            return None
        return self.next(typed)

    def next(self, typed: str) -> str:
        """The next version; `typed`, which was in the editor, is kept in its place."""
        self._all[self.at].text = typed
        self.at = (self.at + 1) % len(self._all)
        version = self._all[self.at]
        version.shown = True
        return version.text

    @property
    def used(self) -> tuple[Draft, ...]:
        """The drafts whose words are in the editor or saved already."""
        return (*self._same, *((self.draft,) if self.draft is not None else ()))

    def left_behind(self) -> tuple[Draft, ...]:
        """The drafts that were shown, but for the one in the editor."""
        return tuple(
            version.draft
            for index, version in enumerate(self._all)
            if version.draft is not None and version.shown and index != self.at
        )

    def words(self, key: str, now: datetime) -> str:
        """What is in the editor, and what `key` leads to; nothing where there is only one version."""
        if not self.others:
            return ""
        following = self._all[(self.at + 1) % len(self._all)]
        if self.draft is None:
            return f"{_capital(self._name(following, now))} is kept · {key} takes it instead"
        held = ", still open in another editor" if self.draft.is_open else ", not saved"
        here = _capital(self._name(self._all[self.at], now))
        return f"{here}{held} · {key} takes {self._name(following, now)} instead"

    def _name(self, version: _Version, now: datetime) -> str:
        draft = version.draft
        if draft is None:
            return "what is saved" if self.saved else "an empty note"
        if draft.discarded is not None:
            return f"a discarded draft of {when(draft.updated, now)}"
        older = " begun before what is saved" if draft.saved != self.saved else ""
        return f"a draft of {when(draft.updated, now)}{older}"


def when(at: str, now: datetime) -> str:
    """A time as somebody would say it: `10:42`, and on another day `24 Nov 10:42`.

    Args:
        at: ISO 8601.
        now: the time in the reader's own time zone.
    """
    then = datetime.fromisoformat(at).astimezone(now.tzinfo)
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then.day} {then:%b} {then:%H:%M}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
