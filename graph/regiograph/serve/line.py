"""A worker's process and the line to it, for the server's side of it."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import suppress
from typing import cast

from regiograph.serve.wire import Job, Reply, framed, whole_reply

_LEAST = 19  # as Unix counts niceness
_CPU_CLOCK = 2  # what the lowest bits of a clock's id say of one that counts a process's time (clock_getcpuclockid)


class Line(asyncio.SubprocessProtocol):
    """Gives a process one job at a time and takes its replies, with nothing between it and the loop."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self._read = bytearray()
        self._reply: asyncio.Future[Reply] = loop.create_future()
        self._ended: asyncio.Future[None] = loop.create_future()
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
        if not self._reply.done() and (reply := whole_reply(self._read)) is not None:
            self._read.clear()
            self._reply.set_result(reply)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002  the interface
        """Learn that no more replies come, of which its output tells sooner than the system."""
        self.gone = True
        if fd == 1 and not self._reply.done():
            self._reply.set_exception(EOFError("the process has ended"))
            self._reply.exception()  # there may be no one who waits for it

    def process_exited(self) -> None:
        """Learn that it has ended, and its hold on the store with it; its last words may still be on their way."""
        self.gone = True
        self._ended.set_result(None)

    async def ask(self, job: Job) -> Reply:
        """Give it a job and wait for its reply.

        Raises:
            EOFError: it ends before.
        """
        if self.gone:
            raise EOFError("the process has ended")
        self._reply = asyncio.get_running_loop().create_future()
        self.send(framed(job))
        return await self._reply

    def send(self, said: bytes) -> None:
        """Send it what it is to read; a job is too short to wait until it is gone."""
        self._asked.write(said)

    async def ready(self) -> Reply:
        """Wait for what it says before it is given a job.

        Raises:
            EOFError: it ends before.
        """
        return await self._reply

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
