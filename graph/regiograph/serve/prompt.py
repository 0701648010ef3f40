"""The short way of a question: from the bytes of a request to those of its answer, past the layers that pages need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import NamedTuple

from starlette.responses import Response

from regiograph.serve import media, protocol
from regiograph.serve.asking import refusal
from regiograph.serve.guarding import HEADERS, admitted
from regiograph.serve.limits import Limits
from regiograph.serve.pool import Order, Pool
from regiograph.serve.protocol import RefusedError
from regiograph.serve.responses import refused, replied
from regiograph.serve.wire import Job, Reply, Task

_PATH = b"/sparql"
_STATUS = {each.value: f"HTTP/1.1 {each.value} {each.phrase}\r\n".encode() for each in HTTPStatus}
_HEADERS = b"".join(b"%b: %b\r\n" % header for header in HEADERS)


class Asked(NamedTuple):
    """A question as it came: its job, and the tag of the answer that the client has."""

    job: Job
    tag: str | None


@dataclass(frozen=True, slots=True)
class Prompt:
    """Answers plain questions; all else is left to the application."""

    pool: Pool
    limits: Limits
    hosts: tuple[str, ...]

    def expects(self, method: bytes, target: bytes) -> bool:
        """Whether a request may be a question."""
        return method in (b"GET", b"POST") and target.partition(b"?")[0] == _PATH and b"#" not in target

    def asked(self, method: bytes, target: bytes, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> Asked | None:
        """Return the question that a request is; None where it is none, or is not as it should be."""
        if len(target) + len(body) > self.limits.request:
            return None
        given = {name: value.decode("latin-1") for name, value in reversed(headers)}
        host, accept, posted = given.get(b"host", ""), given.get(b"accept"), method == b"POST"
        if not admitted(self.hosts, method.decode(), host, given.get(b"origin")) or b"x-forwarded-proto" in given:
            return None
        if not posted and media.page_wanted(accept):
            return None
        request = protocol.Request(
            target[len(_PATH) + 1 :].decode("ascii"),
            given.get(b"content-type"),
            given.get(b"content-encoding"),
            accept,
            body if posted else None,
        )
        try:
            job = protocol.job(request)
        except RefusedError:
            return None
        if job is None or job.task is not Task.QUERY:
            return None
        return Asked(
            job._replace(base=f"http://{host}{_PATH.decode()}"), None if posted else given.get(b"if-none-match")
        )

    def begin(self, asked: Asked, then: Callable[[Response], None]) -> Order:
        """Have a question answered; what this returns is for `Pool.abandon`.

        Raises:
            BusyError: too many questions wait.
        """

        def told(said: Reply | Exception) -> None:
            if isinstance(said, Exception):
                why = refusal(said)
                then(refused(why.status, str(why)))
            else:
                then(replied(said, asked.job, asked.tag))

        return self.pool.begin(asked.job, told)


def head(answer: Response, *, kept: bool) -> bytes:
    """Return the head of an answer, after which the connection is kept or not."""
    end = b"\r\n" if kept else b"connection: close\r\n\r\n"
    given = b"".join(b"%b: %b\r\n" % header for header in answer.raw_headers)
    return _STATUS[answer.status_code] + given + _HEADERS + end
