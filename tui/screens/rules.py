"""The rules about names on a screen: listed, counted, changed, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip

from store.entities.labels import ENGLISH
from store.errors import PostilError
from store.records import Rule
from tui import actions
from tui.desk import Desk
from tui.reading.cells import fit, one_line
from tui.reading.names import MEANINGS
from tui.screens.reaching import Reaching, places
from tui.widgets.bars import Bar, KeyBar
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from store.library import Library

NEVER = "never"
"""How a rule without a label is written."""

_LABEL, _CASE, _SCOPE, _WHO = 12, 9, 13, 12


class RuleTable(RowList):
    """Rules, a line each."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name for it
        """Empty until `show`."""
        super().__init__(id=id)
        self.rules: Sequence[Rule] = ()

    def show(self, rules: Sequence[Rule]) -> None:
        """Show these rules; the cursor stays on its row."""
        self.rules = rules
        self.set_row_count(len(rules))

    def paint(self, index: int, width: int, style: Style) -> Strip:
        """One rule."""
        rule = self.rules[index]
        quiet = style + self.get_component_rich_style("rows--quiet", partial=True)
        mark = "▸ " if index == self.cursor else "  "
        about = (
            fit("" if rule.case_sensitive else "any case", _CASE)
            + fit("everywhere" if rule.article_id is None else "one article", _SCOPE)
            + (fit(one_line(rule.annotator), _WHO) if width >= 70 else "")
        )
        words = max(8, width - 2 - _LABEL - len(about))
        return Strip(
            [
                Segment(mark + fit(one_line(rule.pattern), words), style),
                Segment(fit(rule.label or NEVER, _LABEL), style),
                Segment(about, quiet),
            ]
        )


class RulesScreen(Reaching):
    """Every rule of the library."""

    BINDINGS = actions.bindings("rules")
    AUTO_FOCUS = "RuleTable"

    class Listed(Message):
        """The rules are known, and what to say of them."""

        def __init__(self, rules: Sequence[Rule], said: str) -> None:
            self.rules = rules
            self.said = said
            super().__init__()

    def __init__(self, desk: Desk) -> None:
        """Show the rules of the library of `desk`."""
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """Title, rules, what is said, keys."""
        yield Bar(id="title")
        yield RuleTable(id="hits")
        yield Bar(id="status")
        yield KeyBar()

    def on_mount(self) -> None:
        """List them."""
        self.query_one("#title", Bar).show(left="postil · rules about names", right=[])
        self._change(lambda _: "")

    @work(group="change")
    async def _change(self, do: Callable[[Library], str]) -> None:
        """Do something to the rules, and list them as they are then."""

        def done(library: Library) -> tuple[list[Rule], str]:
            said = do(library)
            return library.rules.all(), said

        try:
            rules, said = await self._desk.act(done)
        except PostilError as error:
            self._say(error.sentence)
        else:
            self.post_message(self.Listed(rules, said))

    def on_rules_screen_listed(self, message: Listed) -> None:
        """Show them."""
        self.query_one(RuleTable).show(message.rules)
        number = len(message.rules)
        some = f"{number:,} rule{'' if number == 1 else 's'} · enter counts the places of one"
        none = "No rules yet: a capital (Y, X or a label's) makes one while names are decided on (e)."
        self._say(message.said or (some if number else none))

    @property
    def _rule(self) -> Rule | None:
        table = self.query_one(RuleTable)
        return table.rules[table.cursor] if table.rules else None

    def on_row_list_chosen(self) -> None:
        """Count the places of a rule."""
        if self._rule is not None:
            self._count(self._rule)

    def on_reaching_counted(self, message: Reaching.Counted) -> None:
        """Say how many there are."""
        note = f" · {message.rule.note}" if message.rule.note else ""
        self._say(f"“{message.rule.pattern}” stands in {places(message.reach)}{note}")

    def action_relabel(self) -> None:
        """Choose what the rule under the cursor says."""
        rule = self._rule
        if rule is None:
            return
        from tui.widgets.chooser import Chooser, Option

        options = [Option("x", NEVER, "it is never a name")]
        options += [
            Option(actions.NAME_KEYS.get(label, (" ", ""))[0], label, MEANINGS.get(label, ""))
            for label in dict.fromkeys([*ENGLISH, *([rule.label] if rule.label else [])])
        ]

        def chosen(label: str | None) -> None:
            if label is not None:
                self._relabel(rule, None if label == NEVER else label)

        self.app.push_screen(Chooser(f"{one_line(rule.pattern)} is", options), chosen)

    def _relabel(self, rule: Rule, label: str | None) -> None:
        def do(library: Library) -> str:
            library.rules.change(rule.id, label=label)
            return f"{rule.pattern}: {label or NEVER} · u undoes"

        self._change(do)

    def action_case(self) -> None:
        """Let case count for the rule under the cursor, or no more."""
        rule = self._rule
        if rule is None:
            return

        def do(library: Library) -> str:
            library.rules.change(rule.id, label=rule.label, case_sensitive=not rule.case_sensitive)
            return f"{rule.pattern}: {'in any case' if rule.case_sensitive else 'in this case only'} · u undoes"

        self._change(do)

    def action_withdraw(self) -> None:
        """Withdraw the rule under the cursor."""
        rule = self._rule
        if rule is None:
            return

        def do(library: Library) -> str:
            library.rules.withdraw(rule.id)
            return f"{rule.pattern}: withdrawn · u undoes"

        self._change(do)

    def action_undo(self) -> None:
        """Undo the annotator's last act, here or in an article."""

        def do(library: Library) -> str:
            undone = library.history.undo()
            return "There is nothing to undo." if undone is None else f"undone: {undone.action}"

        self._change(do)

    def action_leave(self) -> None:
        """Back to where this screen was opened."""
        self.dismiss(None)

    def _say(self, sentence: str) -> None:
        self.query_one("#status", Bar).show(left=sentence)
