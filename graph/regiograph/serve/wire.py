"""What the server and its workers say to each other: a job one way, a reply the other, each framed by its length."""

from __future__ import annotations

import pickle
import struct
from enum import IntEnum
from typing import IO, NamedTuple

_JOB, _REPLY = struct.Struct("!I"), struct.Struct("!BBI")


class Task(IntEnum):
    """What is to be done."""

    QUERY = 1
    UPDATE = 2
    PAGE = 3
    DESCRIPTION = 4
    CHECK = 5  # whether an update may be carried out
    REVIEW = 6  # a page of what is in doubt
    DECISION = 7  # what a decision that people have made is about
    FOLLOW = 8  # have the store follow the decisions

    @property
    def trusted(self) -> bool:
        """Whether only those may ask for it who have the token."""
        return self in (Task.REVIEW, Task.DECISION, Task.FOLLOW)


class Kind(IntEnum):
    """What a reply is: an answer, or which way there is none."""

    RESULTS = 1  # of a SELECT or ASK
    GRAPH = 2  # of a CONSTRUCT or DESCRIBE
    DONE = 3  # an update
    HTML = 4
    WRONG = 5  # the question is; the body says why
    UNACCEPTABLE = 6  # the client takes no format of this kind of answer; the body names those there are
    UNKNOWN = 7  # nothing is known of what was asked for
    TOO_LARGE = 8
    ELSEWHERE = 9  # the body is the address
    PICTURE = 10  # a page of HTML with scripts of its own


class Job(NamedTuple):
    """A question: its text (of a page the address, for those who review JSON), its dataset (None: the store's own), and
    the formats that are welcome.

    `results` and `graph` are media types for rows and for triples, None where the client takes none of ours; `base` is
    what relative IRIs are resolved against.
    """

    task: Task
    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    results: str | None = None
    graph: str | None = None
    base: str | None = None


class Reply(NamedTuple):
    """An answer: what it is, whether rows were cut off, and its bytes."""

    kind: Kind
    truncated: bool
    body: bytes


class Review(NamedTuple):
    """What a worker must know for those who review: the log, and from what confidence on claims are in doubt."""

    log: str
    least: float


def wrong(error: Exception) -> Reply:
    """Return a reply that says what is wrong with a question."""
    return Reply(Kind.WRONG, False, str(error).encode("utf-8", "replace"))


def framed(job: Job) -> bytes:
    """Return a job as bytes."""
    said = pickle.dumps((job[0].value, *job[1:]))
    return _JOB.pack(len(said)) + said


def next_job(stream: IO[bytes]) -> Job | None:
    """Read a job; None at the end of the stream."""
    if not (head := stream.read(_JOB.size)):
        return None
    task, *rest = pickle.loads(stream.read(*_JOB.unpack(head)))  # noqa: S301  from the process that started this one
    return Job(Task(task), *rest)


def send(reply: Reply, stream: IO[bytes]) -> None:
    """Write a reply."""
    stream.write(_REPLY.pack(reply.kind, reply.truncated, len(reply.body)))
    stream.write(reply.body)
    stream.flush()


def whole_reply(read: bytearray) -> Reply | None:
    """Return the reply that is at the beginning of what has been read; None until all of it is there."""
    if len(read) < _REPLY.size:
        return None
    kind, truncated, length = _REPLY.unpack_from(read)
    if len(read) < _REPLY.size + length:
        return None
    return Reply(Kind(kind), bool(truncated), bytes(memoryview(read)[_REPLY.size : _REPLY.size + length]))
