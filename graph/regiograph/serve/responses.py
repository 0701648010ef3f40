"""Answers as HTTP: statuses, tags of content, and errors in plain text, whatever they quote."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from regiograph.serve import media
from regiograph.serve.picture import POLICY
from regiograph.serve.protocol import RefusedError
from regiograph.serve.wire import Job, Kind, Reply

_ALWAYS = ((b"cache-control", b"no-cache"), (b"vary", b"Accept"))


def replied(reply: Reply, job: Job, tag: str | None) -> Response:
    """Return the answer to a job; `tag` is that of what the client has."""
    match reply.kind:
        case Kind.RESULTS | Kind.GRAPH:
            kind = job.results if reply.kind is Kind.RESULTS else job.graph
            return tagged(reply.body, tag, kind or "", truncated=reply.truncated)
        case Kind.UNACCEPTABLE:
            offered = media.RESULTS if reply.body == b"results" else media.GRAPHS
            return refused(406, f"there are: {', '.join(each.type for each in offered)}")
        case Kind.UNKNOWN:
            return refused(404, "nothing is known of that")
        case Kind.WRONG | Kind.TOO_LARGE:
            return refused(400 if reply.kind is Kind.WRONG else 413, reply.body.decode("utf-8", "replace"))
        case Kind.DONE:
            return Response(status_code=204)
        case Kind.ELSEWHERE:
            return Response(status_code=303, headers={"Location": reply.body.decode()})
        case Kind.HTML:
            return tagged(reply.body, tag, "text/html")
        case Kind.PICTURE:
            answer = tagged(reply.body, tag, "text/html")
            answer.headers["Content-Security-Policy"] = POLICY
            return answer


def known(request: Request) -> str | None:
    """Return the tag of what a client has and asks for again."""
    return request.headers.get("if-none-match") if request.method in ("GET", "HEAD") else None


def tagged(body: bytes, known: str | None, kind: str, *, truncated: bool = False) -> Response:
    """Return an answer with a tag of its content; what was cut off is never a plain 200."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = (b"etag", tag.encode()), *_ALWAYS
    if known == tag and not truncated:
        return _Made(b"", 304, headers)
    of_body = (b"content-length", b"%d" % len(body)), (b"content-type", _kind(kind))
    if truncated:
        return _Made(body, 206, (*headers, (b"regiograph-truncated", b"yes"), *of_body))
    return _Made(body, 200, (*headers, *of_body))


class _Made(Response):
    """A response of headers that are bytes already; what the framework makes of others takes as long as all else."""

    def __init__(self, body: bytes, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.body, self.status_code, self.background = body, status, None
        self.raw_headers = list(headers)


@lru_cache(64)
def _kind(kind: str) -> bytes:
    return media.header(kind).encode("latin-1")


def refused(status: int, message: str) -> Response:
    """Return a refusal."""
    headers = {"Retry-After": "2"} if status == 503 else {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return PlainTextResponse(f"{message}\n", status, headers)


async def plain(_: Request, error: Exception) -> Response:
    """Return what is refused, here or by the framework itself."""
    if isinstance(error, RefusedError):
        return refused(error.status, str(error))
    if not isinstance(error, HTTPException):
        return refused(500, "failed")
    return PlainTextResponse(f"{error.detail}\n", error.status_code, dict(error.headers or {}))
