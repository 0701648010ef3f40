"""The process that answers: it holds the store open and may be killed at any time. Started by `pool`."""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

from regiograph.errors import StoreError
from regiograph.rdf.folder import Folder, Format
from regiograph.serve.answering import Answering
from regiograph.serve.limits import Limits
from regiograph.serve.wire import Job, Kind, Reply, Review, Task, next_job, send

if TYPE_CHECKING:
    from regiograph.serve.desk import Desk

_GRACE = 2.0  # seconds
_PIPE = 2**20  # bytes of a reply that may be on their way


def main() -> None:
    """Answer what comes by standard input until its end; the first line says of which store, within what limits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends its workers itself
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # without a server there is no one to tell
    if not (line := sys.stdin.buffer.readline()):
        return
    told = json.loads(line)
    limits = Limits(**told["limits"])
    _bound(resource.RLIMIT_DATA, limits.memory)
    _bound(resource.RLIMIT_CORE, 0)
    _widen(sys.stdout.fileno())
    answers = open(sys.stdout.fileno(), "wb", closefd=False)  # noqa: SIM115  else PYTHONUNBUFFERED cuts replies up
    try:
        held = Folder.hold(Path(told["store"]), read_only=not told["writes"])
        quads, made = held.database(Format(**told["format"]))
    except StoreError as e:
        send(Reply(Kind.WRONG, False, str(e).encode()), answers)
        return
    review = Review(*told["review"]) if told["review"] else None
    serve(Worker(Answering(quads, limits, told["prefixes"]), made, held, review), sys.stdin.buffer, answers)


def _widen(pipe: int) -> None:
    """Let a pipe hold most replies as a whole, so that this process need not wait until they are read."""
    with suppress(ImportError, AttributeError, OSError):  # Linux has that, for as much as the user may have
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


class Worker:
    """A store that is open, and what is done with it."""

    def __init__(self, answering: Answering, made: Format, held: Folder, review: Review | None) -> None:
        self.limits = answering.limits
        self._answering, self._made, self._held, self._review = answering, made, held, review
        self._desk: Desk | None = None

    def done(self, job: Job) -> Reply:
        """Do a job."""
        match job.task:
            case Task.QUERY:
                return self._answering.query(job)
            case Task.CHECK:
                return self._answering.checked(job)
            case Task.UPDATE:
                self._held.keep_derived(kept=False)  # nobody draws the consequences of what SPARQL writes
                return self._answering.update(job)
            case task if task.trusted and self._review is not None:
                return self._reviewing(self._review).done(job)
        from regiograph.serve import pages  # what writes HTML costs time that only pages should take

        return pages.page(self._answering.quads, self._made.base, job, reviewed=self._review is not None)

    def _reviewing(self, review: Review) -> Desk:
        from regiograph.serve.desk import Desk  # as what writes HTML, and more so

        if self._desk is None:
            self._desk = Desk(self._answering.quads, self._made, self._held, review)
        return self._desk


def serve(worker: Worker, asked: IO[bytes], answers: IO[bytes]) -> None:
    """Say that all is ready, then take jobs from one stream and put replies into the other, in turn.

    The server kills a worker in time. Should it be gone, the system does: the engine lets no Python run meanwhile.
    """
    send(Reply(Kind.DONE, False, b""), answers)
    while (job := next_job(asked)) is not None:
        signal.setitimer(signal.ITIMER_REAL, worker.limits.allowed(job.task) + _GRACE)
        send(worker.done(job), answers)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _bound(what: int, most: int) -> None:
    with suppress(ValueError, OSError):  # a hard limit that is lower already stays
        resource.setrlimit(what, (most, most))


def first_line(
    store: Path, made: Format, limits: Limits, prefixes: Mapping[str, str], review: Review | None, *, writes: bool
) -> bytes:
    """Return what `main` is told first: the store and what it was made with, and whether it is to be written to."""
    told = {"store": str(store), "format": asdict(made), "limits": asdict(limits), "prefixes": dict(prefixes)}
    return json.dumps({**told, "review": review, "writes": writes}).encode() + b"\n"


if __name__ == "__main__":
    main()
