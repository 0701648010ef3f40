"""Dask clusters of this machine: a scheduler and workers, each a process of its own on the loopback interface."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from commandline import CHECKOUT

PACKAGES = (CHECKOUT / "graph", CHECKOUT / "tests" / "claims")  # what a worker imports: the package, and odd extractors


def eventually(holds: Callable[[], object], seconds: float = 60) -> bool:
    """Whether something holds within some time."""
    until = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < until:
        time.sleep(0.05)
    return bool(found)


@dataclass(frozen=True)
class Dask:
    """A running scheduler; its workers are started and killed one by one."""

    folder: Path
    address: str
    process: subprocess.Popen[bytes]
    _stack: ExitStack = field(repr=False)

    @property
    def option(self) -> str:
        """What `--workers` is given."""
        return self.address.replace("tcp://", "dask://")

    def worker(self, *options: str, packages: tuple[Path, ...] = PACKAGES) -> subprocess.Popen[bytes]:
        """Start a worker of one thread, with `--no-nanny` if nothing else is said, and wait until it is there."""
        before = len(self.workers())
        command = ["dask_worker", self.address, "--host", "127.0.0.1", "--death-timeout", "60"]
        place = ["--local-directory", str(self.folder), "--no-dashboard"]
        started = _started(*command, *place, *(options or ("--nthreads", "1", "--no-nanny")), packages=packages)
        process = self._stack.enter_context(started)
        assert eventually(lambda: len(self.workers()) > before or process.poll() is not None)
        assert process.poll() is None, "the worker did not start"
        return process

    def workers(self) -> tuple[str, ...]:
        """Return the addresses of the workers."""
        return self._asked(lambda dask_scheduler: tuple(dask_scheduler.workers))

    def tasks(self) -> int:
        """Return how many tasks the scheduler knows, done or not."""
        return self._asked(lambda dask_scheduler: len(dask_scheduler.tasks))

    def _asked(self, question):
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return client.run_on_scheduler(question)


@contextmanager
def dask(folder: Path, **settings: str) -> Iterator[Dask]:
    """Run a scheduler, with settings as Dask has them in the environment; at the end all that was started is gone."""
    place = folder / "scheduler.json"
    command = ["dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(place)]
    with ExitStack() as stack, _started(*command, packages=PACKAGES, **settings) as process:
        assert eventually(lambda: place.exists() and place.read_text().endswith("}"))
        with stack:  # the workers end before it
            yield Dask(folder, json.loads(place.read_text())["address"], process, stack)


@contextmanager
def _started(module: str, *args: str, packages: tuple[Path, ...], **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, packages)), **settings}
    command = [sys.executable, "-m", f"distributed.cli.{module}", *args]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
