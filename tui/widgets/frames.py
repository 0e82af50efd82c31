"""One frame for all that a key changes."""

from __future__ import annotations

from textual.messages import Update
from textual.widget import Widget


def hasten(widget: Widget) -> None:
    """Tell the screen now that a widget was refreshed, so that the change is in the next frame.

    Textual tells it when the widget has nothing left to do. By then the screen may have painted what else changed,
    and the reader would see the caret in one frame and the status line that tells of it in another.
    """
    if widget.is_attached:
        widget.screen.post_message(Update(widget))
