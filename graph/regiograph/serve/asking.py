"""What is asked of the server: the body of a request, and the refusals that become of what workers cannot do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import ClientDisconnect, Request

from regiograph.errors import StoreError
from regiograph.serve import protocol
from regiograph.serve.attending import LeftError
from regiograph.serve.limits import Limits
from regiograph.serve.line import WorkerLostError
from regiograph.serve.pool import BusyError
from regiograph.serve.protocol import RefusedError
from regiograph.serve.watching import OvertimeError

FAILURES = (LeftError, BusyError, OvertimeError, StoreError, WorkerLostError)


async def asked(request: Request, limits: Limits) -> protocol.Request:
    """Read a request.

    Raises:
        RefusedError: it is too long, or takes too long to arrive.
    """
    text = request.scope["query_string"].decode("latin-1")  # the parser lets nothing but ASCII pass
    if len(text) > 3 * limits.request:  # each byte may take three characters there
        raise RefusedError(414, f"the address is longer than {limits.request:,} bytes; use POST")
    body = await _body(request, limits) if request.method == "POST" else None
    head = request.headers
    return protocol.Request(text, head.get("content-type"), head.get("content-encoding"), head.get("accept"), body)


async def _body(request: Request, limits: Limits) -> bytes:
    most = 3 * limits.request + 4096
    read = bytearray()
    try:
        async with asyncio.timeout(limits.seconds):
            async for piece in request.stream():
                read += piece
                if len(read) > most:
                    raise RefusedError(413, f"the body is longer than {limits.request:,} bytes")
    except TimeoutError as e:
        raise RefusedError(408, "the body took too long to arrive") from e
    except ClientDisconnect as e:
        raise RefusedError(400, "the body breaks off") from e
    return bytes(read)


@contextmanager
def refusals() -> Iterator[None]:
    """Make refusals of what the workers cannot do.

    Raises:
        RefusedError: it took too long, there was no one to do it, or whoever asked has left.
    """
    try:
        yield
    except FAILURES as e:
        raise refusal(e) from e


def refusal(failure: Exception) -> RefusedError:
    """Return the refusal that becomes of one of `FAILURES`."""
    match failure:
        case LeftError():
            return RefusedError(499, "whoever asked has left")
        case BusyError():
            return RefusedError(503, "too many questions at once; ask again in a moment")
        case OvertimeError():
            return RefusedError(504, f"the question takes {failure}; ask for less")
        case StoreError():
            return RefusedError(503, f"the store cannot be used now: {failure}")
    return RefusedError(500, f"the question has no answer here: {failure}")
