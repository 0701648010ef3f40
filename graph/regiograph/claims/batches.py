"""An extractor at work on many articles: in order, in bounded memory, on as many processes as asked for."""

from __future__ import annotations

import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from multiprocessing import get_context

from regiograph.articles.reading import Refusal
from regiograph.claims.extractor import Concurrent, Extractor
from regiograph.errors import RegiographError
from regiograph.model import Article, Extraction

_WORTH_A_POOL = 24  # below that many articles the start of the processes costs more than they save
_BATCH = 8

Outcome = Extraction | Refusal


def extract(items: Iterable[Article | Refusal], extractor: Extractor, *, workers: int = 1) -> Iterator[Outcome]:
    """Extract from each article, in the order given; refusals pass through.

    An article on which the extractor fails becomes a refusal that says so. At most a few batches are under way
    at once, so memory does not grow with the number of articles. A `Concurrent` extractor has its own way.

    Raises:
        RegiographError: a worker process was killed.
    """
    if isinstance(extractor, Concurrent):
        yield from extractor.outcomes(items)
        return
    stream = iter(items)
    head = list(islice(stream, _WORTH_A_POOL))
    if workers == 1 or len(head) < _WORTH_A_POOL:
        for item in chain(head, stream):
            yield _outcome(extractor, item)
        return
    yield from _in_processes(chain(head, stream), extractor, workers)


def _in_processes(items: Iterable[Article | Refusal], extractor: Extractor, workers: int) -> Iterator[Outcome]:
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))  # a fork would share the store's locks
    pending: deque[Future[list[Outcome]]] = deque()
    stream = iter(items)
    try:
        while batch := list(islice(stream, _BATCH)):
            with _uninterrupted():
                pending.append(pool.submit(_outcomes, extractor, batch))
            if len(pending) > 2 * workers:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
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


def _outcomes(extractor: Extractor, items: list[Article | Refusal]) -> list[Outcome]:
    return [_outcome(extractor, item) for item in items]


def _outcome(extractor: Extractor, item: Article | Refusal) -> Outcome:
    if isinstance(item, Refusal):
        return item
    try:
        return extractor.extract(item)
    except Exception as e:  # noqa: BLE001  one article must not cost the batch; it is counted and listed
        return Refusal(item.id, f"extraction failed: {type(e).__name__}: {e}")
