"""The acts on the open article: handed to the desk, and told to the screen as messages when they are on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from textual.message import Message
from textual.message_pump import MessagePump

from store.errors import PostilError
from store.records import Annotation, Article, Rule, Settled, Undone
from store.scheme.values import in_words
from tui.desk import Desk
from tui.reading.page import Span

if TYPE_CHECKING:
    from store.attribution.records import Proposal
    from store.hanging import Link
    from store.library import Library
    from store.scheme.values import Value

T = TypeVar("T")

_PATIENCE = 0.5
"""Seconds that a key waits for the acts before it; the disk needs a hundredth, a lock may need more."""


class Acted(Message):
    """An act is on the disk."""

    def __init__(
        self,
        said: str,
        changed: Mapping[str, Annotation | None] | None = None,
        *,
        reversed_: bool = False,
        rules: Sequence[Rule] | None = None,
        corrected: bool = False,
    ) -> None:
        """Tell of an act.

        Args:
            said: what to say to the reader.
            changed: the annotations that changed, by id, as they are now; None for one that is gone.
            reversed_: whether it was undone or redone, which need not be where the caret is.
            rules: the rules that hold in the article now, if any changed.
            corrected: whether the article's metadata changed.
        """
        self.said = said
        self.changed = changed or {}
        self.reversed = reversed_
        self.rules = rules
        self.corrected = corrected
        super().__init__()


class Refused(Message):
    """An act was refused or could not be saved; nothing of it was kept."""

    def __init__(self, error: PostilError) -> None:
        self.error = error
        super().__init__()


class Saving:
    """Whether everything that was done is on the disk."""

    def __init__(self) -> None:
        """Nothing was done yet."""
        self._unsaved = 0
        self._failed = False
        self._settled = asyncio.Event()
        self._settled.set()

    @property
    def words(self) -> str:
        """What the title line says."""
        if self._failed:
            return "✗ not saved"
        return "saving …" if self._unsaved else "✓ saved"

    def begin(self) -> None:
        """An act is handed in."""
        self._unsaved += 1
        self._settled.clear()

    def end(self, *, failed: bool = False) -> None:
        """An act is on the disk, was refused, or `failed` to be written."""
        self._unsaved -= 1
        self._failed = failed
        if not self._unsaved:
            self._settled.set()

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._unsaved > 0

    async def settled(self) -> None:
        """Wait until nothing is unsaved, but no longer than a reader would."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                await self._settled.wait()


