"""The reader's own keys: the `[keys]` table of config.toml, laid over the actions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import SettingsError
from tui import actions
from tui.actions import Action

TOGETHER = (
    ("text", "select", "reader", "app"),
    ("list", "reader", "app"),
    ("list", "library", "app"),
    ("list", "find", "app"),
    ("list", "names", "app"),
    ("list", "rules", "app"),
    ("list", "hanging", "app"),
    ("list", "drafts", "app"),
)
"""Places whose actions apply at the same time. Any other place stands alone with the app's own actions."""

_ONLY_WITH_ANOTHER = frozenset(("ctrl+j", "ctrl+m", "ctrl+h", "ctrl+i", "ctrl+s"))
"""Keys that a terminal takes for another or keeps for itself: never the only one of an action."""

_NAMED = frozenset(
    "space enter tab escape backspace delete insert home end pageup pagedown up down left right".split()
) | {f"f{number}" for number in range(1, 25)}

_WORDS = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "del": "delete", "return": "enter", " ": "space"}
"""How people write keys, besides the signs themselves."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """Which keys do what: the defaults, but for the actions that the reader gave others."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By action: Textual's names of the keys, the one that is shown first."""

    @classmethod
    def read(cls, said: Mapping[str, object], path: Path) -> Keymap:
        """The keymap that a `[keys]` table describes; `path` is the file that it stands in.

        Raises:
            SettingsError: it names an action or a key that does not exist, or gives one key two meanings.
        """
        known = {action.id: action for action in actions.ACTIONS}
        chosen: dict[str, tuple[str, ...]] = {}
        for name, value in _flat(said):
            if name not in known:
                raise SettingsError(f"{path} gives a key to {name}, which is no action{_nearest(name, known)}")
            if "{key}" in known[name].call:
                raise SettingsError(f"{path} gives a key to {name}: its keys are the digits, and stay so.")
            signs = [value] if isinstance(value, str) else value
            if not isinstance(signs, list) or not signs or not all(isinstance(sign, str) for sign in signs):
                raise SettingsError(
                    f'{path} says {name} = {value!r}: write a key as "x", or several as ["x", "ctrl+x"].'
                )
            keys = tuple(_key(sign, name, path) for sign in signs)
            if all(key in _ONLY_WITH_ANOTHER for key in keys):
                raise SettingsError(
                    f"{path} gives {name} only {', '.join(signs)}, which many terminals take for another key: add one."
                )
            chosen[name] = keys
        keymap = cls(chosen)
        keymap._refuse_clashes(path)
        return keymap

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, in Textual's names, the one that is shown first."""
        return self.chosen.get(action.id, action.keys)

    def overrides(self) -> dict[str, str]:
        """What `App.set_keymap` takes."""
        return {name: ",".join(keys) for name, keys in self.chosen.items()}

    def _refuse_clashes(self, path: Path) -> None:
        for places in _groups():
            meanings: dict[str, Action] = {}
            for action in actions.of(*places):
                for key in self.keys(action):
                    other = meanings.setdefault(key, action)
                    if other is action or not {other.id, action.id} & self.chosen.keys():
                        continue
                    ours, theirs = (action, other) if action.id in self.chosen else (other, action)
                    raise SettingsError(
                        f"{path} gives {ours.id} the key {actions.sign(key)}, which is {theirs.id} ({theirs.words}): "
                        f"choose another, or give {theirs.id} another too."
                    )


def _groups() -> Iterator[tuple[str, ...]]:
    yield from TOGETHER
    grouped = {place for places in TOGETHER for place in places}
    yield from ((place, "app") for place in actions.PLACES if place not in grouped)


def _flat(said: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """`"reader.claim" = ...` and `reader.claim = ...` alike: TOML makes a table in a table of the second."""
    for name, value in said.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _key(sign: str, name: str, path: Path) -> str:
    """Textual's name of a key as a person writes it."""
    *modifiers, last = sign.split("+") if len(sign) > 1 else [sign]
    if sign.endswith("++"):
        modifiers, last = sign[:-2].split("+"), "+"
    modifiers = [modifier.lower() for modifier in modifiers]
    word = _WORDS.get(last.lower(), last)
    if word.isdecimal() and not modifiers:
        raise SettingsError(f"{path} gives {name} the key {sign}: digits count, as in 3), and stay so.")
    if not set(modifiers) <= {"ctrl", "alt", "shift"}:
        raise SettingsError(f"{path} gives {name} the key {sign}: before a key stands ctrl, alt or shift, and a +.")
    from textual.keys import _character_to_key, key_to_character

    if len(word) == 1:
        return "+".join([*modifiers, _character_to_key(word)])
    if word.lower() in _NAMED:
        return "+".join([*modifiers, word.lower()])
    if key_to_character(word.lower()) is not None:  # Textual's own name of a sign
        return "+".join([*modifiers, word.lower()])
    raise SettingsError(
        f"{path} gives {name} the key {sign}, which is none: write x, ctrl+x, f2, space, pgdn or the like."
    )


def _nearest(name: str, known: Mapping[str, Action]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1, 0.5)
    return f": do you mean {near[0]}?" if near else "; the help (?) and the README list them."
