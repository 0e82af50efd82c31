"""The inspector: an annotation as a form made from the scheme, its label's guideline and past examples beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from store.records import Annotation, Label
from store.scheme.parts import Attribute, Type
from store.scheme.values import Value, in_words, typed
from tui import actions
from tui.reading import form
from tui.reading.cells import fit, one_line
from tui.reading.layout import Layout
from tui.reading.page import Page, Span
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.rows import RowList

_ROOM = 6
"""Rows of the screen that the form leaves: title, guideline with two examples, what it says, keys."""

_WIDE = 100
"""Columns from which the guideline stands beside the form and not below it."""


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


class Form(RowList, inherit_bindings=False):
    """The lines of the form; the cursor goes from attribute to attribute."""

    BINDINGS = actions.bindings("inspect")
    COMPONENT_CLASSES = {"form--letter", "form--on", "form--quiet"}  # noqa: RUF012 -- Textual declares it so

    def __init__(self) -> None:
        """Empty until `fill`."""
        super().__init__(id="form")
        self._lines: Sequence[form.Line] = ()
        self._firsts: list[int] = []

    @property
    def row(self) -> int:
        """The attribute that the cursor is on, from 0."""
        return self._lines[self.cursor].row if self._lines else 0

    def fill(self, lines: Sequence[form.Line]) -> None:
        """Show these lines; the cursor stays on its attribute."""
        row = self.row
        self._lines = lines
        self._firsts = list(form.first_lines(lines))
        self.set_row_count(len(lines))
        self.go(row)

    def go(self, row: int) -> None:
        """Put the cursor on an attribute, and show all its lines."""
        if self._firsts:
            row = max(0, min(row, len(self._firsts) - 1))
            ends = [*self._firsts[1:], len(self._lines)]
            self.move_cursor(ends[row] - 1, direction=-1)
            self.move_cursor(self._firsts[row])

    def can_choose(self, index: int) -> bool:
        """Any line, since `go` knows the first ones."""
        return 0 <= index < len(self._lines)

    def paint(self, index: int, width: int, style: Style) -> Strip:  # noqa: ARG002 -- the form has its own
        """One line of the form."""
        line = self._lines[index]
        here = line.row == self.row
        ground = self.get_component_rich_style("rows--cursor") if here else self.rich_style
        looks = {
            "letter": self.get_component_rich_style("form--letter", partial=True),
            "on": self.get_component_rich_style("form--on", partial=True),
            "quiet": self.get_component_rich_style("form--quiet", partial=True),
        }
        mark = "▸ " if here and index == self._firsts[line.row] else "  "
        bits = [Segment(mark, ground)]
        bits += [Segment(bit.text, ground + looks.get(bit.role, Style())) for bit in line.bits]
        return Strip(bits).adjust_cell_length(width, ground)

    def on_click(self, event: events.Click) -> None:
        """Go to the attribute under the mouse."""
        index = round(self.scroll_y) + event.y
        event.stop()
        if 0 <= index < len(self._lines):
            inspector = self.screen
            assert isinstance(inspector, Inspector)
            inspector.action_go_to(self._lines[index].row)

    def action_move(self, count: int) -> None:
        """Hand it to the inspector."""
        inspector = self.screen
        assert isinstance(inspector, Inspector)
        inspector.action_go_to(self.row + count)

    def action_digit(self, digit: str) -> None:
        """Hand it to the inspector."""
        self._hand("digit", int(digit))

    def action_write(self) -> None:
        """Hand it to the inspector."""
        self._hand("write")

    def action_clear(self) -> None:
        """Hand it to the inspector."""
        self._hand("clear")

    def action_undo(self) -> None:
        """Hand it to the inspector."""
        self._hand("undo")

    def action_take(self) -> None:
        """Hand it to the inspector."""
        self._hand("take")

    def action_close(self) -> None:
        """Hand it to the inspector."""
        self._hand("close")

    def _hand(self, what: str, *arguments: Any) -> None:
        getattr(self.screen, f"do_{what}")(*arguments)


class ValueLine(Input):
    """The line in which a value is typed, and checked as it is."""

    BINDINGS = actions.bindings("value")

    def __init__(self) -> None:
        """Hidden until something is to be typed."""
        super().__init__(id="inspect-value", compact=True, select_on_focus=False)

    def action_save(self) -> None:
        """Say what was typed."""
        inspector = self.screen
        assert isinstance(inspector, Inspector)
        inspector.take_typed()

    def action_leave(self) -> None:
        """Leave what the attribute says as it is."""
        inspector = self.screen
        assert isinstance(inspector, Inspector)
        inspector.end_typing()


class Beside(Widget):
    """Quiet text that is wrapped to the room there is: the guideline and the examples."""

    def __init__(self) -> None:
        """Empty until `tell`."""
        super().__init__(id="inspect-beside")
        self._parts: Sequence[str] = ()

    def tell(self, parts: Sequence[str]) -> None:
        """Show these paragraphs; where there is little room, each in one line."""
        self._parts = parts
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        lines = list(self._lines(max(8, self.size.width - 2)))
        text = f" {lines[y]}" if y < len(lines) else ""
        return Strip([Segment(text, self.rich_style)]).adjust_cell_length(self.size.width, self.rich_style)

    def _lines(self, width: int) -> list[str]:
        if self.size.height <= len(self._parts):
            return [fit(one_line(part), width) for part in self._parts]
        lines: list[str] = []
        for part in self._parts:
            page = Page(part)
            layout = Layout(page, width)
            lines += [one_line(part[slice(*layout.span(row))]).rstrip() for row in range(layout.total)] + [""]
        return lines


class Inspector(ModalScreen[None]):
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
        super().__init__()
        self._looked = looked
        self._change = change
        self._undo = undo
        self._take = take
        self._proposed: Mapping[str, Value] = {}
        self._values: dict[str, Any] = dict(looked.annotation.attributes)
        taken = {key for action in actions.of("inspect") for key in action.keys}
        self._letters = form.letters(looked.attributes, taken)
        self._form = Form()
        self._examples: Sequence[str] = ()
        self._typing = False

    @property
    def annotation_id(self) -> str:
        """Whose form it is."""
        return self._looked.annotation.id

    def compose(self) -> ComposeResult:
        """What it is about, the form and the guideline, the line to type in, what it says, the keys."""
        with Vertical(id="inspect-box"):
            yield Bar(id="inspect-title")
            with Horizontal(id="inspect-middle"):
                yield self._form
                yield Beside()
            yield ValueLine()
            yield Bar(id="inspect-says")
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the form."""
        annotation = self._looked.annotation
        quote = " ".join(annotation.quote[:200].split()) or "the article"
        title = f"{annotation.label or annotation.kind.upper()}  “{quote}”"
        by = "" if self._looked.own else f"by {annotation.annotator}: only its owner changes it"
        self.query_one("#inspect-title", Bar).show(left=title, right=[by])
        self.query_one(ValueLine).display = False
        self._fill()

    def on_resize(self) -> None:
        """Wrap the form anew."""
        self.call_after_refresh(self._fill)

    def show(self, annotation: Annotation | None) -> None:
        """Show what the library has now; None if the annotation is gone."""
        if annotation is None:
            self.dismiss()
            return
        self._values = dict(annotation.attributes)
        self._fill()

    def say(self, sentence: str) -> None:
        """Say something in the line under the form."""
        self.query_one("#inspect-says", Bar).show(left=sentence)

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

    def action_go_to(self, row: int) -> None:
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
        if not self._may():
            return
        self._typing = True
        line = self.query_one(ValueLine)
        line.display = True
        line.value = text
        line.cursor_position = len(text)
        line.placeholder = attribute.name
        line.focus()
        self.refresh_bindings()

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

    def end_typing(self) -> None:
        """Hide the line."""
        self._typing = False
        self.query_one(ValueLine).display = False
        self.say("")
        self._form.focus()

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

    def _fill(self) -> None:
        if not self.is_attached:
            return
        wide = self.app.size.width >= _WIDE
        self.set_class(wide, "-beside")
        width = (min(self.app.size.width, 120) - 38 if wide else self.app.size.width) - 4  # the pointer, a scrollbar
        lines = form.lines(self._looked.attributes, self._values, self._letters, width, self._open_proposals())
        height = max(3, min(len(lines), self.app.size.height - (4 if wide else _ROOM + 1)))
        self.query_one("#inspect-middle").styles.height = max(height, 12) if wide else height + 3
        self._form.styles.height = height
        self._form.fill(lines)
        self._tell()

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
