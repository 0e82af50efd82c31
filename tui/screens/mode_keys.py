"""Keys of a mode: while the mode lasts they come before those of the text, in the order in which they were typed.

Textual's own priority bindings would not do: they are looked at when a key arrives, before the keys in front of it
have reached the text. Over a slow link `e` and `y` arrive together, and `y` would still mean what it means outside.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.actions import parse
from textual.binding import ActiveBinding, Binding, BindingsMap

from tui.screens.article_screen import ArticleScreen

if TYPE_CHECKING:
    from textual.binding import BindingType


class ModeKeys(ArticleScreen):
    """A screen with a mode that has keys of its own."""

    MODE_BINDINGS: ClassVar[list[BindingType]]

    @property
    @abstractmethod
    def mode_has_keys(self) -> bool:
        """Whether the keys of the mode are keys now."""

    @cached_property
    def _mode_keys(self) -> BindingsMap:
        # A map of their own, as the reader of config.toml has them: in one map with the screen's keys, a key that is
        # given to an action of the one would be taken from the other.
        keys = BindingsMap(self.MODE_BINDINGS)
        keys.apply_keymap(self.app._keymap)
        return keys

    def _mode_bindings(self) -> Iterator[tuple[str, Binding]]:
        if self.mode_has_keys:
            for key, binding in self._mode_keys:
                _, name, parameters = parse(binding.action)
                if self.check_action(name, parameters):
                    yield key, binding

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """What each key does now, for the line of keys."""
        mine = {key: ActiveBinding(self, binding, True, binding.tooltip) for key, binding in self._mode_bindings()}
        return super().active_bindings | mine

    async def take_mode_key(self, key: str) -> bool:
        """Do what the key does in the mode. False: it is none of the mode's."""
        binding = dict(self._mode_bindings()).get(key)
        return binding is not None and await self.app.run_action(binding.action, self)
