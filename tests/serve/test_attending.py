"""What is done for a client ends when it leaves, and only then."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from regiograph.serve.attending import Attended, LeftError


def finished(work):
    """Run a coroutine to its end, in a thread of its own: a browser of other tests may hold the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class Line:
    """A connection as an application sees it."""

    def __init__(self) -> None:
        self.closed = asyncio.Event()

    async def receive(self) -> dict[str, str]:
        """Return what comes next: that the client has left."""
        await self.closed.wait()
        return {"type": "http.disconnect"}


async def _without_end() -> None:
    await asyncio.Event().wait()


def test_what_is_done_in_time_is_not_disturbed() -> None:
    """A body that ends gives its value, and nothing of the watch stays behind."""

    async def asked() -> tuple[str, int]:
        async with Attended(Line().receive):
            await asyncio.sleep(0)
            done = "done"
        await asyncio.sleep(0)
        return done, len(asyncio.all_tasks())

    assert finished(asked()) == ("done", 1)


def test_a_client_that_leaves_ends_what_is_done_for_it() -> None:
    """The body is cancelled where it waits; afterwards the task may wait again, as to send a response."""

    async def asked() -> str:
        line, ended = Line(), ""
        line.closed.set()
        with pytest.raises(LeftError):
            async with Attended(line.receive):
                try:
                    await _without_end()
                except asyncio.CancelledError:
                    ended = "cancelled"
                    raise
        await asyncio.sleep(0)
        return ended

    assert finished(asked()) == "cancelled"


def test_cancelling_from_outside_stays_cancelling() -> None:
    """A server that shuts down is not told that the client has left."""

    async def work() -> None:
        async with Attended(Line().receive):
            await _without_end()

    async def asked() -> bool:
        task = asyncio.create_task(work())
        await asyncio.sleep(0.2)  # until it watches
        task.cancel()
        await asyncio.wait((task,))
        return task.cancelled()

    assert finished(asked())


def test_an_end_in_time_within_stays_one() -> None:
    """`asyncio.timeout` in the body ends as a time-out."""

    async def asked() -> None:
        async with Attended(Line().receive), asyncio.timeout(0.2):
            await _without_end()

    with pytest.raises(TimeoutError):
        finished(asked())


def test_what_fails_although_the_client_has_left_fails_as_it_is() -> None:
    """An error of the body is not replaced, and the task is not left cancelled."""

    async def asked() -> int:
        line = Line()
        line.closed.set()
        with pytest.raises(KeyError):
            async with Attended(line.receive):
                try:
                    await _without_end()
                except asyncio.CancelledError as e:
                    raise KeyError from e
        task = asyncio.current_task()
        return task.cancelling() if task else -1

    assert finished(asked()) == 0
