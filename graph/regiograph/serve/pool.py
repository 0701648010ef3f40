"""Worker processes that answer questions, each killed and replaced when a question takes too long or nobody waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Self

from regiograph.errors import StoreError
from regiograph.rdf.folder import Folder, Format
from regiograph.serve import worker
from regiograph.serve.limits import Limits
from regiograph.serve.line import Line
from regiograph.serve.wire import Job, Kind, Reply, Review, Task

_START = 60.0  # seconds in which a worker must have the store open
_AGAIN = 1.0  # seconds until another is tried, where one has not
_SPARE = 1  # workers beyond those at work, so that one that is killed is replaced at once
_LONG = 0.1  # seconds of the processor after which a question is one that others should not wait for
_UNUSED = Format(0, "", "")


class BusyError(Exception):
    """All workers are at work and enough questions wait."""


class OvertimeError(Exception):
    """The question took longer than it may."""


class WorkerLostError(Exception):
    """The worker ended over the question: most likely it needed more memory than it may have."""


class Pool:
    """A few workers on one store; `run` gives a question to the next that is free."""

    def __init__(self, store: Path, limits: Limits, prefixes: Mapping[str, str], review: Review | None = None) -> None:
        """Look at the store, and start nothing yet.

        Raises:
            StoreError: there is no store, or it cannot be used.
        """
        held = Folder.hold(store, read_only=True)
        try:
            _, self.made = held.database(_UNUSED)
        finally:
            held.release()
        self._store, self._limits, self._prefixes, self._review = store, limits, prefixes, review
        self._idle: asyncio.Queue[Line] = asyncio.LifoQueue()  # the last at work has the most in the caches
        self._free = asyncio.Semaphore(limits.workers)
        self._writing = asyncio.Lock()
        self._all: set[Line] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0

    async def __aenter__(self) -> Self:
        """Start the workers.

        Raises:
            StoreError: one of them cannot open the store.
        """
        starts = (self._start() for _ in range(self._limits.workers + _SPARE))
        failed = [each for each in await asyncio.gather(*starts, return_exceptions=True) if each is not None]
        if failed:
            await self._end()
            raise failed[0]
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the workers, whatever they do."""
        await self._end()

    async def run(self, job: Job) -> Reply:
        """Answer a question; if this is cancelled, its worker is killed.

        Raises:
            BusyError: too many questions wait already, or this one has waited too long.
            OvertimeError: it took longer than a question may.
            WorkerLostError: its worker died.
        """
        await self._turn()
        try:
            at_work = await self._next()
            watch = _Watch(at_work, job)
            try:
                reply = await self._asked(at_work, job)
            except BaseException:
                self._replace(at_work)
                raise
            finally:
                watch.end()
            if at_work.behind:
                self._replace(at_work)
            else:
                self._idle.put_nowait(at_work)
            return reply
        finally:
            self._free.release()

    async def update(self, job: Job) -> Reply:
        """Carry out an update: the workers end, one process writes, and workers start on what is there then.

        A worker looks at it before, so that what is refused disturbs nobody.

        Raises:
            BusyError, OvertimeError, WorkerLostError: as `run`; nothing has been written.
            StoreError: the store cannot be written to, as when another process reads it.
        """
        async with self._writing:
            said = await self.run(job._replace(task=Task.CHECK))
            return said if said.kind is not Kind.DONE else await self._in_turn(job)

    async def follow(self) -> Reply:
        """Have the store follow the decisions, as an update is carried out.

        Raises:
            BusyError, OvertimeError, WorkerLostError, StoreError: as `update`, but what is written until then stays.
        """
        async with self._writing:
            return await self._in_turn(Job(Task.FOLLOW, ""))

    async def _in_turn(self, job: Job) -> Reply:
        """Carry out an update once no question is at work."""
        turns = 0
        try:
            for _ in range(self._limits.workers):
                await self._turn()
                turns += 1
            return await self._alone(job)
        finally:
            for _ in range(turns):
                self._free.release()

    async def _alone(self, job: Job) -> Reply:
        """Carry out an update while no worker has the store open; whatever becomes of it, workers start again."""
        try:
            await self._end()
            writer = await self._started(writes=True)
            try:
                return await self._asked(writer, job)
            finally:
                await _ended([writer])
        finally:
            for _ in range(self._limits.workers + _SPARE):
                self._begin()

    async def _turn(self) -> None:
        """Wait until fewer questions are at work than there are workers."""
        if not self._free.locked():
            await self._free.acquire()  # at once, without the cost of an end in time
            return
        if self._waiting >= self._limits.waiting:
            raise BusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                await self._free.acquire()
        except TimeoutError as e:
            raise BusyError from e
        finally:
            self._waiting -= 1

    async def _next(self) -> Line:
        """Return a worker that is free; after some were killed, or an update, the next may still be starting."""
        try:
            async with asyncio.timeout(_START):
                while (found := await self._idle.get()).gone:  # the system has killed it
                    self._replace(found)
                return found
        except TimeoutError as e:
            raise BusyError from e

    async def _asked(self, at_work: Line, job: Job) -> Reply:
        try:
            async with asyncio.timeout(allowed := self._limits.allowed(job.task)):
                return await at_work.ask(job)
        except TimeoutError as e:
            raise OvertimeError(f"longer than {allowed:g} seconds") from e
        except (OSError, EOFError) as e:
            raise WorkerLostError("the process that answered it ended; it may need more memory than it may have") from e

    def _replace(self, lost: Line) -> None:
        lost.kill()
        self._begin(lost)

    def _begin(self, lost: Line | None = None) -> None:
        task = asyncio.create_task(self._start_at_last(lost))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_at_last(self, lost: Line | None) -> None:
        """Start a worker in the place of one that ends; again and again, until one can open the store."""
        if lost is not None:
            await lost.ended()
            self._all.discard(lost)
        while True:
            try:
                return await self._start()
            except StoreError:
                await asyncio.sleep(_AGAIN)

    async def _end(self) -> None:
        """End the workers and those that are starting, and wait until none of them has the store open."""
        starting = tuple(self._starting)
        for task in starting:
            task.cancel()
        while not self._idle.empty():
            self._idle.get_nowait()
        await asyncio.gather(*starting, return_exceptions=True)
        await _ended(self._all)
        self._all.clear()

    async def _start(self) -> None:
        made = await self._started(writes=False)
        self._all.add(made)
        self._idle.put_nowait(made)

    async def _started(self, *, writes: bool) -> Line:
        try:
            made = await Line.start(worker.__name__)
        except OSError as e:
            raise StoreError(f"no process can be started: {e.strerror}") from e
        try:
            await self._opening(made, writes=writes)
        except BaseException:
            await _ended([made])
            raise
        return made

    async def _opening(self, made: Line, *, writes: bool) -> None:
        """Have a worker open the store."""
        told = (self._store, self.made, self._limits, self._prefixes, self._review)
        made.send(worker.first_line(*told, writes=writes))
        try:
            async with asyncio.timeout(_START):
                said = await made.ready()
        except (TimeoutError, EOFError, OSError) as e:
            raise StoreError(f"no worker can open {self._store}; it may need more memory than it may have") from e
        if said.kind is not Kind.DONE:
            raise StoreError(said.body.decode())


async def _ended(workers: Iterable[Line]) -> None:
    """Kill workers and wait until they are gone, and their hold on the store with them."""
    ending = tuple(workers)
    for each in ending:
        each.kill()
    await asyncio.gather(*(each.ended() for each in ending))


class _Watch:
    """Lets a worker fall behind once its question has had the processor for long; what others took does not count.

    Pages are not questions: how much they take is known, and the first makes a worker read what all need.
    """

    def __init__(self, worker: Line, job: Job) -> None:
        self._worker, self._began = worker, worker.spent()
        self._timer: asyncio.TimerHandle | None = None
        if job.task is not Task.PAGE and not job.task.trusted:
            self._timer = asyncio.get_running_loop().call_later(_LONG, self._look)

    def _look(self) -> None:
        left = _LONG - (self._worker.spent() - self._began)
        if left <= 0:
            self._worker.fall_behind()
        else:
            self._timer = asyncio.get_running_loop().call_later(max(left, _LONG / 10), self._look)

    def end(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
