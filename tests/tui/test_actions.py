"""The registry of actions: nothing is bound, shown or documented that is not in it, and nothing in it is missing."""

from __future__ import annotations

import inspect
import runpy
from collections import defaultdict
from pathlib import Path

import pytest
from textual.app import App
from textual.widget import Widget

from tests.conftest import ROOT
from tui import actions
from tui.app import PostilApp
from tui.screens.differing import DifferingScreen
from tui.screens.drafts import DraftsScreen
from tui.screens.finding import FindScreen
from tui.screens.hanging import HangingScreen
from tui.screens.help import HelpScreen
from tui.screens.library import LibraryScreen
from tui.screens.metadata import MetadataForm
from tui.screens.names import NamesScreen
from tui.screens.reader import ReaderScreen
from tui.screens.rules import RulesScreen
from tui.screens.stats import StatsScreen
from tui.screens.versions import VersionsScreen
from tui.widgets.add_line import PathLine
from tui.widgets.chooser import Chooser
from tui.widgets.form import Form, ValueLine
from tui.widgets.group_chooser import GroupChooser
from tui.widgets.note_editor import NoteEditor, _Ask
from tui.widgets.pane import ReadingPane
from tui.widgets.rows import RowList
from tui.widgets.search_line import SearchLine

OWNERS: dict[str, type[Widget] | type[App[Path]]] = {
    "app": PostilApp,
    "library": LibraryScreen,
    "find": FindScreen,
    "names": NamesScreen,
    "rules": RulesScreen,
    "stats": StatsScreen,
    "list": RowList,
    "text": ReadingPane,
    "select": ReadingPane,
    "reader": ReaderScreen,
    "deciding": ReaderScreen,
    "search": SearchLine,
    "choose": Chooser,
    "grouping": GroupChooser,
    "add": PathLine,
    "hanging": HangingScreen,
    "drafts": DraftsScreen,
    "versions": VersionsScreen,
    "diff": DifferingScreen,
    "inspect": Form,
    "metadata": MetadataForm,
    "value": ValueLine,
    "note": NoteEditor,
    "ask": _Ask,
    "help": HelpScreen,
}


def test_every_place_has_an_owner_and_a_name() -> None:
    assert {action.place for action in actions.ACTIONS} == set(OWNERS) == set(actions.PLACES)


def test_ids_are_unique() -> None:
    ids = [action.id for action in actions.ACTIONS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("action", actions.ACTIONS, ids=lambda action: action.id)
def test_the_owner_of_an_action_can_do_it(action: actions.Action) -> None:
    name = action.call.partition("(")[0]
    assert callable(getattr(OWNERS[action.place], f"action_{name}", None))


@pytest.mark.parametrize("action", actions.ACTIONS, ids=lambda action: action.id)
def test_an_action_has_words_and_help(action: actions.Action) -> None:
    assert action.words
    assert len(action.words) <= 16, "the bar of keys has little room"
    assert action.help
    assert not action.help.endswith(".")


@pytest.mark.parametrize("owner", dict.fromkeys(OWNERS.values()), ids=lambda owner: owner.__name__)
def test_an_owner_binds_exactly_the_actions_of_its_places(owner: type[Widget]) -> None:
    declared = [*inspect.getattr_static(owner, "BINDINGS"), *getattr(owner, "MODE_BINDINGS", ())]
    bound = {binding.id for binding in declared}
    places = [place for place, its_owner in OWNERS.items() if its_owner is owner]
    assert bound == {action.id for action in actions.of(*places)}


def test_no_key_means_two_things_in_one_place() -> None:
    """Selecting is a place of its own, but on top of the text: together they must not clash either."""
    for places in [*((place,) for place in actions.PLACES), ("text", "select")]:
        meanings = defaultdict(set)
        for action in actions.of(*places):
            for key in action.keys:
                meanings[key].add(action.id)
        assert {key: ids for key, ids in meanings.items() if len(ids) > 1} == {}


def test_no_key_is_the_only_one_that_a_terminal_takes_for_another() -> None:
    """ctrl+j, m, h and i arrive as enter, enter, backspace and tab; ctrl+s may stop the output."""
    taken = {"ctrl+j", "ctrl+m", "ctrl+h", "ctrl+i", "ctrl+s"}
    for action in actions.ACTIONS:
        assert set(action.keys) - taken, f"{action.id} has no other key"


def test_the_reading_screen_does_not_hide_a_key_of_the_text() -> None:
    text = {key for action in actions.of("text") for key in action.keys}
    reader = {key for action in actions.of("reader", "app") for key in action.keys}
    assert text & reader == set()


def test_the_readme_is_what_the_code_says() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "make_readme.py"))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert made["filled"](readme) == readme, "run python docs/make_readme.py"


def test_every_action_is_in_the_readme_or_in_its_dialog() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for action in actions.ACTIONS:
        if action.place not in {"ask", "help"}:  # the dialog itself shows these, and has no other keys
            assert action.help in readme, action.id
