"""The floor of every start: the least that a Textual app can be. Run as a program of its own."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = "Hello, world"


class Hello(App[None]):
    """Two words on a screen."""

    def compose(self) -> ComposeResult:
        yield Static(WORDS)


if __name__ == "__main__":
    Hello().run()
