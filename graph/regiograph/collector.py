"""The garbage collector, held back where it would only go through the same data again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Let nothing be collected meanwhile; what refers to itself nowhere is freed all the same.

    The gazetteer alone is a million objects, and work that makes many short-lived ones has the collector look through
    them time and again.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
