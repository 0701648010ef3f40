"""A worker's process and the line to it, for the server's side of it."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import cast

from regiograph.serve.wire import Reply, whole_reply

_LEAST = 19  # as Unix counts niceness
_CPU_CLOCK = 2  # what the lowest bits of a clock's id say of one that counts a process's time (clock_getcpuclockid)


class WorkerLostError(Exception):
    """The worker ended over the question: most likely it needed more memory than it may have."""

    def __init__(self) -> None:
        super().__init__("the process that answered it ended; it may need more memory than it may have")


Then = Callable[[Reply | Exception], None]


class Line(asyncio.SubprocessProtocol):
    """Gives a process one job at a time and takes its replies, with nothing between it and the loop."""

    def __init__(self) -> None:
        self._read = bytearray()
        self._then: Then | None = None
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.gone = False
        self.behind = False

    @classmethod
    async def start(cls, module: str) -> Line:
        """Start a process that runs a module of Python.

        Raises:
            OSError: none can be started.
        """
        loop = asyncio.get_running_loop()
        _, line = await loop.subprocess_exec(cls, sys.executable, "-m", module, stderr=None)
        return line

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the ends of the pipes."""
        self._process = cast("asyncio.SubprocessTransport", transport)
        self._asked = cast("asyncio.WriteTransport", self._process.get_pipe_transport(0))

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: ARG002  only its output is a pipe
        """Take a part of a reply."""
        self._read += data
        if (reply := whole_reply(self._read)) is not None:
            self._read.clear()
            self.tell(reply)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002  the interface
        """Learn that no more replies come, of which its output tells sooner than the system."""
        self.gone = True
        if fd == 1:
            self.tell(WorkerLostError())

    def process_exited(self) -> None:
        """Learn that it has ended, and its hold on the store with it; its last words may still be on their way."""
        self.gone = True
        self._ended.set_result(None)

    def begin(self, said: bytes, then: Then) -> None:
        """Send it what it is to read, which is too short to wait for; `then` is told its reply, or why none comes."""
        self._then = then
        self._asked.write(said)

    def tell(self, said: Reply | Exception) -> None:
        """Tell whoever waits, if anyone still does."""
        then, self._then = self._then, None
        if then is not None:
            then(said)

    def forget(self) -> None:
        """Tell nobody of its reply."""
        self._then = None

    async def ask(self, said: bytes) -> Reply:
        """Send it what it is to read, and wait for its reply.

        Raises:
            WorkerLostError: it ends before.
        """
        if self.gone:
            raise WorkerLostError
        told: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.begin(said, partial(settle, told))
        return await told

    def spent(self) -> float:
        """Return the seconds that it has had the processor; where the system does not tell, those by the clock."""
        if sys.platform == "linux":
            with suppress(OSError):
                return time.clock_gettime(~self._process.get_pid() << 3 | _CPU_CLOCK)
        return time.monotonic()

    def fall_behind(self) -> None:
        """Let it have only the time that others leave; the system lets nobody take that back."""
        self.behind = True
        with suppress(OSError):  # it has ended, or the system does not let it
            if sys.platform == "linux":  # where even a process of little weight may keep others waiting for its slice
                os.sched_setscheduler(self._process.get_pid(), os.SCHED_IDLE, os.sched_param(0))
            else:
                os.setpriority(os.PRIO_PROCESS, self._process.get_pid(), _LEAST)

    def kill(self) -> None:
        """End it, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def ended(self) -> None:
        """Wait until it has ended."""
        await asyncio.shield(self._ended)


def settle(told: asyncio.Future[Reply], said: Reply | Exception) -> None:
    """Tell a future, unless it is told or cancelled already."""
    if told.done():
        return
    if isinstance(said, Exception):
        told.set_exception(said)
    else:
        told.set_result(said)
