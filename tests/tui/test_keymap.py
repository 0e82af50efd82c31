"""The reader's own keys: laid over the actions, refused with a sentence where they cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import SettingsError
from tests.conftest import article
from tests.tui.drive import NO_PIPELINE, Session
from tui import actions
from tui.app import PostilApp
from tui.keymap import TOGETHER, Keymap
from tui.settings import Settings, load
from tui.widgets.bars import KeyBar

FILE = Path("config.toml")


def keys(said: dict[str, object], action_id: str) -> tuple[str, ...]:
    return Keymap.read(said, FILE).keys(actions.BY_ID[action_id])


def mistake(said: dict[str, object]) -> str:
    with pytest.raises(SettingsError) as raised:
        Keymap.read(said, FILE)
    return raised.value.sentence


def test_without_a_table_every_action_has_its_own_keys() -> None:
    assert all(Keymap().keys(action) == action.keys for action in actions.ACTIONS)


@pytest.mark.parametrize(
    ("sign", "key"),
    [
        ("x", "x"), ("X", "X"), (";", "semicolon"), ("semicolon", "semicolon"), ("ctrl+x", "ctrl+x"), ("f2", "f2"),
        ("F2", "f2"), ("alt+pgdn", "alt+pagedown"), ("del", "delete"), ("+", "plus"), (" ", "space"),
    ],
)  # fmt: skip
def test_a_key_is_written_as_a_person_would(sign: str, key: str) -> None:
    assert keys({"help.close": sign}, "help.close") == (key,)  # in the help no other action has a sign for its key


def test_dotted_and_quoted_names_are_the_same() -> None:
    assert keys({"reader": {"claim": "X"}}, "reader.claim") == keys({"reader.claim": "X"}, "reader.claim") == ("X",)


def test_two_actions_may_change_places() -> None:
    swapped: dict[str, object] = {"reader.claim": "a", "reader.note": "c"}
    assert keys(swapped, "reader.claim") == ("a",)
    assert keys(swapped, "reader.note") == ("c",)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"reader.claims": "x"},
         "config.toml gives a key to reader.claims, which is no action: do you mean reader.claim?"),
        ({"zzz": "x"}, "config.toml gives a key to zzz, which is no action; the help (?) and the README list them."),
        ({"reader.claim": 5}, 'config.toml says reader.claim = 5: write a key as "x", or several as ["x", "ctrl+x"].'),
        ({"reader.claim": []},
         'config.toml says reader.claim = []: write a key as "x", or several as ["x", "ctrl+x"].'),
        ({"reader.claim": "5"}, "config.toml gives reader.claim the key 5: digits count, as in 3), and stay so."),
        ({"text.count": "x"}, "config.toml gives a key to text.count: its keys are the digits, and stay so."),
        ({"reader.claim": "ctrl+m"},
         "config.toml gives reader.claim only ctrl+m, which many terminals take for another key: add one."),
        ({"reader.claim": "d"},
         "config.toml gives reader.claim the key d, which is reader.withdraw (withdraw): "
         "choose another, or give reader.withdraw another too."),
        ({"text.word": "c"},
         "config.toml gives text.word the key c, which is reader.claim (claim): "
         "choose another, or give reader.claim another too."),
    ],
)  # fmt: skip
def test_a_mistake_gets_a_sentence(said: dict[str, object], told: str) -> None:
    assert mistake(said) == told


@pytest.mark.parametrize("sign", ["nokey", "hyper+x", "ctrl+nokey"])
def test_what_is_no_key_is_named(sign: str) -> None:
    assert f"the key {sign}" in mistake({"reader.claim": sign})


some_keys = st.sampled_from([*"abcxyzABC", "f3", "ctrl+t"])


@given(st.dictionaries(st.sampled_from(sorted(actions.BY_ID)), some_keys, max_size=4))
def test_no_accepted_keymap_gives_one_key_two_meanings(said: dict[str, object]) -> None:
    try:
        keymap = Keymap.read(said, FILE)
    except SettingsError:
        return
    for places in TOGETHER:
        for action in actions.of(*places):
            assert keymap.keys(action)
        changed = [key for action in actions.of(*places) if action.id in said for key in keymap.keys(action)]
        others = [key for action in actions.of(*places) if action.id not in said for key in keymap.keys(action)]
        assert len(set(changed)) == len(changed)
        assert not set(changed) & set(others)


async def test_the_keys_of_config_toml_work_and_are_shown_everywhere(own_home: Path, library_path: Path) -> None:
    config = own_home / "XDG_CONFIG_HOME" / "postil" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[keys]\nreader.claim = "X"\n"text.sentence" = ["x", "f4"]\n"reader.note" = "c"\n', "utf-8")
    settings = load(library=library_path, annotator="ada", environment={"POSTIL_PIPELINE": NO_PIPELINE})
    app = PostilApp(settings, first=article("One sentence. Another one."))
    async with app.run_test(size=(120, 24)) as pilot:
        session = Session(app, pilot)
        await session.until_saved()
        await session.keys("x", "X")
        await session.until(lambda: "1 claim" in session.title)
        assert session.pane.caret == len("One sentence. ")
        footer = session.reader.query_one(KeyBar).render_line(0).text
        assert "x sentence" in footer
        assert "X claim" in footer
        assert "c note" in footer
        titles = [command.title for command in app.get_system_commands(app.screen)]
        assert "next sentence (x f4)" in titles
        await session.keys("question_mark")
        from tui.screens.help import rows

        assert ("x f4", "next sentence") in [*rows("text", settings.keys)]
    app.close()


def test_settings_without_keys_have_the_usual_ones(library_path: Path) -> None:
    assert Settings(library_path, "ada").keys == Keymap()
