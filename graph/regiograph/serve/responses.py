"""Answers as HTTP: statuses, tags of content, and errors in plain text, whatever they quote."""

from __future__ import annotations

import hashlib

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from regiograph.serve import media
from regiograph.serve.picture import POLICY
from regiograph.serve.protocol import RefusedError
from regiograph.serve.wire import Job, Kind, Reply


def replied(reply: Reply, request: Request, job: Job) -> Response:
    """Return the answer to a job."""
    match reply.kind:
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
            return tagged(reply.body, request, "text/html")
        case Kind.PICTURE:
            answer = tagged(reply.body, request, "text/html")
            answer.headers["Content-Security-Policy"] = POLICY
            return answer
    kind = job.results if reply.kind is Kind.RESULTS else job.graph
    return tagged(reply.body, request, kind or "", truncated=reply.truncated)


def tagged(body: bytes, request: Request, kind: str, *, truncated: bool = False) -> Response:
    """Return an answer with a tag of its content; what was cut off is never a plain 200."""
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
    if truncated:
        return Response(body, 206, {**headers, "Regiograph-Truncated": "yes"}, media.header(kind))
    if request.method in ("GET", "HEAD") and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media.header(kind))


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
