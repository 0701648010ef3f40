"""Worker processes that answer questions, each killed and replaced when a question takes too long or nobody waits."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self, cast

from regiograph.errors import StoreError
from regiograph.rdf.folder import Folder, Format
from regiograph.serve import worker
from regiograph.serve.limits import Limits
from regiograph.serve.line import Line, Then, WorkerLostError, settle
from regiograph.serve.watching import Watch
from regiograph.serve.wire import Job, Kind, Reply, Review, Task, framed

_START = 60.0  # seconds in which a worker must have the store open
_AGAIN = 1.0  # seconds until another is tried, where one has not
_SPARE = 1  # workers beyond those at work, so that one that is killed is replaced at once
_UNUSED = Format(0, "", "")


class BusyError(Exception):
    """All workers are at work and enough questions wait."""


@dataclass(eq=False, slots=True)
class Order:
    """A question that waits for its turn or has had it, and who is told; without a job, `then` is given the turn."""

    job: Job | None
    then: Then
    has_turn: bool = False
    at_work: Line | None = None
    timer: asyncio.TimerHandle | None = None  # as long as it waits

    def stop_waiting(self) -> None:
        """Have it wait without an end, or no more."""
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None


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
        self._idle: list[Line] = []  # the last at work has the most in the caches, and is the next
        self._turns = limits.workers  # questions that may be at work beside those that are
        self._waiting: deque[Order] = deque()
        self._writing = asyncio.Lock()
        self._all: set[Line] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._watch = Watch(limits)

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

    def begin(self, job: Job, then: Then) -> Order:
        """Have a question answered as soon as it is its turn; `then` is told the reply, or why there is none.

        That is, one of the errors of `run`. What this returns is for `abandon`.

        Raises:
            BusyError: too many questions wait already.
        """
        return self._begun(Order(job, then))

    def abandon(self, order: Order) -> None:
        """End an order, if it has not ended: its `then` is told nothing, the worker that is at it is killed."""
        if order.at_work is not None:
            order.at_work.forget()
            self._let_go(order, lost=True)
        elif order.timer is not None:
            self._waiting.remove(order)
            order.stop_waiting()

    async def run(self, job: Job) -> Reply:
        """Answer a question; if this is cancelled, its worker is killed.

        Raises:
            BusyError: too many questions wait already, or this one has waited too long.
            OvertimeError: it took longer than a question may.
            WorkerLostError: its worker died.
        """
        told: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        order = self.begin(job, partial(settle, told))
        try:
            return await told
        finally:
            self.abandon(order)

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
        turns: list[asyncio.Future[Reply]] = []
        orders = []
        try:
            for _ in range(self._limits.workers):
                turns.append(asyncio.get_running_loop().create_future())
                orders.append(self._begun(Order(None, partial(settle, turns[-1]))))
                await turns[-1]
            return await self._alone(job)
        finally:
            for order in orders:
                self.abandon(order)
            self._turns += sum(order.has_turn for order in orders)
            self._give_turns()

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

    def _begun(self, order: Order) -> Order:
        self._waiting.append(order)
        self._give_turns()
        if not order.has_turn:
            if len(self._waiting) > self._limits.waiting:
                self._waiting.pop()
                raise BusyError
            order.timer = asyncio.get_running_loop().call_later(self._limits.patience, self._expire, order)
        return order

    def _give_turns(self) -> None:
        """Let those work who wait, as long as there are turns, and workers."""
        while self._waiting and self._turns:
            order = self._waiting[0]
            at_work = None if order.job is None else self._next()
            if at_work is None and order.job is not None:
                return
            self._waiting.popleft()
            self._turns -= 1
            order.has_turn = True
            order.stop_waiting()
            if at_work is None or order.job is None:
                order.then(Reply(Kind.DONE, False, b""))
            else:
                order.at_work = at_work
                self._watch.begin(at_work, order.job)
                at_work.begin(framed(order.job), partial(self._told, order))

    def _expire(self, order: Order) -> None:
        self.abandon(order)
        order.then(BusyError())

    def _told(self, order: Order, said: Reply | Exception) -> None:
        self._let_go(order, lost=isinstance(said, Exception))
        order.then(said)

    def _let_go(self, order: Order, *, lost: bool) -> None:
        """Let the next have the turn of an order, and its worker."""
        at_work, order.at_work = cast("Line", order.at_work), None
        self._watch.end(at_work)
        if lost or at_work.behind:
            self._replace(at_work)
        else:
            self._idle.append(at_work)
        self._turns += 1
        self._give_turns()

    def _next(self) -> Line | None:
        """Return a worker that is free; None if there is none: after some were killed, others may still be starting."""
        while self._idle:
            if not (found := self._idle.pop()).gone:
                return found
            self._replace(found)  # the system has killed it
        return None

    async def _asked(self, at_work: Line, job: Job) -> Reply:
        self._watch.begin(at_work, job)
        try:
            return await at_work.ask(framed(job))
        except OSError as e:
            raise WorkerLostError from e
        finally:
            self._watch.end(at_work)

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
        self._idle.clear()
        await asyncio.gather(*starting, return_exceptions=True)
        await _ended(self._all)
        self._all.clear()

    async def _start(self) -> None:
        made = await self._started(writes=False)
        self._all.add(made)
        self._idle.append(made)
        self._give_turns()

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
        try:
            async with asyncio.timeout(_START):
                said = await made.ask(worker.first_line(*told, writes=writes))
        except (TimeoutError, WorkerLostError, OSError) as e:
            raise StoreError(f"no worker can open {self._store}; it may need more memory than it may have") from e
        if said.kind is not Kind.DONE:
            raise StoreError(said.body.decode())


async def _ended(workers: Iterable[Line]) -> None:
    """Kill workers and wait until they are gone, and their hold on the store with them."""
    ending = tuple(workers)
    for each in ending:
        each.kill()
    await asyncio.gather(*(each.ended() for each in ending))
