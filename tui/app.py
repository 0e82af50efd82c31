"""PostilApp: the screens, the themes, and what is there on every screen."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from store.errors import ArticleError, PostilError
from tui import actions, hanging_up, locations, memory
from tui.desk import Desk
from tui.entity_feed import EntityFeed
from tui.preferences import Remembered
from tui.screens.first import FirstScreen
from tui.settings import Settings
from tui.themes import THEMES, VARIABLES

if TYPE_CHECKING:
    from store.articles.files import Item
    from store.articles.sources import Options
    from store.library import Library
    from store.records import Article
    from tui.opening import LibraryFailed, Opened
    from tui.screens.reader import ReaderScreen


@runtime_checkable
class TakesKeys(Protocol):
    """A screen or a widget that is written in."""

    def take_key(self, event: events.Key) -> bool:
        """Take a key that was on its way to what had the focus before; whether it was wanted."""


@runtime_checkable
class HasMode(Protocol):
    """A screen with a mode that has keys of its own."""

    @property
    def mode_has_keys(self) -> bool:
        """Whether the keys of the mode are keys now."""

    async def take_mode_key(self, key: str) -> bool:
        """Do what the key does in the mode; whether it is one of its keys."""


@runtime_checkable
class IsLeft(Protocol):
    """A screen that has something to save before postil ends."""

    async def leave(self) -> None:
        """Save it."""


@runtime_checkable
class HoldsDraft(Protocol):
    """A screen in which something is being written that is not saved."""

    def hand_in(self) -> None:
        """Hand what is written to the desk, without waiting."""

    async def keep_draft(self) -> None:
        """Keep what is written. Raises a `PostilError` if that cannot be done."""


_FILES_A_BATCH = 16
"""Files that are read and added between two acts of the reader."""


_ADDED_TOGETHER = 32
"""Articles of one file, which may hold any number, in one transaction."""


class PostilApp(App[Path]):
    """postil on a terminal. What it returns is the library that the reader goes on with, if there is one."""

    TITLE = "postil"
    CSS_PATH = "styles/postil.tcss"
    BINDINGS = actions.bindings("app")
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 8
    ALLOW_SELECT = False

    def __init__(
        self,
        settings: Settings,
        *,
        first: Article | None = None,
        rest: Sequence[Item] = (),
        options: Options | None = None,
    ) -> None:
        """Open the library that the settings name.

        Args:
            settings: what the reader chose.
            first: an article to show at once; None shows the library.
            rest: files to add behind it, and what could not be followed.
            options: what the readers of files are told.
        """
        super().__init__()
        self.settings = settings
        self.problems: list[str] = []
        """Sentences about files that were not added, to be said again after the terminal is given back."""
        self._begun = monotonic()
        self._first = first
        self._rest = rest
        self._options = options
        self._desk = Desk(self._open_library)
        self._feed = EntityFeed(self._desk)
        self._remembered = Remembered(locations.preferences_file())
        self.set_keymap(settings.keys.overrides())
        for theme in THEMES:
            self.register_theme(theme)
        wanted = settings.theme if settings.theme in self.available_themes else THEMES[0].name
        if wanted == THEMES[0].name and self.console.color_system == "standard":
            wanted = "postil-16"  # what the others' colours would be taken for cannot be read
        self.theme = wanted

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Colours of marks for the themes that name none."""
        return VARIABLES

    def get_key_display(self, binding: Binding) -> str:
        """How a key is written in the bar of keys."""
        action = actions.BY_ID.get(binding.id or "")
        return actions.sign(self.settings.keys.keys(action)[0] if action else binding.key.split(",")[0])

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers: every action that applies here, and the themes."""
        for place, node in self._places(screen):
            if place == "deciding" and isinstance(screen, HasMode) and not screen.mode_has_keys:
                continue
            for action in actions.of(place):
                if action.call != "command_palette":
                    keys = " ".join(actions.sign(key) for key in self.settings.keys.keys(action))
                    yield SystemCommand(
                        f"{action.help} ({keys})",
                        actions.PLACES[place],
                        lambda call=action.call, node=node: self.run_action(call, node),
                    )
        here = str(self.settings.library.absolute())
        for path in self._remembered.preferences.libraries:
            if path != here:
                yield SystemCommand(
                    f"library {Path(path).name}", f"open {path}", lambda path=path: self.action_switch_library(path)
                )
        yield SystemCommand("theme", "choose other colours", self.action_change_theme)

    def get_default_screen(self) -> Screen[None]:
        """What is painted first, and stays under all others."""
        return FirstScreen(self._first.title if self._first is not None else self.TITLE)

    def on_mount(self) -> None:
        """Show the screen that was asked for, once a first frame is painted: much is imported for it."""
        if not self.is_headless:
            self._end_cleanly()
        self.call_after_refresh(self._after_first_frame)

    def _end_cleanly(self) -> None:
        """Give the terminal back when it, or the session, is closed: by default the process would just be gone."""
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                loop.add_signal_handler(getattr(signal, name), self._end)

    def _end(self) -> None:
        """The terminal or the session is going away: what is being written is handed in first, then the app ends."""
        for screen in self.screen_stack:
            if isinstance(screen, HoldsDraft):
                screen.hand_in()
        if hanging_up.terminal_is_gone():
            hanging_up.let_go(self._desk.close)
        self.call_later(self.action_quit)

    async def _after_first_frame(self) -> None:
        first = self.screen
        assert isinstance(first, FirstScreen)
        screen = self._reader(self._first) if self._first is not None else self._library_screen()
        await self.push_screen(screen)
        screen.call_after_refresh(self._hand_on, first.held)  # when it has the focus
        self._remembered.change(libraries=self._remembered.preferences.with_library(self.settings.library))
        if self._rest:
            self._add_rest()

    def _hand_on(self, keys: Sequence[events.Key]) -> None:
        for key in keys:
            self.post_message(events.Key(key.key, key.character))  # an event that was taken once goes nowhere any more

    def _open_library(self) -> Library:
        from store.library import Library

        try:
            return Library(self.settings.library, annotator=self.settings.annotator)
        finally:
            memory.started()

    def _library_screen(self) -> Screen[None]:
        from tui.screens.library import LibraryScreen

        return LibraryScreen(
            self._desk, self._reader, self.settings.reads_with, self.settings.library, self._remembered
        )

    def _reader(self, article: Article, opened: Opened | None = None, *, at: int | None = None) -> ReaderScreen:
        from tui.screens.reader import ReaderScreen

        return ReaderScreen(self._desk, self._feed, self.settings.reads_with, article, opened, self._remembered, at=at)

    @work
    async def _add_rest(self) -> None:
        """Add the other files behind the first article, a few at a time, so that no act waits for a thousand."""
        rest = list(self._rest)
        try:
            for start in range(0, len(rest), _FILES_A_BATCH):
                batch = rest[start : start + _FILES_A_BATCH]
                self.problems += await self._desk.act(partial(_add, batch=batch, options=self._options))
        except PostilError as error:
            self.problems.append(error.sentence)
        if self.problems:
            more = f" (and {len(self.problems) - 1} more)" if len(self.problems) > 1 else ""
            self.notify(self.problems[0] + more, severity="warning", markup=False)

    def _places(self, screen: Screen[object]) -> list[tuple[str, object]]:
        """The places whose actions apply now, with the node that does them, the nearest to the reader first."""
        found = []
        nodes = [*(screen.focused.ancestors_with_self if screen.focused else [screen]), self]
        for node in nodes:
            ids = {binding.id or "" for _, binding in node._bindings}
            for place in actions.PLACES:
                if any(action.id in ids for action in actions.of(place)) and (place, node) not in found:
                    found.append((place, node))
        if isinstance(screen, HasMode):  # in a mode its keys come before all others; else they are no keys
            found.insert(0 if screen.mode_has_keys else len(found), ("deciding", screen))
        return found

    def action_help(self) -> None:
        """Show the keys that apply now."""
        from tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen([place for place, _ in self._places(self.screen)], self.settings.keys))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether the action can be done now: before there is a screen to do it on, only leaving can."""
        if isinstance(self.screen, FirstScreen) and action != "quit":
            return False
        return super().check_action(action, parameters)

    async def action_library(self) -> None:
        """Go from an article to the library."""
        if len(self.screen_stack) > 2:
            self.pop_screen()
        else:
            await self.switch_screen(self._library_screen())

    def on_library_failed(self, message: LibraryFailed) -> None:
        """Leave, and say why when the terminal is given back."""
        self.problems.append(message.sentence)
        self.exit()

    async def on_key(self, event: events.Key) -> None:
        """Give a key to the line or box that is open now, or to the mode that a screen is in, if it is for it.

        Over a slow link many keys arrive at once. Those behind the key that opens a box were on their way to what had
        the focus before it; a box that has the focus takes its letters itself, and none of them gets here.
        """
        if not self.screen_stack:  # a key behind the one that ended postil
            event.prevent_default()
            return
        taker = self.screen if isinstance(self.screen, TakesKeys) else self.screen.focused
        taken = isinstance(taker, TakesKeys) and taker.take_key(event)
        if not taken and isinstance(self.screen, HasMode):
            taken = await self.screen.take_mode_key(event.key)
        if taken:
            event.prevent_default()

    async def action_switch_library(self, path: str) -> None:
        """Leave this library for another; the place in the article is saved first."""
        await self._leave()
        self.exit(Path(path))

    async def action_quit(self) -> None:
        """Leave postil; the place in the article is saved first."""
        await self._leave()
        self.exit()

    async def _leave(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, IsLeft):
                try:
                    await screen.leave()
                except PostilError as error:
                    self.problems.append(error.sentence)
            elif isinstance(screen, HoldsDraft):
                try:
                    await screen.keep_draft()
                except PostilError as error:
                    self.problems.append(error.sentence)

    def close(self) -> Sequence[str]:
        """Finish what was handed in, after the terminal was given back; what is to be said of the sitting."""
        self._feed.close()
        return self._desk.close(self._farewell) or ()

    def _farewell(self, library: Library) -> Sequence[str]:
        from tui import farewell

        return farewell.lines(library, len(self._desk.opened), monotonic() - self._begun)


def _add(library: Library, batch: Sequence[Item], options: Options | None) -> list[str]:
    """Read and add some files; the sentences about those that could not be."""
    from store.articles import files

    problems: list[str] = []
    articles: list[Article] = []
    for found in (found for item in batch for found in files.articles(item, options)):
        if isinstance(found, ArticleError):
            problems.append(found.sentence)
            continue
        articles.append(found)
        if len(articles) >= _ADDED_TOGETHER:
            library.articles.add(articles)
            articles.clear()
    library.articles.add(articles)
    return problems
