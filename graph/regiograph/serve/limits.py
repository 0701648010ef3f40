"""What a question may cost."""

from __future__ import annotations

from dataclasses import dataclass

from regiograph.serve.wire import Task


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of the endpoint.

    A question may take `seconds` and its answer have `rows` rows and `answer` bytes; a request may have `request`
    bytes and as many seconds to arrive. `workers` processes answer, each within `memory` bytes; `waiting` questions
    may wait for one of them, `patience` seconds each. What only those with the token may ask takes at most `trusted`
    seconds: to settle who is who looks at the whole store.
    """

    seconds: float = 10.0
    rows: int = 10_000
    answer: int = 64 * 2**20
    request: int = 65_536
    memory: int = 2 * 2**30
    workers: int = 2
    waiting: int = 64
    patience: float = 10.0
    trusted: float = 600.0

    def allowed(self, task: Task) -> float:
        """Return the seconds that a task may take."""
        return max(self.seconds, self.trusted) if task.trusted else self.seconds
