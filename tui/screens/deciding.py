"""The names' own mode: from one undecided name to the next, a key each; capitals settle all places of some words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from store.entities import gold, labels, matching
from store.entities.gold import Decision, Shown, Standing
from store.errors import PostilError
from store.records import Entity, Rule
from tui import actions
from tui.acts import Acted, Refused
from tui.name_acts import NameActs
from tui.opening import Opened
from tui.reading import borders, describe
from tui.reading.borders import Side, Unit
from tui.reading.marks import Layer
from tui.reading.names import MEANINGS
from tui.reading.page import Span
from tui.screens.mode_keys import ModeKeys
from tui.screens.naming import Naming
from tui.screens.reaching import Reaching, places

if TYPE_CHECKING:
    pass

_SOUGHT = 64
"""Stretches that a key looks through for an undecided name; the rest is looked through after the frame."""

_SOUGHT_AT_ONCE = 8
"""Stretches that are looked through then, between two pauses in which keys are heard."""

_PAUSE = 0.005
"""Seconds."""

_MANY = 1000
"""Places from which on a capital is asked about again."""

_CALLS = frozenset(
    "judge judge_all name_as name_all_as choose_name choose_name_for_all next_undecided everywhere border"
    " leave_names".split()
)
"""The actions that are keys in the mode only."""

STANDINGS = {
    Standing.UNDECIDED: "undecided",
    Standing.ACCEPTED: "accepted",
    Standing.RELABELLED: "label decided",
    Standing.MOVED: "borders decided",
    Standing.ADDED: "added",
    Standing.RULED: "by a rule",
    Standing.REJECTED: "no name, decided",
    Standing.RULED_OUT: "no name, by a rule",
}
"""How the standing of a name is told."""


class Target(NamedTuple):
    """What the next key decides on."""

    span: Span
    name: Shown | None
    """The name that it is about; None for words that are none yet."""


class Deciding(ModeKeys, Naming, Reaching):
    """A screen on which names are decided on."""

    MODE_BINDINGS = actions.bindings("deciding")

    _acts: NameActs

    def __init__(self) -> None:
        """Not in the mode."""
        super().__init__()
        self.deciding = False
        """Whether the keys decide on names now."""
        self._pipeline_version = ""
        self._labels_of_names: Sequence[str] = labels.ENGLISH
        self._moved_to: tuple[int, Target] | None = None
        """The name whose borders were moved, and where the caret was."""
        self._handed: set[Span] = set()
        """Places that were decided on and are not on the disk yet."""
        self._rule: Rule | None = None
        """What a capital settled last."""
        self._asked: object = None
        """What was asked about, so that the same key again does it."""
        self._go_on_then = False
        self._sought: Iterator[Shown | None] | None = None
        """The names among which the next undecided one is looked for."""

    def _show_names(self, opened: Opened) -> None:
        super()._show_names(opened)
        self._pipeline_version = opened.pipeline
        self._labels_of_names = opened.name_labels or labels.ENGLISH

    # The mode

    def action_decide(self) -> None:
        """Begin with the next undecided name."""
        self.pane.take_count()
        if not self.library_is_open:
            self._say("The library is still being opened.")
            return
        self.deciding = True
        if Layer.ENTITY in self.pane.hidden:  # until they are hidden again: nobody decides on what cannot be seen
            self.pane.hidden -= {Layer.ENTITY}
        self.pane.cursor.remember()
        here = self.overlay.at(self.pane.caret)
        self._go_on(here.start if here is not None else self.pane.caret)
        self.refresh_bindings()

    def action_leave_names(self) -> None:
        """Drop the selection, or the borders that were moved, or the question; else leave the mode."""
        if self.pane.cursor.selecting or self._moved_to is not None or self._asked is not None:
            self.pane.cursor.drop()
            self._moved_to = self._asked = None
            self.pane.go_to(self.pane.caret)
            self._point()
            return
        self.deciding = False
        self._rule = None
        self._said = ""
        self._point()
        self.refresh_bindings()

    @property
    def mode_has_keys(self) -> bool:
        """In the mode, but not in the panel."""
        return self.deciding and self.focused is self.pane

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The mode's keys are keys in the mode only, and in the text only; a label's key if the pipeline has it."""
        if action not in _CALLS:
            return super().check_action(action, parameters)
        if not self.mode_has_keys:
            return False
        return not action.startswith("name_") or self._own_label(str(parameters[0])) is not None

    def applies(self, action_id: str) -> bool:
        """In the mode the footer shows its keys, and few others."""
        if not self.deciding:
            return not action_id.startswith("deciding.") and super().applies(action_id)
        if action_id == "deciding.everywhere":
            return self._rule is not None
        if action_id.startswith("reader."):
            return action_id == "reader.undo"
        return super().applies(action_id)

    def _own_label(self, label: str) -> str | None:
        """The pipeline's label for one of the keys' labels: some call a person PER."""
        known = self._labels_of_names
        return label if label in known else "PER" if label == "PERSON" and "PER" in known else None

    # Going from name to name

    def action_next_undecided(self, direction: int) -> None:
        """Go on without deciding."""
        self.pane.take_count()
        target = self._target()
        name = target.name if target else None
        if direction > 0:
            self._go_on(max(self.pane.caret + 1, name.end if name else 0))
        else:
            self._go_on(name.start if name else self.pane.caret, -1)

    def _go_on(self, offset: int, direction: int = 1) -> None:
        """Go to the next undecided name, round the end of the text if need be."""
        self._moved_to = None
        self.pane.cursor.drop()
        self._sought = self._undecided(offset, direction)
        self._seek(self._sought, _SOUGHT)

    def _undecided(self, offset: int, direction: int) -> Iterator[Shown | None]:
        yield from self.overlay.undecided(offset, direction)
        yield from self.overlay.undecided(0 if direction > 0 else len(self.article.text) - 1, direction)

    def _seek(self, names: Iterator[Shown | None], most: int) -> None:
        """Look through so many stretches, and through more of them a few at a time, unless something else is sought."""
        if names is not self._sought or not self.deciding:
            return
        for _ in range(most):
            try:
                name = next(names)
            except StopIteration:
                self._point()
                self._say("Every name that is known here is decided on · esc leaves")
                return
            if name is not None and (name.start, name.end) not in self._handed:
                self.pane.go_to(name.start)
                self._point()
                return
        if most == _SOUGHT:
            self._say("looking for the next undecided name …")
        self.set_timer(_PAUSE, partial(self._seek, names, _SOUGHT_AT_ONCE))

    def _target(self) -> Target | None:
        """What a key decides on: the selection, else the name under the caret, with its borders as they were moved."""
        pane = self.pane
        if pane.cursor.selecting:
            selected = pane.cursor.selected
            span = selected[0][0], selected[-1][1]
            over = self.overlay.within(span)
            return Target(span, over[0] if len(over) == 1 else None)
        if self._moved_to is not None and self._moved_to[0] == pane.caret:
            return self._moved_to[1]
        name = self.overlay.at(pane.caret)
        return Target((name.start, name.end), name) if name else None

    def _point(self) -> None:
        """Point out what a key would decide on, and say it."""
        target = self._target() if self.deciding and not self.pane.cursor.selecting else None
        self.pane.pointed = target.span if target else None
        self.pane.refresh()
        self._show_status()

    def on_reading_pane_moved(self) -> None:
        """Point out the name under the caret."""
        if self.deciding:
            if self._moved_to is not None and self._moved_to[0] != self.pane.caret:
                self._moved_to = None
            self._point()

    def action_border(self, side: Side, direction: int, unit: Unit) -> None:
        """Move a border of the name; the decision that follows takes it as it is then."""
        target = self._target()
        if target is None:
            self._say("There is no name here: v selects one, and a label's key makes it a name.")
            return
        span = borders.moved(self.article.text, target.span, side, direction, unit)
        self.pane.cursor.drop()
        self._moved_to = (self.pane.caret, Target(span, target.name))
        self._point()

    # Deciding on one place

    def action_judge(self, what: str) -> None:
        """Accept the name as it is pointed out, or reject it."""
        self._asked = None
        target = self._target()
        if target is None or target.name is None:
            self._say("There is no name here: v selects one, and a label's key makes it a name.")
        elif what == Decision.REJECT:
            self._hand_in_decision(Decision.REJECT, Target((target.name.start, target.name.end), target.name),
                                   target.name.label)  # fmt: skip
        else:
            same = target.span == (target.name.start, target.name.end)
            self._hand_in_decision(Decision.ACCEPT if same else Decision.BORDER, target, target.name.label)

    def action_name_as(self, label: str) -> None:
        """Give the name, or the selection, a label."""
        self._label_it(self._own_label(label) or label)

    def _label_it(self, label: str) -> None:
        self._asked = None
        target = self._target()
        if target is None:
            self._say("There is no name here: v selects one, and a label's key makes it a name.")
        elif target.name is None:
            self._hand_in_decision(Decision.ADD, target, label)
        elif target.name.label != label:
            self._hand_in_decision(Decision.RELABEL, target, label)
        else:
            self.action_judge(Decision.ACCEPT)

    def _hand_in_decision(self, what: Decision, target: Target, label: str) -> None:
        predicted, pipeline = self._predicted(target.name)
        self._handed.add((target.name.start, target.name.end) if target.name else target.span)
        self._act(self._acts.decide(what, target.span, label, predicted, pipeline))
        self._go_on(target.span[1])

    def _predicted(self, name: Shown | None) -> tuple[Entity | None, str]:
        """What was predicted where a name is decided on, and by what."""
        if name is None:
            return None, ""
        earlier = self.overlay.decision(name.source)
        if earlier is not None:
            span = earlier.attributes.get("predicted")
            return Entity(*span) if span else None, str(earlier.attributes.get("pipeline", ""))
        by = f"rule {name.source}" if name.standing is Standing.RULED else self._pipeline_version
        return Entity(name.start, name.end, name.label), by

    def action_choose_name(self) -> None:
        """Choose a label by its key or a part of its name."""
        self._choose("this is", self._label_if_chosen)

    def _label_if_chosen(self, label: str | None) -> None:
        if label is not None:
            self._label_it(label)

    def _choose(self, title: str, then: Callable[[str | None], None] | Callable[[str | None], Awaitable[None]]) -> None:
        from tui.widgets.chooser import Chooser, Option

        if self._target() is None:
            self._say("There is no name here: v selects one, and a label's key makes it a name.")
            return
        keys = {self._own_label(label): key for label, (key, _) in actions.NAME_KEYS.items()}
        options = [Option(keys.get(label, " "), label, MEANINGS.get(label, "")) for label in self._labels_of_names]
        self.app.push_screen(Chooser(title, options), then)

    # Deciding on all places of the same words

    async def action_judge_all(self, what: str) -> None:
        """Accept or reject the same words in the whole article."""
        target = self._target()
        name = target.name if target else None
        if what == Decision.ACCEPT and name is None:
            self._say("There is no name here: v selects one, and a label's capital makes all places names.")
        else:
            await self._settle(None if what == Decision.REJECT or name is None else name.label)

    async def action_name_all_as(self, label: str) -> None:
        """Give the same words in the whole article a label."""
        await self._settle(self._own_label(label) or label)

    def action_choose_name_for_all(self) -> None:
        """Choose a label for the same words in the whole article."""
        self._choose("all of them are", self._settle_if_chosen)

    async def _settle_if_chosen(self, label: str | None) -> None:
        if label is not None:
            await self._settle(label)

    async def _settle(self, label: str | None) -> None:
        """Make a rule for the article of what is pointed out; asked again first, where it has very many places."""
        target = self._target()
        if target is None:
            self._say("There is no name here: v selects one, and a capital makes all places names.")
            return
        text, at = self.article.text, target.span
        words = matching.normal(text[slice(*gold.core(text, *at))])
        await self._saving.settled()  # decisions may come in one burst
        try:
            places = await self._desk.ask(lambda _: matching.count(text, words, True, most=len(text)))
            what = _what(words, label)
            if places >= _MANY and self._asked != (words, label):
                self._asked = (words, label)
                self._say(f"{what}: {places:,} places here · the same key again does it · esc does not")
                return
            self._asked = None
            self._saving.begin()
            self._go_on_then = True
            said = f"{what}, {places:,} place{'' if places == 1 else 's'} here · E every article · u undoes"
            self._rule = await self._acts.rule_here(words, label, at, said)
        except PostilError:  # told by a message
            self._go_on_then = False
        self.refresh_bindings()

    def action_everywhere(self) -> None:
        """Count how far the last rule would reach; the same key again does it."""
        if self._rule is None:
            self._say("First a capital: Y, X or a label's settles the name in this article, E then in every one.")
        elif self._asked == self._rule:
            rule, self._rule, self._asked = self._rule, None, None
            self._act(self._acts.rule_everywhere(rule.id, f"{_what(rule.pattern, rule.label)}, everywhere · u undoes"))
        else:
            self._count(self._rule)

    def on_reaching_counted(self, message: Reaching.Counted) -> None:
        """Ask."""
        rule = self._asked = message.rule
        self._say(f"{_what(rule.pattern, rule.label)}: {places(message.reach)} · E does it · esc does not")

    # Hearing what came of it

    def on_acted(self, message: Acted) -> None:
        """Go on from a name that was settled in all its places."""
        if self._go_on_then and message.rules is not None:
            self._go_on_then = False
            self.call_next(self._go_on_and_say, message.said)
        elif self.deciding:
            self.call_next(self._heard)

    def _heard(self) -> None:
        """What was handed in and is shown now was kept; the rest is on its way still."""
        standing = {span: self.overlay.at(span[0]) for span in self._handed}
        self._handed = {span for span, name in standing.items() if name and name.standing is Standing.UNDECIDED}
        self._point()

    def _go_on_and_say(self, said: str) -> None:
        self._heard()
        self._go_on(self.pane.caret)
        self._say(said)

    def on_refused(self, _message: Refused) -> None:
        """Nothing was decided: the name is undecided still."""
        self._handed.clear()
        self._go_on_then = False

    # Telling

    def _show_status(self) -> None:
        super()._show_status()
        if not self.deciding or self.pane.count is not None:
            return
        asked = self._question()
        said = self._said
        left = f"{said} · {asked}" if said and asked and self._asked is None else said or asked
        left = left or "no name here · space the next undecided one · esc leaves"
        self._status.show(left=left, right=[describe.share(self.pane.caret, len(self.article.text))])

    def _question(self) -> str:
        """What is pointed out, how it stands, and the labels' keys."""
        target = self._target()
        if target is None:
            return ""
        name = target.name
        words = describe.short(self.article.text[slice(*target.span)])
        keys = "  ".join(
            f"{key} {own}"
            for label, (key, _) in actions.NAME_KEYS.items()
            if (own := self._own_label(label)) is not None
        )
        if self._said:
            keys = ""
        if name is None:
            return f"{words}: which name? {keys}".rstrip()
        if target.span != (name.start, name.end):
            return (
                f"{name.label} {words} ← “{describe.short(self.article.text[name.start : name.end])}”? {keys}".rstrip()
            )
        if name.standing is Standing.UNDECIDED:
            return f"{name.label} {words}? {keys}".rstrip()
        return f"{name.label} {words} ({STANDINGS[name.standing]}) {keys}".rstrip()


def _what(words: str, label: str | None) -> str:
    return f"{describe.short(words)} is {'no name' if label is None else label}"
