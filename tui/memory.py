"""The garbage collector and a long article: half a million marks are not garbage, and looking at them takes 0.2 s.

The collector stops the program while it looks through everything that was made, so an article of ten megabytes would
now and then make a key wait. What an open article consists of is therefore set aside until the article is closed.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def started() -> None:
    """All modules are there: the collector, which the command turned off, may work, but need not look at them."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def set_aside() -> None:
    """Let the collector look no more at what there is now. Costs nothing, however much that is."""
    gc.freeze()


def take_back() -> None:
    """Let the collector look at everything again, after an article was closed."""
    gc.unfreeze()


@contextmanager
def building() -> Iterator[None]:
    """While much is made and nothing thrown away, the collector waits; what was made is set aside."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        set_aside()
        if was_on:
            gc.enable()