class ArticleActs:
    """What one annotator does to one article.

    Each method returns when the act is on the disk. If it was refused or could not be written, the method says so to
    the screen as well, and raises the `PostilError`.
    """

    def __init__(self, desk: Desk, article: Article, listener: MessagePump) -> None:
        """Act on `article` through `desk`, and tell `listener`."""
        self._desk = desk
        self._article = article
        self._listener = listener

    async def tag(self, pieces: tuple[Span, ...], label: str, *, attributes: Mapping[str, Value] | None = None) -> None:
        """Tag a span, of one piece or more, with a label, and say something in its attributes."""
        article, span = self._article, _whole(pieces)
        said = f"tagged {label}" + (" with what was said before" if attributes else "")
        await self._change(
            said,
            lambda library: library.annotations.tag(
                article, *span, label, pieces=_parts(pieces), attributes=attributes
            ),
        )

    async def say(self, annotation_id: str, values: Mapping[str, Value | None]) -> None:
        """Say something in attributes of an annotation; None takes back what it says."""
        values = dict(values)  # as it is now
        said = ", ".join(f"{name}: {'nothing' if value is None else in_words(value)}" for name, value in values.items())
        await self._change(said, lambda library: library.annotations.set_attributes(annotation_id, values))

    async def attribute(self, claim_id: str, proposal: Proposal) -> None:
        """Take a proposal of who makes a claim."""
        article = self._article
        who = proposal.claimant or "the article itself"
        changed = await self._hand(lambda library: library.attributions.accept(article, claim_id, proposal))
        self._listener.post_message(Acted(f"claimant: {who} · u undoes", changed))

    async def note(self, pieces: tuple[Span, ...], text: str, settled: Settled | None = None) -> None:
        """Write a note on a span, of one piece or more; without a piece, on the whole article."""
        article, span = self._article, _whole(pieces) if pieces else None
        await self._change(
            "note saved",
            lambda library: library.annotations.note(article, span, text, pieces=_parts(pieces), settled=settled),
        )

    async def edit_note(self, annotation_id: str, text: str, settled: Settled | None = None) -> None:
        """Change the note on an annotation."""
        await self._change(
            "note saved", lambda library: library.annotations.edit_note(annotation_id, text, settled=settled)
        )

    async def keep_open(self, span: Span) -> None:
        """Decide that what is folded is the article's own text."""
        article = self._article
        await self._change("not folded any more · u undoes", lambda library: library.folds.keep_open(article, *span))

    async def place(self, annotation_id: str, pieces: tuple[Span, ...]) -> None:
        """Take an annotation of another version over to words of this one."""
        article = self._article
        await self._change("placed · u undoes", lambda library: library.settling.place(article, annotation_id, pieces))

    async def relate(self, one: str, other: str, link: Link) -> None:
        """Relate two annotations."""
        await self._hand(lambda library: library.relations.relate(*link.ends(one, other), link.label))
        self._listener.post_message(Acted(f"related: {link.label} · m shows all that hangs on it"))

    async def relate_to_span(self, one: str, pieces: tuple[Span, ...], label: str, link: Link) -> None:
        """Tag a span with a label, and relate an annotation to it."""
        article = self._article
        await self._change(
            f"tagged {label} and related: {link.label}",
            lambda library: library.web.relate_to_span(one, article, pieces, label, link),
        )

    async def withdraw(self, annotation_id: str) -> None:
        """Withdraw an annotation."""
        await self._hand(lambda library: library.annotations.withdraw(annotation_id))
        self._listener.post_message(Acted("withdrawn · u undoes", {annotation_id: None}))

    async def undo(self) -> None:
        """Undo the annotator's last act, wherever it was."""
        await self._reverse("undone", "There is nothing to undo.", lambda library: library.history.undo())

    async def redo(self) -> None:
        """Redo what was undone last."""
        await self._reverse("redone", "There is nothing to redo.", lambda library: library.history.redo())

    async def _change(self, said: str, do: Callable[[Library], Annotation]) -> None:
        annotation = await self._hand(do)
        self._listener.post_message(Acted(said, {annotation.id: annotation}))

    async def _hand(self, do: Callable[[Library], T]) -> T:
        try:
            return await self._desk.act(do)
        except PostilError as error:
            self._listener.post_message(Refused(error))
            raise

    async def _reverse(self, word: str, nothing: str, do: Callable[[Library], Undone | None]) -> None:
        article_id = self._article.id

        def reverse(library: Library) -> tuple[Undone | None, Sequence[Rule] | None]:
            undone = do(library)
            return undone, library.rules.all(article_id) if undone is not None and undone.rules else None

        undone, rules = await self._hand(reverse)
        if undone is None:
            self._listener.post_message(Acted(nothing))
        elif undone.article_id in (article_id, None):
            here = {key: one for key, one in undone.changed.items() if one is None or one.article_id == article_id}
            corrected = article_id in undone.corrected
            said = f"{word}: {undone.action}"
            self._listener.post_message(Acted(said, here, reversed_=True, rules=rules, corrected=corrected))
        else:
            where = f"in “{undone.article_title}”" if undone.articles <= 1 else f"on {undone.articles:,} articles"
            self._listener.post_message(Acted(f"{word}: {undone.action} {where}", rules=rules))


def _whole(pieces: tuple[Span, ...]) -> Span:
    """From the first piece's start to the last one's end."""
    return pieces[0][0], pieces[-1][1]


def _parts(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """The pieces of a discontinuous span; a span of one piece is not one."""
    return pieces if len(pieces) > 1 else ()
