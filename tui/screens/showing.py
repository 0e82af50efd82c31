"""Choosing what is shown: the layers of marks, and whether there is anything but the text."""

from __future__ import annotations

from tui.preferences import Remembered
from tui.reading.marks import Layer
from tui.screens.article_screen import ArticleScreen

LAYERS = {
    Layer.CLAIM: ("c", "claims", "claims and other labels"),
    Layer.NOTE: ("n", "notes", "notes"),
    Layer.ENTITY: ("e", "names", "the names that the pipeline found"),
    Layer.HIT: ("h", "hits", "what a search found"),
    Layer.SENTENCE: ("s", "sentence", "the sentence under the caret"),
}
"""The layers that can be hidden: key, name, and what they show."""


class Showing(ArticleScreen):
    """A screen of which parts can be hidden."""

    _remembered: Remembered

    def action_layers(self) -> None:
        """Choose a layer to show or hide."""
        from tui.widgets.chooser import Chooser, Option

        hidden = self.pane.hidden
        options = [
            Option(key, name, f"{'show' if layer in hidden else 'hide'} {words}")
            for layer, (key, name, words) in LAYERS.items()
        ]
        self.app.push_screen(Chooser("show or hide", options), self._toggle_layer)

    def _toggle_layer(self, name: str | None) -> None:
        layer = next((layer for layer, (_, known, _) in LAYERS.items() if known == name), None)
        if layer is not None:
            self.pane.hidden ^= {layer}
            self._remembered.change(hidden_layers=frozenset(LAYERS[hidden][1] for hidden in self.pane.hidden))
            self._say(f"{name} {'hidden' if layer in self.pane.hidden else 'shown'}")

    def action_alone(self) -> None:
        """Hide everything but the text, or show it again."""
        self.toggle_class("-alone")
        self.pane.focus()
