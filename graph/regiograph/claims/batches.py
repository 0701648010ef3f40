"""An extractor at work on many articles: in order, in bounded memory, on as many processes as asked for."""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context
from typing import Protocol

from regiograph.articles.reading import Refusal
from regiograph.claims.extractor import Concurrent, Extractor
from regiograph.claims.outcomes import Outcome, outcome, outcomes
from regiograph.errors import RegiographError
from regiograph.model import Article

_WORTH_A_POOL = 24  # below that many articles the start of the processes costs more than they save
_BATCH = 8
AHEAD = 2  # batches under way for each that can be worked at


class Workers(Protocol):
    """Who extracts from articles elsewhere, such as a cluster."""

    def extract(self, items: Iterable[Article | Refusal], extractor: Extractor) -> Iterator[Outcome]:
        """Extract from each article, in the order given; refusals pass through."""


class Task(Protocol):
    """A batch under way."""

    def result(self) -> Iterable[Outcome]:
        """Wait for what was found in it."""


def extract(
    items: Iterable[Article | Refusal], extractor: Extractor, *, workers: int | Workers = 1
) -> Iterator[Outcome]:
    """Extract from each article, in the order given; refusals pass through.

    `workers` is a number of processes, or others who do it. An article on which the extractor fails becomes a refusal
    that says so. At most a few batches are under way at once, so memory does not grow with the number of articles.
    A `Concurrent` extractor has its own way.

    Raises:
        RegiographError: a worker process was killed.
        ClusterError: a cluster cannot be worked with.
    """
    if isinstance(extractor, Concurrent):
        yield from extractor.outcomes(items)
        return
    if not isinstance(workers, int):
        yield from workers.extract(items, extractor)
        return
    stream = iter(items)
    head = list(islice(stream, _WORTH_A_POOL))
    if workers == 1 or len(head) < _WORTH_A_POOL:
        yield from (outcome(item, extractor.extract) for item in chain(head, stream))
        return
    yield from _in_processes(chain(head, stream), extractor, workers)


def in_order(
    items: Iterable[Article | Refusal],
    submit: Callable[[list[Article | Refusal]], Task],
    *,
    size: int,
    room: Callable[[], int],
) -> Iterator[Outcome]:
    """Yield what is found in items that are submitted in batches of `size`, in the order of the items.

    No further batch is submitted before the first one is done while more than `room()` are under way.
    """
    pending: deque[Task] = deque()
    stream = iter(items)
    while batch := list(islice(stream, size)):
        pending.append(submit(batch))
        if len(pending) > room():
            yield from pending.popleft().result()
    while pending:
        yield from pending.popleft().result()


def _in_processes(items: Iterable[Article | Refusal], extractor: Extractor, workers: int) -> Iterator[Outcome]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))  # a fork would share the store's locks

    def submit(batch: list[Article | Refusal]) -> Future[list[Outcome]]:
        with _uninterrupted():
            return pool.submit(outcomes, extractor, batch)

    try:
        yield from in_order(items, submit, size=_BATCH, room=lambda: AHEAD * workers)
    except BrokenProcessPool as e:
        raise RegiographError("a worker process was killed, most likely for want of memory; try --workers 1") from e
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let the processes that start here be deaf to Ctrl-C: this one hears it, and ends them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
