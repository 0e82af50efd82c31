"""Looking into an annotation: the reader's side of the inspector, and saying the same again of the next claim."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from store.attribution import saying
from store.errors import PostilError
from store.kinds import Kind
from store.records import Annotation
from tui.acts import Acted, Refused
from tui.desk import Desk
from tui.screens.attributing import Attributing

if TYPE_CHECKING:
    from store.library import Library
    from store.scheme.parts import Definition
    from store.scheme.values import Value
    from tui.screens.inspector import Inspector


class Inspecting(Attributing):
    """A screen whose annotations are looked into."""

    _desk: Desk

    def __init__(self) -> None:
        """Nothing was looked into yet."""
        super().__init__()
        self._inspector: Inspector | None = None
        self._inspected = ""
        """The annotation that was looked into last."""

    async def action_inspect(self) -> None:
        """Look into the annotation under the caret; while selecting, else into the one looked into before."""
        self.pane.take_count()
        await self._saving.settled()  # `c` and `enter` may come in one burst
        under = self._annotation_under_caret()
        if under is None and self.pane.cursor.selecting:
            under = self._notebook.get(self._inspected)
        if under is None or self._scheme is None:
            self._say("There is no claim here to look into: c tags one, and enter looks into it.")
        elif under.kind is Kind.NOTE:
            self._edit(under)
        elif not self._stands_elsewhere(under):
            self._inspect(under, self._scheme)

    def _inspect(self, annotation: Annotation, scheme: Definition) -> None:
        from tui.screens.inspector import Inspector, Looked

        label = next((label for label in self._labels if label.name == annotation.label), None)
        selected = self.pane.cursor.selected
        looked = Looked(
            annotation,
            label,
            scheme.of_label(annotation.label),
            self.article.text,
            (selected[0][0], selected[-1][1]) if selected else None,
            annotation.annotator_id == self._annotator_id,
        )
        said: dict[str, Value] = {}
        self._inspected = annotation.id

        def change(name: str, value: Value | None) -> None:
            said.pop(name, None)
            if value is not None:
                said[name] = value
                self._last = partial(self._say_again, annotation.label or "", said)
            self._act(self._acts.say(annotation.id, {name: value}))

        self._inspector = Inspector(looked, change, self.action_undo, self._take_looked_into)
        self.app.push_screen(self._inspector, self._inspected_enough)
        self._find_examples(self._inspector, annotation)
        self._propose_in_form(self._inspector, annotation)

    def _inspected_enough(self, _: None) -> None:
        self._inspector = None
        if self.pane.cursor.selecting:
            self.pane.cursor.drop()
            self.pane.go_to(self.pane.caret)
        self._show_panel_soon()

    @work
    async def _find_examples(self, inspector: Inspector, annotation: Annotation) -> None:
        from store.scheme.values import brief
        from tui.screens.inspector import example_words

        def find(library: Library) -> list[Annotation]:
            return library.annotations.examples(annotation.label or "", besides=annotation.id)

        try:
            found = await self._desk.ask(find)
        except PostilError:
            return  # the guideline's own examples stand there
        if inspector.is_attached:
            inspector.tell_examples(example_words(found, brief))

    @work
    async def _propose_in_form(self, inspector: Inspector, annotation: Annotation) -> None:
        """Show in the form who is proposed to make the claim."""
        if annotation.annotator_id != self._annotator_id or not self._is_open(annotation):
            return
        proposal = await self._proposal_of(annotation)
        if proposal is not None and inspector.is_attached:
            inspector.propose(saying.values(proposal, self.article.text, self._attributes_of(annotation)))

    @work
    async def _take_looked_into(self) -> None:
        """Take who is proposed to make the claim that is looked into."""
        await self._saving.settled()
        claim = self._notebook.get(self._inspected)
        if claim is not None and self._is_open(claim):
            await self._take(claim)
        elif self._inspector is not None:
            self._inspector.say("This says already who makes it.")

    def _say_again(self, label: str, values: Mapping[str, Value]) -> None:
        """Say the same of the claim under the caret; where there is none, tag it with the label and say it."""
        under = self._annotation_under_caret()
        own = under is not None and under.annotator_id == self._annotator_id and under.label == label
        if under is not None and own and not self.pane.cursor.selecting:
            self._act(self._acts.say(under.id, values))
        elif self.pane.target:
            self._act(self._acts.tag(self.pane.target, label, attributes=values))
        else:
            self._say("There is no sentence here to tag.")

    def on_acted(self, _: Acted) -> None:
        """Show in the form what the library has now."""
        if self._inspector is not None:
            self.call_later(self._show_in_form)  # when the screen has put it into its notebook

    def _show_in_form(self) -> None:
        if self._inspector is not None and self._inspector.is_attached and not self._saving.busy:
            self._inspector.show(self._notebook.get(self._inspector.annotation_id))

    def on_refused(self, message: Refused) -> None:
        """Say in the form why a change was not made, and show what stands."""
        if self._inspector is not None and self._inspector.is_attached:
            self._inspector.show(self._notebook.get(self._inspector.annotation_id))
            self._inspector.say(message.error.sentence)
