"""Keeps requests apart, so that a public server is not burdened."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

INTERVAL = 1.0  # seconds from the end of a request to the next


class Pace:
    """Lets one request in at a time: entering waits until `interval` seconds have passed since the last one ended."""

    def __init__(
        self,
        interval: float = INTERVAL,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Begin without a wait; `clock` and `sleep` count in seconds."""
        self._interval, self._clock, self._sleep = interval, clock, sleep
        self._ended: float | None = None

    def __enter__(self) -> None:
        if self._ended is not None and (left := self._ended + self._interval - self._clock()) > 0:
            self._sleep(left)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._ended = self._clock()
