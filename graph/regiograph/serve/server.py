"""The server itself: uvicorn, with an end for requests whose head never ends."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from regiograph.errors import InputError, StoreError

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

_HEAD = 10.0  # seconds in which the head of a request must have arrived
_LARGEST_HEAD = 512 * 1024  # bytes
_LONGEST_ADDRESS = 65_535  # bytes that the parser takes
_TOO_LONG = b"HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_KEPT = 30  # seconds that a connection without requests is kept
_CONNECTIONS = 400  # at once; further ones are told that the server is busy
_STALLED = 30.0  # seconds in which a client must have taken a part of an answer
_GRACE = 2.0  # seconds that requests have to be answered when the server ends
_BUSY = cast(
    "ASGI3Application",
    PlainTextResponse(
        "Too many connections; ask again in a moment.\n", 503, {"Retry-After": "2", "Connection": "close"}
    ),
)


class _Protocol(HttpToolsProtocol):
    """Closes a connection on which a head, or a body that is not read any more, does not end, or no answer is taken."""

    url = b""  # before the first request
    _late: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _head = True  # whether one is being read
    _read = 0  # bytes since it began

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _without_delay(transport)
        if len(self.connections) > _CONNECTIONS:  # uvicorn's own limit sends away those that came before, too
            self.app = _BUSY
        self._expect()

    def data_received(self, data: bytes) -> None:
        self._read += len(data)
        super().data_received(data)
        if self.cycle is None or self.cycle.response_complete:  # white space between requests begins none
            self._expect()
        if self._head and self._read > _LARGEST_HEAD:
            self.transport.close()

    def on_message_begin(self) -> None:
        self._head, self._read = True, 0
        self._expect()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head = False
        self._in_time()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._in_time()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.cycle.more_body:
            self._expect()

    def send_400_response(self, msg: str) -> None:
        """Say what is wrong with a head that cannot be read."""
        if len(self.url) < _LONGEST_ADDRESS:
            super().send_400_response(msg)
        else:
            self.transport.write(_TOO_LONG)
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stalled = self.loop.call_later(_STALLED, self.transport.abort)

    def resume_writing(self) -> None:
        self._taken()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        self._taken()
        super().connection_lost(exc)

    def _expect(self) -> None:
        """Want the rest of a request soon."""
        if self._late is None:
            self._late = self.loop.call_later(_HEAD, self.transport.abort)

    def _taken(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def _without_delay(transport: asyncio.Transport) -> None:
    """Have head and body of an answer sent at once; asyncio does it for its own sockets, but not for one it is given.

    The system would keep back the body until the head is acknowledged, which a client delays by 40 ms.
    """
    with suppress(OSError):  # it may have been closed already
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def config(app: ASGIApp, host: str, port: int, **more: Any) -> uvicorn.Config:
    """Return how uvicorn serves an application: quietly, and without a word on itself."""
    return uvicorn.Config(
        app, host=host, port=port, http=_Protocol, ws="none", lifespan="on", log_config=None, log_level="error",
        access_log=False, server_header=False, date_header=False, timeout_keep_alive=_KEPT, **more,
    )  # fmt: skip


def run(config: uvicorn.Config, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the address once requests are taken.

    Raises:
        InputError: the address cannot be listened on.
        StoreError: the store cannot be opened by those who answer.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        listening = socket.create_server((config.host, config.port), family=family, backlog=config.backlog)
    except OSError as e:
        raise InputError(f"cannot listen on {config.host}, port {config.port}: {e.strerror}") from e
    server = _Server(config, ready)
    with listening, suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if server.failure is not None:
        raise server.failure


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self.failure: StoreError | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.failure = getattr(getattr(self.config.app, "state", None), "failure", None)
        if self.failure is not None:
            self.should_exit = True
            return
        host, port = (sockets or [])[0].getsockname()[:2]
        self._ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, with questions that still run and answers that nobody takes."""
        asyncio.get_running_loop().call_later(_GRACE, self._part)
        await super().shutdown(sockets)

    def _part(self) -> None:
        for connection in tuple(self.server_state.connections):
            connection.transport.abort()
