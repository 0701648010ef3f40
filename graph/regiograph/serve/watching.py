"""Looks after workers: ends a question in time, and lets one fall behind that has had the processor for long."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from regiograph.serve.limits import Limits
from regiograph.serve.line import Line
from regiograph.serve.wire import Job, Task

_EVERY = 0.02  # seconds between looks
_LONG = 0.1  # seconds of the processor after which a question is one that others should not wait for


class OvertimeError(Exception):
    """The question took longer than it may."""


@dataclass(slots=True)
class _Work:
    """What a worker does: since and until when by the loop's clock, and the processor's seconds it had at a first look.

    Pages are not questions: how much they take is known, and the first makes a worker read what all need.
    """

    allowed: float
    until: float
    is_question: bool
    spent: float | None = None


class Watch:
    """Looks at all workers in turns. Most questions are answered before the first look and cost no timer."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._at_work: dict[Line, _Work] = {}
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, worker: Line, job: Job) -> None:
        """Look after a worker from now on."""
        loop, allowed = asyncio.get_running_loop(), self._limits.allowed(job.task)
        self._at_work[worker] = _Work(
            allowed, loop.time() + allowed, job.task is not Task.PAGE and not job.task.trusted
        )
        if self._timer is None:
            self._timer = loop.call_later(_EVERY, self._look)

    def end(self, worker: Line) -> None:
        """Look no more after a worker."""
        del self._at_work[worker]

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(_EVERY, self._look) if self._at_work else None
        for worker, work in tuple(self._at_work.items()):
            if loop.time() >= work.until:
                worker.tell(OvertimeError(f"longer than {work.allowed:g} seconds"))
            elif work.is_question and not worker.behind:
                if work.spent is None:
                    work.spent = worker.spent()
                elif worker.spent() - work.spent > _LONG:
                    worker.fall_behind()
