"""The verbs of the reader: tag, note, withdraw, undo, repeat, copy. What they act on, the pane says."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Literal

from textual import work

from store.errors import LibraryError, PostilError
from store.kinds import Kind, Subject
from store.records import Annotation, Draft, Label, Settled, Standing
from tui.acts import Acted, ArticleActs, Refused, Saving
from tui.desk import Desk
from tui.reading.notebook import Looks, Notebook
from tui.reading.page import Span
from tui.screens.article_screen import ArticleScreen


class Verbs(ArticleScreen):
    """A screen with an article on which one annotator acts."""

    _acts: ArticleActs
    _desk: Desk

    def __init__(self) -> None:
        """Nothing was done yet."""
        super().__init__()
        self._annotator_id = ""
        self._labels: Sequence[Label] = ()
        self._notebook = Notebook()
        self._looks = Looks()
        self._saving = Saving()
        self._last: Callable[[], None] | None = None
        """The last verb, to be done again wherever the caret is by then."""

    @property
    @abstractmethod
    def library_is_open(self) -> bool:
        """Whether it is known what the library keeps of the article."""

    @abstractmethod
    def _show_title(self) -> None:
        """Say whether everything is saved, and how many claims and notes there are."""

    @abstractmethod
    def _show_panel_soon(self) -> None:
        """Show in the panel what changed."""

    def _read_rules_again(self) -> None:
        """Rules about names were changed, here or elsewhere."""

    def _proposed_words(self) -> str:
        """Who is proposed to make the claim under the caret, in a few words; empty if nobody is."""
        return ""

    def _proposed_beside(self, said: str) -> str:  # noqa: ARG002 -- of nobody, there is nothing to say
        """The same, if it belongs beside what is said now."""
        return ""

    def _in_language(self) -> str:
        """What the article is in, as a code; empty where that is not known."""
        return ""

    def _read_metadata_again(self) -> object:
        """The article's metadata was corrected, here or elsewhere."""

    # Tagging

    def action_tag(self, label: str) -> None:
        """Tag the selection or the sentence."""
        self.pane.take_count()
        pieces = self.pane.target
        if not pieces:
            self._say("There is no sentence here to tag.")
            return
        self._last = partial(self.action_tag, label)
        self._act(self._acts.tag(pieces, label))
        if self.pane.cursor.selecting:
            self.pane.cursor.drop()
            self.pane.go_to(self.pane.caret)

    def action_label(self) -> None:
        """Tag with a label that is chosen; with a count, with that label of the scheme."""
        number = self.pane.take_count()
        if not self._labels:
            self._say("The library is still being opened.")
        elif number is not None and number <= len(self._labels):
            self.action_tag(self._labels[number - 1].name)
        elif number is not None:
            self._say(f"The scheme has {len(self._labels)} labels, so there is no label {number}.")
        else:
            from tui.widgets.chooser import Chooser, Option

            options = [Option(label.key.lower(), label.name, label.guideline) for label in self._labels]
            self.app.push_screen(Chooser("tag with", options), self._tag_with)

    def _tag_with(self, label: str | None) -> None:
        if label is not None:
            self.action_tag(label)

    # Notes

    async def action_note(self) -> None:
        """Write a note on the selection, else on the annotation under the caret, else on the sentence."""
        self.pane.take_count()
        await self._saving.settled()  # `c` and `a` may come in one burst
        under = self._annotation_under_caret()
        if not self.pane.cursor.selecting and under is not None:
            self._edit(under)
        elif self.pane.target:
            self._write(self.pane.target)
        else:
            self._say("There is no sentence here: A writes a note on the article.")

    async def action_article_note(self) -> None:
        """Write a note on the article, or change the one there is."""
        await self._saving.settled()  # `c` and `a` may come in one burst
        written = self._own_article_note()
        if written is None:
            self._write(())
        else:
            self._edit(written)

    def _own_article_note(self) -> Annotation | None:
        own = (found for found in self._notebook.on_the_article() if found.annotator_id == self._annotator_id)
        return next(own, None)

    def _write(self, pieces: tuple[Span, ...], wanted: Draft | None = None) -> None:
        async def save(text: str, settled: Settled) -> None:
            self._saving.begin()
            await self._acts.note(pieces, text, settled)
            if pieces:
                self._last = partial(self._note_again, text)
            if self.pane.cursor.selecting:
                self.pane.cursor.drop()
                self.pane.go_to(self.pane.caret)

        quote = " … ".join(self.article.text[slice(*piece)] for piece in pieces)
        subject = Subject.SPAN if pieces else Subject.ARTICLE
        self._open_editor(Standing(subject, self.article.id, self.article.id, pieces, quote), "", save, wanted)

    def _note_again(self, text: str) -> None:
        if self.pane.target:
            self._act(self._acts.note(self.pane.target, text))

    def _edit(self, annotation: Annotation, wanted: Draft | None = None) -> None:
        if self._stands_elsewhere(annotation):
            return
        if annotation.annotator_id != self._annotator_id:
            self._say(f"{annotation.annotator} wrote: {annotation.note}" if annotation.note else "This is not yours.")
            return

        async def save(text: str, settled: Settled) -> None:
            self._saving.begin()
            await self._acts.edit_note(annotation.id, text, settled)

        self._open_editor(Standing.on(annotation), annotation.note, save, wanted)

    def _open_editor(
        self, standing: Standing, text: str, save: Callable[[str, Settled], Awaitable[None]], wanted: Draft | None
    ) -> None:
        if not self.library_is_open:
            self._say("The library is still being opened.")
            return
        from tui.drafts import DraftKeeper
        from tui.widgets.note_editor import NoteEditor  # with Textual's TextArea, which the first frame does not need

        title = f"Note on “{standing.quote}”" if standing.quote else "Note on the article"
        keeper = DraftKeeper(self._desk, standing, text, wanted)
        self.app.push_screen(NoteEditor(title, text, self.pane.caret_row, save, keeper))

    # Withdrawing, undoing, repeating

    async def action_withdraw(self) -> None:
        """Withdraw the innermost annotation under the caret."""
        self.pane.take_count()
        await self._saving.settled()  # `c` and `d` may come in one burst
        self._withdraw()

    def _withdraw(self) -> None:
        under = self._annotation_under_caret()
        if under is None:
            self._say("There is no claim or note here to withdraw.")
        elif not self._stands_elsewhere(under):
            self._last = self._withdraw
            self._act(self._acts.withdraw(under.id))

    def _stands_elsewhere(self, annotation: Annotation) -> bool:
        """Whether the annotation is only shown here; if so, say where it stands."""
        if annotation.version is not None:
            wrote = f" {annotation.annotator} wrote: {annotation.note}" if annotation.note else ""
            self._say(f"This stands on another version of the text, “{annotation.version}”.{wrote}")
        return annotation.version is not None

    def action_undo(self) -> None:
        """Undo the annotator's last act, wherever it was."""
        self._act(self._acts.undo())

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._act(self._acts.redo())

    async def action_repeat(self) -> None:
        """Do the last tag, note or withdrawal again, where the caret is now."""
        self.pane.take_count()
        await self._saving.settled()
        if self._last is None:
            self._say("Nothing was tagged, noted or withdrawn here yet that could be done again.")
        else:
            self._last()

    def _act(self, act: Awaitable[None]) -> None:
        self._saving.begin()
        self._show_title()
        self._hand_in(act)

    @work
    async def _hand_in(self, act: Awaitable[None]) -> None:
        with suppress(PostilError):  # told by a message
            await act

    def on_acted(self, message: Acted) -> None:
        """Show what an act changed."""
        places = []
        for key, annotation in message.changed.items():
            there = annotation or self._known(key)
            self._put(key, annotation)
            if there is not None and there.start is not None and there.kind is not Kind.FOLD:
                places.append(there.start)
        self.pane.marks_changed()
        self._saving.end()
        if message.reversed and places:
            self.pane.jump(min(places))
        self._show_title()
        if message.said:
            self._say(message.said)
        self._show_panel_soon()

    def _known(self, key: str) -> Annotation | None:
        """The annotation with this key as it is shown."""
        return self._notebook.get(key)

    def _put(self, key: str, annotation: Annotation | None) -> None:
        """Show an annotation as it is now; with None, no more."""
        self._notebook.remove(key)
        self.pane.marks.remove(key)
        if annotation is not None and annotation.article_id == self.article.id:
            self._notebook.put(annotation)
            self.pane.marks.add(self._looks.marks(annotation))

    def on_refused(self, message: Refused) -> None:
        """Say why an act was not done. What stood before it is on the disk as it was."""
        self._saving.end(failed=isinstance(message.error, LibraryError))
        self._show_title()
        self._say(message.error.sentence)

    def _annotation_under_caret(self) -> Annotation | None:
        """The innermost annotation under the caret, the annotator's own before others'."""
        under = self.pane.marks.at(self.pane.caret)
        known = [annotation for found in under if (annotation := self._notebook.get(found.id))]
        own = [annotation for annotation in known if annotation.annotator_id == self._annotator_id]
        return next(iter(own or known), None)

    # Copying

    @work(group="copy")
    async def action_copy(self, form: Literal["text", "markdown"]) -> None:
        """Copy the selection, else the annotation under the caret, else the sentence, with its source."""
        from tui import clipboard
        from tui.reading import quoting

        under = self._annotation_under_caret()
        article = self.article
        note = ""
        if self.pane.cursor.selecting or under is None or under.whole_article:
            quote = " … ".join(article.text[slice(*piece)] for piece in self.pane.target)
        else:
            quote, note = under.quote, under.note
        if not quote:
            self._say("There is nothing here to copy.")
            return
        quoted = quoting.as_markdown if form == "markdown" else quoting.as_text
        text = quoted(quote, article.title, article.source, article.published, article.url, note)
        loop = asyncio.get_running_loop()

        def send(text: str) -> None:
            loop.call_soon_threadsafe(self.app.copy_to_clipboard, text)

        copied = await asyncio.to_thread(clipboard.copy, text, send)
        if self.is_attached:
            self._say(copied.sentence)
