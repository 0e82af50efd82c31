"""The inspector: an annotation as a form made from the scheme, its label's guideline and past examples beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from textual import events
from textual.widgets import Input

from store.records import Annotation, Label
from store.scheme.parts import Attribute, Type
from store.scheme.values import Value, in_words, typed
from tui import actions
from tui.reading import form
from tui.reading.page import Span
from tui.widgets.bars import Bar
from tui.widgets.form import Beside, Form, FormScreen, ValueLine


class Changes(Protocol):
    """Says something in one attribute of the annotation; None takes it back."""

    def __call__(self, name: str, value: Value | None) -> None:
        """Hand it in; what the library has of it then is shown by `Inspector.show`."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked into, and by whom."""

    annotation: Annotation
    label: Label | None
    attributes: Sequence[Attribute]
    text: str
    """The article's."""
    selected: Span | None
    """What is selected there: the words that a span takes without typing."""
    own: bool
    """Whether it may be changed."""


class Inspector(FormScreen):
    """One annotation, looked into. Every change is handed in at once, and is one act that can be undone."""

    AUTO_FOCUS = "Form"

    def __init__(self, looked: Looked, change: Changes, undo: Callable[[], None], take: Callable[[], object]) -> None:
        """Look into an annotation.

        Args:
            looked: the annotation, and what the scheme says of it.
            change: hands in a change.
            undo: hands in that the last act is to be undone.
            take: hands in that who is proposed to make the claim is to be taken.
        """
        super().__init__(Form())
        self._looked = looked
        self._change = change
        self._undo = undo
        self._take = take
        self._proposed: Mapping[str, Value] = {}
        self._values: dict[str, Any] = dict(looked.annotation.attributes)
        taken = {key for action in actions.of("inspect") for key in action.keys}
        self._letters = form.letters(looked.attributes, taken)
        self._examples: Sequence[str] = ()

    @property
    def annotation_id(self) -> str:
        """Whose form it is."""
        return self._looked.annotation.id

    def on_mount(self) -> None:
        """Show the form."""
        annotation = self._looked.annotation
        quote = " ".join(annotation.quote[:200].split()) or "the article"
        title = f"{annotation.label or annotation.kind.upper()}  “{quote}”"
        by = "" if self._looked.own else f"by {annotation.annotator}: only its owner changes it"
        self.query_one("#inspect-title", Bar).show(left=title, right=[by])
        self.query_one(ValueLine).display = False
        self._fill()

    def show(self, annotation: Annotation | None) -> None:
        """Show what the library has now; None if the annotation is gone."""
        if annotation is None:
            self.dismiss()
            return
        self._values = dict(annotation.attributes)
        self._fill()

    def propose(self, values: Mapping[str, Value]) -> None:
        """Show what is proposed, by attribute, where nothing is said yet."""
        self._proposed = values
        self._fill()

    def tell_examples(self, examples: Sequence[str]) -> None:
        """Show what was tagged with the label before."""
        self._examples = examples
        self._tell()

    # What the keys do

    def on_key(self, event: events.Key) -> None:
        """Take the letter of an option."""
        if not self._typing and self.take_key(event):
            event.stop()

    def take_key(self, event: events.Key) -> bool:
        """Take a letter, also one that was typed before the form was open; whether it was wanted."""
        letter = event.character or ""
        if self._typing:
            if event.is_printable:
                self.query_one(ValueLine).insert_text_at_cursor(event.character or "")
            return event.is_printable
        if letter not in self._letters:
            return False
        row, option = self._letters[letter]
        self._press(row, option)
        return True

    def do_go_to(self, row: int) -> None:
        """Go to an attribute, round the end if need be."""
        count = len(self._looked.attributes) + len(form.unknown(self._looked.attributes, self._values))
        if count and not self._typing:
            self._form.go(row % count)
            self._tell()

    def do_digit(self, digit: int) -> None:
        """Say an option by its place, or a number; a number of more digits is typed."""
        attribute = self._attribute()
        if attribute is None:
            return
        said = form.digits(attribute, digit)
        if isinstance(said, str):
            self._press(self._form.row, said)
        elif said is not None:
            self._set(attribute.name, None if self._values.get(attribute.name) == said else said)
        elif attribute.type in (Type.CHOICE, Type.CHOICES):
            self.say(f"{attribute.name} has {len(attribute.options)} options.")
        else:
            self._type(attribute, str(digit))

    def do_write(self) -> None:
        """Type what the attribute says; a span takes the selected words; a choice goes to its next option."""
        attribute = self._attribute()
        if attribute is None or not self._may():
            return
        value = self._values.get(attribute.name)
        if attribute.options:
            if attribute.type is Type.CHOICES:
                self.say("Letters and digits choose here, each again takes back.")
                return
            place = attribute.options.index(value) + 1 if value in attribute.options else 0
            self._set(attribute.name, attribute.options[place] if place < len(attribute.options) else None)
        elif attribute.type is Type.SPAN and self._looked.selected is not None and value is None:
            self._set(attribute.name, self._span(self._looked.selected))
        else:
            self._type(attribute, in_words(value) if value is not None else "")

    def do_clear(self) -> None:
        """Take back what the attribute says."""
        names = [attribute.name for attribute in self._looked.attributes]
        names += form.unknown(self._looked.attributes, self._values)
        name = names[self._form.row]
        if name in self._values:
            self._set(name, None)

    def do_undo(self) -> None:
        """Undo the last act."""
        self._undo()

    def do_take(self) -> None:
        """Take what is proposed."""
        if self._may():
            self._take()

    def do_close(self) -> None:
        """Back to the text."""
        self.dismiss()

    # Typing

    def _type(self, attribute: Attribute, text: str) -> None:
        if self._may():
            self._begin_typing(attribute.name, text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Check what is typed."""
        event.stop()
        attribute = self._attribute()
        if self._typing and attribute is not None:
            try:
                self._typed(attribute)
            except ValueError as wrong:
                self.say(str(wrong) if event.value.strip() else "")
            else:
                self.say("✓")

    def take_typed(self) -> None:
        """Say what was typed, if it fits; nothing typed takes back what was said."""
        attribute = self._attribute()
        assert attribute is not None
        if not self.query_one(ValueLine).value.strip():
            self.end_typing()
            self.do_clear()
            return
        try:
            value = self._typed(attribute)
        except ValueError as wrong:
            self.say(str(wrong))
        else:
            self.end_typing()
            self._set(attribute.name, value)

    def _typed(self, attribute: Attribute) -> Value:
        text = self.query_one(ValueLine).value
        if attribute.type is not Type.SPAN:
            return typed(attribute, text)
        found = _nearest(self._looked.text, text.strip(), self._looked.annotation.start or 0)
        if found is None:
            raise ValueError(f"“{text.strip()}” is not in the article")
        return self._span(found)

    def _span(self, span: Span) -> Value:
        return {"quote": self._looked.text[slice(*span)], "start": span[0], "end": span[1]}

    # What is said

    def _press(self, row: int, option: str) -> None:
        attribute = self._looked.attributes[row]
        self._form.go(row)
        self._set(attribute.name, form.toggled(attribute, self._values.get(attribute.name), option))

    def _set(self, name: str, value: Value | None) -> None:
        if not self._may():
            return
        self._change(name, value)
        if value is None:
            self._values.pop(name, None)
        else:
            self._values[name] = value
        self.say("")
        self._fill()

    def _may(self) -> bool:
        if not self._looked.own:
            self.say(f"This is {self._looked.annotation.annotator}'s: only its owner changes it.")
        return self._looked.own

    def _attribute(self) -> Attribute | None:
        row = self._form.row
        return self._looked.attributes[row] if row < len(self._looked.attributes) else None

    def _lines(self, width: int) -> Sequence[form.Line]:
        return form.lines(self._looked.attributes, self._values, self._letters, width, self._open_proposals())

    def _open_proposals(self) -> Mapping[str, Value]:
        """What is proposed, as long as none of it is said."""
        return {} if self._proposed.keys() & self._values.keys() else self._proposed

    def _tell(self) -> None:
        attribute = self._attribute()
        label = self._looked.label
        guideline = label.guideline if label else ""
        if attribute is not None and attribute.guideline:
            guideline = f"{attribute.name}: {attribute.guideline}"
        examples = self._examples or (label.examples if label else ())
        told = [f"{'before' if self._examples else 'as'}: “{one}”" for one in examples[:2]]
        above = [label.guideline] if label and attribute and self.has_class("-beside") else []
        self.query_one(Beside).tell([*above, guideline, *told])


def _nearest(text: str, words: str, start: int) -> Span | None:
    """Where the words stand in the text, the nearest to `start`."""
    if not words:
        return None
    after, before = text.find(words, start), text.rfind(words, 0, start + len(words))
    places = [place for place in (after, before) if place >= 0]
    if not places:
        return None
    place = min(places, key=lambda place: abs(place - start))
    return place, place + len(words)


def example_words(found: Sequence[Annotation], told: Callable[[Mapping[str, object]], str]) -> list[str]:
    """The words of annotations, with what they say."""
    words = []
    for one in found:
        said = told(one.attributes)
        words.append(one.quote + (f" [{said}]" if said else ""))
    return words
