"""The server itself: uvicorn, with an end for requests whose head never ends."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from regiograph.errors import InputError

_HEAD = 10.0  # seconds in which the head of a request must have arrived
_LARGEST_HEAD = 512 * 1024  # bytes
_KEPT = 30  # seconds that a connection without requests is kept
_CONNECTIONS = 400  # at once; further ones are told that the server is busy


class _Protocol(HttpToolsProtocol):
    """Closes a connection on which the head of a request does not end, in time or at all."""

    _late: asyncio.TimerHandle | None = None
    _read = 0  # bytes since the head began

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        _without_delay(transport)
        self._late = self.loop.call_later(_HEAD, transport.close)

    def data_received(self, data: bytes) -> None:
        self._read += len(data)
        super().data_received(data)
        if self._late is not None and self._read > _LARGEST_HEAD:
            self.transport.close()

    def on_message_begin(self) -> None:
        self._read = 0
        if self._late is None:
            self._late = self.loop.call_later(_HEAD, self.transport.close)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._in_time()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._in_time()
        super().connection_lost(exc)

    def _in_time(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None


def _without_delay(transport: asyncio.Transport) -> None:
    """Have head and body of an answer sent at once; asyncio does it for its own sockets, but not for one it is given.

    The system would keep back the body until the head is acknowledged, which a client delays by 40 ms.
    """
    if (opened := transport.get_extra_info("socket")) is not None:
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def config(app: ASGIApp, host: str, port: int, **more: Any) -> uvicorn.Config:
    """Return how uvicorn serves an application: quietly, and without a word on itself."""
    return uvicorn.Config(
        app, host=host, port=port, http=_Protocol, ws="none", lifespan="on", log_config=None, access_log=False,
        server_header=False, date_header=False, timeout_keep_alive=_KEPT, limit_concurrency=_CONNECTIONS, **more,
    )  # fmt: skip


def run(config: uvicorn.Config, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `ready` is told the address once requests are taken.

    Raises:
        InputError: the address cannot be listened on.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        listening = socket.create_server((config.host, config.port), family=family, backlog=config.backlog)
    except OSError as e:
        raise InputError(f"cannot listen on {config.host}, port {config.port}: {e.strerror}") from e
    with listening, suppress(KeyboardInterrupt):
        _Server(config, ready).run(sockets=[listening])


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = (sockets or [])[0].getsockname()[:2]
        self._ready(f"http://{f'[{host}]' if ':' in host else host}:{port}/")
