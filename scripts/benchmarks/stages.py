"""Times what a build does once articles have been read, stage by stage, each in a process of its own.

Extractions come from `press`, as if read, so that stores become large in hours and not in days.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmarks import press

from regiograph import pipeline
from regiograph.errors import GateError
from regiograph.rdf.store import Store

_LOOK = 0.02  # seconds from one look at the memory to the next
_TOLD = 1_000  # articles from one word on how far it is to the next
_STATUS = Path("/proc/self/status")
_LOG = "decisions.jsonl"
_ONE = "one-more"


class Watch:
    """Two clocks, of the wall and of the processor, that can be stopped for what is no part of a stage."""

    def __init__(self) -> None:
        """Begin."""
        self._began = self._now()
        self._aside = (0.0, 0.0)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Leave out what is done meanwhile."""
        began = self._now()
        yield
        clock, processor = _since(began)
        self._aside = self._aside[0] + clock, self._aside[1] + processor

    def seconds(self) -> tuple[float, float]:
        """Return the seconds by the clock and of the processor."""
        clock, processor = _since(self._began)
        return clock - self._aside[0], processor - self._aside[1]

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.monotonic(), time.process_time()


def _since(began: tuple[float, float]) -> tuple[float, float]:
    return time.monotonic() - began[0], time.process_time() - began[1]


Stage = Callable[[Watch], None]


class Spent(NamedTuple):
    """What a stage took: seconds by the clock and of the processor, the peak of memory and of its own part, in MB.

    The rest of the memory are pages of files, such as the database's, which the system takes back when it needs them.
    """

    seconds: float
    processor: float
    peak: float
    own: float


def growth(small: int, large: int, keep: Path | None) -> None:
    """Print what each stage takes at two numbers of articles, and what one more article costs the larger store."""
    with tempfile.TemporaryDirectory() as made:
        folder = keep or Path(made)
        print(f"{'articles':>9} {'stage':<28}", end="")
        print(f" {'seconds':>9} {'processor':>9} {'ms/article':>10} {'peak MB':>8} {'own MB':>7}", flush=True)
        before: dict[str, Spent] = {}
        for number in (small, large):
            store, out = folder / f"store-{number}", folder / f"out-{number}"
            for name, stage in _stages(store, out, number).items():
                spent = _apart(stage)
                _tell(number, name, spent, number, before.get(name), small)
                before[name] = spent
        for name, number in (("one to an empty store", 0), ("one to the smaller", small), ("one to the larger", large)):
            _tell(number, name, _apart(partial(_add, folder / f"store-{number}", number)), 1)
        for number in (0, small, large):
            _tell(number, "regiograph build, one more", _build(folder / f"store-{number}", folder, large), 1)


def _tell(number: int, name: str, spent: Spent, articles: int, before: Spent | None = None, fewer: int = 0) -> None:
    each = 1_000 * spent.seconds / articles
    line = f"{number:>9} {name:<28} {spent.seconds:>9.2f} {spent.processor:>9.2f} {each:>10.2f}"
    line += f" {spent.peak:>8.0f} {spent.own:>7.0f}"
    if before is not None and before.processor:
        line += f"   {spent.processor / articles * fewer / before.processor:.2f} times the processor time an article"
    print(line, flush=True)


def _stages(store: Path, out: Path, number: int) -> dict[str, Stage]:
    found: dict[str, Stage] = {"put": partial(_put, store, number), "settle": partial(_settle, store)}
    return found | {name: partial(_publish, store, out, name) for name in pipeline.FILES}


def _put(path: Path, number: int, watch: Watch) -> None:
    """Put the extractions that the store lacks."""
    refused = 0
    with Store.open(path) as store:
        first = max((int(each.rpartition("-")[2]) for each in store.articles()), default=-1) + 1
        for i in range(first, number):
            with watch.stopped():
                extraction = press.extraction(i, number)
            try:
                store.put(extraction)
            except GateError:
                refused += 1
            if i % _TOLD == _TOLD - 1:
                print(f"  {i + 1:,} put, {refused} refused", file=sys.stderr, flush=True)


def _settle(path: Path, _watch: Watch) -> None:
    with Store.open(path) as store:
        pipeline.settle(store, path.with_name(_LOG))


def _publish(path: Path, out: Path, name: str, _watch: Watch) -> None:
    with Store.open(path) as store:
        pipeline.publish(store, out, (), (name,))


def _add(path: Path, number: int, watch: Watch) -> None:
    """Add one article as a build without files does, and take it out again."""
    with watch.stopped():
        extraction = press.extraction(number, max(number, 1))
    with Store.open(path) as store:
        store.put(extraction)
        pipeline.settle(store, path.with_name(_LOG))
        pipeline.publish(store, path, (), ())
    with watch.stopped(), Store.open(path) as store:
        store.withdraw(extraction.article.id)
        pipeline.settle(store, path.with_name(_LOG))


def _build(path: Path, folder: Path, number: int) -> Spent:
    """Read and add one article by the command, from its start to its end."""
    (folder / f"{_ONE}.txt").write_text(press.extraction(number, number).article.text, encoding="utf-8")
    command = [sys.executable, "-m", "regiograph", "build", str(folder / f"{_ONE}.txt"), "--store", str(path)]
    began = time.monotonic()
    process = subprocess.Popen([*command, "--no-files"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    if code := os.waitstatus_to_exitcode(status):
        raise SystemExit(f"the build of one article into {path} ended with {code}")
    with Store.open(path) as store:
        store.withdraw(_ONE)
        pipeline.settle(store, path.with_name(_LOG))
    return Spent(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, 0)


def _apart(stage: Stage) -> Spent:
    """Run a stage in a process of its own."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(stage, sending))
    process.start()
    sending.close()
    try:
        spent: Spent = receiving.recv()
    except EOFError:
        raise SystemExit("the stage failed") from None
    finally:
        process.join()
    return spent


def _measured(stage: Stage, sending: Connection) -> None:
    own, done = [_memory("RssAnon")], threading.Event()

    def look() -> None:
        while not done.wait(_LOOK):
            own[0] = max(own[0], _memory("RssAnon"))

    watch = threading.Thread(target=look)
    watch.start()
    stopwatch = Watch()
    try:
        stage(stopwatch)
        seconds, processor = stopwatch.seconds()
    finally:
        done.set()
        watch.join()
    sending.send(Spent(seconds, processor, _memory("VmHWM"), own[0]))


def _memory(name: str) -> float:
    """Return a figure of this process's memory in MB; ru_maxrss would count what its parent had before it."""
    lines = (line.split() for line in _STATUS.read_text().splitlines())
    return next(int(words[1]) for words in lines if words[0] == f"{name}:") / 1024
