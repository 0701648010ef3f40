"""Notices that whoever asked has left, and ends what is being done for them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, cast

from starlette.types import Receive

_UNWATCHED = 0.05  # seconds in which nobody looks: most answers are there sooner, and watching costs a task


class LeftError(Exception):
    """Whoever asked has left."""


@dataclass(slots=True)
class Attended:
    """Cancels its body once the client closes the connection, as `asyncio.timeout` does at the end of a time.

    `receive` is that of the request, whose body has been read.
    """

    receive: Receive
    _left: bool = False
    _watching: asyncio.Task[None] | None = None
    _task: asyncio.Task[object] = field(init=False)
    _timer: asyncio.TimerHandle = field(init=False)
    _cancelled: int = 0

    async def __aenter__(self) -> Self:
        """Begin to watch, in a moment."""
        self._task = cast("asyncio.Task[object]", asyncio.current_task())
        self._cancelled = self._task.cancelling()
        self._timer = asyncio.get_running_loop().call_later(_UNWATCHED, self._begin)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Watch no more.

        Raises:
            LeftError: the client has left, and therefore the body was cancelled.
        """
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()
        if self._left and self._task.uncancel() <= self._cancelled and kind is asyncio.CancelledError:
            raise LeftError from error

    def _begin(self) -> None:
        self._watching = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            continue
        self._left = True
        self._task.cancel()
