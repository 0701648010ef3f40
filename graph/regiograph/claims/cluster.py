"""An extractor at work on a Dask cluster: batches of articles go to its workers, what they find comes back in order.

A cluster runs whatever it is sent, and what it answers is unpickled here: it is for networks in which everybody may be
trusted, or for TLS with certificates.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regiograph.articles.reading import Refusal
from regiograph.claims.batches import AHEAD, in_order
from regiograph.claims.extractor import Extractor
from regiograph.claims.outcomes import Outcome
from regiograph.claims.worker import Recipe, difference, packed, read, recipe
from regiograph.errors import ClusterError, NotInstalledError
from regiograph.model import Article

if TYPE_CHECKING:
    from distributed import Client, Future

_BATCH = 16  # articles
_REACH = 10.0  # seconds in which a scheduler must answer
_LOOK = 5.0  # seconds that a batch takes before it is asked whether there are workers at all
_FETCH = 120.0  # seconds in which what was found in a batch must arrive; then it is asked for again
_ANY_SIZE = {"distributed.admin.large-graph-warning-threshold": "1TB"}  # a batch is as large as its articles are


def _ignore(_words: str) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Cluster:
    """The Dask cluster with the scheduler at an address, `tcp://HOST:PORT` or `tls://HOST:PORT`.

    Without any worker one is waited for `patience` seconds, more than 0; `note` is told so, and what could be better.
    What TLS needs is in Dask's own settings.
    """

    address: str
    patience: float
    note: Callable[[str], object] = _ignore

    def extract(self, items: Iterable[Article | Refusal], extractor: Extractor) -> Iterator[Outcome]:
        """Extract from each article, in the order given; refusals pass through.

        Raises:
            NotInstalledError: distributed is not installed.
            ClusterError: the cluster cannot be reached, is lost, has no worker, reads otherwise than this process, or a
                batch kills its workers.
        """
        with _connected(self.address) as client:
            crew = _Crew(self, client, recipe(extractor))
            crew.muster()
            yield from in_order(items, crew.submit, size=_BATCH, room=crew.room)


@dataclass(frozen=True, slots=True)
class _Crew:
    """The workers that a cluster has at any time."""

    cluster: Cluster
    client: Client
    recipe: Recipe

    def muster(self) -> None:
        """Wait for the first worker, and see that all that are there read as this process does."""
        self.await_one()
        with _told(self.cluster.address):
            found = self.client.run(difference, self.recipe, on_error="return") | {"the scheduler": self._scheduler()}
        if unlike := [f"  {who}: {_words(what)}" for who, what in sorted(found.items()) if what]:
            head = f"the Dask cluster at {self.cluster.address} does not read as regiograph does here:"
            raise ClusterError("\n".join((head, *unlike)))
        if many := sorted(who for who, threads in self.threads().items() if threads > 1):
            told = f"workers of several threads, such as {many[0]}, read with one"
            self.cluster.note(f"{told}; start them with --nthreads 1, and --nworkers for the cores")

    def _scheduler(self) -> object:
        """Return in what the scheduler differs: it need not read, but must know what it passes on."""
        try:
            return self.client.run_on_scheduler(difference, self.recipe)
        except (ImportError, AttributeError) as e:
            return e

    def threads(self) -> dict[str, int]:
        """Return the number of threads of each worker, by its address."""
        with _told(self.cluster.address):
            return dict(self.client.nthreads())

    def await_one(self) -> None:
        """Wait for a worker if there is none.

        Raises:
            ClusterError: there is still none when patience is at an end.
        """
        if self.threads():
            return
        at, seconds = self.cluster.address, f"{self.cluster.patience:g} s"
        self.cluster.note(f"the Dask cluster at {at} has no worker; one is waited for, {seconds} at most")
        with _told(at):
            try:
                self.client.wait_for_workers(1, timeout=self.cluster.patience)
            except TimeoutError as e:
                start = f"start some with: dask worker {at} --nthreads 1"
                raise ClusterError(f"the Dask cluster at {at} has had no worker for {seconds}; {start}") from e

    def room(self) -> int:
        """Return how many batches may be under way."""
        return AHEAD * sum(self.threads().values())

    def submit(self, batch: list[Article | Refusal]) -> _Task:
        """Send a batch to whichever worker is free."""
        import dask

        with _told(self.cluster.address), dask.config.set(_ANY_SIZE):
            future = self.client.submit(read, self.recipe, packed(batch), pure=False)
        return _Task(self, future, tuple(item.id for item in batch if isinstance(item, Article)))


@dataclass(frozen=True, slots=True)
class _Task:
    """A batch under way: some worker has it, and another one if that one dies."""

    crew: _Crew
    future: Future
    articles: tuple[str, ...]

    def result(self) -> list[Outcome]:
        """Wait for what was found in the batch."""
        from distributed.scheduler import KilledWorker

        with _told(self.crew.cluster.address):
            while True:
                try:
                    self.future.exception(timeout=_LOOK)
                    found: list[Outcome] = self.future.result(timeout=_FETCH)
                except TimeoutError:
                    self.crew.await_one()
                except KilledWorker as e:
                    among = f"one of these articles, or too little memory: {', '.join(self.articles)}"
                    raise ClusterError(f"{e.allowed_failures + 1} workers died one after the other of {among}") from e
                else:
                    return found


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as e:
        raise NotInstalledError("a Dask cluster needs distributed: pip install 'regiograph[dask]'") from e
    with _quiet():
        try:
            with ThreadPoolExecutor(1) as elsewhere:  # here a loop may be running, as in a notebook
                elsewhere.submit(asyncio.run, _greet(address)).result()
            client = Client(address, timeout=_REACH, set_as_default=False)
        except Exception as e:  # Dask's errors have no root of their own
            raise ClusterError(f"no Dask scheduler answers at {address} within {_REACH:g} s ({_words(e)})") from e
        try:
            yield client
        finally:
            client.close()


async def _greet(address: str) -> None:
    """Exchange greetings with a scheduler: a client would wait for ever for a server that is silent."""
    from distributed.comm import connect
    from distributed.security import Security

    async with asyncio.timeout(_REACH):
        line = await connect(address, timeout=_REACH, **Security().get_connection_args("client"))
        await line.close()


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Say of what cluster it is that something went wrong with: Dask has no root of its errors."""
    try:
        yield
    except ClusterError:
        raise
    except Exception as e:
        raise ClusterError(f"the Dask cluster at {address} failed: {_words(e)}") from e


def _words(what: object) -> str:
    """Return what a part of the cluster said, an error with its kind, in one line."""
    kind = f"{type(what).__name__}: " if isinstance(what, Exception) else ""
    return " ".join(f"{kind}{what}".split()).removesuffix(":")


@contextmanager
def _quiet() -> Iterator[None]:
    """Let Dask log nothing: what goes wrong is raised here, in a sentence."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for each, level in zip(loggers, before, strict=True):
            each.setLevel(level)
