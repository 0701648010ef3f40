"""What the calls of several threads share: pauses that a server asks for, and when to ask it no more."""

from __future__ import annotations

import random
import threading
import time

PATIENCE = 120.0  # seconds that a call waits in all
PAUSE = 0.5  # seconds before a second attempt
_LOST = 3  # calls in a row that fail before the server is given up


class Traffic:
    """Says to each call when it may go, and whether it may."""

    def __init__(self, pause: float = PAUSE) -> None:
        """Begin with the way free; `pause` is the seconds before a second attempt, twice as many before each other."""
        self._pause = pause
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._free = 0.0
        self._failed = 0
        self.closed: str | None = None

    def wait(self) -> None:
        """Wait until the pause that a server has asked for is over."""
        while (left := self._free - time.monotonic()) > 0 and not self._stopped.wait(left):
            pass

    def hold(self, asked: float, attempt: int, *, everyone: bool) -> bool:
        """Wait before another attempt, as long as the server asks for; with `everyone` no other call goes meanwhile.

        False if that is more than anyone waits, or all is being stopped.
        """
        spread = random.uniform(0.5, 1.5)  # noqa: S311  keeps calls apart, no secret
        pause = max(asked, self._pause * 2 ** (attempt - 1) * spread)
        if pause > PATIENCE or self._stopped.is_set():
            return False
        if everyone:
            with self._lock:
                self._free = max(self._free, time.monotonic() + pause)
        return not self._stopped.wait(pause)

    def succeeded(self) -> None:
        """Take down that the server has answered."""
        with self._lock:
            self._failed = 0

    def failed(self, reason: str, *, for_good: bool) -> None:
        """Take down that a call got no answer; after some in a row, or `for_good`, no other is made."""
        with self._lock:
            self._failed += 1
            if for_good or self._failed >= _LOST:
                self.closed = self.closed or reason

    def stop(self) -> None:
        """Let no call wait any longer."""
        self._stopped.set()
