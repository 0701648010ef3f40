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
from regiograph.serve.pool import BusyError, OvertimeError, WorkerLostError
from regiograph.serve.protocol import RefusedError


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
    except LeftError as e:
        raise RefusedError(499, "whoever asked has left") from e
    except BusyError as e:
        raise RefusedError(503, "too many questions at once; ask again in a moment") from e
    except OvertimeError as e:
        raise RefusedError(504, f"the question takes {e}; ask for less") from e
    except StoreError as e:
        raise RefusedError(503, f"the store cannot be used now: {e}") from e
    except WorkerLostError as e:
        raise RefusedError(500, f"the question has no answer here: {e}") from e
